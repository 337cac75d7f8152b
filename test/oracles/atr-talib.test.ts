import { describe, expect, it } from 'vitest'
import { averageTrueRange } from '../../src/domain/market/atr.ts'
import oracle from './atr-talib-252.json' with { type: 'json' }

const { high, low, close, period } = oracle
const ours = averageTrueRange(high, low, close, period)

describe('the average true range', () => {
  it('is that of TA-Lib over its 252 reference bars, from the seed on', () => {
    expect(ours).toHaveLength(oracle.atr.length)
    let compared = 0
    for (const [bar, expected] of oracle.atr.entries()) {
      if (expected === null) expect(ours[bar]).toBeNaN()
      else {
        expect(Math.abs((ours[bar] ?? Number.NaN) - expected)).toBeLessThanOrEqual(oracle.tolerance)
        compared += 1
      }
    }
    expect(compared).toBe(238)
  })

  it.each(oracle.printed)(
    'agrees with the figure $atr that TA-Lib’s own tests print for bar $index',
    ({ index, atr }) => {
      expect(Math.abs((ours[index] ?? Number.NaN) - atr)).toBeLessThanOrEqual(0.01)
    },
  )

  it('is seeded from the second bar on: the first has no true range, though charts seeded with its high − low differ', () => {
    expect(ours.findIndex((range) => !Number.isNaN(range))).toBe(period)
    const chart = oracle.seededWithTheFirstBar[period] ?? Number.NaN
    expect(Math.abs((ours[period] ?? Number.NaN) - chart)).toBeGreaterThan(0.05)
  })

  it('is not known before there are enough bars, nor after a broken one', () => {
    expect([...averageTrueRange([2, 3], [1, 2], [1.5, 2.5], 2)].every(Number.isNaN)).toBe(true)
    const broken = averageTrueRange([2, 3, Number.NaN, 4, 5], [1, 2, 2, 3, 4], [1.5, 2.5, 2.5, 3.5, 4.5], 1)
    expect([...broken].map(Number.isNaN)).toEqual([true, false, true, true, true])
    expect(averageTrueRange([2, 1], [1, 2], [1.5, 1.5], 1)[1]).toBeNaN()
  })

  it('of one period is the true range itself, gaps included', () => {
    expect([...averageTrueRange([10, 15, 15], [9, 14, 14], [9.5, 14.5, 14.5], 1)].slice(1)).toEqual([5.5, 1])
  })

  it('asks for whole periods and columns of one length', () => {
    expect(() => averageTrueRange([1], [1], [1], 0)).toThrow()
    expect(() => averageTrueRange([1, 2], [1], [1], 1)).toThrow()
  })
})
