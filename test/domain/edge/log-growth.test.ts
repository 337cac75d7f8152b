import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kellyBinary } from '../../../src/domain/edge/kelly-binary.ts'
import { growthOptimalFraction, meanLogGrowth, riskConstrainedFraction } from '../../../src/domain/edge/log-growth.ts'

const multiples = fc
  .array(fc.double({ min: -3, max: 6, noNaN: true }), { minLength: 3, maxLength: 40 })
  .filter((drawn) => Math.min(...drawn) < -0.01)

describe('growth over actual R-multiples', () => {
  it('is greatest at the root, on both sides of it less', () => {
    fc.assert(
      fc.property(multiples, (drawn) => {
        const best = growthOptimalFraction(drawn)
        if (best === undefined || best === 0) return
        const most = 1 / -Math.min(...drawn)
        expect(best).toBeGreaterThan(0)
        expect(best).toBeLessThan(most)
        const at = meanLogGrowth(drawn, best)
        expect(at).toBeGreaterThanOrEqual(meanLogGrowth(drawn, best * 0.99) - 1e-12)
        expect(at).toBeGreaterThanOrEqual(meanLogGrowth(drawn, Math.min(best * 1.01, (best + most) / 2)) - 1e-12)
      }),
    )
  })

  it('is concave: halfway between two stakes it grows at least as well as half of both', () => {
    const share = fc.double({ min: 0, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(multiples, share, share, (drawn, a, b) => {
        const most = 1 / -Math.min(...drawn)
        const middle = meanLogGrowth(drawn, ((a + b) / 2) * most)
        expect(middle).toBeGreaterThanOrEqual(
          (meanLogGrowth(drawn, a * most) + meanLogGrowth(drawn, b * most)) / 2 - 1e-9,
        )
      }),
    )
  })

  it('scales: R counted in units twice as large halves the R-multiples and doubles the stake', () => {
    fc.assert(
      fc.property(multiples, fc.double({ min: 0.1, max: 10, noNaN: true }), (drawn, scale) => {
        const best = growthOptimalFraction(drawn) ?? 0
        const scaled = growthOptimalFraction(drawn.map((r) => r * scale)) ?? 0
        expect(scaled * scale).toBeCloseTo(best, 8)
      }),
    )
  })

  it('of wins of b and losses of one is the Kelly fraction', () => {
    const trades = [...new Array<number>(55).fill(2), ...new Array<number>(45).fill(-1)]
    expect(growthOptimalFraction(trades)).toBeCloseTo(kellyBinary(0.55, 2), 10)
  })

  it('is zero without a positive mean, and not defined without a loss', () => {
    expect(growthOptimalFraction([1, -1])).toBe(0)
    expect(growthOptimalFraction([1, -2])).toBe(0)
    expect(growthOptimalFraction([1, 2])).toBeUndefined()
    expect(riskConstrainedFraction([1, 2], 0.7, 0.1)).toBeUndefined()
  })
})

describe('risk-constrained growth', () => {
  it('never stakes more than growth alone, and less for a stricter chance', () => {
    fc.assert(
      fc.property(multiples, (drawn) => {
        const free = growthOptimalFraction(drawn) ?? 0
        const loose = riskConstrainedFraction(drawn, 0.7, 0.3) ?? 0
        const strict = riskConstrainedFraction(drawn, 0.7, 0.05) ?? 0
        expect(loose).toBeLessThanOrEqual(free)
        expect(strict).toBeLessThanOrEqual(loose + 1e-9)
      }),
    )
  })

  it('keeps E (1 + fR)^(−λ) at most 1, and reaches it where it binds', () => {
    const trades = [...new Array<number>(55).fill(1), ...new Array<number>(45).fill(-1)]
    const lambda = Math.log(0.1) / Math.log(0.7)
    const found = riskConstrainedFraction(trades, 0.7, 0.1) ?? 0
    const excess = (f: number): number => 0.55 * (1 + f) ** -lambda + 0.45 * (1 - f) ** -lambda - 1
    expect(found).toBeGreaterThan(0)
    expect(excess(found)).toBeLessThanOrEqual(1e-9)
    expect(excess(found * 1.01)).toBeGreaterThan(0)
  })
})
