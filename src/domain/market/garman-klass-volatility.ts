import { invariant } from '../kernel/invariant.ts'

/** The four prices of each bar, oldest first. */
export interface BarPrices {
  readonly open: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly close: ArrayLike<number>
}

/**
 * Volatility a year from all four prices of each bar, a fraction: √(periods · mean[½·ln(high/low)² −
 * (2 ln 2 − 1)·ln(close/open)²]) (Garman and Klass 1980). Assumes no drift and no gaps. NaN for no bar, or where a bar's
 * open and close do not lie within its positive range.
 */
export function garmanKlassVolatility({ open, high, low, close }: BarPrices, periodsPerYear: number): number {
  const count = close.length
  invariant(
    open.length === count && high.length === count && low.length === count,
    'open, high, low and close have one value for each bar',
  )
  let sum = 0
  for (let i = 0; i < count; i++) {
    const [o, h, l, c] = [open[i], high[i], low[i], close[i]].map((price) => price ?? Number.NaN) as Four
    const sound = l > 0 && Math.max(o, c) <= h && Math.min(o, c) >= l
    sum += sound ? 0.5 * Math.log(h / l) ** 2 - (2 * Math.LN2 - 1) * Math.log(c / o) ** 2 : Number.NaN
  }
  return Math.sqrt((periodsPerYear * sum) / count)
}

type Four = [number, number, number, number]
