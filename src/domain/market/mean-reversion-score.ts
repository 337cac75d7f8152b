import { mean, standardDeviation } from '../stats/moments.ts'
import { scored } from './momentum-score.ts'

/** Closes the mean is taken of. */
export const REVERSION_DAYS = 20

/**
 * Mean reversion from −1 to 1: how many standard deviations the last close lies below the mean of the last 20, cut at ±3
 * and divided by 3; positive below the mean. `undefined` for fewer closes, or where they are all the same.
 */
export function meanReversionScore(closes: ArrayLike<number>): number | undefined {
  if (closes.length < REVERSION_DAYS) return undefined
  const last = Array.from({ length: REVERSION_DAYS }, (_, i) => closes[closes.length - REVERSION_DAYS + i] ?? NaN)
  const deviation = standardDeviation(last)
  return deviation > 0 ? scored((mean(last) - (last.at(-1) ?? Number.NaN)) / deviation) : undefined
}
