import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocateByPerformance,
  allocateEqually,
  portfolioKellyStatus,
} from '../../../src/domain/portfolio/kelly-status.ts'
import { portfolioMoments } from '../../../src/domain/portfolio/portfolio-moments.ts'
import { strategyCorrelations, type DailyProfits } from '../../../src/domain/portfolio/strategy-correlation.ts'
import { ewmaVolatility } from '../../../src/domain/market/ewma-volatility.ts'

const SETTINGS = { maxPortfolioRisk: 0.03, correlationAdjustment: 1.5, targetPerStrategy: 0.005 }
const four = ['a', 'b', 'c', 'd'].map((strategy) => ({ strategy, risk: 0.008 }))
const total = (shares: readonly { readonly risk: number }[]): number => shares.reduce((sum, { risk }) => sum + risk, 0)

describe('S2, scenario A: a balanced portfolio with moderate correlations', () => {
  const found = portfolioKellyStatus(four, () => 0.3, SETTINGS)

  it('is scaled mildly, in proportion, to exactly the budget after its penalty', () => {
    // 4 × 0.8 % = 3.2 %, × 1.15 for a mean correlation of 0.3 = 3.68 % against 3 %.
    expect(found.totalRawRisk).toBeCloseTo(0.032, 12)
    expect(found.penalty).toBeCloseTo(1.15, 12)
    expect(found.riskUtilisation).toBeCloseTo(0.0368 / 0.03, 12)
    expect(found.scaleFactor).toBeCloseTo(0.03 / 0.0368, 12)
    expect(total(found.scaled) * found.penalty).toBeCloseTo(0.03, 12)
    expect(found.status).toBe('danger')
  })
})

describe('S2, scenario B: highly correlated strategies', () => {
  const moderate = portfolioKellyStatus(four, () => 0.3, SETTINGS)
  const high = portfolioKellyStatus(four, () => 0.9, SETTINGS)

  it('are scaled more, and fewer of them are recommended', () => {
    expect(high.scaleFactor).toBeLessThan(moderate.scaleFactor)
    expect(high.recommendedStrategies).toBeLessThan(moderate.recommendedStrategies)
    expect(high.recommendedStrategies).toBe(4)
    expect(moderate.recommendedStrategies).toBe(5)
    expect(high.recommendation).toContain('scale every strategy to')
  })

  it('of which nothing is known count as one bet', () => {
    const unknown = portfolioKellyStatus(four, () => undefined, SETTINGS)
    expect(unknown.meanCorrelation).toBe(1)
    expect(unknown.scaleFactor).toBeLessThan(high.scaleFactor)
  })

  it('are charged at every total, without a jump at the budget; a hedge is never charged', () => {
    const below = portfolioKellyStatus(four.slice(0, 2), () => 0.9, SETTINGS)
    expect(below.penalty).toBeCloseTo(1.45, 12)
    expect(below.scaleFactor).toBe(1)
    expect(portfolioKellyStatus(four, () => -0.9, SETTINGS).penalty).toBe(1)
  })
})

describe('S2, scenario C: mixed performance', () => {
  it('splits the budget by performance with the minimum kept', () => {
    const shares = allocateByPerformance(
      [
        { strategy: 'good', score: 0.3 },
        { strategy: 'fair', score: 0.1 },
        { strategy: 'bad', score: -0.2 },
      ],
      0.03,
      0.005,
    )
    expect(shares.map(({ risk }) => Number(risk.toFixed(12)))).toEqual([0.01625, 0.00875, 0.005])
    expect(total(shares)).toBeCloseTo(0.03, 12)
  })

  it('splits it equally where nothing performs, and never gives more than the budget', () => {
    const none = allocateByPerformance(
      four.map(({ strategy }) => ({ strategy, score: -1 })),
      0.03,
      0.005,
    )
    expect(none.map(({ risk }) => risk)).toEqual(allocateEqually(['a', 'b', 'c', 'd'], 0.03).map(({ risk }) => risk))
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0.001, max: 0.1, noNaN: true }),
        fc.double({ min: 0, max: 0.05, noNaN: true }),
        (scores, budget, minimum) => {
          const shares = allocateByPerformance(
            scores.map((score, index) => ({ strategy: String(index), score })),
            budget,
            minimum,
          )
          expect(total(shares)).toBeLessThanOrEqual(budget * (1 + 1e-9))
          for (const { risk } of shares)
            expect(risk).toBeGreaterThanOrEqual(Math.min(minimum, budget / scores.length) * (1 - 1e-9))
        },
      ),
    )
  })
})

