import { describe, expect, it } from 'vitest'
import { distance, solved } from '../domain/portfolio/solve-problem.ts'
import { hasShared, onShared, sharedOracle } from './shared-oracle.ts'

interface Oracle {
  readonly cases: readonly {
    readonly name: string
    readonly Sigma: readonly (readonly number[])[]
    readonly budget: 'equal' | readonly number[]
    readonly expected: { readonly recomputed_weights: readonly number[]; readonly vol: number }
  }[]
  readonly random_suite: {
    readonly problems: readonly {
      readonly qp_suite_id: number
      readonly budget: 'equal' | readonly number[]
      readonly weights: readonly number[]
      readonly vol: number
    }[]
  }
}

interface Suite {
  readonly problems: readonly {
    readonly id: number
    readonly B: readonly (readonly number[])[]
    readonly d: readonly number[]
  }[]
}

const oracle = hasShared ? (sharedOracle('optimisers-risk_parity') as Oracle) : undefined
const suite = hasShared ? (sharedOracle('optimisers-qp_suite') as Suite) : undefined
const budgets = (budget: 'equal' | readonly number[]): readonly number[] | null => (budget === 'equal' ? null : budget)

describe.skipIf(!hasShared)(onShared('risk parity and risk budgets'), () => {
  it.each(oracle?.cases ?? [])('$name', ({ Sigma, budget, expected }) => {
    const answer = solved({ method: 'risk_parity', sigma: Sigma, riskBudgets: budgets(budget) })
    expect(distance(answer.weights, expected.recomputed_weights)).toBeLessThan(1e-9)
    expect(answer.volatility).toBeCloseTo(expected.vol, 12)
  })

  it.each(oracle?.random_suite.problems ?? [])('of problem $qp_suite_id ($budget.length)', (one) => {
    const found = suite?.problems.find(({ id }) => id === one.qp_suite_id)
    expect(found).toBeDefined()
    const answer = solved({
      method: 'risk_parity',
      sigma: { B: found?.B, d: found?.d },
      riskBudgets: budgets(one.budget),
    })
    expect(distance(answer.weights, one.weights)).toBeLessThan(1e-9)
    expect(Math.abs(answer.volatility - one.vol)).toBeLessThan(1e-9)
  })
})
