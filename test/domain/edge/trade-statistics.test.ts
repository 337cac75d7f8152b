import { describe, expect, it } from 'vitest'
import { confidenceOf, tradeStatistics, type TradeOutcome } from '../../../src/domain/edge/trade-statistics.ts'

const outcomes = (profits: readonly number[], r: readonly (number | null)[] = []): TradeOutcome[] =>
  profits.map((profit, index) => ({ profit, r: r[index] ?? null }))
const NOTHING = {
  trades: 0,
  wins: 0,
  losses: 0,
  scratches: 0,
  winRate: null,
  winRateInterval: null,
  meanWin: null,
  meanLoss: null,
  medianWin: null,
  medianLoss: null,
  payoff: null,
  profitFactor: null,
  expectancy: null,
  expectancyR: null,
  tradesWithR: 0,
  deviation: null,
  tStatistic: null,
  longestLosingStreak: 0,
  kelly: null,
  confidence: 'VERY LOW',
}

describe('the statistics of closed trades', () => {
  it('are those worked out by hand', () => {
    // Wins 10, 20, 60, losses 5, 15, one scratch: mean win 30, mean loss 10, mean 70/6.
    const found = tradeStatistics(outcomes([10, -5, 0, 20, -15, 60], [1, -0.5, null, 2, null, 6]), 30)
    const mean = 70 / 6
    const squares = [10, -5, 0, 20, -15, 60].reduce((sum, profit) => sum + (profit - mean) ** 2, 0)
    const deviation = Math.sqrt(squares / 5)
    const { winRateInterval, expectancy, deviation: found5, tStatistic, kelly, ...rest } = found
    expect(rest).toEqual({
      trades: 6,
      wins: 3,
      losses: 2,
      scratches: 1,
      winRate: 0.6,
      meanWin: 30,
      meanLoss: 10,
      medianWin: 20,
      medianLoss: 10,
      payoff: 3,
      profitFactor: 4.5,
      expectancyR: 2.125,
      tradesWithR: 4,
      longestLosingStreak: 1,
      confidence: 'VERY LOW',
    })
    expect(expectancy).toBeCloseTo(mean, 12)
    expect(found5).toBeCloseTo(deviation, 12)
    expect(tStatistic).toBeCloseTo(mean / (deviation / Math.sqrt(6)), 12)
    expect(kelly).toBeCloseTo(0.6 - 0.4 / 3, 12)
    // Wilson, 3 of 5 at 95 %: centre (0.6 + z²/10)/(1 + z²/5).
    expect(winRateInterval?.[0]).toBeCloseTo(0.230_724, 5)
    expect(winRateInterval?.[1]).toBeCloseTo(0.882_379, 5)
  })

  it('of no trades are undefined, one and all', () => {
    expect(tradeStatistics([], 30)).toEqual(NOTHING)
  })

  it('of scratches alone have a mean of nothing and no rates', () => {
    expect(tradeStatistics(outcomes([0, 0]), 30)).toEqual({
      ...NOTHING,
      trades: 2,
      scratches: 2,
      expectancy: 0,
      deviation: 0,
    })
  })

  it('of one trade have no deviation and no t-statistic', () => {
    expect(tradeStatistics(outcomes([5]), 30)).toMatchObject({ expectancy: 5, deviation: null, tStatistic: null })
    expect(tradeStatistics(outcomes([5, 7]), 30).deviation).toBeCloseTo(Math.SQRT2, 12)
  })

  it('of equal trades have no t-statistic: there is no error to divide by', () => {
    expect(tradeStatistics(outcomes([5, 5, 5]), 30)).toMatchObject({ deviation: 0, tStatistic: null, expectancy: 5 })
  })

  it('of wins alone have no payoff, no profit factor and no Kelly; no denominator is made up', () => {
    expect(tradeStatistics(outcomes([5, 7]), 30)).toMatchObject({
      winRate: 1,
      meanWin: 6,
      medianWin: 6,
      meanLoss: null,
      medianLoss: null,
      payoff: null,
      profitFactor: null,
      kelly: null,
    })
  })

  it('of losses alone have a profit factor of nothing and no payoff', () => {
    expect(tradeStatistics(outcomes([-5, -7]), 30)).toMatchObject({
      winRate: 0,
      meanWin: null,
      medianWin: null,
      meanLoss: 6,
      medianLoss: 6,
      payoff: null,
      profitFactor: 0,
      kelly: null,
      longestLosingStreak: 2,
    })
  })

  it('end a losing streak at a win and at a scratch', () => {
    const streak = (...profits: number[]): number => tradeStatistics(outcomes(profits), 30).longestLosingStreak
    expect(streak(-1, -1, 1, -1, -1, -1, 2)).toBe(3)
    expect(streak(-1, -1, 0, -1)).toBe(2)
  })

  it.each([
    [0, 'VERY LOW'],
    [9, 'VERY LOW'],
    [10, 'LOW'],
    [29, 'LOW'],
    [30, 'MODERATE'],
    [99, 'MODERATE'],
    [100, 'HIGH'],
  ])('of %i trades are trusted %s where 30 are needed', (trades, confidence) => {
    expect(confidenceOf(trades, 30)).toBe(confidence)
    const found = tradeStatistics(outcomes([...new Array<number>(trades).fill(1), 0, 0, 0]), 30)
    expect(found.confidence).toBe(confidence)
  })
})
