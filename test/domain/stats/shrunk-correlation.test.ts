import { describe, expect, it } from 'vitest'
import { correlationPairs, matrixOfPairs } from '../../../src/domain/stats/correlation-pairs.ts'
import { periodWeights } from '../../../src/domain/stats/period-weights.ts'
import { shrunkCorrelation } from '../../../src/domain/stats/shrunk-correlation.ts'
import { symmetricEigen } from '../../../src/domain/stats/symmetric-eigen.ts'
import { factorSeries, noise } from '../../support/random-series.ts'

const equal = (columns: readonly Float64Array[]) => periodWeights(columns[0]?.length ?? 0, Infinity)
const sample = (columns: readonly Float64Array[], weights = equal(columns)) =>
  matrixOfPairs(correlationPairs(columns, weights), columns.length)
const distance = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((value, k) => value - (b[k] ?? NaN)))

describe('shrinkage', () => {
  const shrunk = (columns: readonly Float64Array[], weights = periodWeights(columns[0]?.length ?? 0, Infinity)) =>
    shrunkCorrelation(sample(columns, weights), columns, weights)

  it('draws every pair towards the mean by the same share and keeps the mean', () => {
    const columns = factorSeries(1, 6, 60, 0.4)
    const matrix = sample(columns)
    const { matrix: found, intensity, meanCorrelation } = shrunk(columns)
    expect(symmetricEigen(found, 6).values[5]).toBeGreaterThan(0)
    for (let i = 0; i < 6; i++) expect(found[i * 6 + i]).toBe(1)
    expect(intensity).toBeGreaterThan(0)
    expect(intensity).toBeLessThanOrEqual(1)
    const off = [...matrix].filter((_, k) => k % 7 !== 0)
    expect(meanCorrelation).toBeCloseTo(off.reduce((a, b) => a + b, 0) / off.length, 12)
    for (const [k, value] of found.entries())
      if (k % 7 !== 0) expect(value).toBeCloseTo(intensity * meanCorrelation + (1 - intensity) * (matrix[k] ?? NaN), 12)
  })

  it('is strong where all pairs truly are alike, weak where they are not and there are many periods', () => {
    const alike = Array.from({ length: 20 }, (_, seed) => shrunk(factorSeries(seed + 1, 10, 250, 0.4)).intensity)
    expect(alike.reduce((a, b) => a + b, 0) / 20).toBeGreaterThan(0.85)
    const [a, b] = [factorSeries(1, 5, 5_000, 0.8), factorSeries(2, 5, 5_000, 0.8)]
    expect(shrunk([...a, ...b]).intensity).toBeLessThan(0.02)
  })

  it('is near the best share there was, had the truth been known', () => {
    const losses = Array.from({ length: 30 }, (_, seed) => {
      const columns = [...factorSeries(seed + 1, 5, 60, 0.6), ...factorSeries(seed + 101, 5, 60, 0.2)]
      const truth = Float64Array.from({ length: 100 }, (_, k) => {
        const [i, j] = [Math.floor(k / 10), k % 10]
        return i === j ? 1 : i < 5 && j < 5 ? 0.6 : i >= 5 && j >= 5 ? 0.2 : 0
      })
      return { raw: distance(sample(columns), truth) ** 2, ours: distance(shrunk(columns).matrix, truth) ** 2 }
    })
    const total = (key: 'raw' | 'ours') => losses.reduce((sum, loss) => sum + loss[key], 0)
    expect(total('ours')).toBeLessThan(0.95 * total('raw'))
  })

  it('has the intensity of its definition: every variance and covariance of the correlations, pair by pair', () => {
    const columns = [...factorSeries(5, 3, 70, 0.7), ...factorSeries(6, 2, 70, 0.1)]
    const weights = periodWeights(70, 25)
    const matrix = sample(columns, weights)
    const total = weights.reduce((a, b) => a + b, 0)
    const moment = (values: Float64Array) =>
      values.reduce((sum, value, t) => sum + (value * (weights[t] ?? NaN)) / total, 0)
    const standard = columns.map((column) => {
      const centred = column.map((value) => value - moment(column))
      return centred.map((value) => value / Math.sqrt(moment(centred.map((x) => x * x))))
    })
    const pairs = [0, 1, 2, 3, 4].flatMap((i) => [0, 1, 2, 3, 4].filter((j) => j < i).map((j) => ({ i, j })))
    const influences = pairs.map(({ i, j }) =>
      weights.map((w, t) => {
        const [x, y] = [standard[i]?.[t] ?? NaN, standard[j]?.[t] ?? NaN]
        return (w / total) * (x * y - ((matrix[i * 5 + j] ?? NaN) * (x * x + y * y)) / 2)
      }),
    )
    const covariance = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, t) => sum + value * (b[t] ?? NaN), 0)
    const rho = pairs.map(({ i, j }) => matrix[i * 5 + j] ?? NaN)
    const mean = rho.reduce((a, b) => a + b, 0) / 10
    let gain = 0
    for (const a of influences)
      for (const b of influences) gain += (a === b ? covariance(a, b) : 0) - covariance(a, b) / 10
    const spread = rho.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    expect(gain / spread).toBeGreaterThan(0.05)
    expect(gain / spread).toBeLessThan(0.95)
    expect(shrunk(columns, weights).intensity).toBeCloseTo(gain / spread, 10)
  })

  it('works on incomplete and weighted series, does nothing to a single pair, and turns with its rows', () => {
    const columns = factorSeries(7, 4, 80, 0.5)
    columns[1]?.fill(NaN, 0, 25)
    columns[3]?.fill(NaN, 40, 47)
    const weights = periodWeights(80, 27)
    const { intensity, matrix } = shrunk(columns, weights)
    expect(intensity).toBeGreaterThan(0)
    expect([...matrix].every(Number.isFinite)).toBe(true)
    expect(shrunk(columns.toReversed(), weights).intensity).toBeCloseTo(intensity, 12)
    const pair = shrunk(columns.slice(0, 2), weights)
    expect(pair.intensity).toBe(0)
    expect(distance(pair.matrix, sample(columns.slice(0, 2), weights))).toBeLessThan(1e-15)
    expect(() => shrunkCorrelation(new Float64Array([1]), [noise(1, 30)], periodWeights(30, 9))).toThrow('two series')
  })
})
