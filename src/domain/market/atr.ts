import { invariant } from '../kernel/invariant.ts'

/**
 * Average true range by Wilder's smoothing, in price units, aligned with the bars; NaN until enough bars are known. The
 * seed at index `period` is the mean of the true ranges of bars 1 to `period` (the first bar has no previous close), then
 * (previous · (period − 1) + true range) / period. Wilder (1978), "New Concepts in Technical Trading Systems"; the seeding
 * is that of TA-Lib and TTR. A bar that is not finite, or whose high is below its low, makes every later value NaN.
 */
export function averageTrueRange(
  high: ArrayLike<number>,
  low: ArrayLike<number>,
  close: ArrayLike<number>,
  period: number,
): Float64Array {
  invariant(Number.isInteger(period) && period >= 1, 'the period of an average true range is a whole number of bars')
  invariant(
    high.length === low.length && low.length === close.length,
    'high, low and close have one value for each bar',
  )
  const ranges = new Float64Array(high.length).fill(Number.NaN)
  let average = 0
  for (let bar = 1; bar < high.length; bar++) {
    const range = trueRange(high[bar] ?? Number.NaN, low[bar] ?? Number.NaN, close[bar - 1] ?? Number.NaN)
    average = bar <= period ? average + range / period : (average * (period - 1) + range) / period
    if (bar >= period) ranges[bar] = average
  }
  return ranges
}

/** The widest of high − low and the distances of both from the previous close. */
function trueRange(high: number, low: number, previousClose: number): number {
  if (!(high >= low)) return Number.NaN
  return Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose))
}
