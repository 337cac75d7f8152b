import type { DenseAlgebra } from '../optimiser/dense-algebra.ts'
import { typescriptAlgebra } from '../optimiser/typescript-algebra.ts'

/** Largest relative error of a risk contribution against its budget. */
const TOLERANCE = 1e-10
const MOST_SWEEPS = 10_000

/**
 * Long-only weights, summing to 1, whose shares wᵢ(Σw)ᵢ of the variance equal the budgets: the one minimum of
 * ½x′Σx − Σ bᵢ ln xᵢ (Spinu 2013), found by cyclical coordinate descent (Griveau-Billion, Richard and Roncalli 2013).
 * Every variance and budget is above zero; `undefined` where rounding keeps the shares from settling.
 */
export function riskParity(
  sigma: Float64Array,
  budgets: Float64Array,
  algebra: DenseAlgebra = typescriptAlgebra,
): Float64Array | undefined {
  const order = budgets.length
  const room = algebra.room(order)
  for (let i = 0; i < order; i++) room.base.set(sigma.subarray(i * order, (i + 1) * order), i * room.stride)
  const x = Float64Array.from(budgets, (_, i) => 1 / Math.sqrt(sigma[i * order + i] as number))
  const slopes = new Float64Array(order)
  room.multiply(x, slopes)
  const scale = 1 / Math.sqrt(x.reduce((variance, one, i) => variance + one * (slopes[i] as number), 0))
  for (let i = 0; i < order; i++) x[i] = (x[i] as number) * scale
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (room.paritySweep(budgets, x) < TOLERANCE) return shares(x)
  }
  return undefined
}

function shares(x: Float64Array): Float64Array {
  const sum = x.reduce((total, one) => total + one, 0)
  return x.map((one) => one / sum)
}
