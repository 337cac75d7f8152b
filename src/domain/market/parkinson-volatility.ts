import { invariant } from '../kernel/invariant.ts'

/**
 * Volatility a year from the range of each bar, a fraction: √(periods · mean ln(high/low)² / (4 ln 2)) (Parkinson 1980).
 * Assumes no drift and no gaps: overnight moves are not in it. NaN for no bar, or where a bar has no positive range of
 * prices.
 */
export function parkinsonVolatility(high: ArrayLike<number>, low: ArrayLike<number>, periodsPerYear: number): number {
  invariant(high.length === low.length, 'high and low have one value for each bar')
  let squares = 0
  for (let i = 0; i < high.length; i++) {
    const [top, bottom] = [high[i] ?? Number.NaN, low[i] ?? Number.NaN]
    squares += bottom > 0 && top >= bottom ? Math.log(top / bottom) ** 2 : Number.NaN
  }
  return Math.sqrt((periodsPerYear * squares) / (4 * Math.LN2 * high.length))
}
