import { describe, expect, it } from 'vitest'
import { blockLength } from '../../../src/domain/simulation/block-length.ts'
import { fullKelly } from '../../../src/domain/simulation/full-kelly.ts'
import type { SimulationRequest } from '../../../src/domain/simulation/model.ts'
import { RandomStream } from '../../../src/domain/simulation/random/random-stream.ts'
import { runSeed } from '../../../src/domain/simulation/random/run-seed.ts'
import { readPlan } from '../../../src/domain/simulation/read-plan.ts'
import { planOf, someTrades } from './plan-of.ts'

const good: SimulationRequest = {
  model: { kind: 'winloss', winProbability: 0.55, payoff: 1.5 },
  staking: { method: 'kelly', fraction: 0.5 },
  paths: 100,
  trades: 100,
  seed: 1,
}
const faultsOf = (request: SimulationRequest): string[] => {
  const plan = readPlan(request)
  return plan.ok ? [] : plan.error.map(({ code, field }) => `${code} ${field ?? ''}`)
}

describe('a simulation', () => {
  it('settles Kelly: 0.55 at 1.5 to 1 is a quarter of equity, so half of it an eighth', () => {
    const { staking } = planOf(good)
    expect(staking.fraction).toBeCloseTo(0.125, 12)
    const returns = { kind: 'gaussian', mu: [0.001], sigma: [[0.0004]], weights: [1] } as const
    expect(planOf({ ...good, model: returns }).staking.fraction).toBeCloseTo(1.25, 12)
  })

  it('has no Kelly fraction without an edge, and an unbounded one without losses', () => {
    const returns = { kind: 'gaussian', mu: [0.001], sigma: [[0.0004]], weights: [1] } as const
    expect(fullKelly(returns, 0.002)).toBe(0)
    expect(fullKelly({ kind: 'winloss', winProbability: 0.4, payoff: 1 }, 0)).toBe(0)
    expect(fullKelly({ kind: 'bootstrap', returns: [1, 2] }, 0)).toBeUndefined()
    // Costs make every loss larger and every win smaller: 0.55/1.1 − 0.45/1.4.
    expect(fullKelly({ kind: 'winloss', winProbability: 0.55, payoff: 1.5 }, 0.1)).toBeCloseTo(0.5 - 0.45 / 1.4, 12)
  })

  it.each([
    [
      'NaN in the trades',
      { model: { kind: 'bootstrap', returns: [1, Number.NaN] } },
      'INPUT_NOT_FINITE model.returns[1]',
    ],
    ['no trades', { model: { kind: 'bootstrap', returns: [] } }, 'INPUT_MISSING model.returns'],
    [
      'a chance above 1',
      { model: { kind: 'winloss', winProbability: 1.2, payoff: 1 } },
      'INPUT_OUT_OF_RANGE model.winProbability',
    ],
    ['no edge for Kelly', { model: { kind: 'winloss', winProbability: 0.3, payoff: 1 } }, 'NO_EDGE staking.method'],
    ['no loss for Kelly', { model: { kind: 'bootstrap', returns: [1, 2] } }, 'EDGE_UNCERTAIN staking.method'],
    ['half a path', { paths: 2.5 }, 'INPUT_OUT_OF_RANGE paths'],
    ['a negative seed', { seed: -1 }, 'INPUT_OUT_OF_RANGE seed'],
    ['a floor of 1', { floor: 1 }, 'INPUT_OUT_OF_RANGE floor'],
    [
      'an infinite stake',
      { staking: { method: 'fixed_amount', fraction: Infinity } },
      'INPUT_NOT_FINITE staking.fraction',
    ],
    [
      'no covariance',
      {
        model: {
          kind: 'gaussian',
          mu: [0, 0],
          sigma: [
            [1, 2],
            [2, 1],
          ],
          weights: [1, 1],
          everyAsset: true,
        },
        staking: { method: 'fixed_fraction', fraction: 1 },
      },
      'INPUT_OUT_OF_RANGE model.sigma',
    ],
    [
      'one-sided covariance',
      {
        model: {
          kind: 'gaussian',
          mu: [0, 0],
          sigma: [
            [1, 0.2],
            [0.3, 1],
          ],
          weights: [1, 1],
        },
      },
      'INPUT_OUT_OF_RANGE model.sigma',
    ],
  ] as [string, Partial<SimulationRequest>, string][])('refuses %s and names the field', (_, fault, wanted) => {
    expect(faultsOf({ ...good, ...fault })).toContain(wanted)
  })

  it('names the value and what is allowed in one sentence', () => {
    const plan = readPlan({ ...good, paths: 0 })
    expect(plan.ok ? [] : plan.error.map(({ says }) => says)).toEqual([
      'paths is 0; it must be a whole number, at least 1 and at most 4000000000.',
    ])
  })
})

describe('the block length chosen for a series', () => {
  const series = (carry: number, count: number): number[] => {
    const random = new RandomStream().start(runSeed(2), 0, 0)
    let value = 0
    return Array.from({ length: count }, () => (value = carry * value + random.normal()))
  }

  it('is near the theory of an autoregression, and short for noise', () => {
    // (2ρ/(1 − ρ²))² n, to the power of a third.
    const best = (carry: number, count: number): number => Math.cbrt(((2 * carry) / (1 - carry ** 2)) ** 2 * count)
    for (const carry of [0.3, 0.5, 0.7]) {
      const ratio = blockLength(series(carry, 8_000)) / best(carry, 8_000)
      expect(ratio).toBeGreaterThan(0.6)
      expect(ratio).toBeLessThan(1.6)
    }
    expect(blockLength(series(0, 8_000))).toBeLessThan(6)
  })

  it('is settled in the plan, within the list', () => {
    const { model } = planOf({ ...good, model: { kind: 'bootstrap', returns: someTrades, block: 'auto' } })
    expect(model.kind === 'bootstrap' ? model.block : 0).toBeGreaterThanOrEqual(1)
    expect(model.kind === 'bootstrap' ? model.block : 0).toBeLessThanOrEqual(14)
  })
})
