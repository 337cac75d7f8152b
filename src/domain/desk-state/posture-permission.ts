import { reason, type Reason } from '../kernel/reason.ts'
import { err, type Result } from '../kernel/result.ts'
import { DISARMED_BY } from './arming.ts'
import type { DeskState, Intent } from './desk-state.ts'
import { permission } from './latch.ts'
import type { Posture } from './step-desk.ts'

/**
 * Whether a desk lets an intent through, its state and its arming together. New risk in a live book needs an armed desk on
 * that very account; exits and cancels never do.
 */
export function posturePermission(
  { latch, arming }: Posture,
  intent: Intent,
  book: { readonly kind: 'paper' | 'live' | 'sample'; readonly accountId: string },
  faultAcknowledged = false,
): Result<DeskState, Reason> {
  const allowed = permission(latch, intent, faultAcknowledged)
  if (!allowed.ok || intent !== 'entry' || book.kind !== 'live') return allowed
  if (!arming.armed) return err(reason('NOT_ARMED', `The desk is not armed: ${DISARMED_BY[arming.by]}`))
  return arming.accountId === book.accountId
    ? allowed
    : err(reason('NOT_ARMED', 'The desk is armed for another account: arm this one.', 'accountId'))
}
