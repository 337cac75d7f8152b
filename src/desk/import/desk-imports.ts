import type { Desk } from '../desk.ts'
import type { Workspace } from '../workspace.ts'
import { commitImport } from './commit-import.ts'
import type { ImportRoom } from './import-room.ts'
import { inspectFile } from './inspect-file.ts'
import { previewImport } from './preview-import.ts'
import { listPresets, savePreset } from './presets.ts'
import { listBatches, undoImport } from './undo-import.ts'
import { Uploads } from './uploads.ts'

/** The imports slice of the desk. */
export function openImports(workspace: Workspace): Desk['imports'] {
  const uploads = new Uploads()
  const room = (): ImportRoom => ({
    book: workspace.book,
    account: workspace.account(),
    ambient: workspace.options.ambient,
    shelf: workspace.options.importShelf,
    uploads,
    at: workspace.now(),
  })
  const changing = <Answer>(change: (in_: ImportRoom) => Answer): Answer => {
    const answer = change(room())
    workspace.changed('ledger')
    return answer
  }
  return {
    inspect: (received) => sent(inspectFile(room(), received)),
    preview: (wanted) => sent(previewImport(room(), wanted)),
    commit: (wanted) => changing((here) => sent(commitImport(here, wanted))),
    undo: ({ batchId }) => changing((here) => undoImport(here, batchId)),
    batches: () => sent(listBatches(room())),
    formats: () =>
      sent(
        workspace.options.importShelf.formats.map(({ id, title, kinds, found }) => ({
          format: id,
          title,
          kinds,
          found,
        })),
      ),
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
