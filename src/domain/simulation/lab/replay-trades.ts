import type { SettledStaking } from '../plan.ts'
import { growthOf } from '../walks/growth-of.ts'

/** What a staking rule makes of the trades as they came: simple return of equity per trade, in R of `rMultiples` less `cost`. */
export function replayTrades(rMultiples: readonly number[], staking: SettledStaking, cost: number): number[] {
  const growth = growthOf(staking)
  let equity = 1
  let peak = 1
  let wins = 0
  return rMultiples.map((r) => {
    if (equity === 0) return 0
    const factor = Math.max(0, growth(r - cost, equity, equity / peak, wins))
    equity *= factor
    peak = Math.max(peak, equity)
    wins = factor > 1 ? wins + 1 : 0
    return factor - 1
  })
}
