import { describe, expect, it } from 'vitest'
import { hierarchicalRiskParity } from '../../../src/domain/portfolio/hierarchical/hierarchical-risk-parity.ts'
import { quasiDiagonal } from '../../../src/domain/portfolio/hierarchical/quasi-diagonal.ts'
import { riskParity } from '../../../src/domain/portfolio/risk-parity/risk-parity.ts'
import { typescriptAlgebra } from '../../../src/domain/portfolio/optimiser/typescript-algebra.ts'
import { dice, distance, randomCovariance, solved } from './solve-problem.ts'

/** Damped Newton on ½x′Σx − Σ bᵢ ln xᵢ: another way to the same minimum. */
function newtonParity(sigma: Float64Array, budgets: Float64Array): Float64Array {
  const order = budgets.length
  const room = typescriptAlgebra.room(order)
  room.base.set(sigma)
  const x = Float64Array.from(budgets, (_, i) => 1 / Math.sqrt((sigma[i * order + i] ?? 0) * order))
  const slope = new Float64Array(order)
  for (let step = 0; step < 100; step++) {
    room.multiply(x, slope)
    const change = slope.map((one, i) => (budgets[i] ?? 0) / (x[i] ?? 0) - one)
    room.combine(
      1,
      budgets.map((budget, i) => budget / (x[i] ?? 0) ** 2),
    )
    room.factor()
    room.solve(change)
    const most = Math.max(...change.map((one, i) => Math.abs(one / (x[i] ?? 0))))
    const length = most > 0.5 ? 1 / (1 + most) : 1
    change.forEach((one, i) => (x[i] = (x[i] ?? 0) + length * one))
  }
  const sum = x.reduce((total, one) => total + one, 0)
  return x.map((one) => one / sum)
}

const sizes = [2, 5, 20, 60]

describe('risk parity', () => {
  it.each(sizes)('of %i assets is where Newton arrives too', (order) => {
    const roll = dice(order)
    const sigma = Float64Array.from(randomCovariance(order, order + 3).flat())
    const raw = Array.from({ length: order }, () => 0.2 + roll())
    const sum = raw.reduce((total, one) => total + one, 0)
    const budgets = Float64Array.from(raw, (one) => one / sum)
    const weights = riskParity(sigma, budgets)
    expect(weights).toBeDefined()
    expect(distance(weights ?? [], newtonParity(sigma, budgets))).toBeLessThan(1e-10)
  })

  it('gives every asset its share of the risk, with hedges among them', () => {
    const sigma = [
      [0.04, -0.03, 0],
      [-0.03, 0.05, 0.01],
      [0, 0.01, 0.02],
    ]
    const answer = solved({ method: 'risk_parity', sigma, riskBudgets: [1, 2, 3] })
    expect(distance(answer.riskContributions, [1 / 6, 2 / 6, 3 / 6])).toBeLessThan(1e-10)
  })

  it('is the inverse of volatility where all correlations are equal', () => {
    const sigma = [0.1, 0.2, 0.4].map((a, i) => [0.1, 0.2, 0.4].map((b, j) => a * b * (i === j ? 1 : 0.3)))
    expect(distance(solved({ method: 'risk_parity', sigma }).weights, [4 / 7, 2 / 7, 1 / 7])).toBeLessThan(1e-10)
  })

  it('leaves cash under a volatility cap', () => {
    const answer = solved({ method: 'risk_parity', sigma: [[0.04]], volatilityCap: 0.1, budget: { max: 1 } })
    expect(answer.weights[0]).toBeCloseTo(0.5, 12)
    expect(answer.cash).toBeCloseTo(0.5, 12)
  })
})

describe('hierarchical risk parity', () => {
  const correlation = Float64Array.from([1, 0.1, 0.9, 0.1, 0.1, 1, 0.1, 0.8, 0.9, 0.1, 1, 0.1, 0.1, 0.8, 0.1, 1])

  it('puts what moves together side by side', () => {
    expect(quasiDiagonal(correlation, 4)).toEqual([0, 2, 1, 3])
  })

  it('splits between two pairs and within them by their variances', () => {
    const sigma = correlation.map((rho, at) => {
      const [i, j] = [Math.floor(at / 4), at % 4]
      return rho * (i % 2 === 0 ? 0.1 : 0.2) * (j % 2 === 0 ? 0.1 : 0.2)
    })
    // Pair {0, 2}: 0.01·(1 + 0.9)/2 = 0.0095; pair {1, 3}: 0.04·(1 + 0.8)/2 = 0.036.
    const left = 1 - 0.0095 / (0.0095 + 0.036)
    const weights = hierarchicalRiskParity(sigma, 4)
    expect(distance(weights, [left / 2, (1 - left) / 2, left / 2, (1 - left) / 2])).toBeLessThan(1e-12)
  })

  it('of one asset is all of it', () => {
    expect([...hierarchicalRiskParity(Float64Array.of(0.04), 1)]).toEqual([1])
  })
})
