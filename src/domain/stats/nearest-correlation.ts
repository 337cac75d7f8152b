import { invariant } from '../kernel/invariant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { andersonMixing } from './anderson-mixing.ts'
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
 * positive semi-definite matrices and those with a unit diagonal, with Dykstra's correction (Higham 2002), mixed
 * with their past (Higham and Strabić 2016). The answer has a
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
  const cells = n * n
  const mixing = andersonMixing()
  // The matrix with its unit diagonal, and Dykstra's correction behind it.
  let asked: Float64Array = new Float64Array(2 * cells)
  asked.set(matrix)
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const corrected = matrixMinusCorrection(asked, cells)
    const projected = positivePart(corrected, n, eigen)
    const answer = new Float64Array(2 * cells)
    answer.set(projected)
    for (let i = 0; i < n; i++) answer[i * n + i] = 1
    for (let k = 0; k < cells; k++) answer[cells + k] = (projected[k] as number) - (corrected[k] as number)
    if (distanceOf(answer, asked) <= ARRIVED * n) {
      const found = unitDiagonal(positivePart(answer.subarray(0, cells), n, eigen), n)
      return ok({ matrix: found, distance: distanceOf(found, matrix), iterations })
    }
    asked = mixing.next(asked, answer)
  }
  return err('no_convergence')
}

function matrixMinusCorrection(asked: Float64Array, cells: number): Float64Array {
  const corrected = new Float64Array(cells)
  for (let k = 0; k < cells; k++) corrected[k] = (asked[k] as number) - (asked[cells + k] as number)
  return corrected
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
