import { parseDocument } from 'yaml'
import { storedProfile } from './profile-in-force.ts'
import { withChanges, type PathChange } from './profile-settings.ts'
import { profileText, wantedBase } from './profile-view.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** A profile that is thought about: changes to the book's, one by name, an earlier version, or another method. */
export interface Candidate {
  readonly changes?: readonly PathChange[] | undefined
  readonly name?: string | undefined
  readonly version?: number | undefined
  readonly method?: string | undefined
}

/** The name and text of a candidate for the orders of a strategy, or of the book where `strategy` is empty. */
export function candidateText(
  workspace: Workspace,
  { changes, name, version, method }: Candidate,
  strategy = '',
): { readonly name: string; readonly yaml: string } {
  if (changes === undefined && name === undefined && method === undefined)
    throw new DeskRefusal('INPUT_MISSING', 'Name a profile, a method, or changes.', 'name')
  const base = strategy === '' ? wantedBase(workspace) : storedProfile(workspace, strategy)
  const chosen = name === undefined ? base : { name, yaml: profileText(workspace, name, version) }
  const changed = changes === undefined ? chosen.yaml : withChanges(chosen.yaml, changes, workspace.options.shipped)
  if (method === undefined) return { name: chosen.name, yaml: changed }
  const document = parseDocument(changed)
  document.setIn(['method'], method)
  return { name: chosen.name, yaml: document.toString() }
}
