import type { DatedOutcome } from '../domain/edge/edge-history.ts'
import { readDecimal } from '../domain/kernel/money.ts'
import type { Trade } from '../domain/ledger/records.ts'

/** Closed trades as statistics see them, in order of time, and those left out because no rate turns them into account currency. */
export interface ClosedOutcomes {
  readonly outcomes: readonly DatedOutcome[]
  readonly withoutRate: number
}

/** Net profits in account currency and R-multiples of closed trades. A trade without a stop has no R. */
export function closedOutcomes(trades: readonly Trade[]): ClosedOutcomes {
  const outcomes: DatedOutcome[] = []
  for (const { accountProfit, r, exitAt } of trades) {
    const profit = readDecimal(accountProfit, 'profit')
    if (!profit.ok) continue
    const multiple = r === null ? null : readDecimal(r, 'r')
    outcomes.push({
      at: exitAt,
      profit: profit.value.toNumber(),
      r: multiple?.ok === true ? multiple.value.toNumber() : null,
    })
  }
  return { outcomes, withoutRate: trades.length - outcomes.length }
}
