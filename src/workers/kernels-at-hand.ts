import type { Kernels } from '../domain/simulation/kernels/kernels.ts'
import { typescriptKernels } from '../domain/simulation/kernels/typescript-kernels.ts'
import { KERNELS_BASE64 } from '../wasm/kernels-binary.ts'
import { wasmKernels } from '../wasm/wasm-kernels.ts'

/** The fastest kernels this machine runs: on SIMD where WebAssembly has it, else in TypeScript, with the same results. */
export function kernelsAtHand(): Kernels {
  return WebAssembly.validate(Buffer.from(KERNELS_BASE64, 'base64')) ? wasmKernels() : typescriptKernels
}
