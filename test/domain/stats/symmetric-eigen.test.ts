import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { symmetricEigen } from '../../../src/domain/stats/symmetric-eigen.ts'

const matrices = fc
  .integer({ min: 1, max: 12 })
  .chain((n) =>
    fc.tuple(
      fc.constant(n),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }),
    ),
  )
  .map(([n, entries]) => {
    const matrix = Float64Array.from(
      entries,
      (_, k) => entries[Math.max(k % n, Math.floor(k / n)) * n + Math.min(k % n, Math.floor(k / n))] ?? 0,
    )
    return { n, matrix }
  })

/** Largest entry of A·v − λ·v and of V·V′ − I. */
function faults(matrix: Float64Array, n: number): { residual: number; tilt: number } {
  const { values, vectors } = symmetricEigen(matrix, n)
  let residual = 0
  let tilt = 0
  for (let p = 0; p < n; p++) {
    const v = vectors.subarray(p * n, (p + 1) * n)
    for (let i = 0; i < n; i++) {
      const row = matrix.subarray(i * n, (i + 1) * n)
      const other = vectors.subarray(i * n, (i + 1) * n)
      residual = Math.max(residual, Math.abs(dot(row, v) - (values[p] ?? NaN) * (v[i] ?? NaN)))
      tilt = Math.max(tilt, Math.abs(dot(other, v) - (i === p ? 1 : 0)))
    }
  }
  return { residual, tilt }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0)

describe('the symmetric eigen-decomposition', () => {
  it('solves A·v = λ·v with orthonormal vectors, largest value first, and keeps the trace', () => {
    fc.assert(
      fc.property(matrices, ({ n, matrix }) => {
        const before = matrix.slice()
        const { values } = symmetricEigen(matrix, n)
        const { residual, tilt } = faults(matrix, n)
        expect(residual).toBeLessThan(1e-13 * n)
        expect(tilt).toBeLessThan(1e-13 * n)
        expect([...values]).toEqual([...values].sort((a, b) => b - a))
        const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i] ?? NaN).reduce((a, b) => a + b, 0)
        expect(Math.abs(values.reduce((a, b) => a + b, 0) - trace)).toBeLessThan(1e-13 * n)
        expect([...matrix]).toEqual([...before])
      }),
    )
  })

  it('finds the eigenvalues 2 − 2 cos(kπ/(n + 1)) of the second difference', () => {
    const n = 40
    const matrix = Float64Array.from({ length: n * n }, (_, k) => {
      const apart = Math.abs((k % n) - Math.floor(k / n))
      return apart === 0 ? 2 : apart === 1 ? -1 : 0
    })
    const { values } = symmetricEigen(matrix, n)
    for (const [i, value] of values.entries())
      expect(Math.abs(value - (2 - 2 * Math.cos(((n - i) * Math.PI) / (n + 1))))).toBeLessThan(1e-13)
  })

  it.each([
    ['all ones', 30, () => 1],
    ['nothing but zeros', 5, () => 0],
    ['the unit matrix', 8, (k: number) => (k % 9 === 0 ? 1 : 0)],
    ['one entry', 1, () => -3],
  ] as const)('ends for %s', (_, n, entry) => {
    const matrix = Float64Array.from({ length: n * n }, (_unused, k) => entry(k))
    const { residual, tilt } = faults(matrix, n)
    expect(residual).toBeLessThan(1e-12)
    expect(tilt).toBeLessThan(1e-13)
  })

  it('does not depend on the unit, from tiny to huge', () => {
    const matrix = new Float64Array([4, 1, 2, 1, 3, 0, 2, 0, 1])
    const one = symmetricEigen(matrix, 3).values
    for (const scale of [1e-200, 1e200]) {
      const { values } = symmetricEigen(
        matrix.map((value) => value * scale),
        3,
      )
      for (const [i, value] of values.entries()) expect(value / scale).toBeCloseTo(one[i] ?? NaN, 12)
    }
  })

  it('refuses a matrix that is not finite or not square', () => {
    expect(() => symmetricEigen(new Float64Array([1, Number.NaN, Number.NaN, 1]), 2)).toThrow('finite')
    expect(() => symmetricEigen(new Float64Array([1, 0, Infinity, 1]), 2)).toThrow('finite')
    expect(() => symmetricEigen(new Float64Array(3), 2)).toThrow('rows')
  })
})
