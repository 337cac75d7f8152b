import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rDistribution } from '../../../src/domain/edge/r-distribution.ts'
import { histogram } from '../../../src/domain/stats/histogram.ts'
import { studentQuantile } from '../../../src/domain/stats/student-quantile.ts'

const values = fc.array(fc.double({ min: -50, max: 80, noNaN: true }), { minLength: 1, maxLength: 200 })

describe('a histogram', () => {
  it('counts every value once, in the bin that holds it', () => {
    fc.assert(
      fc.property(values, (drawn) => {
        const bins = histogram(drawn)
        expect(bins?.counts.reduce((sum, count) => sum + count, 0)).toBe(drawn.length)
        expect(bins?.counts.length).toBeLessThanOrEqual(62)
        expect(bins?.counts[0]).toBeGreaterThan(0)
        expect(bins?.counts.at(-1)).toBeGreaterThan(0)
      }),
    )
  })

  it('never puts a loss and a gain into one bin: zero is an end of one', () => {
    fc.assert(
      fc.property(values, (drawn) => {
        const { from, width, counts } = histogram(drawn) ?? { from: 0, width: 1, counts: [] }
        const steps = from / width
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-9)
        const losses = counts.filter((_, bin) => Math.round(steps) + bin < 0).reduce((sum, count) => sum + count, 0)
        expect(losses).toBe(drawn.filter((value) => Math.floor(value / width) < 0).length)
      }),
    )
  })

  it('has bins of the Freedman-Diaconis width, cut to a round number', () => {
    // 1 to 8: quartiles 2.75 and 6.25, width 2·3.5/2 = 3.5, so 2.5.
    expect(histogram([1, 2, 3, 4, 5, 6, 7, 8])).toEqual({ from: 0, width: 2.5, counts: [2, 2, 3, 1] })
    expect(histogram([])).toBeUndefined()
    expect(histogram([0])).toEqual({ from: 0, width: 1, counts: [1] })
  })
})

describe('the distribution of R', () => {
  it('counts trades without a stop apart, and makes no R up for them', () => {
    const found = rDistribution([
      { profit: 5, r: 1 },
      { profit: -5, r: null },
      { profit: 9, r: 2 },
      { profit: -4, r: -1 },
    ])
    expect(found).toMatchObject({ withR: 3, withoutStop: 1 })
    expect(found.mean).toBeCloseTo(2 / 3, 12)
    expect(found.bins?.counts.reduce((sum, count) => sum + count, 0)).toBe(3)
  })

  it('has Student’s interval of its mean, from three multiples on', () => {
    const found = rDistribution([1, 2, -1].map((r) => ({ profit: r, r })))
    // R: t.test(c(1, 2, -1))$conf.int is -3.128 to 4.461; the expansion is 0.8 % short at 2 degrees.
    expect(found.interval?.[0]).toBeCloseTo(-3.1, 1)
    expect(found.interval?.[1]).toBeCloseTo(4.43, 1)
    expect(rDistribution([1, 2].map((r) => ({ profit: r, r }))).interval).toBeNull()
    expect(rDistribution([{ profit: 1, r: null }])).toMatchObject({ mean: null, interval: null, bins: undefined })
  })
})

it.each([
  [4, 2.776445],
  [9, 2.262157],
  [29, 2.04523],
  [99, 1.984217],
  [1000, 1.962339],
])('Student’s quantile of %i degrees is %d (R: qt)', (degrees, expected) => {
  expect(Math.abs(studentQuantile(degrees) / expected - 1)).toBeLessThan(1e-3)
})
