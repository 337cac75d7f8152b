import { invariant } from '../kernel/invariant.ts'

/**
 * A covariance matrix, n × n row by row with a positive diagonal, as the correlation matrix it holds: every row and column
 * divided by the root of its diagonal. The diagonal is exactly 1, the rest within [−1, 1], and no eigenvalue changes its sign.
 */
export function unitDiagonal(matrix: Float64Array, n: number): Float64Array {
  const roots = Float64Array.from({ length: n }, (_, i) => Math.sqrt(matrix[i * n + i] ?? Number.NaN))
  invariant(
    roots.every((root) => root > 0 && root < Infinity),
    'a covariance matrix has a positive diagonal',
  )
  const scaled = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    scaled[i * n + i] = 1
    for (let j = 0; j < i; j++) {
      const value = (matrix[i * n + j] as number) / (roots[i] as number) / (roots[j] as number)
      scaled[i * n + j] = scaled[j * n + i] = Math.max(-1, Math.min(1, value))
    }
  }
  return scaled
}
