import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { balanceScenes, balanceTable, fallText } from '../../../src/ui/journal/balance-scene.ts'
import { distributionScene, distributionTable, meanText } from '../../../src/ui/journal/distribution-scene.ts'
import { historyScene, historyTable, rollingScene, rollingTable } from '../../../src/ui/journal/edge-scenes.ts'
import { tradesCsv } from '../../../src/ui/journal/export-trades.ts'
import { heldText } from '../../../src/ui/journal/held-text.ts'
import { logAxis, nearestIndex, shareTick, timeAxis, valueAxis } from '../../../src/ui/charts/plot-axes.ts'
import { captionOf, fewTrades } from '../../../src/ui/journal/review-words.ts'
import { statisticsRows } from '../../../src/ui/journal/statistics-rows.ts'
import { aReview, aTrade, anEdge, TODAY } from './reviews.ts'

chooseLocale('en-US')
const DAY = 86_400_000
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('an axis', () => {
  it('holds every value between its ends, and its ticks on round steps', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 30 }), (values) => {
        const axis = valueAxis(values, String)
        const slack = (axis.to - axis.from) * 1e-6
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(axis.from - slack)
          expect(value).toBeLessThanOrEqual(axis.to + slack)
        }
        expect(axis.ticks.length).toBeGreaterThanOrEqual(2)
        expect(axis.ticks.length).toBeLessThan(14)
        expect(axis.to).toBeGreaterThan(axis.from)
      }),
    )
  })

  it('has zero on it where it is asked for: bars are never cut', () => {
    expect(valueAxis([5, 9], String, { withZero: true }).from).toBe(0)
    expect(valueAxis([-9, -5], String, { withZero: true }).to).toBe(0)
    expect(valueAxis([5e-324, 0], String)).toMatchObject({ from: 0, to: 0.2 })
    expect(valueAxis([], String)).toMatchObject({ from: 0 })
    expect(valueAxis([null, null], String).to).toBeGreaterThan(0)
  })

  it('names ticks with the digits of their step', () => {
    expect(valueAxis([0, -0.066], shareTick, { withZero: true, count: 3 }).ticks.map(({ label }) => label)).toEqual([
      '−7.5 %',
      '−5 %',
      '−2.5 %',
      '0 %',
    ])
  })

  it('is logarithmic only above zero', () => {
    expect(logAxis([100, 200], String)).toMatchObject({ log: true, from: 100 })
    expect(logAxis([0, 200], String)).toBeUndefined()
    expect(logAxis([], String)).toBeUndefined()
  })

  it('over time has months, and days where months are too far apart', () => {
    const year = timeAxis([Date.UTC(2025, 0, 10), Date.UTC(2025, 11, 20)], 'UTC')
    expect(year.ticks.map(({ label }) => label)).toEqual(['2025-02', '2025-05', '2025-08', '2025-11'])
    const week = timeAxis([Date.UTC(2025, 0, 10), Date.UTC(2025, 0, 17)], 'UTC')
    expect(week.ticks.map(({ label }) => label)).toEqual(['01-10', '01-12', '01-14', '01-16'])
  })
})

it('the value nearest to the pointer is found among many', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), finite, (drawn, wanted) => {
      const values = drawn.sort((a, b) => a - b)
      const found = values[nearestIndex(values, wanted) ?? -1] ?? Number.NaN
      expect(Math.abs(found - wanted)).toBe(Math.min(...values.map((value) => Math.abs(value - wanted))))
    }),
  )
  expect(nearestIndex([], 1)).toBeUndefined()
})

