import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { commitImport } from './commit-import.ts'
import type { ImportRoom } from './import-room.ts'
import { inspectFile } from './inspect-file.ts'
import { previewImport, readingProgress } from './preview-import.ts'
import { listPresets, savePreset } from './presets.ts'
import { listBatches, undoImport } from './undo-import.ts'
import { Uploads } from './uploads.ts'

/** Rows that are written in so short a time that an armed desk may wait for them. */
const MOST_ROWS_ARMED = 5_000

/** The imports slice of the desk. */
export function openImports(workspace: Workspace): Desk['imports'] {
  const uploads = new Uploads()
  const { ambient, importShelf: shelf, readBeside: besides } = workspace.options
  const room = (): ImportRoom => {
    const { book } = workspace
    const refuseWriting = (rows: number): void => {
      if (workspace.book !== book)
        throw new DeskRefusal('CONFLICT', 'Another book was opened meanwhile: nothing was imported into it.')
      if (rows > MOST_ROWS_ARMED && workspace.posture.windowId !== '')
        throw new DeskRefusal(
          'CONFLICT',
          `The file has ${rows} rows, and writing more than ${MOST_ROWS_ARMED} would keep an armed desk waiting: disarm first.`,
        )
    }
    return { book, account: workspace.account(), ambient, shelf, besides, uploads, at: workspace.now(), refuseWriting }
  }
  return {
    inspect: async (received, signal) => sent(await inspectFile(room(), received, signal)),
    preview: async (wanted, signal) => sent(await previewImport(room(), wanted, signal)),
    progress: ({ uploadId }) => readingProgress({ uploads, ambient }, uploadId),
    commit: async (wanted, signal) => {
      const done = await commitImport(room(), wanted, signal)
      workspace.changed('ledger')
      return sent(done)
    },
    undo: ({ batchId }) => {
      const undone = undoImport(room(), batchId)
      workspace.changed('ledger')
      return undone
    },
    batches: () => sent(listBatches(room())),
    formats: () => sent(shelf.formats.map(({ id, title, kinds, found }) => ({ format: id, title, kinds, found }))),
    presets: () => sent(listPresets(room())),
    savePreset: (wanted) => sent(savePreset(room(), wanted)),
  }
}

/** The same data as the contract types it, which knows no `readonly`. */
type Thawed<T> = T extends readonly (infer Item)[]
  ? Thawed<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Thawed<T[Key]> }
    : T

/** Hands data to a transport, which copies it. */
function sent<T>(answer: T): Thawed<T> {
  return answer as Thawed<T>
}
