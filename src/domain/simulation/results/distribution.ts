import type { BucketSketch } from './bucket-sketch.ts'
import type { ExactSum } from './exact-sum.ts'
import { quantilesOf } from './quantiles.ts'

/** How a quantity is spread over the paths. */
export interface Distribution {
  readonly count: number
  readonly mean: number
  /** Standard error of the mean. */
  readonly standardError: number
  quantiles(shares: readonly number[]): number[]
  /** Mean of the lowest `share` of the values. */
  lowestMean(share: number): number
}

/** The distribution of values that are all there: exact, and summed in the order of the paths. At least one value. */
export function exactDistribution(values: Float64Array): Distribution {
  const mean = steadySum(values.length, (path) => values[path] as number) / values.length
  const square = steadySum(values.length, (path) => ((values[path] as number) - mean) ** 2)
  return {
    count: values.length,
    mean,
    standardError: errorOf(square, values.length),
    quantiles: (shares) => quantilesOf(values, shares),
    lowestMean(share) {
      const [edge = 0] = quantilesOf(values, [share])
      const lowest = values.filter((value) => value <= edge)
      return steadySum(lowest.length, (at) => lowest[at] as number) / lowest.length
    },
  }
}

/** The distribution behind a sketch and exact sums; `valueOf` turns what the buckets hold into the quantity. */
export function sketchedDistribution(
  sketch: BucketSketch,
  sum: ExactSum,
  squares: ExactSum,
  count: number,
  valueOf: (bucketed: number) => number,
): Distribution {
  const mean = sum.total() / count
  return {
    count,
    mean,
    standardError: errorOf(Math.max(0, squares.total() - count * mean * mean), count),
    quantiles: (shares) => shares.map((share) => valueOf(sketch.quantile(share))),
    lowestMean: (share) => sketch.lowestMean(share, valueOf),
  }
}

function errorOf(square: number, count: number): number {
  return count > 1 ? Math.sqrt(square / (count - 1) / count) : 0
}

/** A sum whose rounding does not grow with its length (Neumaier 1974). */
function steadySum(count: number, at: (index: number) => number): number {
  let sum = 0
  let lost = 0
  for (let index = 0; index < count; index++) {
    const value = at(index)
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
