import { seedPath } from '../random/path-states.ts'
import { STREAMS } from '../random/random-stream.ts'
import { type BootstrapJob, type CoreMeasures, PAIRED_LENGTH } from './kernels.ts'

const state = new Int32Array(4)

/** Plain TypeScript form of the bootstrap kernel; writes one path per turn. */
export function runBootstrap(job: BootstrapJob, first: number, count: number, into: CoreMeasures, at: number): void {
  const { increments, steps } = job
  const many = increments.length | 0
  const paired = many <= PAIRED_LENGTH
  const unit = 2 ** -job.bits
  for (let path = 0; path < count; path++) {
    seedPath(job.seed, STREAMS.outcomes, first + path, state, 0)
    let a = state[0] as number
    let b = state[1] as number
    let c = state[2] as number
    let d = state[3] as number
    let wealth = 0
    let under = 0
    let depth = 0
    let lowest = 0
    for (let step = 0; step < steps; step++) {
      const word = (a + b + d) | 0
      d = (d + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (((c << 21) | (c >>> 11)) + word) | 0
      // High half of word × many by parts: (word >>> 16) × many stays below 2^32 for lists up to 65,536.
      const place = ((word >>> 16) * many + (((word & 65535) * many) >>> 16)) >>> 16
      const x = increments[place] as number
      wealth = (wealth + x) | 0
      under = (under - x) | 0
      under &= ~(under >> 31)
      const deeper = (under - depth) | 0
      depth = (depth + (deeper & ~(deeper >> 31))) | 0
      const below = (wealth - lowest) | 0
      lowest = (lowest + (below & (below >> 31))) | 0
      if (!paired || ++step >= steps) continue
      const rest = Math.imul(word, many)
      const y = increments[((rest >>> 16) * many + (((rest & 65535) * many) >>> 16)) >>> 16] as number
      wealth = (wealth + y) | 0
      under = (under - y) | 0
      under &= ~(under >> 31)
      const deeperStill = (under - depth) | 0
      depth = (depth + (deeperStill & ~(deeperStill >> 31))) | 0
      const belowStill = (wealth - lowest) | 0
      lowest = (lowest + (belowStill & (belowStill >> 31))) | 0
    }
    into.logEquity[at + path] = wealth * unit
    into.logDepth[at + path] = depth * unit
    into.logLowest[at + path] = lowest * unit
  }
}
