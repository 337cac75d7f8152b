import { invariant } from '../kernel/invariant.ts'
import type { Result } from '../kernel/result.ts'
import { weightedCorrelation, type PairCorrelation, type PairFault, type PairOptions } from './weighted-correlation.ts'

/** One pair of series and what was measured on the periods both have. */
export interface MeasuredPair {
  /** Numbers of the two series, `a` below `b`. */
  readonly a: number
  readonly b: number
  readonly found: Result<PairCorrelation, PairFault>
}

/**
 * Correlations of all pairs of equally long series with NaN where missing, each over the periods both have; `weights` one a
 * period, positive. Pairs in the order (0, 1), (0, 2), … (n − 2, n − 1).
 */
export function correlationPairs(
  columns: readonly Float64Array[],
  weights: Float64Array,
  options: PairOptions = {},
): readonly MeasuredPair[] {
  return columns.flatMap((column, a) =>
    columns.slice(a + 1).map((other, k) => ({
      a,
      b: a + 1 + k,
      found: weightedCorrelation(column, other, weights, options),
    })),
  )
}

/** The pairs as an n × n matrix row by row with a unit diagonal; every pair was measured. */
export function matrixOfPairs(pairs: readonly MeasuredPair[], n: number): Float64Array {
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1
  for (const { a, b, found } of pairs) {
    invariant(found.ok, 'a correlation matrix is made of measured pairs')
    matrix[a * n + b] = matrix[b * n + a] = found.value.correlation
  }
  return matrix
}
