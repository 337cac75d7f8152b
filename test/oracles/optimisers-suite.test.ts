import { describe, expect, it } from 'vitest'
import { optimise } from '../../src/domain/portfolio/optimiser/optimise.ts'
import { readProblem } from '../../src/domain/portfolio/optimiser/read-problem.ts'
import { typescriptAlgebra } from '../../src/domain/portfolio/optimiser/typescript-algebra.ts'
import { wasmAlgebra } from '../../src/wasm/wasm-algebra.ts'
import { hasShared, onShared, sharedOracle } from './shared-oracle.ts'

interface SuiteProblem {
  readonly id: number
  readonly n: number
  readonly type: string
  readonly B: readonly (readonly number[])[]
  readonly d: readonly number[]
  readonly mu: readonly number[]
  readonly risk_aversion: number
  readonly return_weight?: number
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  readonly budget: { readonly type: string; readonly value?: number; readonly min?: number; readonly max?: number }
  readonly groups: readonly {
    readonly members: readonly number[]
    readonly min: number | null
    readonly max: number | null
  }[]
  readonly w0: readonly number[]
  readonly turnover_limit?: number
  readonly tcost?: readonly number[]
  readonly gross_limit?: number
  readonly topk?: { readonly k: number; readonly max: number }
  readonly vol_cap?: number
  readonly expected: {
    readonly objective: number
    readonly weights: readonly number[]
    readonly unique_weights: boolean
    readonly vol: number
  }
}

const cases = hasShared
  ? (sharedOracle('optimisers-qp_suite') as { readonly problems: readonly SuiteProblem[] }).problems
  : []

/** The problem as the command line takes it. */
function request(problem: SuiteProblem): object {
  const { type, value, min, max } = problem.budget
  return {
    method: 'kelly_mvo',
    mu: problem.mu.map((mean) => mean * (problem.return_weight ?? 1)),
    sigma: { B: problem.B, d: problem.d },
    lambda: problem.risk_aversion,
    w0: problem.w0,
    lower: problem.lower,
    upper: problem.upper,
    budget: type === 'eq' ? { min: value, max: value } : { min, max },
    groups: problem.groups.map(({ members, min, max }) => ({ members, min, max })),
    turnover: problem.turnover_limit ?? null,
    cost: problem.tcost ?? null,
    gross: problem.gross_limit ?? null,
    topK: problem.topk ?? null,
    volatilityCap: problem.vol_cap ?? null,
  }
}

/** How far the weights are over the worst limit, reckoned here from the problem alone. */
function worstViolation(problem: SuiteProblem, weights: readonly number[]): number {
  const sumOf = (members: readonly number[]): number => members.reduce((sum, i) => sum + (weights[i] ?? Number.NaN), 0)
  const all = weights.map((_, index) => index)
  const { type, value = 0, min = -Infinity, max = Infinity } = problem.budget
  const over = [
    ...weights.flatMap((weight, i) => [(problem.lower[i] ?? 0) - weight, weight - (problem.upper[i] ?? 0)]),
    ...(type === 'eq' ? [Math.abs(sumOf(all) - value)] : [min - sumOf(all), sumOf(all) - max]),
    ...problem.groups.flatMap(({ members, min, max }) => [
      (min ?? -Infinity) - sumOf(members),
      sumOf(members) - (max ?? Infinity),
    ]),
    weights.reduce((sum, weight, i) => sum + Math.abs(weight - (problem.w0[i] ?? 0)), 0) -
      (problem.turnover_limit ?? Infinity),
    weights.reduce((sum, weight) => sum + Math.abs(weight), 0) - (problem.gross_limit ?? Infinity),
    volatility(problem, weights) - (problem.vol_cap ?? Infinity),
  ]
  const { k, max: most } = problem.topk ?? { k: 1, max: Infinity }
  const largest = [...weights].sort((a, b) => b - a).slice(0, k)
  return Math.max(...over, largest.reduce((sum, weight) => sum + weight, 0) - most)
}

function volatility({ B, d }: SuiteProblem, weights: readonly number[]): number {
  const factors = (B[0] ?? []).map((_, factor) => weights.reduce((sum, w, i) => sum + w * (B[i]?.[factor] ?? 0), 0))
  const own = weights.reduce((sum, weight, i) => sum + weight * weight * (d[i] ?? 0), 0)
  return Math.sqrt(factors.reduce((sum, one) => sum + one * one, own))
}

/** The objective, reckoned here from the problem alone. */
function objective(problem: SuiteProblem, weights: readonly number[]): number {
  const earned = weights.reduce((sum, weight, i) => sum + weight * (problem.mu[i] ?? 0), 0)
  const paid = weights.reduce((sum, w, i) => sum + Math.abs(w - (problem.w0[i] ?? 0)) * (problem.tcost?.[i] ?? 0), 0)
  return (problem.return_weight ?? 1) * earned - 0.5 * problem.risk_aversion * volatility(problem, weights) ** 2 - paid
}

describe.skipIf(!hasShared)(onShared('a hundred constrained problems'), () => {
  it('are a hundred', () => {
    expect(cases).toHaveLength(100)
  })

  describe.each([typescriptAlgebra, wasmAlgebra()])('on $name', (algebra) => {
    it.each(cases)('$id: $type of $n assets is solved to 1e-8 and keeps every limit', (problem) => {
      const read = readProblem(request(problem))
      if (!read.ok) throw new Error(read.error[0]?.says)
      const answer = optimise(read.value, algebra)
      if (answer.status !== 'optimal') throw new Error(answer.says)
      const expected = problem.expected.objective
      expect(Math.abs(objective(problem, answer.weights) - expected)).toBeLessThan(1e-8 * Math.abs(expected))
      expect(Math.abs(answer.objective - expected)).toBeLessThan(1e-8 * Math.abs(expected))
      expect(worstViolation(problem, answer.weights)).toBeLessThan(1e-8)
      if (problem.expected.unique_weights)
        answer.weights.forEach((weight, i) => {
          expect(Math.abs(weight - (problem.expected.weights[i] ?? Number.NaN))).toBeLessThan(1e-6)
        })
    })
  })
})
