import { pearsonCorrelation } from '../stats/pearson-correlation.ts'

/** Net profit of one strategy by trading day; a day it closed no trade on is absent. */
export interface DailyProfits {
  readonly strategy: string
  readonly byDay: ReadonlyMap<number, number>
}

/** Correlation of the daily profits of two strategies over the days both were trading. */
export interface StrategyCorrelation {
  readonly a: string
  readonly b: string
  /** `null` with too few common days, or where one of them did not vary. */
  readonly correlation: number | null
  readonly days: number
}

/** Common days needed before a correlation is believed. */
export const LEAST_DAYS = 20

/**
 * Correlations of all pairs. A pair is compared on the days, among those any strategy closed a trade on, between the later
 * first and the earlier last trade of the two; on such a day without a trade of its own a strategy earned nothing.
 */
export function strategyCorrelations(strategies: readonly DailyProfits[]): readonly StrategyCorrelation[] {
  const all = [...new Set(strategies.flatMap(({ byDay }) => [...byDay.keys()]))].sort((a, b) => a - b)
  return strategies.flatMap((a, i) =>
    strategies.slice(i + 1).map((b) => {
      const from = Math.max(Math.min(...a.byDay.keys()), Math.min(...b.byDay.keys()))
      const to = Math.min(Math.max(...a.byDay.keys()), Math.max(...b.byDay.keys()))
      const common = all.filter((day) => day >= from && day <= to)
      const profits = ({ byDay }: DailyProfits): number[] => common.map((day) => byDay.get(day) ?? 0)
      return {
        a: a.strategy,
        b: b.strategy,
        correlation: common.length < LEAST_DAYS ? null : (pearsonCorrelation(profits(a), profits(b)) ?? null),
        days: common.length,
      }
    }),
  )
}
