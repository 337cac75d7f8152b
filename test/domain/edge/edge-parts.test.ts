import { describe, expect, it } from 'vitest'
import { balanceCurve } from '../../../src/domain/edge/balance-curve.ts'
import { edgeHistory, type DatedOutcome } from '../../../src/domain/edge/edge-history.ts'
import { edgeIntervals } from '../../../src/domain/edge/edge-intervals.ts'
import { kellyBinary } from '../../../src/domain/edge/kelly-binary.ts'
import { growthOptimalLeverage, kellyContinuous } from '../../../src/domain/edge/kelly-continuous.ts'
import { growthOptimalFraction, meanLogGrowth, riskConstrainedFraction } from '../../../src/domain/edge/log-growth.ts'
import { edgeDecay } from '../../../src/domain/edge/rolling-edge.ts'
import { everFallsTo } from '../../../src/domain/edge/thorp.ts'
import type { TradeOutcome } from '../../../src/domain/edge/trade-statistics.ts'

const outcomes = (profits: readonly number[]): TradeOutcome[] => profits.map((profit) => ({ profit, r: null }))

describe('the bootstrap, drawn by hand', () => {
  /** Draws the trades with these indices, over and over. */
  const drawing = (count: number, ...indices: number[]): (() => number) => {
    let at = 0
    return () => ((indices[at++ % indices.length] ?? 0) + 0.5) / count
  }

  it('takes the 5 % and 95 % quantiles of payoff and Kelly over all resamples, whatever their order', () => {
    // Of 1,000 pairs the last 60 lose twice; the others hold a win of 100 and a loss of 50: payoff 2, Kelly 0.25.
    const indices = [
      ...new Array<readonly number[]>(940).fill([0, 1]),
      ...new Array<readonly number[]>(60).fill([1, 1]),
    ]
    const found = edgeIntervals(outcomes([100, -50]), drawing(2, ...indices.flat()))
    expect(found).toEqual({ payoff: [0, 2], kelly: [-1, 0.25], tradesNeeded: 48, resamples: 1_000 })
  })

  it('lays a quantile between two resamples where it falls between them', () => {
    // Of 1,000 the 50th and 51st smallest are 0 and 2: 95 % of the way lies 1.9.
    const indices = [
      ...new Array<readonly number[]>(950).fill([0, 1]),
      ...new Array<readonly number[]>(50).fill([1, 1]),
    ]
    const { payoff, kelly } = edgeIntervals(outcomes([100, -50]), drawing(2, ...indices.flat()))
    expect([payoff?.[0].toFixed(9), kelly?.[0].toFixed(9)]).toEqual(['1.900000000', '0.187500000'])
  })

  it('counts a resample without a loss as the largest payoff and the whole of equity', () => {
    const indices = [
      ...new Array<readonly number[]>(60).fill([0, 0]),
      ...new Array<readonly number[]>(940).fill([0, 1]),
    ]
    const found = edgeIntervals(outcomes([100, -50]), drawing(2, ...indices.flat()))
    expect(found).toEqual({ payoff: [2, Number.MAX_VALUE], kelly: [0.25, 1], tradesNeeded: 0, resamples: 1_000 })
  })

  it('leaves scratches out of what is drawn', () => {
    expect(edgeIntervals(outcomes([0, 100, -50]), () => 0).kelly).toEqual([1, 1])
  })

  it('asks for the trades by which the half-width shrinks to the estimate: n·((f − low)/f)² − n', () => {
    // Three wins in four draws of five: f* = 0.2 at 60 even wins of 100; two wins in five stand for the low end, −0.2.
    const trades = outcomes([1, 1, 1, -1, -1])
    expect(edgeIntervals(trades, drawing(5, 0, 1, 3, 4, 4)).tradesNeeded).toBe(5 * 4 - 5)
  })

  it('asks for one more at the least while the interval just reaches zero', () => {
    const found = edgeIntervals(outcomes([100, 100, 100, -100]), drawing(4, 0, 0, 3, 3))
    expect(found).toMatchObject({ kelly: [0, 0], tradesNeeded: 1 })
  })

  it('asks for none where there is no edge: more trades would not show one', () => {
    expect(edgeIntervals(outcomes([100, -100]), drawing(2, 0, 1)).tradesNeeded).toBeNull()
    expect(edgeIntervals(outcomes([100, -100]), drawing(2, 1, 1)).tradesNeeded).toBeNull()
  })
})

