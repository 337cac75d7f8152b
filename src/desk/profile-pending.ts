import { parse } from 'yaml'
import { canonical, plain, type Plain } from '../domain/kernel/canonical.ts'
import type { ChangeLine } from './profile-lines.ts'
import { assignments, keepAssignments } from './profile-assignments.ts'
import { breachNow } from './profile-breach.ts'
import type { Workspace } from './workspace.ts'

/** Limits that will allow more, and from when. */
export interface PendingProfile {
  /** Strategy whose profile it is; empty for the book's. */
  readonly strategy: string
  readonly name: string
  readonly yaml: string
  /** Start of the session it takes effect at, UTC milliseconds. */
  readonly effectiveAt: number
  readonly requestedAt: number
  readonly reason: string
  readonly changes: readonly ChangeLine[]
}

const PENDING = 'profile-pending'
const settling = new WeakSet<Workspace>()

/** What waits for a session start, in the order it was asked for. */
export function pendingProfiles(workspace: Workspace): readonly PendingProfile[] {
  // Safe: only this file writes the setting, and it writes this shape.
  const kept = workspace.remember(PENDING, () => workspace.book.setting(PENDING)?.value)
  return (kept as readonly PendingProfile[] | undefined) ?? []
}

/** Keeps what waits, with the sentence its row in the log says. */
export function keepPending(workspace: Workspace, pending: readonly PendingProfile[], says: string): void {
  const value = plain(pending)
  workspace.book.saveSetting({ key: PENDING, value, kind: 'limit', says }, workspace.options.ambient.now())
}

/** Puts in force what waited for a session that has begun; nothing while a limit is broken. */
export function settlePending(workspace: Workspace): void {
  const now = workspace.now()
  const due = pendingProfiles(workspace).filter(({ effectiveAt }) => effectiveAt <= now)
  if (due.length === 0 || settling.has(workspace)) return
  settling.add(workspace)
  try {
    if (breachNow(workspace) !== undefined) return
    for (const one of due) putPending(workspace, one)
  } finally {
    settling.delete(workspace)
  }
  workspace.changed('profile')
}

function putPending(workspace: Workspace, pending: PendingProfile): void {
  const { strategy, name, yaml, reason } = pending
  const { ambient } = workspace.options
  const hash = ambient.sha256(canonical(parse(yaml) as Plain))
  const saved = workspace.book.saveProfile({ name, yaml, hash }, ambient.now(), strategy === '')
  const whose = strategy === '' ? `Profile ${name}` : `Profile ${name} of strategy ${strategy}`
  if (strategy !== '') {
    const { strategies, before } = assignments(workspace)
    const own = { ...strategies, [strategy]: { name, hash } }
    keepAssignments(workspace, { strategies: own, before }, `${whose} is in force whole.`)
  }
  const rest = pendingProfiles(workspace).filter((one) => one.strategy !== strategy)
  const says = `The session has begun: ${whose} version ${saved.version} is in force with looser limits. Reason given: ${reason}`
  keepPending(workspace, rest, says)
}
