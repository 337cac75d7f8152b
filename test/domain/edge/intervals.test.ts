import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeIntervals } from '../../../src/domain/edge/edge-intervals.ts'
import { seededIntervals, tradeSeed } from '../../../src/domain/edge/seeded-intervals.ts'
import { tradeStatistics, type TradeOutcome } from '../../../src/domain/edge/trade-statistics.ts'

const outcomes = (profits: readonly number[]): TradeOutcome[] => profits.map((profit) => ({ profit, r: null }))
const profits = fc.array(fc.integer({ min: -500, max: 800 }), { minLength: 2, maxLength: 60 })

describe('the bootstrap of an edge', () => {
  it('gives equal intervals for equal trades', () => {
    fc.assert(
      fc.property(profits, (drawn) => {
        expect(seededIntervals(outcomes(drawn))).toEqual(seededIntervals(outcomes([...drawn])))
      }),
      { numRuns: 30 },
    )
  })

  it('gives the very same figures on every machine', () => {
    const found = seededIntervals(outcomes([100, -50, 120, -60, 90, -40, 200, -80, 150, -30]))
    expect(tradeSeed(outcomes([100, -50]))).toBe(SEED_OF_TWO)
    expect(found.kelly?.map((value) => value.toFixed(6))).toEqual(KELLY_OF_TEN)
  })

  it('seeds by value and by order, and minus zero as zero', () => {
    expect(tradeSeed(outcomes([1, 2]))).not.toBe(tradeSeed(outcomes([2, 1])))
    expect(tradeSeed(outcomes([-0]))).toBe(tradeSeed(outcomes([0])))
    expect(Number.isSafeInteger(tradeSeed(outcomes([1, -2, 3])))).toBe(true)
  })

  it('holds the point estimate of Kelly between its ends for most trades', () => {
    let held = 0
    let all = 0
    fc.assert(
      fc.property(profits, (drawn) => {
        const { kelly } = tradeStatistics(outcomes(drawn), 30)
        const { kelly: ends } = seededIntervals(outcomes(drawn))
        if (kelly === null || ends === null) return
        expect(ends[0]).toBeLessThanOrEqual(ends[1])
        expect(ends[1]).toBeLessThan(1 + 1e-12)
        all += 1
        if (ends[0] <= kelly && kelly <= ends[1]) held += 1
      }),
      { numRuns: 60, seed: 7 },
    )
    expect(all).toBeGreaterThan(40)
    expect(held / all).toBeGreaterThan(0.9)
  })

  it('knows nothing without a win and a loss', () => {
    const nothing = { payoff: null, kelly: null, tradesNeeded: null, resamples: 0 }
    expect(seededIntervals(outcomes([]))).toEqual(nothing)
    expect(seededIntervals(outcomes([5, 6]))).toEqual(nothing)
    expect(seededIntervals(outcomes([-5, -6, 0]))).toMatchObject({ payoff: null, kelly: null, tradesNeeded: null })
  })

  it('asks for more trades while the interval includes zero, and for none once it does not', () => {
    const few = seededIntervals(outcomes([100, -90, 110, -95, 100, -100, 120, -90]))
    expect(few.kelly?.[0]).toBeLessThan(0)
    expect(few.tradesNeeded).toBeGreaterThan(0)
    const many = seededIntervals(outcomes(Array.from({ length: 400 }, (_, i) => (i % 5 < 3 ? 100 : -90))))
    expect(many.kelly?.[0]).toBeGreaterThan(0)
    expect(many.tradesNeeded).toBe(0)
    expect(seededIntervals(outcomes([50, -100, 60, -90])).tradesNeeded).toBeNull()
  })

  it('keeps the ends a resample without losses or without wins stands for', () => {
    // Always the first trade, then always the last: all won, all lost.
    const won = edgeIntervals(outcomes([100, -50]), () => 0)
    expect(won.kelly).toEqual([1, 1])
    const lost = edgeIntervals(outcomes([100, -50]), () => 0.999)
    expect(lost.kelly).toEqual([-1, -1])
    expect(lost.payoff).toEqual([0, 0])
  })
})

const SEED_OF_TWO = 8_289_035_960_932_668
const KELLY_OF_TEN = ['-0.104133', '0.673318']
