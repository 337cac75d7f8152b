import { BLOCK_TRADES, blockTable, type BlockTable } from '../domain/simulation/kernels/block-table.ts'
import type { GaussianJob, KernelJob, Kernels, TradesJob } from '../domain/simulation/kernels/kernels.ts'
import { MOST_OUTCOMES, PAIRED_LENGTH } from '../domain/simulation/kernels/kernels.ts'
import type { PathMeasures } from '../domain/simulation/results/path-measures.ts'
import { typescriptKernels } from '../domain/simulation/kernels/typescript-kernels.ts'
import { STREAMS } from '../domain/simulation/random/random-stream.ts'
import { ziggurat } from '../domain/simulation/random/ziggurat.ts'
import { type KernelModule, startKernelModule } from './kernel-module.ts'

/** Paths per call: their results stay in the processor's cache. */
const BATCH = 2048
const OUT = 65_536
const TABLES = OUT + 6 * 4 * BATCH
const REST_TABLE = TABLES + 65_536
const MATRIX = TABLES + 8192
const MOST_ASSETS = 192
/** Further than any path goes: stands for a bound that is not there. */
const MOST_UNITS = 2 ** 31 - 1

/**
 * The kernels on 128-bit vectors, four paths at a time: byte for byte the results of the TypeScript kernels. Loads too
 * large for the module's memory run on those. Throws where the machine has no WebAssembly SIMD.
 */
export function wasmKernels(): Kernels {
  const module = startKernelModule()
  let loaded: KernelJob | undefined
  return {
    name: 'wasm-simd',
    run(job, first, count, into, at) {
      if (!fits(job)) {
        typescriptKernels.run(job, first, count, into, at)
        return
      }
      if (job !== loaded) load(module, job)
      loaded = job
      for (let done = 0; done < count; done += BATCH) {
        const paths = Math.min(BATCH, count - done)
        const lanes = (paths + 3) & ~3
        start(module, job, first + done, lanes)
        read(module, job, lanes, paths, into, at + done)
      }
    },
  }
}

function fits(job: KernelJob): boolean {
  if (job.kind === 'bootstrap') return job.increments.length <= MOST_OUTCOMES
  if (job.kind === 'trades') return job.draw.kind === 'flips' || job.draw.increments.length <= MOST_OUTCOMES
  return job.kind === 'blocks' || job.assets <= MOST_ASSETS
}

function load({ memory }: KernelModule, job: KernelJob): void {
  switch (job.kind) {
    case 'blocks':
      loadBlocks(memory, TABLES, job.whole)
      loadBlocks(memory, REST_TABLE, job.rest)
      break
    case 'bootstrap':
      new Int32Array(memory.buffer, TABLES).set(job.increments)
      break
    case 'trades':
      if (job.draw.kind === 'list') new Int32Array(memory.buffer, TABLES).set(job.draw.increments)
      else {
        loadBlocks(memory, TABLES, blockTable(BLOCK_TRADES, job.draw.chance, 0, 0))
        loadBlocks(memory, REST_TABLE, blockTable(job.steps % BLOCK_TRADES, job.draw.chance, 0, 0))
      }
      break
    case 'gaussians':
      new Int32Array(memory.buffer, TABLES, 256).set(ziggurat.bounds)
      new Float64Array(memory.buffer, TABLES + 1024, 256).set(ziggurat.scales)
      new Float64Array(memory.buffer, TABLES + 3072, 257).set(ziggurat.edges)
      new Float64Array(memory.buffer, MATRIX).set(tiled(job))
      break
  }
}

function loadBlocks(memory: WebAssembly.Memory, to: number, table: BlockTable): void {
  const words = new Int32Array(memory.buffer, to)
  words.set(table.cells)
  words.set(table.entries, table.cells.length)
}