describe('the R distribution', () => {
  it('draws every bin, zero, the mean with its interval, and trades without a stop apart', () => {
    const scene = distributionScene(aReview().distribution)
    expect(scene.bars?.map(({ height }) => height)).toEqual([3, 1, 2, 4, 2])
    expect(scene.bars?.map(({ striped }) => striped === true)).toEqual([false, false, false, false, true])
    expect(scene.bars?.map(({ colour }) => colour)).toEqual(['loss', 'loss', 'gain', 'gain', 'ink-3'])
    expect(scene.marks).toContainEqual({ kind: 'upright', at: 0, label: '', isStrong: true })
    expect(scene.marks).toContainEqual({ kind: 'span', from: 0.1, to: 0.5, middle: 0.3, label: 'mean +0.30 ± 0.20' })
    expect(scene.x.ticks.at(-1)).toMatchObject({ label: 'no stop' })
    expect(scene.y.from).toBe(0)
    const apart = scene.bars?.at(-1)
    expect(apart?.from).toBeGreaterThan(scene.bars?.at(-2)?.to ?? Infinity)
  })

  it('has no bin for missing stops where none is missing, and no interval where none is known', () => {
    const scene = distributionScene({ ...aReview().distribution, withoutStop: 0, low: null, high: null })
    expect(scene.bars).toHaveLength(4)
    expect(scene.marks).toHaveLength(1)
    expect(meanText({ ...aReview().distribution, mean: null })).toBe('no R is known')
  })

  it('has a table with the same numbers', () => {
    expect(distributionTable(aReview().distribution).rows).toEqual([
      ['−1.00 R', '−0.50 R', '3'],
      ['−0.50 R', '0.00 R', '1'],
      ['0.00 R', '+0.50 R', '2'],
      ['+0.50 R', '+1.00 R', '4'],
      ['no stop known', '', '2'],
    ])
  })
})

describe('the closed balance', () => {
  it('marks the deepest fall in both plots, over the same stretch of time', () => {
    const { curve } = aReview()
    const { balance, below } = balanceScenes(curve, 'UTC', false)
    const marked = [curve.deepest?.from, curve.deepest?.trough, curve.deepest?.recovered]
    for (const scene of [balance, below])
      expect(scene.marks?.map((mark) => ('at' in mark ? mark.at : null))).toEqual(marked)
    expect(balance.marks?.[1]?.label).toBe('−30.0 %, 2026-03-01')
    expect([below.x.from, below.x.to]).toEqual([balance.x.from, balance.x.to])
    expect(below.lines?.[0]?.y.map((value) => (value ?? 1) + 0)).toEqual([0, 0, -0.3, 0, -0.0090909])
    expect(below.y.to).toBe(0)
  })

  it('says when the fall began, was deepest and ended, or that it has not', () => {
    const { curve } = aReview()
    expect(fallText(curve, 'USD', 'UTC')).toBe(
      'Deepest fall 30.00 % (330.00 USD): from 2026-02-28, lowest 2026-03-01, recovered 2026-03-02.',
    )
    const open = curve.deepest === null ? null : { ...curve.deepest, recovered: null }
    expect(fallText({ ...curve, deepest: open }, 'USD', 'UTC')).toContain('not recovered yet')
    expect(fallText({ ...curve, deepest: null }, 'USD', 'UTC')).toBe('The balance never stood below its peak.')
    expect(fallText({ ...curve, thinned: 1200 }, 'USD', 'UTC')).toContain('1,200 points between lows and highs')
  })

  it('can be shown on a logarithmic scale while it is above zero', () => {
    const { curve } = aReview()
    expect(balanceScenes(curve, 'UTC', true)).toMatchObject({ canLog: true, balance: { y: { log: true } } })
    const ruined = balanceScenes({ ...curve, balance: [1000, 0, 5, 5, 5] }, 'UTC', true)
    expect(ruined.canLog).toBe(false)
    expect(ruined.balance.y.log).toBeUndefined()
  })

  it('has a table with the same numbers, newest first', () => {
    const { rows } = balanceTable(aReview().curve, 'USD', 'UTC')
    expect(rows[0]).toEqual(['2026-03-03 00:00:00', '1090.00', '−0.91 %'])
    expect(rows).toHaveLength(5)
  })
})

