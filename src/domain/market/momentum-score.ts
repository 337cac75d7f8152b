/** Standard deviations at which a score is full. */
export const FULL_SCORE = 3
/** Share of a year left out at its end, since the last month tends to reverse (Jegadeesh and Titman 1993). */
const SKIPPED = 1 / 12

/**
 * Momentum from −1 to 1: the log return of the year without its last month, over its standard deviation for that span, cut
 * at ±3 and divided by 3. `undefined` for less than a year of returns, or without any movement.
 */
export function momentumScore(logReturns: Float64Array, periodsPerYear: number): number | undefined {
  if (logReturns.length < periodsPerYear) return undefined
  const skipped = Math.round(periodsPerYear * SKIPPED)
  const year = logReturns.subarray(logReturns.length - periodsPerYear, logReturns.length - skipped)
  let sum = 0
  for (const value of year) sum += value
  let squares = 0
  for (const value of year) squares += (value - sum / year.length) ** 2
  const deviation = Math.sqrt((squares / (year.length - 1)) * year.length)
  return deviation > 0 ? scored(sum / deviation) : undefined
}

/** A number of standard deviations as a score from −1 to 1. */
export function scored(deviations: number): number {
  return Math.max(-FULL_SCORE, Math.min(FULL_SCORE, deviations)) / FULL_SCORE
}
