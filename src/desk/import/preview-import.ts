import { canonical } from '../../domain/kernel/canonical.ts'
import type { StopSignal } from '../ports.ts'
import type { ReadingProgress } from './file-reader.ts'
import { formatOf, type ImportRoom } from './import-room.ts'
import type { ImportSettings } from './ports.ts'
import type { Preview } from './types.ts'
import type { Upload } from './uploads.ts'
import { NEVER, watchingOf } from './watching.ts'

/** Which file is read how. */
export interface WantedReading {
  readonly uploadId: string
  readonly format: string
  readonly settings: ImportSettings
}

/** Reads the whole file with these settings and shows what an import would do. Nothing is written. */
export async function previewImport(
  room: ImportRoom,
  wanted: WantedReading,
  signal: StopSignal = NEVER,
): Promise<Preview> {
  const upload = room.uploads.get(wanted.uploadId, room.ambient.now())
  const { format, settings } = wanted
  const previewId = previewIdOf(room, upload, wanted)
  upload.progress = { stage: 'reading', share: 0 }
  const preview = await upload.reader.preview(room, { previewId, format, settings }, watchingOf(upload, signal))
  upload.shown.add(previewId)
  return preview
}

/** How far the last reading of a file came. */
export function readingProgress(room: Pick<ImportRoom, 'uploads' | 'ambient'>, uploadId: string): ReadingProgress {
  return room.uploads.get(uploadId, room.ambient.now()).progress ?? { stage: 'reading', share: 0 }
}

/** Names one file read with one set of settings into one account. */
export function previewIdOf(room: ImportRoom, upload: Upload, wanted: WantedReading): string {
  const { format, settings } = wanted
  const named = {
    book: room.book.info.bookId,
    account: room.account.accountId,
    file: upload.seen.fileHash,
    format: formatOf(room, format).id,
    settings,
  }
  return room.ambient.sha256(canonical(named))
}
