import { parse } from 'yaml'
import { canonical, type Plain } from '../domain/kernel/canonical.ts'
import { readProfile } from '../domain/profile.ts'
import type { ProfileRecord } from './ports.ts'
import { assignments } from './profile-assignments.ts'
import { overridden } from './profile-overrides.ts'
import { DeskRefusal } from './refusal.ts'
import type { ActiveProfile, Workspace } from './workspace.ts'

/**
 * The profile that sizes the orders of a strategy, or of those that name none: the strategy's own, else the book's, under
 * the overrides of the environment. Refuses with all its faults where it cannot be read, and nothing is sized.
 */
export function profileInForce(workspace: Workspace, strategy: string): ActiveProfile {
  const stored = storedProfile(workspace, strategy)
  const { yaml, holds } = overridden(workspace, stored.yaml)
  const raw: unknown = parse(yaml)
  const hash = holds.length === 0 ? stored.hash : workspace.options.ambient.sha256(canonical(raw as Plain))
  const record: ProfileRecord = holds.length === 0 ? stored : { ...stored, yaml, hash }
  const read = readProfile(raw)
  if (read.ok) return { record, profile: read.value }
  throw new DeskRefusal(
    'LIMITS_MISSING',
    `The profile ${record.name} cannot be used: ${read.error.map(({ says }) => says).join(' ')}`,
    read.error[0]?.field,
  )
}

/** The stored profile of a strategy, else of the book, without overrides. */
export function storedProfile(workspace: Workspace, strategy: string): ProfileRecord {
  const own = assignments(workspace).strategies[strategy]
  const record = own === undefined ? workspace.book.activeProfile() : workspace.book.profileByHash(own.hash)
  if (record !== undefined) return record
  throw new DeskRefusal('LIMITS_MISSING', 'The book has no profile: choose one in Settings.')
}

/** Keeps a profile that an order is about to be recorded under, so that the decision can be replayed. */
export function keepForReplay({ book, options }: Workspace, { record }: ActiveProfile): void {
  if (book.profileByHash(record.hash) !== undefined) return
  const { name, yaml, hash } = record
  book.saveProfile({ name, yaml, hash }, options.ambient.now(), false)
}
