import { describe, expect, it } from 'vitest'
import { balanceCurve } from '../../src/domain/edge/balance-curve.ts'
import { kellyBinary } from '../../src/domain/edge/kelly-binary.ts'
import { kellyContinuous } from '../../src/domain/edge/kelly-continuous.ts'
import { growthOptimalFraction, meanLogGrowth } from '../../src/domain/edge/log-growth.ts'
import { everFallsTo, reachesFirst, relativeGrowth } from '../../src/domain/edge/thorp.ts'
import { tradeStatistics } from '../../src/domain/edge/trade-statistics.ts'
import { wilsonInterval } from '../../src/domain/stats/wilson.ts'
import copied from './sizing-worked-examples.json' with { type: 'json' }
import { hasShared, onShared, sharedOracle } from './shared-oracle.ts'

interface Binary {
  readonly expected: readonly {
    readonly p: number
    readonly b: number
    readonly kelly: number
    readonly kelly_long_only: number
    readonly growth_at_kelly: number
    readonly growth_half: number
    readonly growth_quarter: number
    readonly zero_growth_fraction: number
  }[]
}
interface Continuous {
  readonly expected: {
    readonly single: readonly Readonly<
      Record<'mu' | 'r' | 'sigma' | 'full_kelly' | 'quarter' | 'half' | 'growth_at_full' | 'growth_at_half', number>
    >[]
  }
}
interface Thorp {
  readonly expected: {
    readonly ever_reach_x: readonly Readonly<Record<'c' | 'x' | 'prob_ever_reach_fraction_x', number>>[]
    readonly growth: readonly Readonly<Record<'c' | 'relative_growth', number>>[]
    readonly two_barrier: readonly Readonly<Record<'c' | 'lower' | 'upper' | 'prob_upper_before_lower', number>>[]
  }
}
interface Vince {
  readonly expected: readonly {
    readonly name: string
    readonly trades: readonly number[]
    readonly recomputed: Readonly<Record<'optimal_f' | 'TWR' | 'geo_mean', number>> & {
      readonly TWR_at: Readonly<Record<string, number>>
    }
  }[]
}
interface Wilson {
  readonly expected: readonly {
    readonly x: number
    readonly n: number
    readonly conf: number
    readonly wilson: readonly [number, number]
  }[]
}
interface Plain {
  readonly n: number
  readonly wins: number
  readonly losses: number
  readonly flat: number
  readonly win_rate: number
  readonly avg_win: number
  readonly avg_loss: number
  readonly payoff: number
  readonly profit_factor: number
  readonly expectancy: number
  readonly kelly_excluding_flat: number
  readonly sqn_ddof1: number
  readonly max_consec_losses: number
}
interface Trades {
  readonly expected: {
    readonly small: { readonly profits: readonly number[]; readonly recomputed: Plain }
    readonly drawdown: readonly {
      readonly profits: readonly number[]
      readonly starting_balance: number
      readonly mode?: string
      readonly source: Readonly<Record<string, number>>
    }[]
    readonly backtesting_py: { readonly trades: readonly { readonly pnl: number }[]; readonly plain: Plain }
  }
}
interface Examples {
  readonly expected: Readonly<
    Record<'forex' | 'futures_sizing' | 'seed004_atr_engine' | 'account_ccy_is_base', readonly object[]>
  > & {
    readonly futures_specs: { readonly rows: readonly { readonly symbol: string }[] }
    readonly earnforex_rules: { readonly cases: readonly object[] }
    readonly prop_firms: readonly { readonly name: string }[]
  }
}

/** The normal quantile of a two-sided level. */
const Z: Readonly<Record<string, number>> = {
  '0.9': 1.6448536269514722,
  '0.95': 1.959963984540054,
  '0.99': 2.5758293035489004,
}

