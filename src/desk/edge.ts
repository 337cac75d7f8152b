import type { EdgeInput } from '../domain/inputs.ts'
import { add, divide, fromFloat, readDecimal, rounded, ZERO, type Dec } from '../domain/kernel/money.ts'
import type { Trade } from '../domain/ledger/records.ts'

/** Wins, losses and scratches of closed trades with their mean amounts in account currency; trades without a rate are left out and said. */
export function estimateEdge(trades: readonly Trade[], scope: string, from: number, to: number): EdgeInput {
  let wins = 0
  let losses = 0
  let scratches = 0
  let unknown = 0
  let won: Dec = ZERO
  let lost: Dec = ZERO
  for (const trade of trades) {
    if (trade.exitAt <= from || trade.exitAt > to) continue
    const profit = readDecimal(trade.accountProfit, 'profit')
    if (!profit.ok) unknown += 1
    else if (profit.value.isZero()) scratches += 1
    else if (profit.value.gt(0)) {
      wins += 1
      won = add(won, profit.value)
    } else {
      losses += 1
      lost = add(lost, profit.value.negated())
    }
  }
  const mean = (sum: Dec, count: number): string | null => (count === 0 ? null : rounded(divide(sum, fromFloat(count))))
  return {
    scope,
    window: `${Math.round((to - from) / 86_400_000)} days`,
    from,
    to,
    wins,
    losses,
    scratches,
    meanWin: mean(won, wins),
    meanLoss: mean(lost, losses),
    source: unknown === 0 ? 'closed trades' : `closed trades, ${unknown} without a rate left out`,
  }
}
