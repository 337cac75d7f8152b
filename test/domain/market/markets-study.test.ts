import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DailyCloses } from '../../../src/domain/market/aligned-returns.ts'
import { correlationStudy, correlationStudyOf } from '../../../src/domain/market/correlation-study.ts'
import { settingsOf, studyMarkets, type MarketsStudy } from '../../../src/domain/market/markets-study.ts'
import { denoisedCorrelation } from '../../../src/domain/stats/denoised-correlation.ts'
import { symmetricEigen } from '../../../src/domain/stats/symmetric-eigen.ts'
import { hasShared, onShared, sharedPrices } from '../../oracles/shared-oracle.ts'
import { factorSeries, noise, pricesOf } from '../../support/random-series.ts'

const DAY = 86_400_000
const START = Date.UTC(2025, 0, 1)

/** Daily closes of these returns from the start on, every day. */
function closes(symbol: string, returns: ArrayLike<number>, changes: Partial<DailyCloses> = {}): DailyCloses {
  const close = pricesOf(returns)
  return { symbol, calendar: 'crypto', close, at: Float64Array.from(close, (_, t) => START + t * DAY), ...changes }
}

/** The same with the closes of some days taken away. */
function without(bars: DailyCloses, isGone: (t: number) => boolean): DailyCloses {
  const keep = (values: ArrayLike<number>) => Array.from(values).filter((_, t) => !isGone(t))
  return { ...bars, at: keep(bars.at), close: keep(bars.close) }
}

const basket = (seed: number, count: number, days = 120, rho = 0.5): DailyCloses[] =>
  factorSeries(seed, count, days, rho).map((returns, i) => closes(`A${i}`, returns))
const studied = (...told: Parameters<typeof studyMarkets>): MarketsStudy => {
  const study = studyMarkets(...told)
  if (!study.ok) throw new Error(study.error.says)
  return study.value
}
const refusal = (...told: Parameters<typeof studyMarkets>) => {
  const study = studyMarkets(...told)
  return study.ok ? 'studied' : `${study.error.code} ${study.error.says}`
}
const cell = ({ symbols }: MarketsStudy, matrix: ArrayLike<number>, a: string, b: string): number =>
  matrix[symbols.indexOf(a) * symbols.length + symbols.indexOf(b)] ?? NaN