describe.skipIf(!hasShared)(onShared('every case of the reference files'), () => {
  it('of the binary Kelly bet: the share, its growth at whole, half and quarter, and where overbetting undoes it', () => {
    const { expected } = sharedOracle('kelly-binary_kelly') as Binary
    expect(expected).toHaveLength(11)
    for (const { p, b, ...of } of expected) {
      const kelly = kellyBinary(p, b)
      expect(kelly).toBeCloseTo(of.kelly, 12)
      expect(Math.max(0, kelly)).toBeCloseTo(of.kelly_long_only, 12)
      const bets = [
        ...new Array<number>(Math.round(p * 1_000)).fill(b),
        ...new Array<number>(Math.round((1 - p) * 1_000)).fill(-1),
      ]
      expect(growthOptimalFraction(bets)).toBeCloseTo(of.kelly_long_only, 12)
      const staked = of.kelly_long_only
      expect(meanLogGrowth(bets, staked)).toBeCloseTo(of.growth_at_kelly, 12)
      expect(meanLogGrowth(bets, staked / 2)).toBeCloseTo(of.growth_half, 12)
      expect(meanLogGrowth(bets, staked / 4)).toBeCloseTo(of.growth_quarter, 12)
      expect(meanLogGrowth(bets, of.zero_growth_fraction)).toBeCloseTo(0, 10)
    }
  })

  it('of continuous Kelly, one asset', () => {
    const { expected } = sharedOracle('kelly-continuous_kelly') as Continuous
    expect(expected.single).toHaveLength(6)
    for (const { mu, r, sigma, ...of } of expected.single) {
      const full = kellyContinuous(mu, r, sigma)
      const square = ((mu - r) / sigma) ** 2
      expect([full, full / 4, full / 2].map((share) => share.toFixed(11))).toEqual(
        [of.full_kelly, of.quarter, of.half].map((share) => share.toFixed(11)),
      )
      expect(r + (square / 2) * relativeGrowth(1)).toBeCloseTo(of.growth_at_full, 12)
      expect(r + (square / 2) * relativeGrowth(0.5)).toBeCloseTo(of.growth_at_half, 12)
    }
  })

  it('of a continuous Kelly bettor’s drawdown, growth and barriers', () => {
    const {
      ever_reach_x: ever,
      growth,
      two_barrier: barriers,
    } = (sharedOracle('kelly-thorp_drawdown') as Thorp).expected
    expect([ever.length, growth.length, barriers.length]).toEqual([72, 8, 16])
    for (const { c, x, prob_ever_reach_fraction_x: chance } of ever) expect(everFallsTo(x, c)).toBeCloseTo(chance, 12)
    for (const { c, relative_growth: rate } of growth) expect(relativeGrowth(c)).toBeCloseTo(rate, 12)
    for (const { c, lower, upper, prob_upper_before_lower: chance } of barriers)
      expect(reachesFirst(lower, upper, c)).toBeCloseTo(chance, 12)
  })

  it('of optimal f', () => {
    const { expected } = sharedOracle('kelly-vince_optimal_f') as Vince
    expect(expected).toHaveLength(5)
    for (const { trades, recomputed } of expected) {
      const multiples = trades.map((trade) => trade / -Math.min(...trades))
      expect(growthOptimalFraction(multiples)).toBeCloseTo(recomputed.optimal_f, 9)
      const growth = meanLogGrowth(multiples, recomputed.optimal_f)
      expect(Math.exp(growth)).toBeCloseTo(recomputed.geo_mean, 9)
      expect(Math.exp(growth * trades.length)).toBeCloseTo(recomputed.TWR, 9)
      for (const [f, wealth] of Object.entries(recomputed.TWR_at))
        expect(Math.exp(meanLogGrowth(multiples, Number(f)) * trades.length)).toBeCloseTo(wealth, 9)
    }
  })

  it('of the Wilson interval', () => {
    const { expected } = sharedOracle('stats-wilson') as Wilson
    expect(expected).toHaveLength(30)
    for (const { x, n, conf, wilson } of expected) {
      const [low, high] = wilsonInterval(x, n, Z[String(conf)])
      expect(low).toBeCloseTo(wilson[0], 9)
      expect(high).toBeCloseTo(wilson[1], 9)
    }
  })

  it('of trade statistics, by the definitions of the plain lists', () => {
    const { small, backtesting_py: long, drawdown } = (sharedOracle('stats-trade_statistics') as Trades).expected
    for (const [profits, plain] of [
      [small.profits, small.recomputed],
      [long.trades.map(({ pnl }) => pnl), long.plain],
    ] as const) {
      const found = tradeStatistics(
        profits.map((profit) => ({ profit, r: null })),
        30,
      )
      expect(found).toMatchObject({
        trades: plain.n,
        wins: plain.wins,
        losses: plain.losses,
        scratches: plain.flat,
        longestLosingStreak: plain.max_consec_losses,
      })
      for (const [ours, theirs] of [
        [found.winRate, plain.win_rate],
        [found.meanWin, plain.avg_win],
        [found.meanLoss, plain.avg_loss],
        [found.payoff, plain.payoff],
        [found.profitFactor, plain.profit_factor],
        [found.expectancy, plain.expectancy],
        [found.kelly, plain.kelly_excluding_flat],
        [found.tStatistic, plain.sqn_ddof1],
      ] as const)
        expect(Math.abs((ours ?? Number.NaN) / theirs - 1)).toBeLessThan(1e-10)
    }
    expect(drawdown).toHaveLength(3)
    for (const { profits, starting_balance: start, mode, source } of drawdown) {
      const changes = [start, ...profits].map((amount, at) => ({ at, amount: amount.toFixed(9), isFlow: at === 0 }))
      const { deepest } = balanceCurve(changes)
      // The deepest fall is the deepest share of its peak: their absolute mode asks for the largest amount instead.
      if (mode === 'absolute') expect(Number(deepest?.share)).toBeGreaterThan(source['relative'] ?? Number.NaN)
      else expect(Number(deepest?.amount)).toBeCloseTo(source['drawdown_abs'] ?? Number.NaN, 9)
    }
  })

  it('of sizing: as many are copied here as there are, by name where they have one', () => {
    const { expected } = sharedOracle('sizing-worked_examples') as Examples
    expect(copied.forex).toHaveLength(expected.forex.length)
    expect(copied.futuresSpecs.map(({ symbol }) => symbol)).toEqual(
      expected.futures_specs.rows.map(({ symbol }) => symbol),
    )
    expect(copied.futuresSizing).toEqual(
      expect.arrayContaining(expected.futures_sizing.map((row) => expect.objectContaining(row) as unknown)),
    )
    expect(copied.atrEngine).toHaveLength(expected.seed004_atr_engine.length)
    expect(copied.earnforex).toHaveLength(expected.earnforex_rules.cases.length)
    expect(copied.accountCurrencyIsBase).toHaveLength(expected.account_ccy_is_base.length)
    // The nine of prop firms are in test/domain/prop-firm; the ninth is a figure no convention gives.
    expect(expected.prop_firms).toHaveLength(9)
  })
})
