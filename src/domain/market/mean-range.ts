/** Mean of the last `bars` average true ranges, price units; NaN with fewer, or where one is not known yet. */
export function meanRange(ranges: ArrayLike<number>, bars: number): number {
  if (ranges.length < bars) return Number.NaN
  let sum = 0
  for (let i = ranges.length - bars; i < ranges.length; i++) sum += ranges[i] ?? Number.NaN
  return sum / bars
}
