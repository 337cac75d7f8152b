import {
  type DenseAlgebra,
  LOST_PIVOT,
  STILL_PIVOT,
  type SymmetricRoom,
} from '../domain/portfolio/optimiser/dense-algebra.ts'
import { typescriptAlgebra } from '../domain/portfolio/optimiser/typescript-algebra.ts'
import { LINEAR_ALGEBRA_BASE64 } from './linear-algebra-binary.ts'
import { startLinearAlgebra } from './linear-algebra-module.ts'

/** Where the first vector begins: what lies below is not ours. */
const FIRST = 1024

/**
 * The linear algebra on 128-bit vectors, with one room at a time in its memory. Throws `WebAssembly.CompileError` where the
 * machine has no WebAssembly SIMD.
 */
export function wasmAlgebra(): DenseAlgebra {
  const module = startLinearAlgebra()
  let last: SymmetricRoom | undefined
  return {
    name: 'wasm-simd',
    room(order) {
      if (last?.order !== order) last = wasmRoom(module, order)
      return last
    },
  }
}

/** The fastest linear algebra this machine runs: on SIMD where WebAssembly has it, else in TypeScript. */
export function algebraAtHand(): DenseAlgebra {
  return WebAssembly.validate(Buffer.from(LINEAR_ALGEBRA_BASE64, 'base64')) ? wasmAlgebra() : typescriptAlgebra
}

function wasmRoom(module: ReturnType<typeof startLinearAlgebra>, order: number): SymmetricRoom {
  const stride = (order + 3) & ~3
  const [row, square] = [8 * stride, 8 * stride * stride]
  const [given, found, inverse] = [FIRST, FIRST + row, FIRST + 2 * row]
  const base = FIRST + 3 * row
  const matrix = base + square
  module.reserve(matrix + square)
  const view = (from: number, length: number): Float64Array => new Float64Array(module.memory.buffer, from, length)
  const vector = view(given, stride)
  const product = view(found, stride)
  vector.fill(0)
  // What pads a row must be nothing, whatever stood here before.
  view(base, stride * stride).fill(0)
  return {
    order,
    stride,
    base: view(base, stride * stride),
    matrix: view(matrix, stride * stride),
    combine(scale, diagonal) {
      vector.set(diagonal)
      module.combine(order, stride, base, matrix, given, scale)
      vector.fill(0, order)
    },
    addOuter(scale, outer) {
      vector.set(outer)
      module.addOuter(order, stride, matrix, given, scale)
    },
    factor: () => module.factor(stride, matrix, inverse, LOST_PIVOT, STILL_PIVOT),
    solve(right) {
      vector.set(right)
      module.solve(stride, matrix, inverse, given)
      right.set(vector.subarray(0, order))
    },
    multiply(by, into) {
      vector.set(by)
      module.multiply(stride, base, given, found)
      into.set(product.subarray(0, order))
    },
    paritySweep(budgets, x) {
      vector.set(x)
      product.set(budgets)
      const worst = module.paritySweep(order, stride, base, found, given, inverse)
      x.set(vector.subarray(0, order))
      return worst
    },
  }
}
