import { followMethod } from './follow-method.ts'
import type { LabMarket, LabMethod, LabTerms } from './lab-market.ts'

/** Days between two settings of the weights that are compared: daily, weekly, monthly, quarterly. */
export const REBALANCE_EVERY: readonly number[] = [1, 5, 21, 63]

/** What one method grows by when its weights are set anew every so many days. */
export interface Rebalancing {
  readonly id: string
  /** Mean logarithmic growth a year after costs and interest, per frequency; `null` where equity is lost whole. */
  readonly growth: readonly (number | null)[]
  /** Weight traded a day, averaged, per frequency. */
  readonly turnover: readonly number[]
}

/** Compares how often to rebalance, by growth after costs, on frequencies shorter than the market. */
export function compareRebalancing(
  market: LabMarket,
  methods: readonly LabMethod[],
  terms: LabTerms,
): { readonly every: readonly number[]; readonly rows: readonly Rebalancing[] } {
  const every = REBALANCE_EVERY.filter((days) => days < market.returns.length)
  const rows = methods.map((method): Rebalancing => {
    const runs = every.map((days) => followMethod(market, method, terms, days))
    return {
      id: method.id,
      growth: runs.map(({ returns }) => growthOf(returns, market.periodsPerYear)),
      turnover: runs.map(({ turnover }) => turnover),
    }
  })
  return { every, rows }
}

function growthOf(returns: readonly number[], periodsPerYear: number): number | null {
  const logs = returns.reduce((sum, earned) => sum + Math.log1p(earned), 0)
  return Number.isFinite(logs) ? (logs / returns.length) * periodsPerYear : null
}