describe('growth over R-multiples', () => {
  const trades = [2, 2, 2, 2, 0.5, -1, -1, -1, -1, -1.5]

  it('is greatest and constrained where another arithmetic of 50 digits has it', () => {
    expect(growthOptimalFraction(trades)).toBeCloseTo(GREATEST, 12)
    expect(riskConstrainedFraction(trades, 0.7, 0.1)).toBeCloseTo(CONSTRAINED, 12)
  })

  it('is not constrained where the bound is looser: the very same share', () => {
    expect(riskConstrainedFraction(trades, 0.01, 0.99)).toBe(growthOptimalFraction(trades))
  })

  it('has no greatest share where the worst trade lost nothing, and none worth taking at a mean of nothing', () => {
    expect(growthOptimalFraction([0, 1])).toBeUndefined()
    expect(growthOptimalFraction([1, 1, -2])).toBe(0)
    expect(riskConstrainedFraction([1, 1, -2], 0.7, 0.1)).toBe(0)
  })

  it('is the mean of the logarithms', () => {
    expect(meanLogGrowth([1, -0.5], 0.5)).toBeCloseTo((Math.log(1.5) + Math.log(0.75)) / 2, 15)
    expect(meanLogGrowth([1, -0.5], 0)).toBe(0)
  })
})

const GREATEST = 0.148_818_823_091_222_4
const CONSTRAINED = 0.039_402_403_844_233_6

describe('closed forms', () => {
  it('binary Kelly is p − q/b', () => {
    expect(kellyBinary(0.55, 2)).toBeCloseTo(0.325, 15)
    expect(kellyBinary(0, 2)).toBe(-0.5)
    expect(kellyBinary(1, 2)).toBe(1)
  })

  it('continuous Kelly is (μ − r)/σ², sign kept', () => {
    expect(kellyContinuous(0.1, 0.02, 0.2)).toBeCloseTo(2, 12)
    expect(kellyContinuous(0.01, 0.02, 0.1)).toBeCloseTo(-1, 12)
  })

  it('leverage that costs stays at one between what is free and what pays', () => {
    expect([0.08, 0.09, 0.1, 0.11, 0.2].map((mu) => growthOptimalLeverage(mu, 0.3, 0.02).toFixed(4))).toEqual([
      '0.8889',
      '1.0000',
      '1.0000',
      '1.0000',
      '2.0000',
    ])
    expect(growthOptimalLeverage(-0.1, 0.3, 0.02)).toBe(-1)
    expect(growthOptimalLeverage(0, 0.3, 0.02)).toBe(0)
  })

  it('from twice Kelly on wealth falls to any share of itself', () => {
    expect([everFallsTo(0.5, 2), everFallsTo(0.5, 3), everFallsTo(0.01, 10)]).toEqual([1, 1, 1])
  })
})

describe('the edge by day', () => {
  const dayOf = (at: number) => ({ start: Math.floor(at / 100) * 100, next: Math.floor(at / 100) * 100 + 100 })
  const at = (time: number, profit: number): DatedOutcome => ({ at: time, profit, r: null })

  it('counts a trade at the very start of a day to that day', () => {
    const history = edgeHistory([at(10, 1), at(99, -1), at(100, 1), at(300, 2)], dayOf, 1_000, 30)
    expect(history.map(({ day, at: last, trades }) => [day, last, trades])).toEqual([
      [0, 99, 2],
      [100, 100, 3],
      [300, 300, 4],
    ])
  })

  it('leaves out what closed a whole window before the last of the day', () => {
    const history = edgeHistory([at(0, 1), at(1, -1), at(200, 1)], dayOf, 200, 30)
    expect(history.map(({ trades }) => trades)).toEqual([2, 2])
  })

  it('has no days without trades', () => {
    expect(edgeHistory([], dayOf, 200, 30)).toEqual([])
  })
})

describe('the decay of an edge', () => {
  it('needs trades before the window', () => {
    expect(edgeDecay(outcomes([1, -1, 1]), 3)).toBeNull()
    expect(edgeDecay(outcomes([1, -1, 1]), 4)).toBeNull()
    expect(edgeDecay(outcomes([1, -1, 1]), 2)).toEqual({ recent: 0.5, history: 1, decayed: true })
  })
})

describe('the closed balance', () => {
  it('dates a fall that began before money was paid in from the first change', () => {
    const { deepest } = balanceCurve([
      { at: 7, amount: '-10', isFlow: false },
      { at: 8, amount: '100', isFlow: true },
    ])
    expect(deepest).toEqual({ from: 7, trough: 8, recovered: null, amount: '10', share: '0.1' })
  })

  it('keeps the first recovery of the deepest fall, whatever comes after', () => {
    const change = (at: number, amount: string) => ({ at, amount, isFlow: at === 0 })
    const changes = [change(0, '100'), change(1, '-50'), change(2, '60'), change(3, '-10'), change(4, '90')]
    expect(balanceCurve(changes).deepest).toMatchObject({ trough: 1, recovered: 2 })
  })
})
