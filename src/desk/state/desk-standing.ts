import type { DeskInput } from '../../domain/desk-input.ts'
import { STATE_MEANS, type DeskState } from '../../domain/desk-state/desk-state.ts'
import { deskState } from '../../domain/desk-state/latch.ts'
import type { Posture } from '../../domain/desk-state/step-desk.ts'
import { invariant } from '../../domain/kernel/invariant.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'
import { DeskRefusal } from '../refusal.ts'

type Permission = Result<DeskState, Reason>

/** What a decision records of the desk: its state, and what it lets through. */
export function deskStanding({ latch }: Posture, entry: Permission, exit: Permission): DeskInput {
  const state = deskState(latch)
  return entry.ok
    ? { state, entries: true, exits: exit.ok, code: null, says: `${state}: ${STATE_MEANS[state]}.` }
    : { state, entries: false, exits: exit.ok, code: entry.error.code, says: entry.error.says }
}

/** Everything that stands against a wish, as one refusal by the code of the first. */
export function refusalOf(reasons: readonly Reason[]): DeskRefusal {
  const [first] = reasons
  invariant(first !== undefined, 'a refusal has a reason')
  return new DeskRefusal(first.code, reasons.map(({ says }) => says).join(' '), first.field)
}
