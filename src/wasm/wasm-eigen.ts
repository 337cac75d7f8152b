import { invariant } from '../domain/kernel/invariant.ts'
import { symmetricEigen, type SymmetricEigen } from '../domain/stats/symmetric-eigen.ts'
import { SYMMETRIC_EIGEN_BASE64 } from './symmetric-eigen-binary.ts'

interface EigenExports {
  readonly memory: WebAssembly.Memory
  reduce(
    n: number,
    stride: number,
    matrix: number,
    diagonal: number,
    beside: number,
    factors: number,
    v: number,
    w: number,
  ): void
  accumulate(n: number, stride: number, matrix: number, vectors: number, factors: number, v: number): void
  iterate(
    n: number,
    stride: number,
    diagonal: number,
    beside: number,
    vectors: number,
    turns: number,
    most: number,
    strip: number,
    sweeps: number,
  ): number
}

const FIRST = 1024
const PAGE = 65_536
/** Rotations kept before they are applied. */
const MOST_TURNS = 1 << 18
const MOST_SWEEPS = 60

/**
 * The eigenvalues and eigenvectors of the plain version on 128-bit vectors, to a few units in the last place of the largest
 * eigenvalue. Throws `WebAssembly.CompileError` where the machine has no WebAssembly SIMD.
 */
export function wasmEigen(): SymmetricEigen {
  const module = new WebAssembly.Module(Buffer.from(SYMMETRIC_EIGEN_BASE64, 'base64'))
  const exports = new WebAssembly.Instance(module).exports as unknown as EigenExports
  return (matrix, n) => {
    invariant(n >= 1 && matrix.length === n * n, 'a matrix to decompose has n rows and n columns')
    invariant(matrix.every(Number.isFinite), 'a matrix to decompose is finite')
    const scale = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const stride = (n + 7) & ~7
    const [row, square] = [8 * stride, 8 * stride * stride]
    const diagonal = FIRST
    const beside = diagonal + row
    const factors = beside + row
    const v = factors + row
    const w = v + row
    const a = w + row
    const z = a + square
    const strip = z + square
    const turns = strip + 64 * stride
    const most = Math.max(n + 1, Math.min(MOST_TURNS, 2 * n * n))
    const missing = Math.ceil((turns + 16 * most - exports.memory.buffer.byteLength) / PAGE)
    if (missing > 0) exports.memory.grow(missing)
    const view = (from: number, length: number): Float64Array => new Float64Array(exports.memory.buffer, from, length)
    const work = view(a, stride * stride)
    // Below 1 in size nothing overflows when it is squared.
    const unit = scale > 0 ? 1 / scale : 1
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) work[i * stride + j] = (matrix[i * n + j] as number) * unit
    view(FIRST, 5 * stride).fill(0)
    exports.reduce(n, stride, a, diagonal, beside, factors, v, w)
    exports.accumulate(n, stride, a, z, factors, v)
    const found = exports.iterate(n, stride, diagonal, beside, z, turns, most, strip, MOST_SWEEPS)
    invariant(found === 1, 'the eigenvalues of a finite symmetric matrix are found')
    return largestFirst(view(diagonal, n), view(z, stride * stride), n, stride, scale > 0 ? scale : 1)
  }
}

/** The fastest decomposition this machine runs: on SIMD where WebAssembly has it, else in TypeScript. */
export function eigenAtHand(): SymmetricEigen {
  return WebAssembly.validate(Buffer.from(SYMMETRIC_EIGEN_BASE64, 'base64')) ? wasmEigen() : symmetricEigen
}

function largestFirst(
  diagonal: Float64Array,
  z: Float64Array,
  n: number,
  stride: number,
  scale: number,
): ReturnType<SymmetricEigen> {
  const order = Array.from(diagonal.keys()).sort((i, j) => (diagonal[j] as number) - (diagonal[i] as number))
  const vectors = new Float64Array(n * n)
  for (const [place, i] of order.entries()) vectors.set(z.subarray(i * stride, i * stride + n), place * n)
  return { values: Float64Array.from(order, (i) => (diagonal[i] as number) * scale), vectors }
}
