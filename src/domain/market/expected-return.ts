import { mean, standardDeviation } from '../stats/moments.ts'

/** A mean return a year with its standard error, both fractions. */
export interface ExpectedReturn {
  readonly value: number
  readonly standardError: number
}

/**
 * Expected return a year as it was: the mean simple return of a period times periods, with the standard error of that
 * mean. It says little about the future: over one year the error is as large as the volatility. `undefined` for fewer than
 * two returns or where one is not finite.
 */
export function expectedReturn(logReturns: ArrayLike<number>, periodsPerYear: number): ExpectedReturn | undefined {
  const simple = Array.from(logReturns, (value) => Math.expm1(value))
  if (simple.length < 2 || simple.some((value) => !Number.isFinite(value))) return undefined
  return {
    value: mean(simple) * periodsPerYear,
    standardError: (standardDeviation(simple) / Math.sqrt(simple.length)) * periodsPerYear,
  }
}
