import { paritySweep } from '../risk-parity/parity-sweep.ts'
import { type DenseAlgebra, LOST_PIVOT, STILL_PIVOT, type SymmetricRoom } from './dense-algebra.ts'

/** The linear algebra in plain TypeScript: the reference, and what runs where there is no WebAssembly. */
export const typescriptAlgebra: DenseAlgebra = { name: 'typescript', room: typescriptRoom }

function typescriptRoom(order: number): SymmetricRoom {
  const base = new Float64Array(order * order)
  const matrix = new Float64Array(order * order)
  const slopes = new Float64Array(4)
  return {
    order,
    stride: order,
    base,
    matrix,
    combine(scale, diagonal) {
      for (let row = 0; row < order; row++) {
        const at = row * order
        for (let column = 0; column <= row; column++) matrix[at + column] = scale * (base[at + column] as number)
        matrix[at + row] = (matrix[at + row] as number) + (diagonal[row] as number)
      }
    },
    addOuter(scale, vector) {
      for (let row = 0; row < order; row++) {
        const factor = scale * (vector[row] as number)
        if (factor === 0) continue
        const at = row * order
        for (let column = 0; column <= row; column++)
          matrix[at + column] = (matrix[at + column] as number) + factor * (vector[column] as number)
      }
    },
    factor: () => factorLower(matrix, order),
    solve(vector) {
      solveLower(matrix, order, vector)
      solveUpper(matrix, order, vector)
    },
    multiply(vector, into) {
      for (let row = 0; row < order; row++) {
        const at = row * order
        let sum = 0
        for (let column = 0; column < order; column++) sum += (base[at + column] as number) * (vector[column] as number)
        into[row] = sum
      }
    },
    paritySweep: (budgets, x) => paritySweep(base, budgets, x, slopes),
  }
}

/** Two rows against two rows at a time: four sums in flight where a plain loop has one. */
function factorLower(matrix: Float64Array, order: number): number {
  let largest = 0
  for (let row = 0; row < order; row++) largest = Math.max(largest, matrix[row * order + row] as number)
  const least = LOST_PIVOT * largest
  let lost = 0
  for (let row = 0; row < order; row += 2) {
    const second = row + 1 < order ? row + 1 : row
    for (let column = 0; column <= second; column += 2) {
      const other = Math.min(column + 1, order - 1)
      const [r0, r1, c0, c1] = [row * order, second * order, column * order, other * order]
      let [s00, s01, s10, s11] = [0, 0, 0, 0]
      for (let k = 0; k < column; k++) {
        const a0 = matrix[r0 + k] as number
        const a1 = matrix[r1 + k] as number
        const b0 = matrix[c0 + k] as number
        const b1 = matrix[c1 + k] as number
        s00 += a0 * b0
        s01 += a0 * b1
        s10 += a1 * b0
        s11 += a1 * b1
      }
      if (column === row) {
        lost += settle(matrix, r0 + row, s00, least)
        if (second === row) continue
        matrix[r1 + row] = ((matrix[r1 + row] as number) - s10) / (matrix[r0 + row] as number)
        lost += settle(matrix, r1 + second, s11 + (matrix[r1 + row] as number) ** 2, least)
      } else {
        const pivot = matrix[c0 + column] as number
        const left = matrix[c1 + column] as number
        const low = matrix[c1 + other] as number
        const x0 = ((matrix[r0 + column] as number) - s00) / pivot
        matrix[r0 + column] = x0
        matrix[r0 + other] = ((matrix[r0 + other] as number) - s01 - x0 * left) / low
        if (second === row) continue
        const x1 = ((matrix[r1 + column] as number) - s10) / pivot
        matrix[r1 + column] = x1
        matrix[r1 + other] = ((matrix[r1 + other] as number) - s11 - x1 * left) / low
      }
    }
  }
  return lost
}

function settle(matrix: Float64Array, at: number, sum: number, least: number): number {
  const pivot = (matrix[at] as number) - sum
  matrix[at] = pivot > least ? Math.sqrt(pivot) : STILL_PIVOT
  return pivot > least ? 0 : 1
}

function solveLower(matrix: Float64Array, order: number, vector: Float64Array): void {
  for (let row = 0; row < order; row++) {
    const at = row * order
    let sum = vector[row] as number
    for (let column = 0; column < row; column++) sum -= (matrix[at + column] as number) * (vector[column] as number)
    vector[row] = sum / (matrix[at + row] as number)
  }
}

function solveUpper(matrix: Float64Array, order: number, vector: Float64Array): void {
  for (let row = order - 1; row >= 0; row--) {
    const at = row * order
    const value = (vector[row] as number) / (matrix[at + row] as number)
    vector[row] = value
    for (let column = 0; column < row; column++)
      vector[column] = (vector[column] as number) - value * (matrix[at + column] as number)
  }
}