describe('the rolling edge and the edge by day', () => {
  it('draws the win rate within its band, and beside it the rate of all trades', () => {
    const { rolling } = aReview()
    const scene = rollingScene(rolling, 'winRate', 0.6)
    expect(scene.bands?.[0]).toMatchObject({ low: rolling.winRateLow, high: rolling.winRateHigh })
    expect(scene.marks).toMatchObject([{ kind: 'level', at: 0.6, label: 'all 60.0 %' }])
    expect(rollingScene(rolling, 'winRate', null).marks).toEqual([])
  })

  it('draws Kelly and expectancy against zero, without a band', () => {
    for (const measure of ['kelly', 'expectancy'] as const) {
      const scene = rollingScene(aReview().rolling, measure, 0.6)
      expect(scene.bands).toBeUndefined()
      expect(scene.marks).toMatchObject([{ kind: 'level', at: 0 }])
      expect(scene.y.from).toBeLessThanOrEqual(0)
    }
  })

  it('have tables with the same numbers; what is not defined stays blank', () => {
    expect(rollingTable(aReview().rolling, 'UTC').rows[0]).toEqual([
      '51',
      '2026-03-03',
      '52.0 %',
      '38.0 %',
      '65.0 %',
      '12.50',
      '',
    ])
    const { rows } = historyTable(aReview().history, 'UTC')
    expect(rows.at(-1)).toEqual(['2026-02-27', '1', '100.0 %', '20.0 % to 100.0 %', '', '', ''])
    expect(rows[0]?.slice(-2)).toEqual(['40.00 %', '10.00 %'])
    expect(historyScene(aReview().history, 'UTC').lines).toHaveLength(2)
  })
})

describe('words of the journal', () => {
  it('caption charts with count, period, currency and age', () => {
    expect(captionOf(anEdge(), 'UTC')).toBe('n = 10, 2026-02-22 to 2026-03-03, USD; last trade 24 h old')
    expect(captionOf(anEdge({ firstAt: null, lastAt: null }), 'UTC')).toBe('n = 0, USD')
    expect(fewTrades(49, 50)).toBe('49 of 50 trades have closed: 1 more is needed.')
  })

  it('tell each statistic with its interval, and a dash where it is not defined', () => {
    const of = (name: string, edge = anEdge()): { value: string; aside: string } | undefined =>
      statisticsRows(edge).find((row) => row.name === name)
    expect(of('Win rate')).toMatchObject({ value: '60.0 %', aside: '95 %: 31.3 to 83.2 %' })
    expect(of('Payoff')).toMatchObject({ value: '2.00', aside: '90 %: 1.20 to –' })
    expect(of('Kelly, at the stop')).toMatchObject({ value: '40.00 %', aside: '90 %: −5.0 to 70.0 %' })
    expect(of('Net profit')).toMatchObject({ value: '+800.50', aside: 'fees 12.40' })
    expect(of('Payoff', anEdge({ payoff: null, payoffLow: null }))).toMatchObject({ value: '–', aside: '' })
    expect(of('Expectancy', anEdge({ expectancy: null, deviation: null }))).toMatchObject({ value: '–', aside: '' })
    expect(of('Trades still needed', anEdge({ tradesNeeded: null }))?.value).toBe('no edge to show')
    expect(of('Trades still needed', anEdge({ tradesNeeded: null, kelly: null }))?.value).toBe('–')
  })

  it('tell how long a trade was held', () => {
    expect(heldText(90_000)).toBe('2 min')
    expect(heldText(4 * 3_600_000 + 600_000)).toBe('4 h 10 min')
    expect(heldText(12 * DAY + 3 * 3_600_000)).toBe('12 d 3 h')
    expect(heldText(DAY)).toBe('1 d')
  })

  it('export trades with plain decimals, and guard text against formulas', () => {
    const csv = tradesCsv([aTrade({ strategy: '=HYPERLINK("x")', profit: '-12.5', r: null })], 'USD')
    const [head, row] = csv.split('\r\n')
    expect(head).toContain('"Net profit, USD",R,Origin')
    expect(row).toContain(`"'=HYPERLINK(""x"")"`)
    expect(row).toContain(`,-12.5,,fills`)
    expect(row).toContain(new Date(TODAY - DAY).toISOString())
  })
})
