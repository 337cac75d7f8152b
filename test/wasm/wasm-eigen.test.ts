import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../support/fixed-seed.ts'
import { symmetricEigen, type SymmetricEigen } from '../../src/domain/stats/symmetric-eigen.ts'
import { SYMMETRIC_EIGEN_BASE64 } from '../../src/wasm/symmetric-eigen-binary.ts'
import { eigenAtHand, wasmEigen } from '../../src/wasm/wasm-eigen.ts'
import { dice, distance } from '../domain/portfolio/solve-problem.ts'
import { compileKernels, SYMMETRIC_EIGEN } from './compile-kernels.ts'

const wasm = wasmEigen()

function symmetric(n: number, seed: number): Float64Array {
  const roll = dice(seed)
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = roll() - 0.5
  return matrix
}

/** The worst of A·v − λ·v and of V·V′ − I. */
function errors(matrix: Float64Array, n: number, { values, vectors }: ReturnType<SymmetricEigen>): number {
  let worst = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let [image, inner] = [0, 0]
      for (let k = 0; k < n; k++) {
        image += (matrix[j * n + k] ?? 0) * (vectors[i * n + k] ?? 0)
        inner += (vectors[i * n + k] ?? 0) * (vectors[j * n + k] ?? 0)
      }
      const residual = Math.abs(image - (values[i] ?? 0) * (vectors[i * n + j] ?? 0))
      worst = Math.max(worst, residual, Math.abs(inner - (i === j ? 1 : 0)))
    }
  }
  return worst
}

describe('eigenvalues on vectors', () => {
  it('are the compiled source, byte for byte', async () => {
    expect(Buffer.from(await compileKernels(SYMMETRIC_EIGEN)).toString('base64')).toBe(SYMMETRIC_EIGEN_BASE64)
  }, 60_000)

  it('agree with plain TypeScript, with vectors that are orthogonal and belong to them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 100_000 }), (n, seed) => {
        const matrix = symmetric(n, seed)
        const before = matrix.slice()
        const found = wasm(matrix, n)
        expect(distance(found.values, symmetricEigen(matrix, n).values)).toBeLessThan(1e-12)
        expect(errors(matrix, n, found)).toBeLessThan(1e-12)
        expect(distance(matrix, before)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('keep a large matrix and one after it apart', () => {
    for (const n of [130, 3, 129]) {
      const matrix = symmetric(n, n)
      expect(errors(matrix, n, wasm(matrix, n))).toBeLessThan(1e-11)
    }
  })

  it.each([
    ['the unit matrix', (i: number, j: number) => (i === j ? 1 : 0), 1, 1],
    ['copies of one asset', () => 1, 9, 0],
    ['nothing at all', () => 0, 0, 0],
    ['tiny numbers', (i: number, j: number) => (i === j ? 1e-200 : 0), 1e-200, 1e-200],
  ] as const)('of %s are exact', (_, entry, largest, least) => {
    const matrix = Float64Array.from({ length: 81 }, (_, at) => entry(Math.floor(at / 9), at % 9))
    const { values } = wasm(matrix, 9)
    expect(Math.abs((values[0] ?? Number.NaN) - largest)).toBeLessThanOrEqual(1e-14 * largest)
    expect(Math.abs((values[8] ?? Number.NaN) - least)).toBeLessThan(1e-14)
  })

  it('refuse a matrix that is not finite, and are what this machine runs', () => {
    expect(() => wasm(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2)).toThrow(/finite/)
    expect(eigenAtHand()(Float64Array.of(2), 1).values[0]).toBe(2)
  })
})
