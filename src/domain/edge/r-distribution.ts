import { histogram, type Histogram } from '../stats/histogram.ts'
import { mean, standardDeviation } from '../stats/moments.ts'
import { studentQuantile } from '../stats/student-quantile.ts'
import type { TradeOutcome } from './trade-statistics.ts'

/** How the R-multiples of trades are spread. Trades without a stop have no R: they are counted apart, never made up. */
export interface RDistribution {
  readonly bins: Histogram | undefined
  readonly withR: number
  readonly withoutStop: number
  readonly mean: number | null
  /** 95 % interval of the mean by Student's t; `null` for fewer than three multiples. */
  readonly interval: readonly [number, number] | null
}

/** Bins, mean and its interval of the R-multiples. */
export function rDistribution(outcomes: readonly TradeOutcome[]): RDistribution {
  const multiples = outcomes.flatMap(({ r }) => (r === null ? [] : [r]))
  const count = multiples.length
  const centre = count === 0 ? null : mean(multiples)
  const half = count < 3 ? null : (studentQuantile(count - 1) * standardDeviation(multiples)) / Math.sqrt(count)
  return {
    bins: histogram(multiples),
    withR: count,
    withoutStop: outcomes.length - count,
    mean: centre,
    interval: centre === null || half === null ? null : [centre - half, centre + half],
  }
}