describe('a study of markets', () => {
  it('gives matrices that are correlations, with the spectrum, the band and an order of all instruments', () => {
    const study = studied(basket(1, 6))
    const n = 6
    for (const matrix of [study.sample, study.shrunk.matrix, study.denoised]) {
      expect(symmetricEigen(matrix, n).values.at(-1)).toBeGreaterThan(-1e-12)
      for (let i = 0; i < n; i++) {
        expect(matrix[i * n + i]).toBe(1)
        for (let j = 0; j < i; j++) expect(matrix[i * n + j]).toBe(matrix[j * n + i])
      }
    }
    expect(study.eigenvalues.reduce((a, b) => a + b, 0)).toBeCloseTo(n, 9)
    expect(study.noise.high).toBeCloseTo((1 + Math.sqrt(n / study.effective)) ** 2, 12)
    expect(study.signals).toBe(1)
    const parts = { values: study.eigenvalues, vectors: study.eigenvectors }
    expect(study.denoised).toEqual(denoisedCorrelation(parts, study.noise.high))
    expect(study.denoised).not.toEqual(study.sample)
    expect([...study.clusters.order].sort()).toEqual([0, 1, 2, 3, 4, 5])
    expect([study.periods, study.leastCommon, study.from, study.to]).toEqual([60, 60, '2025-03-02', '2025-05-01'])
    expect(study.at).toBe(Date.UTC(2025, 4, 2))
    expect(study.pairs).toHaveLength(15)
    expect(study.notes.join(' ')).toContain('Ledoit and Wolf')
  })

  it('turns with its instruments and does not depend on the unit of a price', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.001, max: 1_000, noNaN: true }),
        (seed, unit) => {
          const bars = basket(seed, 4)
          const study = studied(bars)
          const turned = studied(
            bars.toReversed().map((bar) => ({ ...bar, close: Float64Array.from(bar.close, (price) => price * unit) })),
          )
          for (const a of study.symbols)
            for (const b of study.symbols) {
              expect(cell(turned, turned.sample, a, b)).toBeCloseTo(cell(study, study.sample, a, b), 9)
              expect(cell(turned, turned.denoised, a, b)).toBeCloseTo(cell(study, study.denoised, a, b), 9)
              expect(cell(turned, turned.shrunk.matrix, a, b)).toBeCloseTo(cell(study, study.shrunk.matrix, a, b), 9)
            }
          expect(turned.volatility.toReversed().map((value) => value.toFixed(9))).toEqual(
            study.volatility.map((value) => value.toFixed(9)),
          )
        },
      ),
      { numRuns: 25 },
    )
  })

  it('leaves gaps as they are: counted by instrument and by pair, and in no figure', () => {
    const bars = basket(2, 3)
    const holed = bars.map((bar, i) => (i === 1 ? without(bar, (t) => t === 80 || t === 100 || t === 101) : bar))
    const study = studied(holed)
    expect(study.coverage.map(({ symbol, known, gaps }) => [symbol, known, gaps])).toEqual([
      ['A0', 60, 0],
      ['A1', 55, 5],
      ['A2', 60, 0],
    ])
    expect(study.pairs.map(({ a, b, periods }) => [a, b, periods])).toEqual([
      ['A0', 'A1', 55],
      ['A0', 'A2', 60],
      ['A1', 'A2', 55],
    ])
    expect(study.leastCommon).toBe(55)
    expect(cell(study, study.sample, 'A0', 'A2')).toBeCloseTo(cell(studied(bars), studied(bars).sample, 'A0', 'A2'), 12)
  })

  it('leaves out what cannot be compared, and says why', () => {
    const young = without(closes('YOUNG', noise(90, 120)), (t) => t < 105)
    const flat = closes('FLAT', new Float64Array(120))
    const study = studied([...basket(3, 3), young, flat])
    expect(study.symbols).toEqual(['A0', 'A1', 'A2'])
    expect(study.leftOut).toEqual([
      { symbol: 'YOUNG', says: 'its volatility is not known: it needs 30 returns that move' },
      { symbol: 'FLAT', says: 'its volatility is not known: it needs 30 returns that move' },
    ])
    const other = studied([...basket(3, 3), without(closes('APART', noise(91, 120)), (t) => t > 60 && t < 112)])
    expect(other.leftOut).toEqual([{ symbol: 'APART', says: 'it has 8 periods in common with A0, 20 are needed' }])
    expect(other.pairs.find(({ a, b }) => a === 'A0' && b === 'APART')).toEqual({
      a: 'A0',
      b: 'APART',
      periods: 8,
      measured: null,
      fault: 'too_few_periods',
    })
  })

  it('repairs a matrix that gaps made impossible, and says how far it went', () => {
    // Three instruments, each pair of which is measured on other days and says what cannot all hold.
    const [a, b, c] = [noise(1, 240), noise(2, 240), noise(3, 240)]
    for (let t = 0; t < 80; t++) b[t] = a[t] ?? NaN
    for (let t = 80; t < 160; t++) c[t] = b[t] ?? NaN
    for (let t = 160; t < 240; t++) c[t] = -(a[t] ?? NaN)
    const bars = [
      without(closes('A', a), (t) => t > 81 && t < 160),
      without(closes('B', b), (t) => t > 161),
      without(closes('C', c), (t) => t < 81),
    ]
    const study = studied(bars, { ...settingsOf(240), halfLife: Infinity })
    expect(study.repair).toBeGreaterThan(0.3)
    expect(symmetricEigen(study.sample, 3).values[2]).toBeGreaterThan(-1e-12)
    expect(study.notes.join(' ')).toContain('Higham')
  })

  it.each([
    ['one instrument', basket(1, 1), 'INPUT_MISSING A correlation needs at least two'],
    ['none', [], 'INPUT_MISSING A correlation needs at least two'],
    ['fewer than 20 periods', basket(1, 2, 19), 'INPUT_MISSING Fewer than two'],
    [
      'a price that stands still',
      [...basket(1, 1), closes('FLAT', new Float64Array(120))],
      'INPUT_MISSING Fewer than two',
    ],
    ['no bars at all', basket(1, 2).map((bar) => ({ ...bar, at: [], close: [] })), 'INPUT_MISSING No two days'],
    [
      'a close that is no number',
      [...basket(1, 1), closes('BAD', noise(1, 120).fill(NaN, 50, 51))],
      'INPUT_NOT_FINITE The close of BAD on 2025-02-21 is NaN',
    ],
    [
      'a close of zero',
      [...basket(1, 1), { ...closes('BAD', noise(1, 2)), close: [1, 0, 1] }],
      'INPUT_OUT_OF_RANGE The close of BAD on 2025-01-02 is 0',
    ],
    [
      'two bars on one day',
      [...basket(1, 1), { ...closes('BAD', noise(1, 2)), at: [START, START + 5, START + DAY] }],
      'INPUT_MALFORMED Bar 2 of BAD',
    ],
    ['a symbol twice', [...basket(1, 1), ...basket(2, 1)], 'INPUT_OUT_OF_RANGE A0 is given twice'],
    [
      'no day in common',
      [without(closes('A', noise(1, 200)), (t) => t > 100), without(closes('B', noise(2, 200)), (t) => t < 101)],
      'INPUT_MISSING Fewer than two',
    ],
  ])('of %s is refused with a sentence', (_, bars, says) => {
    expect(refusal(bars)).toContain(says)
  })

  it.skipIf(!hasShared)(onShared('of 20 real shares listed at different times fills nothing in'), () => {
    const { at, columns } = sharedPrices('pypfopt_stock_prices.csv')
    const bars = [...columns].map(([symbol, prices]): DailyCloses => {
      const days = [...prices.keys()].filter((t) => !Number.isNaN(prices[t]))
      return { symbol, calendar: 'equity', at: days.map((t) => at[t] ?? NaN), close: days.map((t) => prices[t] ?? NaN) }
    })
    const study = studied(bars, settingsOf(1_500))
    expect(study.symbols).toHaveLength(20)
    expect(study.coverage.find(({ symbol }) => symbol === 'BABA')).toMatchObject({ known: 895, before: 605, gaps: 0 })
    expect(study.pairs.find(({ a, b }) => a === 'FB' && b === 'BABA')?.periods).toBe(895)
    expect(study.signals).toBeGreaterThan(0)
    expect([...study.denoised].every(Number.isFinite)).toBe(true)
  })
})

describe('what the governor takes of it', () => {
  it('is denoised, with the least common periods and the time of the last bar', () => {
    const study = studied(basket(4, 3))
    expect(correlationStudyOf(study)).toEqual({
      symbols: ['A0', 'A1', 'A2'],
      correlation: [...study.denoised],
      volatility: study.volatility,
      periods: 60,
      source: 'log returns of 2025-03-02 to 2025-05-01, look-back 60, half-life 20, denoised',
      at: Date.UTC(2025, 4, 2),
    })
    expect(correlationStudy(basket(4, 3))).toEqual({ ok: true, value: correlationStudyOf(study) })
  })

  it('of one instrument alone is its volatility', () => {
    const found = correlationStudy(basket(4, 1))
    expect(found).toMatchObject({ ok: true, value: { symbols: ['A0'], correlation: [1], periods: 60 } })
    if (found.ok) expect(found.value.volatility[0]).toBeGreaterThan(0)
    expect(correlationStudy([closes('FLAT', new Float64Array(60))])).toMatchObject({ ok: false })
    expect(correlationStudy([])).toMatchObject({ ok: false, error: { code: 'INPUT_MISSING' } })
  })
})
