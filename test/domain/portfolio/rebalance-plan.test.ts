import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../support/fixed-seed.ts'
import { rebalancePlan, type RebalanceAsset } from '../../../src/domain/portfolio/rebalance/rebalance-plan.ts'
import { wholeLots } from '../../../src/domain/portfolio/rebalance/whole-lots.ts'
import { brokenLimits } from '../../../src/domain/portfolio/optimiser/broken-limits.ts'
import { meanVarianceObjective, portfolioFigures } from '../../../src/domain/portfolio/optimiser/portfolio-answer.ts'
import { optimise } from '../../../src/domain/portfolio/optimiser/optimise.ts'
import { typescriptAlgebra } from '../../../src/domain/portfolio/optimiser/typescript-algebra.ts'
import { dice, problemOf, randomCovariance } from './solve-problem.ts'

const asset = (change: Partial<RebalanceAsset>): RebalanceAsset => ({
  name: 'A',
  present: 0.1,
  target: 0.2,
  lotWeight: 0.03,
  cost: 0.001,
  ...change,
})
const terms = { band: 0.01, horizonDays: 365, riskAversion: 2 }

describe('a rebalance plan', () => {
  it('trades whole lots towards the target and never past it', () => {
    const { trades, after, turnover, cost } = rebalancePlan([asset({})], terms)
    expect(trades[0]?.lots).toBe(3)
    expect(after[0]).toBeCloseTo(0.19, 12)
    expect(turnover).toBeCloseTo(0.09, 12)
    expect(cost).toBeCloseTo(0.00009, 12)
    expect(rebalancePlan([asset({ present: 0.2, target: 0.1 })], terms).trades[0]?.lots).toBe(-3)
  })

  it.each([
    ['within_band', { present: 0.195 }, 'within the band of 1.00 %'],
    ['on_target', { present: 0.2 }, 'at its target'],
    ['below_lot', { present: 0.18 }, 'less than one lot'],
    ['lot_unknown', { lotWeight: null }, 'not known'],
    ['lot_unknown', { lotWeight: Number.NaN }, 'not known'],
    ['lot_unknown', { lotWeight: 0 }, 'not known'],
  ] as const)('leaves alone what is %s, and says so', (reason, change, says) => {
    const { trades, kept } = rebalancePlan([asset(change)], terms)
    expect(trades).toEqual([])
    expect(kept[0]?.reason).toBe(reason)
    expect(kept[0]?.says).toContain(says)
  })

  it('closes a position that should be none, whole and whatever its lot', () => {
    const { trades, after } = rebalancePlan([asset({ present: 0.005, target: 0, lotWeight: null })], terms)
    expect(trades[0]).toMatchObject({ lots: null, change: -0.005, reduces: true })
    expect(after).toEqual([0])
  })

  it('reduces positions before it adds to others, largest first', () => {
    const { trades } = rebalancePlan(
      [
        asset({ name: 'adds', lotWeight: 0.01 }),
        asset({ name: 'cuts', present: 0.3, lotWeight: 0.01 }),
        asset({ name: 'cuts more', present: 0.5, lotWeight: 0.01 }),
      ],
      terms,
    )
    expect(trades.map(({ name }) => name)).toEqual(['cuts more', 'cuts', 'adds'])
  })

  it('weighs the gain over the horizon against the cost once', () => {
    const figures = { sigma: Float64Array.of(0.04), mu: Float64Array.of(0.06) }
    const one = asset({ lotWeight: 0.1, cost: 0.01 })
    const year = rebalancePlan([one], { ...terms, ...figures })
    // 0.06·0.1 − (0.2² − 0.1²)·0.04 = 0.0048 a year for 0.001.
    expect(year.benefit).toBeCloseTo(0.0048, 12)
    expect(year.worthwhile).toBe(true)
    const month = rebalancePlan([one], { ...terms, ...figures, horizonDays: 30 })
    expect(month.worthwhile).toBe(false)
    expect(month.says).toContain('not worth it')
    expect(rebalancePlan([one], terms)).not.toHaveProperty('worthwhile')
  })

  it('never trades further than to the target, whatever the numbers', () => {
    const share = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, fc.double({ min: 1e-4, max: 0.5, noNaN: true }), (present, target, lotWeight) => {
        const { after } = rebalancePlan([asset({ present, target, lotWeight })], { ...terms, band: 0 })
        const [low, high] = [Math.min(present, target), Math.max(present, target)]
        expect(after[0]).toBeGreaterThanOrEqual(low - 1e-8)
        expect(after[0]).toBeLessThanOrEqual(high + 1e-8)
      }),
    )
  })
})

