import { divide, larger, say, sayPercent, ZERO, type Dec } from '../kernel/money.ts'
import type { ConsistencyRule } from './program.ts'

/** How an account stands against a consistency rule. Amounts in account currency. */
export interface Consistency {
  readonly bestDay: Dec
  readonly total: Dec
  /** Best day over total profit; `null` while there is no profit. */
  readonly share: Dec | null
  readonly met: boolean
  /** Total profit at which the best day so far would be within the share. */
  readonly needed: Dec
  readonly stillNeeded: Dec
  readonly says: string
}

/** Compares the best day's profit with all profit: best / total ≤ share, so that total must reach best / share. */
export function consistency({ share }: ConsistencyRule, dayProfits: readonly Dec[]): Consistency {
  const bestDay = dayProfits.reduce<Dec>((best, profit) => larger(best, profit), ZERO)
  const total = dayProfits.reduce<Dec>((sum, profit) => sum.plus(profit), ZERO)
  const needed = divide(bestDay, share)
  const stillNeeded = larger(needed.minus(total), ZERO)
  const met = total.gt(0) && stillNeeded.isZero()
  const own = total.gt(0) ? divide(bestDay, total) : null
  const says = met
    ? `The best day, ${say(bestDay)}, is ${sayPercent(own ?? ZERO)} of all profit, within ${sayPercent(share)}.`
    : bestDay.isZero()
      ? 'No day has made a profit yet.'
      : `The best day made ${say(bestDay)}: all profit must reach ${say(needed)}, ${say(stillNeeded)} more than now.`
  return { bestDay, total, share: own, met, needed, stillNeeded, says }
}
