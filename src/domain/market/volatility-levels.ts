import { quantileOfSorted } from '../stats/quantile.ts'
import { ewmaVolatility } from './ewma-volatility.ts'

/** Where the volatility of an instrument's own year lies: its 33rd and 80th percentile, annualised fractions. */
export interface VolatilityLevels {
  readonly low: number
  readonly high: number
  /** Days whose volatility was ranked. */
  readonly days: number
}

/** Percentiles between which volatility counts as normal (SPEC 6). */
export const LEVELS = { low: 0.33, high: 0.8 } as const

/**
 * The 33rd and 80th percentile (type 7) of the exponentially weighted volatility of every day of the last year, each over
 * the `lookBack` returns before it. `undefined` with fewer than half a year of such days, or where a return is not finite.
 */
export function volatilityLevels(
  returns: Float64Array,
  lookBack: number,
  decay: number,
  periodsPerYear: number,
): VolatilityLevels | undefined {
  const days = Math.min(periodsPerYear, returns.length - lookBack + 1)
  if (days < periodsPerYear / 2) return undefined
  const ranked = new Float64Array(days)
  for (let day = 0; day < days; day++) {
    const end = returns.length - day
    ranked[day] = ewmaVolatility(returns.subarray(end - lookBack, end), decay, periodsPerYear)
  }
  if (ranked.some((value) => !Number.isFinite(value))) return undefined
  ranked.sort()
  return { low: quantileOfSorted(ranked, LEVELS.low), high: quantileOfSorted(ranked, LEVELS.high), days }
}