describe('whole lots', () => {
  it('keep every limit, and give up little', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 100_000 }), (order, seed) => {
        const roll = dice(seed)
        const problem = problemOf({
          method: 'kelly_mvo',
          sigma: randomCovariance(order, seed),
          mu: Array.from({ length: order }, () => 0.05 + 0.1 * roll()),
          w0: Array.from({ length: order }, () => 0.5 / order),
          upper: 1.6 / order,
          turnover: 1.2,
          cost: 0.001,
          budget: { min: 0, max: 1 },
          groups: [{ members: [0, 1], max: 2.2 / order }],
        })
        const answer = optimise(problem, typescriptAlgebra)
        if (answer.status !== 'optimal') throw new Error(answer.says)
        const lots = Array.from({ length: order }, () => (0.004 + 0.02 * roll()) / order)
        const rounded = wholeLots(problem, answer.weights, lots)
        if (!rounded.ok) throw new Error(rounded.error)
        expect(brokenLimits(problem, Float64Array.from(rounded.value.weights))).toEqual([])
        rounded.value.lots.forEach((count, i) => {
          expect(Number.isInteger(count)).toBe(true)
          expect(rounded.value.weights[i]).toBe(count * (lots[i] ?? Number.NaN))
        })
        const figures = portfolioFigures(problem, Float64Array.from(rounded.value.weights))
        expect(meanVarianceObjective(problem, figures)).toBeLessThan(answer.objective + 1e-8)
        expect(meanVarianceObjective(problem, figures)).toBeGreaterThan(answer.objective - 0.02)
      }),
      { numRuns: 30 },
    )
  })

  it('come as near to any weights as lots go, whatever the method is for', () => {
    const problem = problemOf({
      method: 'risk_parity',
      sigma: [
        [0.04, 0.01],
        [0.01, 0.09],
      ],
      budget: { min: 0, max: 1 },
    })
    const rounded = wholeLots(problem, [0.58, 0.42], [0.05, 0.04])
    expect(rounded).toMatchObject({ ok: true, value: { lots: [12, 10], cash: expect.closeTo(0, 12) as number } })
  })

  it('stay below a limit that the nearest lots would break', () => {
    const problem = problemOf({ method: 'min_variance', sigma: [[0.04]], upper: 0.59, budget: { max: 1 } })
    expect(wholeLots(problem, [0.59], [0.05])).toMatchObject({ ok: true, value: { lots: [11] } })
  })

  it('say which limits are in the way when no lots fit', () => {
    const problem = problemOf({ method: 'min_variance', sigma: [[0.04]], lower: 0.55, upper: 0.6, budget: { max: 1 } })
    const rounded = wholeLots(problem, [0.58], [0.5])
    expect(rounded.ok).toBe(false)
    if (!rounded.ok) expect(rounded.error).toMatch(/upper\[0\]|lower\[0\]/)
  })

  it('refuse a lot that is not known', () => {
    const problem = problemOf({ method: 'min_variance', sigma: [[0.04]], names: ['GOLD'] })
    const rounded = wholeLots(problem, [1], [Number.NaN])
    expect(rounded).toEqual({ ok: false, error: expect.stringContaining('GOLD') as string })
  })
})
