import { parse } from 'yaml'
import { canonical, type Plain } from '../domain/kernel/canonical.ts'
import type { RawProfile } from '../domain/profile-changes.ts'
import { nextDayStart } from '../domain/trading-day.ts'
import { assignments, keepAssignments } from './profile-assignments.ts'
import { breachNow } from './profile-breach.ts'
import { holdBack } from './profile-hold.ts'
import { storedProfile } from './profile-in-force.ts'
import { changeLine, changesInWords, type ChangeLine } from './profile-lines.ts'
import { keepPending, pendingProfiles, type PendingProfile } from './profile-pending.ts'
import { readProfileSource } from './profile-source.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** A profile that is to size the orders of a strategy, or of the book where `strategy` is empty. */
export interface WantedProfile {
  readonly strategy: string
  readonly name: string
  readonly yaml: string
  /** Why limits are to allow more; empty where none was given. */
  readonly reason: string
}

/**
 * Puts a profile in force: what tightens and how orders are proposed at once, limits that allow more from the next session
 * of the account on, with a reason, never while a limit is broken. In a sample book, and before the first decision of a
 * book, everything at once. Refuses with all faults.
 */
export function putProfile(workspace: Workspace, wanted: WantedProfile): void {
  const { strategy, name } = wanted
  const { faults } = readProfileSource(wanted.yaml, `${name}.yaml`)
  const [first] = faults
  if (first !== undefined) throw new DeskRefusal(first.code, faults.map(({ says }) => says).join(' '), first.key)
  const before = storedProfile(workspace, strategy)
  const whole = holdBack(parse(before.yaml) as RawProfile, wanted.yaml)
  const waiting = pendingProfiles(workspace).find((one) => one.strategy === strategy)
  const waits = whole.held.length > 0 && !isSetUp(workspace)
  const until = waits ? nextSession(workspace, wanted.reason, whole.held.map(changeLine), waiting) : undefined
  const yaml = waits ? whole.yaml : wanted.yaml
  const rest = pendingProfiles(workspace).filter((one) => one.strategy !== strategy)
  const dropped = waiting !== undefined
  save(workspace, strategy, name, yaml)
  const whose = strategy === '' ? `Profile ${name}` : `Profile ${name} of strategy ${strategy}`
  if (until !== undefined) {
    const { effectiveAt, reason } = until
    const changes = whole.held.map(changeLine)
    const says = `${whose}: ${changesInWords(changes)} takes effect at ${new Date(effectiveAt).toISOString()}. Reason given: ${reason}`
    const pending = { ...wanted, reason, effectiveAt, requestedAt: workspace.now(), changes }
    keepPending(workspace, [...rest, pending], says)
  } else if (dropped || whole.changes.some(({ direction }) => direction !== 'other')) {
    const limits = whole.changes.filter(({ direction }) => direction !== 'other').map(changeLine)
    const said = limits.length === 0 ? 'no limit changes' : `${changesInWords(limits)} in force at once`
    const waited = dropped ? ' What waited for the next session is dropped.' : ''
    const why = wanted.reason === '' ? '' : ` Reason given: ${wanted.reason}`
    keepPending(workspace, rest, `${whose}: ${said}.${waited}${why}`)
  }
  workspace.changed('profile')
}

/** Drops what waits for the next session. */
export function dropPending(workspace: Workspace, strategy: string): void {
  const pending = pendingProfiles(workspace)
  const rest = pending.filter((one) => one.strategy !== strategy)
  if (rest.length === pending.length)
    throw new DeskRefusal('NOT_FOUND', 'Nothing waits for the next session.', 'strategy')
  keepPending(workspace, rest, 'What waited for the next session is dropped; the limits stay as they are.')
  workspace.changed('profile')
}

/** Whether limits may still be loosened at once: nothing has been decided under them, or the book's clock stands still. */
export function isSetUp({ book }: Workspace): boolean {
  return book.info.clock !== null || book.decisions({ limit: 1 }).total === 0
}

/** When the held changes take effect, and why. What waited already keeps its time and reason: tightening needs none. */
function nextSession(
  workspace: Workspace,
  reason: string,
  held: readonly ChangeLine[],
  waiting: PendingProfile | undefined,
): { readonly effectiveAt: number; readonly reason: string } {
  const isNew = ({ path, after }: ChangeLine): boolean =>
    waiting?.changes.some((one) => one.path === path && one.after === after) !== true
  const added = held.filter(isNew)
  if (waiting !== undefined && added.length === 0) return waiting
  const effectiveAt = nextDayStart(workspace.now(), workspace.account())
  const named = changesInWords(added)
  if (reason.trim() === '') {
    const says = `${named} allows more than now: say why. It takes effect at the next session, ${new Date(effectiveAt).toISOString()}.`
    throw new DeskRefusal('INPUT_MISSING', says, 'reason')
  }
  const broken = breachNow(workspace)
  if (broken !== undefined) {
    const says = `${broken} is over its limit: no limit is loosened during a breach (${named}).`
    throw new DeskRefusal('RESTRICTED', says, added[0]?.path)
  }
  return { effectiveAt, reason }
}

function save(workspace: Workspace, strategy: string, name: string, yaml: string): void {
  const { ambient } = workspace.options
  const hash = ambient.sha256(canonical(parse(yaml) as Plain))
  workspace.book.saveProfile({ name, yaml, hash }, ambient.now(), strategy === '')
  if (strategy === '') return
  const { strategies, before } = assignments(workspace)
  if (strategies[strategy]?.hash === hash) return
  const own = { ...strategies, [strategy]: { name, hash } }
  keepAssignments(workspace, { strategies: own, before }, `Strategy ${strategy} is sized by the profile ${name}.`)
}
