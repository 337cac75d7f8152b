import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetMetrics, type DailyBars } from '../../../src/domain/market/asset-metrics.ts'
import { averageTrueRange } from '../../../src/domain/market/atr.ts'
import { averageDailyVolume } from '../../../src/domain/market/average-daily-volume.ts'
import { expectedReturn } from '../../../src/domain/market/expected-return.ts'
import { liquidityScore } from '../../../src/domain/market/liquidity-score.ts'
import { meanRange } from '../../../src/domain/market/mean-range.ts'
import { meanReversionScore } from '../../../src/domain/market/mean-reversion-score.ts'
import { momentumScore } from '../../../src/domain/market/momentum-score.ts'

/** Daily bars around closes, one per cent wide, with a volume each. */
function barsOf(closes: readonly number[], volume: number | null = 1000): DailyBars {
  return {
    open: closes,
    high: closes.map((close) => close * 1.005),
    low: closes.map((close) => close * 0.995),
    close: Float64Array.from(closes),
    volume: closes.map(() => volume),
  }
}

const wave = (days: number): number[] =>
  Array.from({ length: days }, (_, day) => 100 * Math.exp(0.001 * day + 0.01 * Math.sin(day * 1.7)))

describe('asset metrics', () => {
  it('of a year and a month of bars are all known', () => {
    const found = assetMetrics(barsOf(wave(300)), 'equity', 0.03, 14)
    for (const [name, value] of Object.entries(found)) expect(value, name).toBeDefined()
    expect(found.returns).toBe(252)
    expect(found.sharpe).toBeCloseTo(((found.expected?.value ?? 0) - 0.03) / (found.volatility ?? 1), 12)
  })

  it('of a month of bars know its volatility and range, and nothing of its year', () => {
    const found = assetMetrics(barsOf(wave(40)), 'equity', 0.03, 14)
    expect(found.volatility).toBeGreaterThan(0)
    expect(found.meanRange).toBeGreaterThan(0)
    expect(found.levels).toBeUndefined()
    expect(found.expected).toBeUndefined()
    expect(found.sharpe).toBeUndefined()
    expect(found.momentum).toBeUndefined()
  })

  it.each([0, 1, 2, 30])('of %i bars know no volatility', (days) => {
    expect(assetMetrics(barsOf(wave(days)), 'crypto', 0, 14).volatility).toBeUndefined()
  })

  it('of prices that never move know no volatility: nothing is divided by zero', () => {
    const flat = new Array<number>(300).fill(100)
    const found = assetMetrics(barsOf(flat), 'equity', 0.03, 14)
    expect(found).toMatchObject({ volatility: undefined, realised: undefined, sharpe: undefined, momentum: undefined })
    expect(found.meanReversion).toBeUndefined()
  })

  it('are annualised by the calendar of the instrument', () => {
    const bars = barsOf(wave(500))
    const equity = assetMetrics(bars, 'equity', 0, 14).volatility ?? 0
    const crypto = assetMetrics(bars, 'crypto', 0, 14).volatility ?? 0
    expect(crypto / equity).toBeCloseTo(Math.sqrt(365 / 252), 12)
  })

  it('of a broken price are unknown rather than wrong', () => {
    const closes = wave(300)
    closes[290] = -5
    expect(assetMetrics(barsOf(closes), 'equity', 0, 14)).toMatchObject({
      volatility: undefined,
      realised: undefined,
      levels: undefined,
      expected: undefined,
    })
  })
})

it('the mean range is that of the last 20 average true ranges', () => {
  const { high, low, close } = barsOf(wave(60))
  const ranges = averageTrueRange(high, low, close, 14)
  const last = Array.from(ranges).slice(-20)
  expect(meanRange(ranges, 20)).toBeCloseTo(last.reduce((sum, range) => sum + range, 0) / 20, 12)
  expect(meanRange(averageTrueRange(high, low, close, 50), 20)).toBeNaN()
  expect(meanRange([1, 2], 20)).toBeNaN()
})

it('the average daily volume is not known with a day that does not state its volume', () => {
  expect(averageDailyVolume([1, 10, 20], 2)).toBe(15)
  expect(averageDailyVolume([10, null, 20], 3)).toBeNaN()
  expect(averageDailyVolume([10], 2)).toBeNaN()
  expect(averageDailyVolume([10, -5], 2)).toBeNaN()
})

it('the expected return is the mean simple return a year, with the error of that mean', () => {
  const returns = [Math.log(1.02), Math.log(0.99)]
  const found = expectedReturn(returns, 252)
  expect(found?.value).toBeCloseTo(0.005 * 252, 12)
  // Deviation of 0.02 and −0.01 is 0.0212132; over √2, times 252.
  expect(found?.standardError).toBeCloseTo(0.015 * 252, 9)
  expect(expectedReturn([0.01], 252)).toBeUndefined()
  expect(expectedReturn([0.01, Number.NaN], 252)).toBeUndefined()
})

describe('scores', () => {
  it('liquidity is a half where the account is one per cent of a day’s trading, and falls with its size', () => {
    expect(liquidityScore(1000, 100_000)).toBe(0.5)
    expect(liquidityScore(1000, 0)).toBe(0)
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        (e, v) => {
          const score = liquidityScore(e, v)
          expect(score).toBeGreaterThan(0)
          expect(score).toBeLessThanOrEqual(1)
          expect(liquidityScore(e * 2, v)).toBeLessThanOrEqual(score)
          // A larger account never trades less because of it: equity × score rises.
          expect(e * 2 * liquidityScore(e * 2, v)).toBeGreaterThanOrEqual(e * score)
        },
      ),
    )
  })

  it('momentum leaves the last month out', () => {
    const year = Array.from({ length: 252 }, (_, day) => (day % 2 === 0 ? 0.012 : -0.01))
    const crash = Float64Array.from([...year.slice(0, 231), ...new Array<number>(21).fill(-0.05)])
    const calm = Float64Array.from([...year.slice(0, 231), ...new Array<number>(21).fill(0)])
    expect(momentumScore(crash, 252)).toBe(momentumScore(calm, 252))
    expect(momentumScore(calm, 252)).toBeGreaterThan(0)
    expect(momentumScore(calm.subarray(1), 252)).toBeUndefined()
  })

  it('momentum is full at three standard deviations, and mirrored', () => {
    const rise = Float64Array.from({ length: 252 }, (_, day) => 0.01 + (day % 2 === 0 ? 0.001 : -0.001))
    expect(momentumScore(rise, 252)).toBe(1)
    expect(
      momentumScore(
        rise.map((value) => -value),
        252,
      ),
    ).toBe(-1)
  })

  it('mean reversion is positive below the mean of 20 closes', () => {
    const closes = [...new Array<number>(19).fill(100), 95]
    // One of twenty five below the others: its distance to the mean is 4.75, the deviation 5/√20.
    expect(meanReversionScore(closes)).toBe(1)
    expect(meanReversionScore([...new Array<number>(10).fill(99), ...new Array<number>(10).fill(101)])).toBeCloseTo(
      -1 / Math.sqrt((20 * 1) / 19) / 3,
      12,
    )
    expect(meanReversionScore(closes.slice(1))).toBeUndefined()
  })
})
