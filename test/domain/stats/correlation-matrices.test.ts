import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absorptionRatio } from '../../../src/domain/stats/absorption-ratio.ts'
import { correlationPairs, matrixOfPairs } from '../../../src/domain/stats/correlation-pairs.ts'
import { denoisedCorrelation } from '../../../src/domain/stats/denoised-correlation.ts'
import { nearestCorrelation } from '../../../src/domain/stats/nearest-correlation.ts'
import { noiseBand } from '../../../src/domain/stats/noise-band.ts'
import { periodWeights } from '../../../src/domain/stats/period-weights.ts'
import { recompose } from '../../../src/domain/stats/recompose.ts'
import { symmetricEigen } from '../../../src/domain/stats/symmetric-eigen.ts'
import { unitDiagonal } from '../../../src/domain/stats/unit-diagonal.ts'
import { factorSeries } from '../../support/random-series.ts'

/** Symmetric with a unit diagonal, anything within [−1, 1] beside it. */
const patched = fc
  .integer({ min: 2, max: 7 })
  .chain((n) =>
    fc
      .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n })
      .map((values) => ({ n, matrix: symmetric(values, n) })),
  )

function symmetric(values: readonly number[], n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n]
    return i === j ? 1 : (values[Math.max(i, j) * n + Math.min(i, j)] ?? NaN)
  })
}

const sample = (columns: readonly Float64Array[], weights = periodWeights(columns[0]?.length ?? 0, Infinity)) =>
  matrixOfPairs(correlationPairs(columns, weights), columns.length)
const turned = (matrix: Float64Array, n: number): Float64Array =>
  matrix.map((_, k) => matrix[(n - 1 - Math.floor(k / n)) * n + (n - 1 - (k % n))] ?? NaN)
const distance = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((value, k) => value - (b[k] ?? NaN)))
const least = (matrix: Float64Array, n: number): number => symmetricEigen(matrix, n).values[n - 1] ?? NaN
const nearest = (matrix: Float64Array, n: number) => {
  const found = nearestCorrelation(matrix, n)
  if (!found.ok) throw new Error(found.error)
  return found.value
}

function expectCorrelation(matrix: Float64Array, n: number): void {
  expect(least(matrix, n)).toBeGreaterThan(-1e-12 * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      expect(matrix[i * n + j]).toBe(matrix[j * n + i])
      expect(Math.abs(matrix[i * n + j] ?? NaN)).toBeLessThanOrEqual(1)
      if (i === j) expect(matrix[i * n + i]).toBe(1)
    }
}

describe('the nearest correlation matrix', () => {
  it('is one, is left as it is found again, and turns with its rows', () => {
    fc.assert(
      fc.property(patched, ({ n, matrix }) => {
        const found = nearest(matrix, n)
        expectCorrelation(found.matrix, n)
        expect(nearest(found.matrix, n).distance).toBeLessThan(1e-9)
        expect(distance(turned(nearest(turned(matrix, n), n).matrix, n), found.matrix)).toBeLessThan(1e-6)
      }),
      { numRuns: 60 },
    )
  })

  it('is no further away than clipped and rescaled eigenvalues', () => {
    fc.assert(
      fc.property(patched, ({ n, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, n)
        const clipped = unitDiagonal(
          recompose(
            values.map((value) => Math.max(1e-9, value)),
            vectors,
          ),
          n,
        )
        expect(nearest(matrix, n).distance).toBeLessThanOrEqual(distance(clipped, matrix) + 1e-6)
      }),
      { numRuns: 60 },
    )
  })

  it('of a correlation matrix is itself, untouched', () => {
    const matrix = sample(factorSeries(1, 6, 50, 0.4))
    expect(nearest(matrix, 6)).toEqual({ matrix, distance: 0, iterations: 0 })
  })
})

