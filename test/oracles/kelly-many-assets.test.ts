import { expect, it } from 'vitest'
import { solved } from '../domain/portfolio/solve-problem.ts'
import { hasShared, onShared, sharedOracle } from './shared-oracle.ts'

interface Known {
  readonly inputs: {
    readonly multi: {
      readonly Sigma: readonly (readonly number[])[]
      readonly mu: readonly number[]
      readonly r: number
    }
  }
  readonly expected: {
    readonly multi: {
      readonly full_kelly: readonly number[]
      readonly variance: number
      readonly growth: number
      readonly leverage: number
    }
  }
}

it.skipIf(!hasShared)(onShared('is Σ⁻¹(μ − r) for many assets: an aversion of 1 without limits is full Kelly'), () => {
  const { inputs, expected } = sharedOracle('kelly-continuous_kelly') as Known
  const { Sigma: sigma, mu, r } = inputs.multi
  const wide = { lower: -100, upper: 100, budget: { min: -100, max: 100 }, cost: 0 }
  const { weights } = solved({ method: 'kelly_mvo', lambda: 1, mu: mu.map((value) => value - r), sigma, ...wide })
  const { full_kelly: wanted, variance, growth, leverage } = expected.multi
  wanted.forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 7))
  const found = weights.reduce(
    (sum, a, i) => sum + weights.reduce((row, b, j) => row + a * b * (sigma[i]?.[j] ?? NaN), 0),
    0,
  )
  expect(found).toBeCloseTo(variance, 7)
  // Growth at full Kelly is r + S²/2, and the variance there is S².
  expect(r + found / 2).toBeCloseTo(growth, 7)
  expect(weights.reduce((sum, weight) => sum + Math.abs(weight), 0)).toBeCloseTo(leverage, 6)
})
