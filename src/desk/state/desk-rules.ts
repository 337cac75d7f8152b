import type { DeskRules } from '../../domain/desk-state/desk-event.ts'
import type { Latch } from '../../domain/desk-state/latch.ts'
import type { AccountClock } from '../../domain/trading-day.ts'

/** So many of so many fresh readings confirm a breach. */
export const CONFIRMATION = { needed: 3, among: 5 } as const
/** Fresh price readings in a row after which prices count as recovered. */
const FRESH_AGAIN = 3

/**
 * The rules of a desk on an account. While time itself would end something, a person's word on the clock is not enough:
 * it takes time that was lived through, or a stamp from outside.
 */
export function deskRules({ timeZone, dayRoll }: AccountClock, latch: Latch | undefined): DeskRules {
  const timed = latch?.causes.some(({ kind }) => kind === 'lock' || kind === 'breach') === true
  return {
    breach: CONFIRMATION,
    freshAgain: FRESH_AGAIN,
    witness: timed ? 'required' : 'optional',
    zone: { timeZone, dayRoll },
  }
}
