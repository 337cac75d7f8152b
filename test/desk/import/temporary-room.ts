import { createHash } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { ImportRoom } from '../../../src/desk/import/import-room.ts'
import { commitImport } from '../../../src/desk/import/commit-import.ts'
import { inspectFile } from '../../../src/desk/import/inspect-file.ts'
import { previewImport } from '../../../src/desk/import/preview-import.ts'
import type { ImportSettings } from '../../../src/desk/import/ports.ts'
import type { ImportDone, Inspection, OnProblem, Preview } from '../../../src/desk/import/types.ts'
import { Uploads } from '../../../src/desk/import/uploads.ts'
import type { AccountRecord } from '../../../src/desk/ports.ts'
import { importShelf } from '../../../src/importers/registry.ts'
import { bookShelf } from '../../../src/store/book-shelf.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { bytesOf } from '../../importers/reading.ts'

/** Noon of a day after every row of the real files. */
export const NOW = Date.UTC(2026, 10, 20, 12)

/** An importing desk on a new book file, with a clock of its own in `clock.now`. */
export function temporaryRoom(account: Partial<AccountRecord> = {}): ImportRoom & { readonly clock: { now: number } } {
  const clock = { now: NOW }
  let ids = 0
  const ambient = {
    now: () => clock.now,
    newId: () => `id-${(++ids).toString().padStart(6, '0')}`,
    sha256: (text: string) => createHash('sha256').update(text).digest('hex'),
    pause: () => Promise.resolve(),
  }
  const record = {
    accountId: 'main',
    name: 'Main',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    dayRoll: '00:00',
    enabled: true,
    ...account,
  }
  const book = bookShelf(temporaryFolder(), ambient).create({
    name: 'imports',
    kind: 'paper',
    clock: null,
    account: record,
    at: NOW,
  })
  onTestFinished(() => book.close())
  const uploads = new Uploads()
  return { book, account: record, ambient, shelf: importShelf, uploads, at: NOW, refuseWriting: () => undefined, clock }
}

/** A file that has been inspected and previewed. */
export interface Looked {
  readonly inspection: Inspection
  readonly preview: Preview
  readonly format: string
  readonly settings: ImportSettings
}

/** Inspects a file and previews its best reading. */
export async function look(
  room: ImportRoom,
  fileName: string,
  content: Uint8Array | string,
  settings: ImportSettings = {},
): Promise<Looked> {
  const inspection = await inspectFile(room, { fileName, content: bytesOf(content) })
  const best = inspection.candidates[0]
  if (best === undefined) throw new Error(inspection.says)
  const wanted = { ...best.settings, ...settings }
  const preview = await previewImport(room, { uploadId: inspection.uploadId, format: best.format, settings: wanted })
  return { inspection, preview, format: best.format, settings: wanted }
}

/** Commits what was looked at. */
export function commit(room: ImportRoom, looked: Looked, onProblem: OnProblem = 'skip-rows'): Promise<ImportDone> {
  const { inspection, preview, format, settings } = looked
  return commitImport(room, {
    uploadId: inspection.uploadId,
    format,
    settings,
    previewId: preview.previewId,
    onProblem,
  })
}

/** Looks at a file and commits it at once. */
export async function importNow(
  room: ImportRoom,
  fileName: string,
  content: Uint8Array | string,
  settings: ImportSettings = {},
): Promise<ImportDone> {
  return commit(room, await look(room, fileName, content, settings))
}
