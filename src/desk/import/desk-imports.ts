import { DeskRefusal } from '../refusal.ts'
import type { Desk } from '../desk.ts'
import type { Workspace } from '../workspace.ts'

/** The imports slice of the desk. */
export function openImports(workspace: Workspace): Desk['imports'] {
  const refuse = (): never => {
    throw new DeskRefusal('NOT_READY', `Imports into ${workspace.options.dataDir} are not ready.`)
  }
  return {
    inspect: refuse,
    preview: refuse,
    commit: refuse,
    undo: refuse,
    batches: refuse,
    presets: refuse,
    savePreset: refuse,
  }
}
