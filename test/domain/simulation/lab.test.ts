import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { LAB_TERMS, type LabMethod } from '../../../src/domain/simulation/lab/lab-market.ts'
import { normalBelow, normalQuantile } from '../../../src/domain/simulation/lab/normal-law.ts'
import { performanceOf } from '../../../src/domain/simulation/lab/performance.ts'
import { replayTrades } from '../../../src/domain/simulation/lab/replay-trades.ts'
import { deflatedAmong, runLab } from '../../../src/domain/simulation/lab/run-lab.ts'
import { deflatedSharpe, luckySharpe, probabilisticSharpe } from '../../../src/domain/simulation/lab/sharpe.ts'
import { skillExample } from '../../../src/domain/simulation/lab/skill-example.ts'
import { hasOracles, onOracles, oracle } from './oracle-file.ts'

type Numbers = Readonly<Record<string, number>>
interface Series {
  readonly series?: readonly number[]
  readonly numpy_definitions: Numbers
}

const data = (name: string): string => fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url))
const closes = (text: string, column: string): number[] => {
  const [head = '', ...lines] = text.trim().split('\n')
  const at = head.split(',').indexOf(column)
  return lines.map((line) => Number(line.split(',')[at]))
}
const changes = (prices: readonly number[]): number[] =>
  prices.slice(1).map((price, index) => price / (prices[index] ?? Number.NaN) - 1)

describe.skipIf(!hasOracles || !existsSync(data('backtesting_GOOG.csv')))(
  onOracles('the measures of a real series'),
  () => {
    const known = hasOracles
      ? (oracle('stats-performance_real_series') as { expected: Record<string, Series> }).expected
      : {}
    const series: Record<string, () => number[]> = {
      GOOG_daily: () => changes(closes(readFileSync(data('backtesting_GOOG.csv'), 'utf8'), 'Close')),
      AAPL_daily: () =>
        changes(closes(gunzipSync(readFileSync(data('skfolio_sp500_dataset.csv.gz'))).toString('utf8'), 'AAPL')),
      HAM1_monthly: () => [...(known['HAM1_monthly']?.series ?? [])],
      edhec1_monthly: () => [...(known['edhec1_monthly']?.series ?? [])],
    }

    it.each(Object.keys(series))('are those of three libraries: %s', (name) => {
      const returns = series[name]?.() ?? []
      const found = performanceOf(returns, { periodsPerYear: name.endsWith('daily') ? 252 : 12 })
      const wanted = known[name]?.numpy_definitions ?? {}
      const near = (value: number | null, key: string, sign = 1): void =>
        expect(Math.abs(((value ?? Number.NaN) * sign) / (wanted[key] ?? Number.NaN) - 1), key).toBeLessThan(1e-9)
      expect(found.periods).toBe(wanted['n'])
      near(found.totalReturn, 'total_return')
      near(found.cagr, 'cagr_by_periods')
      near(found.volatility, 'ann_vol')
      near(found.sharpe, 'sharpe_arith')
      near(found.sortino, 'sortino_full')
      near(found.maxDrawdown, 'max_drawdown', -1)
      near(found.calmar, 'calmar')
      near(found.valueAtRisk95, 'VaR95_hist_type7', -1)
      near(found.expectedShortfall95, 'ES95_hist_le_type7', -1)
      near(found.valueAtRisk99, 'VaR99_hist_type7', -1)
      near(found.expectedShortfall99, 'ES99_hist_le_type7', -1)
      near(found.skewness, 'skew_biased')
      near(found.kurtosis - 3, 'exkurt_biased')
    })
  },
)

describe('the normal law', () => {
  it('has its known values, far into the tails', () => {
    expect(normalBelow(0)).toBe(0.5)
    expect(normalBelow(1.959963984540054)).toBeCloseTo(0.975, 14)
    expect(normalBelow(-2.5) / 0.006209665325776132).toBeCloseTo(1, 11)
    expect(normalBelow(-8) / 6.220960574271785e-16).toBeCloseTo(1, 11)
    for (const share of [1e-12, 0.001, 0.3, 0.5, 0.9, 0.9999]) {
      expect(normalBelow(normalQuantile(share)) / share).toBeCloseTo(1, 9)
    }
  })
})

