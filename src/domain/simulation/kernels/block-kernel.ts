import { seedPath } from '../random/path-states.ts'
import { STREAMS } from '../random/random-stream.ts'
import type { BlockTable } from './block-table.ts'
import type { BlockJob, CoreMeasures } from './kernels.ts'

const walk = new Int32Array(8)

/** Plain TypeScript form of the block kernel; writes one path per turn. */
export function runBlocks(job: BlockJob, first: number, count: number, into: CoreMeasures, at: number): void {
  const unit = 2 ** -job.bits
  for (let path = 0; path < count; path++) {
    seedPath(job.seed, STREAMS.outcomes, first + path, walk, 0)
    walk.fill(0, 4)
    if (job.wholeBlocks > 0) walkBlocks(job.whole, job.wholeBlocks)
    if (job.rest.trades > 0) walkBlocks(job.rest, 1)
    into.logEquity[at + path] = (walk[4] as number) * unit
    into.logDepth[at + path] = (walk[6] as number) * unit
    into.logLowest[at + path] = (walk[7] as number) * unit
  }
}

// Maxima without branches: which of two is larger is a coin flip that no processor predicts.
function walkBlocks(table: BlockTable, draws: number): void {
  const { cells, entries } = table
  const mask = cells.length - 1
  let a = walk[0] as number
  let b = walk[1] as number
  let c = walk[2] as number
  let d = walk[3] as number
  let wealth = walk[4] as number
  let peak = walk[5] as number
  let depth = walk[6] as number
  let lowest = walk[7] as number
  for (let draw = 0; draw < draws; draw++) {
    const word = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    const index = word & mask
    const cell = cells[index] as number
    const stays = ((word >>> 10) - (cell >>> 10)) >> 31
    const entry = ((index & stays) | (cell & 1023 & ~stays)) << 2
    const bottom = (wealth + (entries[entry + 2] as number)) | 0
    const fall = (peak - bottom) | 0
    depth = (depth + ((fall - depth) & ~((fall - depth) >> 31))) | 0
    const inner = ((entries[entry + 3] as number) - depth) | 0
    depth = (depth + (inner & ~(inner >> 31))) | 0
    const under = (bottom - lowest) | 0
    lowest = (lowest + (under & (under >> 31))) | 0
    const rise = (wealth + (entries[entry + 1] as number) - peak) | 0
    peak = (peak + (rise & ~(rise >> 31))) | 0
    wealth = (wealth + (entries[entry] as number)) | 0
  }
  walk[0] = a
  walk[1] = b
  walk[2] = c
  walk[3] = d
  walk[4] = wealth
  walk[5] = peak
  walk[6] = depth
  walk[7] = lowest
}
