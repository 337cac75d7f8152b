import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../support/fixed-seed.ts'
import { optimise } from '../../src/domain/portfolio/optimiser/optimise.ts'
import { typescriptAlgebra } from '../../src/domain/portfolio/optimiser/typescript-algebra.ts'
import type { DenseAlgebra, SymmetricRoom } from '../../src/domain/portfolio/optimiser/dense-algebra.ts'
import { LINEAR_ALGEBRA_BASE64 } from '../../src/wasm/linear-algebra-binary.ts'
import { algebraAtHand, wasmAlgebra } from '../../src/wasm/wasm-algebra.ts'
import { dice, distance, problemOf, randomCovariance } from '../domain/portfolio/solve-problem.ts'
import { compileKernels, LINEAR_ALGEBRA } from './compile-kernels.ts'

const wasm = wasmAlgebra()
const orders = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(63, 64, 65, 127, 128, 130))

/** A loaded room: a covariance as its base, then M = 1.3·Σ + diagonal + 0.4·v·v′. */
function loaded(algebra: DenseAlgebra, order: number, seed: number): { room: SymmetricRoom; vector: Float64Array } {
  const room = algebra.room(order)
  const roll = dice(seed)
  const rows = randomCovariance(order, seed)
  room.base.fill(0)
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      room.base[i * room.stride + j] = value
    })
  })
  const vector = Float64Array.from({ length: order }, () => roll() - 0.5)
  room.combine(
    1.3,
    Float64Array.from({ length: order }, () => roll()),
  )
  room.addOuter(0.4, vector)
  return { room, vector }
}

function lowerOf({ matrix, stride, order }: SymmetricRoom): Float64Array {
  return Float64Array.from({ length: order * order }, (_, at) => {
    const [row, column] = [Math.floor(at / order), at % order]
    return column <= row ? (matrix[row * stride + column] ?? Number.NaN) : 0
  })
}

describe('the linear algebra on vectors', () => {
  it('is the compiled source, byte for byte', async () => {
    expect(Buffer.from(await compileKernels(LINEAR_ALGEBRA)).toString('base64')).toBe(LINEAR_ALGEBRA_BASE64)
  }, 60_000)

  it('is what this machine runs', () => {
    expect(algebraAtHand().name).toBe('wasm-simd')
  })

  it('agrees with plain TypeScript to 1e-10 in every operation and order', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 100_000 }), (order, seed) => {
        const results = [typescriptAlgebra, wasm].map((algebra) => {
          const { room, vector } = loaded(algebra, order, seed)
          const built = lowerOf(room)
          const product = new Float64Array(order)
          room.multiply(vector, product)
          const lost = room.factor()
          const solution = vector.slice()
          room.solve(solution)
          const shares = new Float64Array(order).fill(1 / order)
          const parity = Float64Array.from(shares, (_, i) => 0.5 + i / order)
          const off = room.paritySweep(shares, parity)
          return { built, product, lost, factor: lowerOf(room), solution, parity, off }
        })
        const [one, other] = results as [(typeof results)[0], (typeof results)[0]]
        expect(other.lost).toBe(one.lost)
        expect(Math.abs(other.off / one.off - 1)).toBeLessThan(1e-9)
        for (const name of ['built', 'product', 'factor', 'solution', 'parity'] as const)
          expect(distance(other[name], one[name])).toBeLessThan(1e-10)
      }),
      { numRuns: 60 },
    )
  })

  it.each([typescriptAlgebra, wasm])('$name solves what it factored', (algebra) => {
    for (const order of [1, 2, 3, 4, 7, 66, 131]) {
      const { room, vector } = loaded(algebra, order, order)
      const lower = lowerOf(room)
      room.factor()
      const x = vector.slice()
      room.solve(x)
      const back = x.map((_, i) =>
        x.reduce((sum, value, j) => sum + value * (lower[i >= j ? i * order + j : j * order + i] ?? 0), 0),
      )
      expect(distance(back, vector)).toBeLessThan(1e-10)
    }
  })

  it.each([typescriptAlgebra, wasm])('$name lets a direction without information stand still', (algebra) => {
    const room = algebra.room(3)
    room.base.fill(0)
    for (const [row, column] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 2],
    ] as const)
      room.base[row * room.stride + column] = 1
    room.combine(1, new Float64Array(3))
    expect(room.factor()).toBe(1)
    const x = Float64Array.of(1, 1, 3)
    room.solve(x)
    expect(distance(x, [1, 0, 3])).toBeLessThan(1e-12)
  })

  it('keeps nothing of a larger matrix that stood in its memory before', () => {
    const { room } = loaded(wasm, 40, 3)
    room.base.fill(Number.NaN)
    const small = wasm.room(5)
    for (let i = 0; i < 5; i++) small.base[i * small.stride + i] = 2
    const product = new Float64Array(5)
    small.multiply(Float64Array.of(1, 2, 3, 4, 5), product)
    expect([...product]).toEqual([2, 4, 6, 8, 10])
  })

  it('gives the same portfolio', () => {
    for (const order of [3, 17, 70]) {
      const problem = problemOf({
        method: 'kelly_mvo',
        sigma: randomCovariance(order, order),
        mu: Array.from({ length: order }, (_, i) => 0.05 + 0.1 * Math.sin(i)),
        w0: Array.from({ length: order }, () => 1 / order),
        upper: 3 / order,
        turnover: 0.6,
        cost: 0.001,
        topK: { k: 2, max: 5 / order },
      })
      const [one, other] = [optimise(problem, typescriptAlgebra), optimise(problem, wasm)]
      if (one.status !== 'optimal' || other.status !== 'optimal') throw new Error('both have an answer')
      expect(distance(one.weights, other.weights)).toBeLessThan(1e-7)
      expect(Math.abs(one.objective - other.objective)).toBeLessThan(1e-10)
    }
  })
})
