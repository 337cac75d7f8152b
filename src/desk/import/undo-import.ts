import { DeskRefusal } from '../refusal.ts'
import type { ImportRoom } from './import-room.ts'
import type { BatchView } from './types.ts'

/** Takes a batch out of the book again. Refuses one that is unknown, undone already, or that a later decision looked at. */
export function undoImport(room: ImportRoom, batchId: string): { readonly batchId: string; readonly says: string } {
  const batch = room.book.batches().find((known) => known.batchId === batchId)
  if (batch === undefined) throw new DeskRefusal('NOT_FOUND', 'There is no import of that id in this book.', 'batchId')
  if (!batch.undoable)
    throw new DeskRefusal('CONFLICT', `The import of "${batch.fileName}" cannot be undone: ${batch.says}`, 'batchId')
  room.book.undoBatch(batchId, room.at)
  return { batchId, says: `The import of "${batch.fileName}" was undone: ${batch.rows} rows were taken out.` }
}

/** All imports of the book, newest first. */
export function listBatches(room: ImportRoom): readonly BatchView[] {
  return [...room.book.batches()].sort((a, b) => b.at - a.at)
}
