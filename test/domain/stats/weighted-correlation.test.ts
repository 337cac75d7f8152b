import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlationInterval } from '../../../src/domain/stats/correlation-interval.ts'
import { correlationPairs, matrixOfPairs } from '../../../src/domain/stats/correlation-pairs.ts'
import { pearsonCorrelation } from '../../../src/domain/stats/pearson-correlation.ts'
import { periodWeights } from '../../../src/domain/stats/period-weights.ts'
import { weightedCorrelation } from '../../../src/domain/stats/weighted-correlation.ts'
import { factorSeries, noise } from '../../support/random-series.ts'

const equal = (count: number): Float64Array => periodWeights(count, Infinity)
const moving = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 25, maxLength: 60 })
const measured = (...told: Parameters<typeof weightedCorrelation>) => {
  const found = weightedCorrelation(...told)
  if (!found.ok) throw new Error(found.error)
  return found.value
}

describe('weights of periods', () => {
  it('halve every half-life and end at 1', () => {
    expect([...periodWeights(5, 2)]).toEqual([0.25, 0.5 ** 1.5, 0.5, 0.5 ** 0.5, 1])
    expect([...equal(3)]).toEqual([1, 1, 1])
    expect(() => periodWeights(3, 0)).toThrow('half-life')
  })
})

describe('the weighted correlation', () => {
  it('with equal weights is Pearson’s, on as many periods', () => {
    const [a, b] = [noise(1, 40), noise(2, 40).map((value, i) => value + i / 20)]
    const found = measured(a, b, equal(40))
    expect(found.correlation).toBeCloseTo(pearsonCorrelation([...a], [...b]) ?? NaN, 14)
    expect([found.periods, found.effective]).toEqual([40, 40])
  })

  it('leaves a missing value out: it is as if the period had not been', () => {
    const [a, b] = [noise(3, 50), noise(4, 50)]
    const holes = new Set([0, 7, 8, 30, 49])
    const holed = a.map((value, i) => (holes.has(i) ? Number.NaN : value))
    const keep = (values: Float64Array): Float64Array => values.filter((_, i) => !holes.has(i))
    const weights = periodWeights(50, 12)
    const found = measured(holed, b, weights)
    expect(found).toEqual(measured(keep(a), keep(b), keep(weights)))
    expect(found.periods).toBe(45)
  })

  it('counts weighted periods for what they carry: (Σw)²/Σw²', () => {
    const found = measured(noise(5, 60), noise(6, 60), periodWeights(60, 20))
    const decay = 0.5 ** (1 / 20)
    const sum = (1 - decay ** 60) / (1 - decay)
    const squares = (1 - decay ** 120) / (1 - decay ** 2)
    expect(found.effective).toBeCloseTo((sum * sum) / squares, 9)
  })

  it('is symmetric, stays within its interval and [−1, 1], and does not depend on unit or level', () => {
    fc.assert(
      fc.property(
        moving,
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (told, seed, scale) => {
          const a = Float64Array.from(told)
          const b = noise(seed, a.length)
          const weights = periodWeights(a.length, 20)
          const [ab, ba] = [weightedCorrelation(a, b, weights), weightedCorrelation(b, a, weights)]
          expect(ab.ok).toBe(ba.ok)
          if (!ab.ok || !ba.ok) return
          expect(ab.value.correlation).toBeCloseTo(ba.value.correlation, 12)
          expect(ab.value.low).toBeLessThanOrEqual(ab.value.correlation)
          expect(ab.value.high).toBeGreaterThanOrEqual(ab.value.correlation)
          expect(Math.abs(ab.value.correlation)).toBeLessThanOrEqual(1)
          if (Math.max(...told.map(Math.abs)) < 1e-3) return
          const moved = weightedCorrelation(
            a.map((value) => 3 + value * scale),
            b,
            weights,
          )
          if (moved.ok) expect(moved.value.correlation).toBeCloseTo(ab.value.correlation, 5)
        },
      ),
    )
  })

  it('of a copy is 1 and of its mirror −1, with nothing left open', () => {
    const a = noise(8, 30)
    expect(measured(a, a, equal(30))).toMatchObject({ correlation: 1, low: 1, high: 1 })
    expect(
      measured(
        a,
        a.map((value) => -value),
        equal(30),
      ),
    ).toMatchObject({ correlation: -1, low: -1, high: -1 })
  })

  it.each([
    ['too few common periods', noise(1, 19), noise(2, 19), 'too_few_periods'],
    ['no common period', noise(1, 40).fill(NaN, 0, 20), noise(2, 40).fill(NaN, 20), 'too_few_periods'],
    ['nothing but gaps', new Float64Array(40).fill(NaN), noise(2, 40), 'too_few_periods'],
    ['a price that stands still', new Float64Array(40), noise(2, 40), 'constant'],
    ['the same return every day', new Float64Array(40).fill(0.1), noise(2, 40), 'constant'],
    ['an infinite return', noise(1, 40).fill(Infinity, 3, 4), noise(2, 40), 'not_finite'],
  ])('of %s is refused: %#', (_, a, b, fault) => {
    expect(weightedCorrelation(a, b, equal(a.length))).toEqual({ ok: false, error: fault })
  })

  it('is not measured where weights leave next to nothing of many periods', () => {
    const found = weightedCorrelation(noise(1, 60), noise(2, 60), periodWeights(60, 0.5))
    expect(found).toEqual({ ok: false, error: 'too_few_periods' })
    expect(() => weightedCorrelation([1], [1], [1], { least: 3 })).toThrow('four periods')
  })

  it('covers the true correlation in about 95 of 100 samples', () => {
    const inside = Array.from({ length: 400 }, (_, seed) => {
      const [a, b] = factorSeries(seed + 1, 2, 60, 0.5)
      const { low, high } = measured(a ?? [], b ?? [], periodWeights(60, 20))
      return low <= 0.5 && 0.5 <= high
    }).filter(Boolean).length
    expect(inside / 400).toBeGreaterThan(0.92)
    expect(inside / 400).toBeLessThan(0.98)
  })
})

describe('the interval of a correlation', () => {
  it('is Fisher’s: 0.5 on 28 observations lies between 0.156 and 0.736', () => {
    // R: cor.test's interval is tanh(atanh(0.5) + c(-1, 1) * qnorm(0.975) / sqrt(25))
    const { low, high } = correlationInterval(0.5, 28)
    expect(low).toBeCloseTo(Math.tanh(Math.atanh(0.5) - 1.959963984540054 / 5), 14)
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.156', '0.736'])
    expect(() => correlationInterval(0.5, 3)).toThrow('three')
  })
})

describe('the pairs of several series', () => {
  it('stand in order, and make a symmetric matrix with ones', () => {
    const pairs = correlationPairs(factorSeries(1, 3, 40, 0.3), equal(40))
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ])
    const matrix = matrixOfPairs(pairs, 3)
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) expect(matrix[i * 3 + j]).toBe(i === j ? 1 : matrix[j * 3 + i])
  })

  it('of which one was not measured make no matrix', () => {
    const pairs = correlationPairs([noise(1, 40), new Float64Array(40)], equal(40))
    expect(() => matrixOfPairs(pairs, 2)).toThrow('measured')
  })
})
