import { LINEAR_ALGEBRA_BASE64 } from './linear-algebra-binary.ts'

/** What `linear-algebra.as` exports; addresses are bytes in its own memory, sizes are counts of numbers. */
interface LinearAlgebraExports {
  readonly memory: WebAssembly.Memory
  combine(order: number, stride: number, base: number, matrix: number, diagonal: number, scale: number): void
  addOuter(order: number, stride: number, matrix: number, vector: number, scale: number): void
  factor(stride: number, matrix: number, inverse: number, share: number, still: number): number
  solve(stride: number, matrix: number, inverse: number, vector: number): void
  multiply(stride: number, base: number, vector: number, into: number): void
  paritySweep(order: number, stride: number, base: number, budgets: number, x: number, slopes: number): number
}

/** The compiled linear algebra with memory that grows. */
export interface LinearAlgebraModule extends LinearAlgebraExports {
  /** Makes room up to a byte; views made before no longer count. */
  reserve(bytes: number): void
}

const PAGE = 65_536

/** Starts a fresh instance of the compiled linear algebra; throws `WebAssembly.CompileError` where SIMD is not supported. */
export function startLinearAlgebra(): LinearAlgebraModule {
  const module = new WebAssembly.Module(Buffer.from(LINEAR_ALGEBRA_BASE64, 'base64'))
  const exports = new WebAssembly.Instance(module).exports as unknown as LinearAlgebraExports
  return {
    ...exports,
    reserve(bytes) {
      const missing = Math.ceil((bytes - exports.memory.buffer.byteLength) / PAGE)
      if (missing > 0) exports.memory.grow(missing)
    },
  }
}
