import { invariant } from '../kernel/invariant.ts'

/** Share of a day's trading that one account could leave with unnoticed. */
const UNNOTICED = 0.01

/**
 * How easily a position as large as the whole account could be left, from 0 to 1: 1 / (1 + equity / (1 % of the money
 * traded in a day)). An account as large as one per cent of a day scores 0.5. Both in account currency, both positive.
 */
export function liquidityScore(equity: number, moneyTradedADay: number): number {
  invariant(equity > 0 && moneyTradedADay >= 0, 'equity is positive and the money traded is not negative')
  return moneyTradedADay === 0 ? 0 : 1 / (1 + equity / (UNNOTICED * moneyTradedADay))
}
