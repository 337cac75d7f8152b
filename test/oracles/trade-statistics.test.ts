import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { balanceCurve } from '../../src/domain/edge/balance-curve.ts'
import { tradeStatistics, type TradeOutcome } from '../../src/domain/edge/trade-statistics.ts'

const outcomes = (profits: readonly number[]): TradeOutcome[] => profits.map((profit) => ({ profit, r: null }))

/** Net profits of the 66 trades of backtesting.py's own test (SMA cross 10/30 on GOOG, kernc/backtesting.py@9c2b8e1c). */
const BACKTESTING = [
  -327.2499999999994, 376.37999999999977, -166.77000000000052, -23.000000000000398, 140.5000000000001, 5294.31,
  11.220000000001392, 391.68000000000035, -2081.8199999999997, 3306.810000000001, 1600.5600000000009, 882.6600000000014,
  1019.4299999999998, -83.20000000000118, 431.59999999999764, 5938.3499999999985, -951.5000000000007,
  -1547.3400000000015, 487.0499999999977, -14.310000000002049, -1201.510000000001, 1364.159999999998,
  -100.80000000000109, 6180.0, -2593.4399999999987, -1791.9999999999982, 7038.800000000001, 7382.9000000000015,
  6144.5999999999985, -1705.2500000000043, 15022.35, -3893.3999999999937, -8816.849999999995, -2971.1399999999962,
  -4135.859999999996, 6902.700000000002, -1967.639999999999, 16279.200000000003, 2226.0000000000045, -4048.789999999992,
  5569.770000000002, -3359.200000000006, -3844.7200000000053, -2607.600000000002, -3720.0, 9923.55, -1213.800000000006,
  1169.5799999999927, -1734.1700000000073, -2614.400000000009, 6803.900000000001, 2934.25, 366.6299999999967, -7302.51,
  -11089.68000000001, 645.959999999995, -2785.4399999999973, -2627.9999999999973, -1422.750000000002, 51.12000000000194,
  -550.25, -1705.6800000000019, -101.43000000000188, 5645.579999999995, -1586.3100000000006, 6579.199999999997,
]

describe('the statistics of backtesting.py’s 66 trades', () => {
  const found = tradeStatistics(outcomes(BACKTESTING), 30)

  it('have its win rate, Kelly and system quality number', () => {
    expect(found).toMatchObject({ trades: 66, wins: 31, losses: 35, scratches: 0, longestLosingStreak: 4 })
    expect(found.winRate).toBeCloseTo(0.4696969696969697, 12)
    expect(found.kelly).toBeCloseTo(0.1518705127029717, 10)
    // The system quality number is √n·mean/deviation: our t-statistic.
    expect(found.tStatistic).toBeCloseTo(1.07661873566977, 10)
    expect(found.payoff).toBeCloseTo(1.6685301636579764, 10)
    expect(found.expectancy).toBeCloseTo(627.62106060606, 8)
  })

  it('take the profit factor from money: that of backtesting.py, 2.168, is taken from returns', () => {
    expect(found.profitFactor).toBeCloseTo(1.4778410020970645, 10)
  })
})

it('of eight trades are those freqtrade states', () => {
  const found = tradeStatistics(outcomes([100, 200, 50, -150, 300, -100, 80, -30]), 30)
  expect(found).toMatchObject({
    wins: 5,
    losses: 3,
    scratches: 0,
    longestLosingStreak: 1,
    winRate: 0.625,
    meanWin: 146,
  })
  expect(found.expectancy).toBeCloseTo(56.25, 10)
  expect(found.payoff).toBeCloseTo(1.5642857142857143, 10)
  expect(found.profitFactor).toBeCloseTo(2.607142857142857, 10)
  expect(found.kelly).toBeCloseTo(0.3852739726027397, 10)
  expect(found.tStatistic).toBeCloseTo(1.0623900719703194, 10)
  // Their expectancy ratio is p·b − q = Kelly·b: the same edge on another scale.
  expect((found.kelly ?? 0) * (found.payoff ?? 0)).toBeCloseTo(0.60267857, 6)
})

describe('the deepest fall of a balance', () => {
  const curve = (start: string, profits: readonly number[]) =>
    balanceCurve([
      { at: 0, amount: start, isFlow: true },
      ...profits.map((profit, index) => ({ at: index + 1, amount: profit.toFixed(9), isFlow: false })),
    ])

  it('of freqtrade’s 28 trades is 0.091755, 32.13 % of its peak', () => {
    const { deepest } = curve(
      '0.2',
      [
        0.01158, 0.010048, 0.01134, 0.012161, 0.010416, 0.010009, 0.020024, -0.024662, -0.02235, 0.020496, -0.029859,
        -0.030511, 0.010041, 0.010872, -0.025782, 0.0104, 0.012374, 0.012467, 0.114741, 0.010303, 0.010088, -0.033961,
        0.01068, 0.010886, -0.029274, 0.011178, 0.010693, 0.010711,
      ],
    )
    expect(Number(deepest?.amount)).toBeCloseTo(0.091755, 12)
    expect(Number(deepest?.share)).toBeCloseTo(0.32129575, 6)
  })

  it('is deepest by share of its peak: freqtrade’s relative mode, with the starting capital as the first peak', () => {
    const { deepest } = curve('1000', [0, -500, 500, 10000, -1000])
    expect(deepest).toMatchObject({ amount: '500', share: '0.5', from: 1, trough: 2, recovered: 3 })
  })
})

const path = fileURLToPath(new URL('../../../shared/data/freqtrade_backtest-result.json', import.meta.url))
const onData = existsSync(path) ? '' : ' (skipped: no shared data)'

describe.skipIf(onData !== '')(`freqtrade’s own 179 trades${onData}`, () => {
  interface Row {
    readonly profit_abs: number
    readonly profit_ratio: number
  }
  const trades = (): Row[] =>
    (JSON.parse(readFileSync(path, 'utf8')) as { strategy: { StrategyTestV3: { trades: Row[] } } }).strategy
      .StrategyTestV3.trades

  it('by money have its profit factor and expectancy', () => {
    const found = tradeStatistics(outcomes(trades().map((trade) => trade.profit_abs)), 30)
    expect(found).toMatchObject({ trades: 179, wins: 170, losses: 9, scratches: 0, longestLosingStreak: 3 })
    expect(found.profitFactor).toBeCloseTo(2.4223288739520954, 6)
    expect(found.expectancy).toBeCloseTo(5.820687070932315e-6, 12)
    expect(found.kelly).toBeCloseTo(0.5576514181092412, 10)
    expect(found.tStatistic).toBeCloseTo(3.299141327331808, 10)
  })

  it('by their ratios have 122 scratches, which our win rate and Kelly leave out', () => {
    const found = tradeStatistics(outcomes(trades().map((trade) => trade.profit_ratio)), 30)
    expect(found).toMatchObject({ wins: 48, losses: 9, scratches: 122, longestLosingStreak: 3 })
    // The source counts scratches as trades not won: 26.8 % and a Kelly of −302 %. A scratch is no evidence against an edge.
    expect(found.winRate).toBeCloseTo(48 / 57, 12)
    expect(found.kelly).toBeCloseTo(0.13208066255036055, 10)
    expect(found.expectancy).toBeCloseTo(0.0008041243575418989, 12)
  })
})
