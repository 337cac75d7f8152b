import { parseDocument } from 'yaml'
import { heldBack, profileChanges, type ProfileChange, type RawProfile } from '../domain/profile-changes.ts'
import { readProfile } from '../domain/profile.ts'

/** A profile with the limits of another one kept wherever its own allow more. */
export interface HeldProfile {
  readonly yaml: string
  /** Everything that differs between the two. */
  readonly changes: readonly ProfileChange[]
  /** What was kept back, because it would allow more. */
  readonly held: readonly ProfileChange[]
}

const LIMITS = ['general', 'brakes', 'ceilings', 'gate']

/** The text of a valid profile with the stricter of both limits everywhere; comments stay. */
export function holdBack(before: RawProfile, yaml: string): HeldProfile {
  const document = parseDocument(yaml)
  const changes = profileChanges(before, document.toJS() as RawProfile)
  const held = heldBack(changes)
  if (held.length === 0) return { yaml, changes, held }
  for (const { path, before: old } of held) {
    if (old === undefined) document.deleteIn(path)
    else document.setIn(path, document.createNode(old))
  }
  if (!readProfile(document.toJS()).ok) {
    // Limits of two profiles may contradict each other: then those of one hold whole.
    for (const key of LIMITS) document.setIn([key], document.createNode(before[key]))
  }
  return { yaml: document.toString(), changes, held }
}
