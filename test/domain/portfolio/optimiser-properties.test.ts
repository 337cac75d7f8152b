import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../support/fixed-seed.ts'
import type { SolvedPortfolio } from '../../../src/domain/portfolio/optimiser/portfolio-answer.ts'
import { answerTo, dice, distance, randomCovariance, solved, type Request } from './solve-problem.ts'

interface Drawn extends Request {
  readonly mu: readonly number[]
  readonly sigma: readonly (readonly number[])[]
  readonly w0: readonly number[]
  readonly upper: readonly number[]
  readonly cost: readonly number[]
  readonly turnover: number
  readonly volatilityCap: number
}

/** A problem with most kinds of limits that what is held keeps, so that it has an answer. */
function drawn(order: number, seed: number): Drawn {
  const roll = dice(seed + 11)
  const sigma = randomCovariance(order, seed)
  const w0 = Array.from({ length: order }, () => 1 / order)
  const held = Math.sqrt(sigma.flat().reduce((sum, one) => sum + one, 0)) / order
  return {
    method: 'kelly_mvo',
    sigma,
    mu: Array.from({ length: order }, () => 0.02 + 0.2 * roll()),
    w0,
    upper: Array.from({ length: order }, () => Math.min(1, (1.2 + 2 * roll()) / order)),
    cost: Array.from({ length: order }, () => 0.002 * roll()),
    turnover: 0.2 + 0.6 * roll(),
    volatilityCap: held * (1 + 0.2 * roll()),
    topK: { k: 2, max: Math.min(1, (2.2 + roll()) / order) },
    groups: [{ members: [0, 1], max: Math.min(1, 2.5 / order) }],
  }
}

const problems = fc.tuple(fc.integer({ min: 4, max: 12 }), fc.integer({ min: 1, max: 1_000_000 }))
const runs = { numRuns: 40 }

/** The objective with one limit moved. */
const worth = (request: Request): number => solved(request).objective

describe('an optimal portfolio', () => {
  it('follows its assets when they are put in another order', () => {
    fc.assert(
      fc.property(problems, ([order, seed]) => {
        const request = drawn(order, seed)
        const turned = <T>(list: readonly T[]): T[] => list.map((_, i) => list[(i + 2) % order] as T)
        const place = (i: number): number => (i - 2 + order) % order
        const moved = solved({
          ...request,
          sigma: turned(request.sigma).map(turned),
          mu: turned(request.mu),
          upper: turned(request.upper),
          cost: turned(request.cost),
          groups: [{ members: [place(0), place(1)], max: Math.min(1, 2.5 / order) }],
        })
        expect(distance(moved.weights, turned(solved(request).weights))).toBeLessThan(1e-6)
      }),
      runs,
    )
  })

  it('stays where it is when the whole objective is scaled', () => {
    fc.assert(
      fc.property(problems, fc.double({ min: 0.05, max: 20, noNaN: true }), ([order, seed], scale) => {
        const request = drawn(order, seed)
        const scaled = solved({
          ...request,
          mu: request.mu.map((mean) => mean * scale),
          cost: request.cost.map((cost) => cost * scale),
          lambda: 2 * scale,
        })
        expect(distance(scaled.weights, solved(request).weights)).toBeLessThan(1e-5)
      }),
      runs,
    )
  })

  it('is never better for a tighter limit', () => {
    fc.assert(
      fc.property(problems, fc.double({ min: 0.5, max: 1, noNaN: true }), ([order, seed], share) => {
        const request = drawn(order, seed)
        const free = worth(request)
        const tighter: readonly Request[] = [
          { ...request, turnover: request.turnover * share },
          { ...request, volatilityCap: request.volatilityCap * share },
          { ...request, upper: request.upper.map((one) => one * share) },
          { ...request, cost: request.cost.map((one) => one / share) },
        ]
        for (const one of tighter) {
          const answer = answerTo(one)
          expect(['optimal', 'infeasible']).toContain(answer.status)
          if (answer.status === 'optimal') expect(answer.objective).toBeLessThan(free + 1e-9)
        }
      }),
      runs,
    )
  })

  it('keeps shares of risk that sum to 1, and a diversification of at least 1', () => {
    fc.assert(
      fc.property(problems, ([order, seed]) => {
        const answer = solved(drawn(order, seed))
        expect(answer.riskContributions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
        expect(answer.diversificationRatio).toBeGreaterThan(1 - 1e-9)
      }),
      runs,
    )
  })
})

describe('a shadow price', () => {
  const step = 1e-4
  /** Gain per unit of a limit, measured by moving it a little both ways. */
  const measured = (moved: (by: number) => Request): number => (worth(moved(step)) - worth(moved(-step))) / (2 * step)
  const near = (price: number, gain: number): void => {
    expect(Math.abs(price - gain)).toBeLessThan(1e-5 + 0.02 * Math.abs(gain))
  }
  const request = drawn(8, 42)
  const answer: SolvedPortfolio = solved(request)

  it.each([
    ['turnover', { ...request, volatilityCap: null, turnover: 0.3 }],
    ['volatilityCap', { ...request, turnover: null, volatilityCap: request.volatilityCap * 0.95 }],
    ['gross', { ...request, lower: -0.3, gross: 1.3, turnover: null, volatilityCap: null, topK: null }],
  ] as const)('of %s is what a unit of it gains', (name, binding: Request) => {
    const price = solved(binding).duals[name]
    expect(price).toBeGreaterThan(1e-4)
    near(
      price,
      measured((by) => ({ ...binding, [name]: (binding[name] as number) + by })),
    )
  })

  it('of the budget is what a unit of equity gains or loses', () => {
    const { budget } = answer.duals
    near(
      budget.max - budget.min,
      measured((by) => ({ ...request, budget: { min: 1 + by, max: 1 + by } })),
    )
  })

  it('of a bound is what a unit of that weight gains', () => {
    const bound = { ...request, turnover: null, volatilityCap: null, topK: null, groups: [] }
    const { upper } = solved(bound).duals
    const index = upper.indexOf(Math.max(...upper))
    const price = upper[index] ?? 0
    expect(price).toBeGreaterThan(1e-4)
    near(
      price,
      measured((by) => ({ ...bound, upper: request.upper.map((one, i) => (i === index ? one + by : one)) })),
    )
  })

  it('of the largest weights is what a unit of their sum gains', () => {
    const tight = { ...request, turnover: null, volatilityCap: null, upper: 1, groups: [], topK: { k: 2, max: 0.5 } }
    const price = solved(tight).duals.topK
    expect(price).toBeGreaterThan(1e-4)
    near(
      price,
      measured((by) => ({ ...tight, topK: { k: 2, max: 0.5 + by } })),
    )
  })

  it('is zero for a limit that does not bind, and the dearest is named first', () => {
    expect(solved({ ...request, gross: 50 }).duals.gross).toBe(0)
    const prices = answer.binding.map(({ price }) => price)
    expect(prices).toEqual([...prices].sort((a, b) => b - a))
  })
})
