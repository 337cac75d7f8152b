import { KERNELS_BASE64 } from './kernels-binary.ts'

/** What `kernels.as` exports; addresses and sizes are bytes in its own memory. */
export interface KernelModule {
  readonly memory: WebAssembly.Memory
  blocks(
    seedLow: number,
    seedHigh: number,
    stream: number,
    first: number,
    count: number,
    wholeBlocks: number,
    wholeTable: number,
    wholeMask: number,
    restBlocks: number,
    restTable: number,
    restMask: number,
    out: number,
  ): void
  bootstrap(
    seedLow: number,
    seedHigh: number,
    stream: number,
    first: number,
    count: number,
    steps: number,
    table: number,
    length: number,
    paired: number,
    out: number,
  ): void
  trades(
    seedLow: number,
    seedHigh: number,
    stream: number,
    first: number,
    count: number,
    steps: number,
    table: number,
    length: number,
    paired: number,
    wholeMask: number,
    restTable: number,
    restMask: number,
    up: number,
    down: number,
    target: number,
    limit: number,
    out: number,
  ): void
  gaussians(
    seedLow: number,
    seedHigh: number,
    stream: number,
    first: number,
    count: number,
    steps: number,
    assets: number,
    tables: number,
    matrix: number,
    drift: number,
    weights: number,
    base: number,
    normals: number,
    out: number,
  ): void
}

/** Starts a fresh instance of the compiled kernels; throws `WebAssembly.CompileError` where SIMD is not supported. */
export function startKernelModule(): KernelModule {
  const module = new WebAssembly.Module(Buffer.from(KERNELS_BASE64, 'base64'))
  const instance = new WebAssembly.Instance(module, { env: { log: Math.log, exp: Math.exp } })
  return instance.exports as unknown as KernelModule
}
