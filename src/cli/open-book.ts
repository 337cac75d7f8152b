import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { OpenedDesk } from '../host/open-desk.ts'
import { CommandRefusal } from './command-refusal.ts'
import type { DeskClient } from './desk-client.ts'
import type { Terminal } from './terminal.ts'

/** Options every command takes. */
export interface SharedOptions {
  readonly book?: string
  readonly dataDir?: string
  readonly json?: boolean
}

/** A desk with its calls. */
export interface OpenBook {
  readonly calls: DeskClient
  readonly opened: OpenedDesk
}

/** The folder of books a command works in. */
export async function dataDirOf({ dataDir }: SharedOptions): Promise<string> {
  const { defaultDataDir } = await import('../host/data-dir.ts')
  return resolve(dataDir ?? defaultDataDir())
}

/** Works with the named book, or the one of the data folder that was open last, and closes it again. */
export async function withBook<T>(
  options: SharedOptions,
  terminal: Terminal,
  work: (book: OpenBook) => Promise<T>,
): Promise<T> {
  const dataDir = await dataDirOf(options)
  return withDesk({ dataDir, bookPath: options.book ?? (await lastBookIn(dataDir)) }, terminal, work)
}

/** Works with a desk that has the given book open, or none (`null`), and closes it again. */
export async function withDesk<T>(
  where: {
    readonly dataDir: string
    readonly bookPath: string | null
    readonly newBookPath?: string
    readonly simulators?: number
  },
  terminal: Terminal,
  work: (book: OpenBook) => Promise<T>,
): Promise<T> {
  const [{ openDesk }, { deskClient }] = await Promise.all([import('../host/open-desk.ts'), import('./desk-client.ts')])
  const log = { error: noted(terminal), warn: noted(terminal), info: noted(terminal) }
  const bookPath = where.bookPath === null ? null : resolve(where.bookPath)
  const opened = openDesk({ ...where, bookPath, host: 'desk', log })
  try {
    return await work({ calls: deskClient(opened.desk, log), opened })
  } finally {
    opened.close()
  }
}

/** The book of a data folder that was open last; refuses with how to make one where there is none. */
export async function lastBookIn(dataDir: string): Promise<string> {
  const { readLastBook } = await import('../host/last-book.ts')
  const last = existsSync(join(dataDir, 'last-book')) ? readLastBook(dataDir) : undefined
  if (last !== undefined) return last
  throw new CommandRefusal(
    'NO_BOOK',
    `No book was opened in ${dataDir} yet: name one with --book FILE, or make one with «ballast book create Paper --equity 100000» or «ballast book sample».`,
    'book',
  )
}

/** Faults go to stderr whole: they are ours, and a person will be asked for them. */
function noted(terminal: Terminal): (...words: unknown[]) => void {
  return (...words) => {
    for (const word of words) {
      const fault = typeof word === 'object' && word !== null && 'err' in word ? word.err : word
      terminal.note(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
    }
  }
}
