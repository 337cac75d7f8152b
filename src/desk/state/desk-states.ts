import type { ArmingView, DeskStateView } from '../../contract/desk-state.ts'
import { DeskRefusal } from '../refusal.ts'
import { watchLive } from '../live-limits/watch-live.ts'
import type { StopSignal } from '../ports.ts'
import type { Workspace } from '../workspace.ts'
import { preflightFindings, preflightView, releasePreflight } from './preflight-findings.ts'
import { armingView, stateView } from './state-view.ts'

interface Why {
  readonly reason?: string | undefined
}

/** The calls about the desk's state, each one use case. */
export function openStates(workspace: Workspace) {
  const { posture } = workspace
  const told = (act: () => void): DeskStateView => {
    act()
    return stateView(workspace)
  }
  return {
    get: () => stateView(workspace),
    stopAddingRisk: ({ reason }: Why) =>
      told(() => void posture.happen({ kind: 'reduce', says: reason ?? 'Adding risk was stopped by hand.' })),
    halt: ({ reason }: Why) => told(() => posture.halt(reason ?? 'Halted by hand.')),
    lock: ({ minutes, reason }: Why & { readonly minutes: number }) =>
      told(() => lock(workspace, minutes * 60_000, reason ?? 'Locked out by hand.')),
    loosen: ({ cause, reason }: { readonly cause: string; readonly reason: string }) =>
      told(() => loosen(workspace, cause, reason)),
    preflight: () => preflightView(workspace),
    arm: ({ lastFour, minutes, windowId }: Arm) =>
      told(() => {
        posture.look()
        posture.arm({ lastFour, minutes, findings: preflightFindings(workspace) }, windowId)
      }),
    extendArm: ({ minutes, windowId }: Omit<Arm, 'lastFour'>) => told(() => posture.extend(minutes, windowId)),
    disarm: ({ reason = '' }: Why) => told(() => void posture.happen({ kind: 'disarm', by: 'trader' }, reason)),
    heartbeat: ({ windowId }: { readonly windowId: string }): ArmingView => {
      posture.heard(windowId)
      return armingView(workspace)
    },
    acknowledge: (seen: { readonly breachId: string; readonly note: string | null }) =>
      told(() => acknowledge(workspace, seen)),
    watch: (_: unknown, signal: StopSignal) => watchLive(workspace, signal),
  }
}

interface Arm {
  readonly lastFour: string
  readonly minutes: number
  readonly windowId: string
}

function lock({ posture }: Workspace, lasts: number, says: string): void {
  posture.happen({ kind: 'lock', lasts, says })
}

/** Ends one cause with a reason; what a halt waits for is looked at here, and named where it has not passed. */
function loosen(workspace: Workspace, cause: string, reason: string): void {
  const { posture } = workspace
  posture.look()
  const halting = ['halt', 'overfill', 'runaway', 'unreadable'].includes(cause)
  const found = halting ? releasePreflight(workspace) : { passed: true, says: '' }
  const { advance } = posture.happen(
    { kind: 'release', cause, reason, preflight: found.passed, armed: false },
    reason.trim(),
  )
  const { refused } = advance
  if (refused === null) return
  const missing = found.passed ? '' : ` ${found.says}`
  throw new DeskRefusal(refused.code, `${refused.says}${missing}`, refused.field)
}

function acknowledge(workspace: Workspace, { breachId, note }: { breachId: string; note: string | null }): void {
  const at = workspace.posture.moment().wall
  const breach = workspace.book.breaches(at).find((one) => one.breachId === breachId)
  if (breach === undefined || breach.acknowledgedAt !== null)
    throw new DeskRefusal('NOT_FOUND', `There is no breach ${breachId} that waits to be acknowledged.`, 'breachId')
  const says = `Breach of ${breach.title} acknowledged${note === null || note === '' ? '.' : `: ${note}`}`
  workspace.book.acknowledgeBreach({ breachId, at, note, says })
  workspace.changed('state')
}
