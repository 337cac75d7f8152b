import { PAIRED_LENGTH } from '../kernels/kernels.ts'
import { RandomStream, STREAMS } from '../random/random-stream.ts'
import type { RunSeed } from '../random/run-seed.ts'
import type { OutcomeSource } from './outcome-source.ts'

/** How trades are drawn from the list. */
export interface BootstrapDraw {
  /** Mean length of a run of neighbouring trades; 1 draws each trade by itself. */
  readonly block: number
  /** Whether the list itself is resampled for every path. */
  readonly uncertain: boolean
}

/** Values drawn with replacement as the bootstrap kernel draws them, or in runs around the list (stationary bootstrap). */
export function bootstrapSource(seed: RunSeed, values: Float64Array, draw: BootstrapDraw): OutcomeSource {
  const stream = new RandomStream()
  const list = values.slice()
  return {
    fill(path, out) {
      if (draw.uncertain) resample(stream.start(seed, STREAMS.resample, path), values, list)
      stream.start(seed, STREAMS.outcomes, path)
      if (draw.block > 1) drawRuns(stream, list, draw.block, out)
      else drawSingly(stream, list, out)
    },
  }
}

function resample(stream: RandomStream, from: Float64Array, to: Float64Array): void {
  for (let at = 0; at < to.length; at++) to[at] = from[stream.index(from.length)] as number
}

/** One word gives two draws from a short list: the halves of its 64-bit product with the length. */
function drawSingly(stream: RandomStream, list: Float64Array, out: Float64Array): void {
  const many = list.length
  const paired = many <= PAIRED_LENGTH
  for (let trade = 0; trade < out.length; trade++) {
    const word = stream.word()
    out[trade] = list[highHalf(word >>> 0, many)] as number
    if (!paired || ++trade >= out.length) continue
    out[trade] = list[highHalf(Math.imul(word, many) >>> 0, many)] as number
  }
}

function highHalf(word: number, many: number): number {
  return Math.floor((word * many) / 4294967296)
}

function drawRuns(stream: RandomStream, list: Float64Array, block: number, out: Float64Array): void {
  const many = list.length
  let at = 0
  for (let trade = 0; trade < out.length; trade++) {
    const begins = trade === 0 || stream.uniform() * block < 1
    at = begins ? stream.index(many) : (at + 1) % many
    out[trade] = list[at] as number
  }
}
