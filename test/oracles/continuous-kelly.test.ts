import { describe, expect, it } from 'vitest'
import { growthOptimalLeverage, kellyContinuous } from '../../src/domain/edge/kelly-continuous.ts'
import { relativeGrowth } from '../../src/domain/edge/thorp.ts'

/** Thorp (2006), sections 7.1 to 8.4, recomputed: f* = (μ − r)/σ², growth r + S²(c − c²/2) at c times Kelly. */
const EXPECTED = [
  { mu: 0.3, r: 0.0, sigma: 0.6, full: 0.8333333333333334, growthAtFull: 0.125, growthAtHalf: 0.09375000000000001 },
  {
    mu: 0.11,
    r: 0.06,
    sigma: 0.15,
    full: 2.2222222222222223,
    growthAtFull: 0.11555555555555556,
    growthAtHalf: 0.10166666666666668,
  },
  {
    mu: 0.1,
    r: 0.02,
    sigma: 0.2,
    full: 1.9999999999999996,
    growthAtFull: 0.09999999999999999,
    growthAtHalf: 0.07999999999999999,
  },
  { mu: 0.08, r: 0.03, sigma: 0.16, full: 1.953125, growthAtFull: 0.078828125, growthAtHalf: 0.06662109375 },
  { mu: 0.02, r: 0.03, sigma: 0.2, full: -0.24999999999999992, growthAtFull: 0.03125, growthAtHalf: 0.0309375 },
  {
    mu: 0.15,
    r: 0.05,
    sigma: 0.3,
    full: 1.1111111111111112,
    growthAtFull: 0.10555555555555556,
    growthAtHalf: 0.09166666666666667,
  },
]

describe('continuous Kelly', () => {
  it.each(EXPECTED)('of μ $mu, r $r, σ $sigma is $full', ({ mu, r, sigma, full }) => {
    expect(kellyContinuous(mu, r, sigma)).toBeCloseTo(full, 12)
  })

  it.each(EXPECTED)('grows as Thorp says at half and whole Kelly: μ $mu, r $r', (of) => {
    const square = ((of.mu - of.r) / of.sigma) ** 2
    expect(of.r + (square / 2) * relativeGrowth(1)).toBeCloseTo(of.growthAtFull, 12)
    expect(of.r + (square / 2) * relativeGrowth(0.5)).toBeCloseTo(of.growthAtHalf, 12)
  })

  it('of the S&P 500 in Thorp’s text is 2.22', () => {
    expect(kellyContinuous(0.11, 0.06, 0.15)).toBeCloseTo(2.22, 2)
  })

  it('of several assets solves Σf = μ − r', () => {
    const sigma = [
      [0.04, 0.006, 0.012],
      [0.006, 0.0225, 0.009],
      [0.012, 0.009, 0.09],
    ]
    const excess = [0.07, 0.04000000000000001, 0.12]
    const full = [1.2797619047619049, 1.0119047619047623, 1.0615079365079365]
    for (const [i, row] of sigma.entries()) {
      const left = row.reduce((sum, covariance, j) => sum + covariance * (full[j] ?? 0), 0)
      expect(left).toBeCloseTo(excess[i] ?? Number.NaN, 12)
    }
    // One asset alone is the diagonal case of it.
    expect(kellyContinuous(0.1, 0.03, Math.sqrt(0.04))).toBeCloseTo(0.07 / 0.04, 12)
  })

  it('with a cost above 1 stays at exactly 1 between the two optima', () => {
    expect(growthOptimalLeverage(0.1, 0.3, 0.02)).toBe(1)
    expect(growthOptimalLeverage(0.05, 0.3, 0.02)).toBeCloseTo(0.05 / 0.09, 12)
    expect(growthOptimalLeverage(0.2, 0.3, 0.02)).toBeCloseTo(0.18 / 0.09, 12)
    expect(growthOptimalLeverage(-0.2, 0.3, 0.02)).toBeCloseTo(-2, 12)
  })
})
