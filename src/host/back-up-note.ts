import { readFileSync, writeFileSync } from 'node:fs'
import type { LastBackUp } from '../desk/state/ports.ts'

const pathOf = (book: string): string => `${book}.backed-up`

/** Notes beside a book that a verified backup of it was made, and where it is. */
export function noteBackUp(book: string, at: number, file: string): void {
  writeFileSync(pathOf(book), `${at}\n${file}\n`, { mode: 0o600 })
}

/** The last verified backup of a book, its time in UTC milliseconds; `undefined` where none is noted. */
export function lastBackUp(book: string): LastBackUp | undefined {
  try {
    const [time = '', file = ''] = readFileSync(pathOf(book), 'utf8').split('\n')
    const at = Number(time.trim())
    return time !== '' && Number.isSafeInteger(at) && at > 0 ? { at, file: file === '' ? null : file } : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
