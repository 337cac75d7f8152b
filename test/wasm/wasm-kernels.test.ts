import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KernelJob } from '../../src/domain/simulation/kernels/kernels.ts'
import { typescriptKernels } from '../../src/domain/simulation/kernels/typescript-kernels.ts'
import { blockTable } from '../../src/domain/simulation/kernels/block-table.ts'
import { pathMeasures } from '../../src/domain/simulation/results/path-measures.ts'
import { runSeed } from '../../src/domain/simulation/random/run-seed.ts'
import { KERNELS_BASE64 } from '../../src/wasm/kernels-binary.ts'
import { wasmKernels } from '../../src/wasm/wasm-kernels.ts'
import { compileKernels } from './compile-kernels.ts'

const wasm = wasmKernels()

function expectSame(job: KernelJob, first: number, count: number): void {
  const detail = job.kind === 'trades' ? 'full' : 'core'
  const [own, other] = [pathMeasures(count + 2, detail), pathMeasures(count + 2, detail)]
  typescriptKernels.run(job, first, count, own, 1)
  wasm.run(job, first, count, other, 1)
  const names = ['logEquity', 'logDepth', 'logLowest', 'underWater', 'losingStreak', 'firstReached'] as const
  for (const name of names) {
    const bytes = (values: { readonly buffer: ArrayBufferLike }): Buffer => Buffer.from(values.buffer)
    expect(bytes(other[name]).equals(bytes(own[name])), `${job.kind} ${name}`).toBe(true)
  }
}

const blocks = (seed: number, trades: number, chance: number): KernelJob => {
  const table = (count: number) => blockTable(count, chance, 2_344_811, -1_767_593)
  return {
    kind: 'blocks',
    seed: runSeed(seed),
    wholeBlocks: Math.floor(trades / 10),
    whole: table(10),
    rest: table(trades % 10),
    bits: 24,
  }
}
const bootstrap = (seed: number, steps: number, length: number): KernelJob => ({
  kind: 'bootstrap',
  seed: runSeed(seed),
  steps,
  increments: Int32Array.from({ length }, (_, index) => ((index * 7919) % 200_003) - 95_000),
  bits: 22,
})
const bounded = { bits: 22, target: 700_000, limit: -900_000 } as const
const flips = (seed: number, steps: number, chance: number): KernelJob => ({
  kind: 'trades',
  seed: runSeed(seed),
  steps,
  draw: { kind: 'flips', chance, up: 344_811, down: -267_593 },
  ...bounded,
})
const drawn = (seed: number, steps: number, length: number): KernelJob => {
  const job = bootstrap(seed, steps, length)
  const increments = job.kind === 'bootstrap' ? job.increments : new Int32Array()
  return { kind: 'trades', seed: job.seed, steps, draw: { kind: 'list', increments }, ...bounded }
}
const gaussians = (seed: number, steps: number, assets: number): KernelJob => ({
  kind: 'gaussians',
  seed: runSeed(seed),
  steps,
  assets,
  factor: Float64Array.from({ length: assets * assets }, (_, index) =>
    index % assets <= Math.floor(index / assets) ? 0.001 * (1 + (index % 7)) : 0,
  ),
  drift: Float64Array.from({ length: assets }, (_, index) => 0.0001 * index),
  weights: new Float64Array(assets).fill(1 / assets),
  base: 0.9999,
})

describe('the SIMD kernels give the bytes of the TypeScript kernels', () => {
  it('for every path of the benchmarks', () => {
    expectSame(blocks(42, 1000, 0.55), 0, 10_000)
    expectSame(bootstrap(42, 1000, 500), 0, 10_000)
    expectSame(flips(42, 1000, 0.55), 0, 2_000)
    expectSame(drawn(42, 1000, 500), 0, 2_000)
    expectSame(gaussians(42, 63, 20), 0, 10_000)
  })

  it('for any seed, place, length and count', () => {
    const seed = fc.nat(Number.MAX_SAFE_INTEGER)
    const first = fc.nat(4_000_000_000)
    const steps = fc.integer({ min: 1, max: 73 })
    const count = fc.integer({ min: 1, max: 11 })
    fc.assert(
      fc.property(
        seed,
        first,
        steps,
        count,
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 23 }),
        (...each) => {
          const [key, from, trades, paths, length, assets] = each
          expectSame(blocks(key, trades, (key % 99) / 100), from, paths)
          expectSame(bootstrap(key, trades, length), from, paths)
          expectSame(flips(key, trades, (key % 99) / 100), from, paths)
          expectSame(drawn(key, trades, length), from, paths)
          expectSame(gaussians(key, trades, assets), from, paths)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('for loads longer than a batch and larger than the memory of the module', () => {
    expectSame(bootstrap(7, 21, 40_000), 5, 4_999)
    expectSame(drawn(7, 21, 40_000), 5, 4_999)
    expectSame(gaussians(7, 2, 200), 5, 9)
  })
})

const hasCompiler = existsSync('node_modules/assemblyscript')

it.skipIf(!hasCompiler)(
  `the compiled kernels are those of kernels.as${hasCompiler ? '' : ' (skipped: AssemblyScript is not installed)'}`,
  async () => {
    expect(Buffer.from(await compileKernels()).toString('base64')).toBe(KERNELS_BASE64)
  },
)