describe('the status of a portfolio', () => {
  it.each([
    [0.0209, 'safe'],
    [0.0211, 'caution'],
    [0.0269, 'caution'],
    [0.0271, 'danger'],
  ] as const)('with %d at risk of 3 %% is %s', (risk, status) => {
    expect(portfolioKellyStatus([{ strategy: 'a', risk }], () => 1, SETTINGS).status).toBe(status)
  })

  it('never grows a strategy', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.05, noNaN: true }), { maxLength: 8 }), (risks) => {
        const found = portfolioKellyStatus(
          risks.map((risk, index) => ({ strategy: String(index), risk })),
          () => 0.5,
          SETTINGS,
        )
        expect(found.scaleFactor).toBeLessThanOrEqual(1)
        expect(found.totalScaledRisk * found.penalty).toBeLessThanOrEqual(0.03 * (1 + 1e-9))
      }),
    )
  })
})

describe('correlations of daily profits', () => {
  const days = Array.from({ length: 30 }, (_, day) => day)
  const series = (strategy: string, profit: (day: number) => number | undefined): DailyProfits => ({
    strategy,
    byDay: new Map(
      days.flatMap((day) => {
        const value = profit(day)
        return value === undefined ? [] : ([[day, value]] as const)
      }),
    ),
  })

  it('are 1 for the same profits, and −1 for opposite ones', () => {
    const a = series('a', (day) => (day % 3) - 1)
    const b = series('b', (day) => 2 * ((day % 3) - 1))
    const c = series('c', (day) => 1 - (day % 3))
    const [ab, ac] = strategyCorrelations([a, b, c])
    expect(ab?.correlation).toBeCloseTo(1, 12)
    expect(ac?.correlation).toBeCloseTo(-1, 12)
    expect(ab?.days).toBe(30)
  })

  it('count a day without a trade as nothing earned, between first and last trade of both', () => {
    const a = series('a', (day) => (day % 2 === 0 ? 1 + (day % 4) : undefined))
    const b = series('b', (day) => (day >= 5 ? (day % 2 === 0 ? 1 + (day % 4) : 0) : undefined))
    const [pair] = strategyCorrelations([a, b])
    expect(pair?.days).toBe(24)
    expect(pair?.correlation).toBeCloseTo(1, 12)
  })

  it('are not known with fewer than 20 common days, nor where one does not vary', () => {
    const few = series('few', (day) => (day < 19 ? day : undefined))
    expect(strategyCorrelations([few, series('b', (day) => day)])[0]).toMatchObject({ correlation: null, days: 19 })
    expect(strategyCorrelations([series('flat', () => 1), series('b', (day) => day)])[0]?.correlation).toBeNull()
  })
})

describe('portfolio volatility', () => {
  const shaky = Array.from({ length: 60 }, (_, day) => 0.01 * Math.sin(day * 1.3))
  const other = Array.from({ length: 60 }, (_, day) => 0.02 * Math.cos(day * 2.1))

  it('is √(w′Σw) with Σ of the same weights and days', () => {
    const [w, v] = [0.6, -0.3]
    const found = portfolioMoments(
      [
        { weight: w, returns: shaky },
        { weight: v, returns: other },
      ],
      252,
    )
    const covariance = (a: readonly number[], b: readonly number[]): number => {
      let sum = 0
      let weights = 0
      for (const [i, x] of a.entries()) {
        const weight = 0.94 ** (a.length - 1 - i)
        sum += weight * x * (b[i] ?? 0)
        weights += weight
      }
      return (252 * sum) / weights
    }
    const variance =
      w * w * covariance(shaky, shaky) + v * v * covariance(other, other) + 2 * w * v * covariance(shaky, other)
    expect(found?.volatility).toBeCloseTo(Math.sqrt(variance), 12)
    const apart = w * ewmaVolatility(shaky, 0.94, 252) - v * ewmaVolatility(other, 0.94, 252)
    expect(found?.diversification).toBeCloseTo(apart / Math.sqrt(variance), 12)
  })

  it('of one asset is its own, without diversification', () => {
    const found = portfolioMoments([{ weight: 0.5, returns: shaky }], 252)
    expect(found?.diversification).toBeCloseTo(1, 12)
    expect(found?.volatility).toBeCloseTo(0.5 * ewmaVolatility(shaky, 0.94, 252), 12)
  })

  it('is not known without returns or with a broken one', () => {
    expect(portfolioMoments([], 252)).toBeUndefined()
    expect(portfolioMoments([{ weight: 1, returns: [] }], 252)).toBeUndefined()
    expect(portfolioMoments([{ weight: 1, returns: [0.01, Number.NaN] }], 252)).toBeUndefined()
  })
})
