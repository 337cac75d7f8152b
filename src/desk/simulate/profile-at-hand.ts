import { parse } from 'yaml'
import { readProfile, type Profile } from '../../domain/profile.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { accepted } from './read-figures.ts'

/** The profile whose settings stand in where a policy names none of its own, while no book is open. */
const WITHOUT_BOOK = 'discretionary'

/** The profile of the open book, else the one new books begin with. */
export function profileAtHand(workspace: Workspace): Profile {
  if (workspace.openBook?.activeProfile() !== undefined) return workspace.activeProfile().profile
  const found = workspace.options.shipped.find(({ name }) => name === WITHOUT_BOOK)
  if (found === undefined) throw new DeskRefusal('LIMITS_MISSING', 'There is no profile: open a book first.')
  return accepted(readProfile(parse(found.yaml)))
}
