import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import type { Ambient, BookShelf, BookWriter } from '../../src/desk/ports.ts'
import { bookShelf } from '../../src/store/book-shelf.ts'

/** The account every test book begins with. */
export const ACCOUNT = {
  accountId: 'main',
  name: 'Main',
  currency: 'USD',
  timeZone: 'America/New_York',
  dayRoll: '17:00',
  enabled: true,
} as const

/** The instant test books are made at. */
export const BEGIN = Date.UTC(2026, 0, 2)

/** Time and ids a test owns: each reading of the clock is a second later than the one before. */
export function countingAmbient(): Pick<Ambient, 'now' | 'newId'> {
  let now = BEGIN
  let id = 0
  return {
    now: () => (now += 1_000),
    newId: () => `id-${String((id += 1)).padStart(6, '0')}`,
  }
}

/** What ends with the test it is called in, or with the file where it is called outside of one. */
function atTheEnd(action: () => void): void {
  try {
    onTestFinished(action)
  } catch {
    afterAll(action)
  }
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-'))
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A shelf in an empty folder with one new paper book, closed when the test ends. */
export function temporaryBook(): { folder: string; shelf: BookShelf; book: BookWriter; path: string } {
  const folder = temporaryFolder()
  const shelf = bookShelf(folder, countingAmbient())
  const book = shelf.create({ name: 'Test', kind: 'paper', clock: null, account: ACCOUNT, at: BEGIN })
  atTheEnd(() => book.close())
  return { folder, shelf, book, path: book.info.path }
}
