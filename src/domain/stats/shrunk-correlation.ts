import { invariant } from '../kernel/invariant.ts'

/** A correlation matrix drawn towards one in which all pairs have the same correlation. */
export interface ShrunkCorrelation {
  readonly matrix: Float64Array
  /** Share of the target in it, from 0 to 1. */
  readonly intensity: number
  /** The target's one correlation: the mean over all pairs. */
  readonly meanCorrelation: number
}

/**
 * Ledoit and Wolf's shrinkage (2004, «Honey, I shrunk the sample covariance matrix») of a correlation matrix, n × n row by
 * row, towards constant correlation. The intensity is [Σ Var(rᵢⱼ) − M·Var(r̄)] / Σ (rᵢⱼ − r̄)² over the M pairs, cut to
 * [0, 1]; variances by the delta method from the periods each pair has, so that incomplete and weighted series serve too.
 * `columns` are the n series with NaN where missing, `weights` one a period; every pair has common periods.
 */
export function shrunkCorrelation(
  matrix: Float64Array,
  columns: readonly Float64Array[],
  weights: Float64Array,
): ShrunkCorrelation {
  const n = columns.length
  invariant(n >= 2 && matrix.length === n * n, 'shrinking needs at least two series and their matrix')
  const pairs = (n * (n - 1)) / 2
  const standard = columns.map((column) => standardised(column, weights))
  const ofMean = new Float64Array(weights.length)
  let mean = 0
  let variances = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const correlation = matrix[i * n + j] as number
      mean += correlation / pairs
      variances += addInfluence(standard[i] as Float64Array, standard[j] as Float64Array, weights, correlation, ofMean)
    }
  }
  const varianceOfMean = ofMean.reduce((sum, value) => sum + (value / pairs) ** 2, 0)
  let spread = 0
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) spread += ((matrix[i * n + j] as number) - mean) ** 2
  const wanted = (variances - pairs * varianceOfMean) / spread
  // Where all pairs are alike already the matrix is its own target.
  const intensity = spread > Number.EPSILON ** 2 * pairs ? Math.max(0, Math.min(1, wanted)) : 0
  const shrunk = matrix.map((value, k) =>
    Math.floor(k / n) === k % n ? 1 : intensity * mean + (1 - intensity) * value,
  )
  return { matrix: shrunk, intensity, meanCorrelation: mean }
}

/** The variance of one pair's correlation; what each period moves it by is added to `ofMean`. */
function addInfluence(
  a: Float64Array,
  b: Float64Array,
  weights: Float64Array,
  correlation: number,
  ofMean: Float64Array,
): number {
  let total = 0
  for (let t = 0; t < weights.length; t++)
    if (!Number.isNaN((a[t] as number) + (b[t] as number))) total += weights[t] as number
  let variance = 0
  for (let t = 0; t < weights.length; t++) {
    const x = a[t] as number
    const y = b[t] as number
    if (Number.isNaN(x + y)) continue
    const moved = ((weights[t] as number) / total) * (x * y - (correlation / 2) * (x * x + y * y))
    variance += moved * moved
    ofMean[t] = (ofMean[t] as number) + moved
  }
  return variance
}

function standardised(column: Float64Array, weights: Float64Array): Float64Array {
  const moment = (power: 1 | 2, centre: number): number => {
    let sum = 0
    let total = 0
    for (let t = 0; t < column.length; t++) {
      const value = column[t] as number
      if (Number.isNaN(value)) continue
      sum += (weights[t] as number) * (value - centre) ** power
      total += weights[t] as number
    }
    return sum / total
  }
  const centre = moment(1, 0)
  const deviation = Math.sqrt(moment(2, centre))
  return column.map((value) => (value - centre) / deviation)
}