/** Drift, weights, then the factor in tiles of four rows, column by column; rows are padded to fours with zeros. */
function tiled({ assets, factor, drift, weights }: GaussianJob): Float64Array {
  const padded = (assets + 3) & ~3
  const out = new Float64Array(2 * padded + 4 * tileColumns(padded))
  out.set(drift)
  out.set(weights, padded)
  let at = 2 * padded
  for (let tile = 0; tile < padded; tile += 4) {
    for (let column = 0; column < tile + 4; column++) {
      for (let row = tile; row < tile + 4; row++) {
        out[at++] = row < assets && column <= row ? (factor[row * assets + column] as number) : 0
      }
    }
  }
  return out
}

function tileColumns(padded: number): number {
  const tiles = padded / 4
  return 2 * tiles * (tiles + 1)
}

function start(module: KernelModule, job: KernelJob, first: number, lanes: number): void {
  const { low, high } = job.seed
  const paths = [low, high, STREAMS.outcomes, first, lanes] as const
  if (job.kind === 'blocks') {
    const { whole, rest, wholeBlocks } = job
    const restBlocks = rest.trades > 0 ? 1 : 0
    const wholeMask = whole.cells.length - 1
    module.blocks(...paths, wholeBlocks, TABLES, wholeMask, restBlocks, REST_TABLE, rest.cells.length - 1, OUT)
  } else if (job.kind === 'bootstrap') {
    const { steps, increments } = job
    const paired = increments.length <= PAIRED_LENGTH ? 1 : 0
    module.bootstrap(...paths, steps, TABLES, increments.length, paired, OUT)
  } else if (job.kind === 'trades') startTrades(module, job, paths)
  else {
    const { steps, assets, base } = job
    const padded = (assets + 3) & ~3
    const weights = MATRIX + 8 * padded
    const matrix = weights + 8 * padded
    const normals = matrix + 32 * tileColumns(padded)
    module.gaussians(...paths, steps, assets, TABLES, matrix, MATRIX, weights, base, normals, OUT)
  }
}

type Paths = readonly [seedLow: number, seedHigh: number, stream: number, first: number, lanes: number]

function startTrades(module: KernelModule, { steps, draw, target, limit }: TradesJob, paths: Paths): void {
  const bounds = [Math.min(target, MOST_UNITS), Math.max(limit, -MOST_UNITS), OUT] as const
  if (draw.kind === 'flips') {
    const restMask = (1 << (steps % BLOCK_TRADES)) - 1
    const wholeMask = (1 << BLOCK_TRADES) - 1
    module.trades(...paths, steps, TABLES, 0, 0, wholeMask, REST_TABLE, restMask, draw.up, draw.down, ...bounds)
  } else {
    const { length } = draw.increments
    module.trades(...paths, steps, TABLES, length, length <= PAIRED_LENGTH ? 1 : 0, -1, 0, 0, 0, 0, ...bounds)
  }
}

function read(
  { memory }: KernelModule,
  job: KernelJob,
  lanes: number,
  paths: number,
  into: PathMeasures,
  at: number,
): void {
  const { logEquity, logDepth, logLowest } = into
  if (job.kind === 'gaussians') {
    const raw = new Float64Array(memory.buffer, OUT, 3 * lanes)
    for (let path = 0; path < paths; path++) {
      logEquity[at + path] = Math.log(raw[path] as number)
      logDepth[at + path] = 0 - Math.log(raw[lanes + path] as number)
      logLowest[at + path] = Math.log(raw[2 * lanes + path] as number)
    }
    return
  }
  const raw = new Int32Array(memory.buffer, OUT, 6 * lanes)
  const unit = 2 ** -job.bits
  for (let path = 0; path < paths; path++) {
    logEquity[at + path] = (raw[path] as number) * unit
    logDepth[at + path] = (raw[lanes + path] as number) * unit
    logLowest[at + path] = (raw[2 * lanes + path] as number) * unit
  }
  if (job.kind !== 'trades' || into.underWater.length === 0) return
  into.underWater.set(raw.subarray(3 * lanes, 3 * lanes + paths), at)
  into.losingStreak.set(raw.subarray(4 * lanes, 4 * lanes + paths), at)
  into.firstReached.set(raw.subarray(5 * lanes, 5 * lanes + paths), at)
}