describe('the noise band', () => {
  it('of 10 series over 252 periods is 0.641 to 1.438, and falls to 1 as periods grow', () => {
    const { low, high } = noiseBand(10, 252)
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.641', '1.438'])
    expect(noiseBand(10, 1e12).high).toBeCloseTo(1, 4)
    expect(noiseBand(100, 25).high).toBe(9)
    expect(() => noiseBand(0, 10)).toThrow('noise band')
  })

  it('holds nearly all eigenvalues of independent series', () => {
    const over = Array.from({ length: 40 }, (_, seed) => {
      const largest = symmetricEigen(sample(factorSeries(seed + 1, 20, 250, 0)), 20).values[0] ?? NaN
      return largest > noiseBand(20, 250).high * 1.1
    }).filter(Boolean).length
    expect(over).toBeLessThanOrEqual(2)
  })

  it('with the effective number of periods holds those of weighted series nearly as well', () => {
    const weights = periodWeights(60, 20)
    const effective = weights.reduce((a, b) => a + b, 0) ** 2 / weights.reduce((a, b) => a + b * b, 0)
    const over = Array.from({ length: 40 }, (_, seed) => {
      const largest = symmetricEigen(sample(factorSeries(seed + 1, 10, 60, 0), weights), 10).values[0] ?? NaN
      return largest > noiseBand(10, effective).high * 1.2
    }).filter(Boolean).length
    expect(over).toBeLessThanOrEqual(4)
  })
})

describe('denoising', () => {
  it('keeps the eigenvalues above the edge and their vectors, the trace, and a unit diagonal by scaling', () => {
    const [n, periods] = [12, 250]
    const parts = symmetricEigen(sample(factorSeries(3, n, periods, 0.5)), n)
    const edge = noiseBand(n, periods).high
    const found = denoisedCorrelation(parts, edge)
    expectCorrelation(found, n)
    const kept = parts.values.filter((value) => value >= edge)
    expect(kept).toHaveLength(1)
    const mean = (n - (kept[0] ?? NaN)) / (n - 1)
    const before = recompose(
      parts.values.map((value) => (value >= edge ? value : mean)),
      parts.vectors,
    )
    // Scaled, not overwritten: every entry is divided by the roots of both diagonals.
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const scale = Math.sqrt((before[i * n + i] ?? NaN) * (before[j * n + j] ?? NaN))
        expect(found[i * n + j]).toBeCloseTo((before[i * n + j] ?? NaN) / scale, 12)
      }
  })

  it('of nothing but noise is the unit matrix, and of no noise the matrix itself', () => {
    const parts = symmetricEigen(sample(factorSeries(4, 8, 400, 0)), 8)
    const unit = Float64Array.from({ length: 64 }, (_, k) => (k % 9 === 0 ? 1 : 0))
    expect(distance(denoisedCorrelation(parts, 100), unit)).toBeLessThan(1e-12)
    expect(distance(denoisedCorrelation(parts, 0), sample(factorSeries(4, 8, 400, 0)))).toBeLessThan(1e-12)
  })

  it('brings the sample nearer to the truth', () => {
    const truth = Float64Array.from({ length: 400 }, (_, k) => (k % 21 === 0 ? 1 : 0.4))
    const gains = Array.from({ length: 20 }, (_, seed) => {
      const matrix = sample(factorSeries(seed + 1, 20, 100, 0.4))
      const cleaned = denoisedCorrelation(symmetricEigen(matrix, 20), noiseBand(20, 100).high)
      return distance(matrix, truth) - distance(cleaned, truth)
    })
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThanOrEqual(18)
  })

  it('turns with its rows', () => {
    const matrix = sample(factorSeries(5, 6, 100, 0.5))
    const edge = noiseBand(6, 100).high
    const of = (told: Float64Array) => denoisedCorrelation(symmetricEigen(told, 6), edge)
    expect(distance(turned(of(turned(matrix, 6)), 6), of(matrix))).toBeLessThan(1e-12)
  })
})

describe('the absorption ratio', () => {
  it('is the share of the largest fifth of the eigenvalues: 1/n without, 1 with one common mode only', () => {
    expect(absorptionRatio(new Float64Array(10).fill(1))).toEqual({ ratio: 0.2, vectors: 2 })
    expect(absorptionRatio([4, 0, 0, 0])).toEqual({ ratio: 1, vectors: 1 })
    expect(absorptionRatio([1.5, 0.5])).toEqual({ ratio: 0.75, vectors: 1 })
    expect(() => absorptionRatio([])).toThrow('positive sum')
  })
})
