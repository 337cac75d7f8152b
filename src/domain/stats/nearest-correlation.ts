import { invariant } from '../kernel/invariant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { recompose } from './recompose.ts'
import { symmetricEigen, type SymmetricEigen } from './symmetric-eigen.ts'
import { unitDiagonal } from './unit-diagonal.ts'

/** A correlation matrix made of one that was none, n × n row by row. */
export interface NearestCorrelation {
  readonly matrix: Float64Array
  /** Frobenius norm of what was changed, 0 where nothing was. */
  readonly distance: number
  readonly iterations: number
}

const MOST_ITERATIONS = 5_000
/** Change of an iteration, for each row, at which it has arrived. */
const ARRIVED = 1e-12
/** An eigenvalue this little below zero, for each row, is rounding. */
const ROUNDING = 1e-13

/**
 * The correlation matrix nearest to a finite symmetric n × n matrix in the Frobenius norm: alternating projections onto the
 * positive semi-definite matrices and those with a unit diagonal, with Dykstra's correction (Higham 2002). The answer has a
 * unit diagonal and no eigenvalue below rounding. One that already is such a matrix comes back as it was.
 * `no_convergence` after 5,000 iterations.
 */
export function nearestCorrelation(
  matrix: Float64Array,
  n: number,
  eigen: SymmetricEigen = symmetricEigen,
): Result<NearestCorrelation, 'no_convergence'> {
  invariant(n >= 1 && matrix.length === n * n, 'a correlation matrix has n rows and n columns')
  if (isCorrelation(matrix, n, eigen)) return ok({ matrix: matrix.slice(), distance: 0, iterations: 0 })
  let current = matrix.slice()
  let before = matrix
  const correction = new Float64Array(n * n)
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    for (let k = 0; k < correction.length; k++) current[k] = (current[k] as number) - (correction[k] as number)
    const projected = positivePart(current, n, eigen)
    for (let k = 0; k < correction.length; k++) correction[k] = (projected[k] as number) - (current[k] as number)
    const next = projected.slice()
    for (let i = 0; i < n; i++) next[i * n + i] = 1
    const moved = distanceOf(next, before) + distanceOf(next, projected)
    before = next
    current = next.slice()
    if (moved <= ARRIVED * n) {
      const found = unitDiagonal(positivePart(next, n, eigen), n)
      return ok({ matrix: found, distance: distanceOf(found, matrix), iterations })
    }
  }
  return err('no_convergence')
}

function isCorrelation(matrix: Float64Array, n: number, eigen: SymmetricEigen): boolean {
  for (let i = 0; i < n; i++) if (matrix[i * n + i] !== 1) return false
  return (eigen(matrix, n).values[n - 1] as number) >= -ROUNDING * n
}

function positivePart(matrix: Float64Array, n: number, eigen: SymmetricEigen): Float64Array {
  const { values, vectors } = eigen(matrix, n)
  return recompose(
    values.map((value) => Math.max(0, value)),
    vectors,
  )
}

function distanceOf(a: Float64Array, b: Float64Array): number {
  let squares = 0
  for (let k = 0; k < a.length; k++) squares += ((a[k] as number) - (b[k] as number)) ** 2
  return Math.sqrt(squares)
}
