import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { StoreFault, type BookInfo, type Verdict } from '../desk/ports.ts'
import { backUpsToKeep } from './back-ups-to-keep.ts'
import { noteBackUp } from './back-up-note.ts'

const EXTENSION = '.ballast'
/** What a copy consists of: its pages, its journal, and what reading it left behind. */
const BESIDE = ['', '.journal.jsonl', '-wal', '-shm'] as const

/** Copies books with `copy` into the backup folder of a data folder, verifies each copy, notes it, and thins out the old ones. */
export function backUpFolder(
  dataDir: string,
  copy: (path: string, target: string) => Promise<{ readonly path: string; readonly verdict: Verdict }>,
): (book: Pick<BookInfo, 'path'>, at: number) => Promise<{ readonly file: string; readonly verdict: Verdict }> {
  const folder = join(dataDir, 'backups')
  return async ({ path }, at) => {
    madeFolder(folder)
    const stem = basename(path, EXTENSION)
    const made = await copy(path, join(folder, `${stem}-${stampOf(at)}${EXTENSION}`))
    if (made.verdict.verdict !== 'broken') {
      noteBackUp(path, at, made.path)
      thinOut(folder, stem)
    }
    return { file: made.path, verdict: made.verdict }
  }
}

function madeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StoreFault('STORE_IO', `The folder ${folder} could not be made: ${why}.`)
  }
}

/** Takes away what was made here of one book and is not worth keeping; nothing else of the folder is touched. */
function thinOut(folder: string, stem: string): void {
  const made = new Map<number, string>()
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${stem}-`) || !name.endsWith(EXTENSION)) continue
    const at = instantOf(name.slice(stem.length + 1, -EXTENSION.length))
    if (at !== undefined) made.set(at, name)
  }
  const keep = backUpsToKeep([...made.keys()])
  for (const [at, name] of made) {
    if (keep.has(at)) continue
    for (const end of BESIDE) rmSync(join(folder, `${name}${end}`), { force: true })
  }
}

/** `20261120T153000123Z` */
function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/[-:.]/g, '')
}

function instantOf(stamp: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(stamp)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second, thousandth] = parts.map(Number)
  const at = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, thousandth)
  return stampOf(at) === stamp ? at : undefined
}
