import { readFileSync, writeFileSync } from 'node:fs'

const pathOf = (book: string): string => `${book}.backed-up`

/** Notes beside a book that a verified backup of it was made. */
export function noteBackUp(book: string, at: number): void {
  writeFileSync(pathOf(book), `${at}\n`, { mode: 0o600 })
}

/** When the last verified backup of a book was made, UTC milliseconds; `undefined` where none is noted. */
export function lastBackUp(book: string): number | undefined {
  try {
    const at = Number(readFileSync(pathOf(book), 'utf8').trim())
    return Number.isSafeInteger(at) && at > 0 ? at : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