describe('a Sharpe ratio', () => {
  // Bailey and López de Prado (2014), section 6: annual 2.5 over 1,250 days, 100 trials of variance 1/2, skew −3, kurtosis 10.
  const facts = { perPeriod: 2.5 / Math.sqrt(250), periods: 1250, skewness: -3, kurtosis: 10 }

  it('deflates to the published 0.9004', () => {
    expect(luckySharpe(0.5 / 250, 100)).toBeCloseTo(0.1132, 4)
    expect(deflatedSharpe(facts, 0.5 / 250, 100)).toBeCloseTo(0.9004, 4)
  })

  it('is not called deflated where the variants beside it are not known', () => {
    const [one, other] = [
      [0.01, -0.005, 0.02, 0.001],
      [0.004, 0.002, -0.01, 0.003],
    ] as const
    expect(deflatedAmong([one], 100)).toEqual([null])
    expect(deflatedAmong([one, [0.01, 0.01, 0.01, 0.01]], 100)).toEqual([null, null])
    expect(deflatedAmong([one], 1)[0]).toBeGreaterThan(0.5)
    expect(deflatedAmong([one, other], 100)[0]).toBeLessThan(0.5)
  })

  it('is surer with more periods, less sure with fat tails, and has no meaning without variation', () => {
    const sure = probabilisticSharpe(facts, 0.1) ?? 0
    expect(probabilisticSharpe({ ...facts, periods: 300 }, 0.1)).toBeLessThan(sure)
    expect(probabilisticSharpe({ ...facts, skewness: 0, kurtosis: 3 }, 0.1)).toBeGreaterThan(sure)
    const flat = performanceOf([0.01, 0.01, 0.01], { periodsPerYear: 252 })
    expect([flat.sharpe, flat.probabilisticSharpe, flat.squantified, flat.calmar]).toEqual([null, null, null, null])
  })
})

describe('the lab', () => {
  it('shows the absurd result of forecasts that know 0.6 of the next day, and flags it', () => {
    const { results, lookAhead } = runLab(skillExample(0.6, 10, 3))
    const best = Math.max(...results.map(({ performance }) => performance.sharpe ?? 0))
    expect(best).toBeGreaterThan(15)
    expect(lookAhead.suspected).toBe(true)
    expect(lookAhead.skill).toBeGreaterThan(0.4)
    expect(Math.abs(lookAhead.skillOneDayLater)).toBeLessThan(0.35)
    expect(lookAhead.says.join(' ')).toMatch(
      /contain part of the answer.*beyond anything that trades.*without any drawdown/,
    )
  })

  it('shows about nothing at no skill, and nothing to flag', () => {
    const { results, lookAhead, variants } = runLab(skillExample(0, 5_000, 3))
    expect(lookAhead.suspected).toBe(false)
    for (const { id, performance, deflatedSharpe: deflated } of results) {
      expect(Math.abs(performance.sharpe ?? 9), id).toBeLessThan(1)
      expect(deflated, id).toBeLessThan(0.99)
    }
    expect(variants).toBe(results.length)
  })

  it('charges interest on leverage above equity, caps leverage, and counts what is traded', () => {
    const full: LabMethod = { id: 'full', title: 'Full', weights: ({ assets }) => assets.map(() => 9) }
    const half: LabMethod = {
      id: 'half',
      title: 'Half',
      weights: ({ assets }) => assets.map(() => 0.5 / assets.length),
    }
    const market = skillExample(0, 252, 8)
    const [leveraged] = runLab(market, [full], LAB_TERMS).results
    // Six assets of 60 % are 3.6 times in the day, twice overnight.
    expect(leveraged?.averageLeverage).toBeCloseTo(3.6, 12)
    expect(leveraged?.overnightLeverage).toBe(2)
    expect(leveraged?.interestPaid).toBeCloseTo(0.065, 12)
    // Where nothing moves, and hardly anything is charged, the night's cut is all there is to trade: sold, and bought again.
    const still = { ...market, returns: market.returns.map((row) => row.map(() => 0)) }
    const [cut, modest] = runLab(still, [full, half], { ...LAB_TERMS, interest: 0, cost: 1e-12 }).results
    expect((cut?.costsPaid ?? 0) / 1e-12).toBeCloseTo(3.6 + 251 * 1.6 + 252 * 1.6, 6)
    expect(modest?.interestPaid).toBe(0)
    expect((modest?.turnover ?? 0) * 252).toBeCloseTo(0.5, 6)
    const capped = runLab(market, [full], { ...LAB_TERMS, intradayLeverage: 1.5 }).results[0]
    expect(capped?.averageLeverage).toBeCloseTo(1.5, 12)
  })

  it('decides before the day: another return today changes no weight of today', () => {
    const market = skillExample(0.3, 30, 1)
    const seen: string[] = []
    const watcher: LabMethod = {
      id: 'w',
      title: 'W',
      weights: (view) => (seen.push(JSON.stringify(view)), view.assets.map(() => 0)),
    }
    runLab(market, [watcher])
    const views = seen.splice(0)
    runLab({ ...market, returns: market.returns.map((row) => row.map(() => 0.5)) }, [watcher])
    expect(seen).toEqual(views)
  })

  it('replays trades under a staking rule', () => {
    const returns = replayTrades([2, -1, -1, 1], { method: 'fixed_fraction', fraction: 0.1 }, 0)
    expect(returns.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0.2, -0.1, -0.1, 0.1])
    expect(replayTrades([-1, 5], { method: 'fixed_fraction', fraction: 1 }, 0)).toEqual([-1, 0])
  })
})
