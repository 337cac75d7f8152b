import { seedPath } from './path-states.ts'
import type { RunSeed } from './run-seed.ts'
import { ZIGGURAT_TAIL, ziggurat } from './ziggurat.ts'

/** What the streams of one path are for; each is independent of the others. */
export const STREAMS = { outcomes: 0, edge: 1, blocks: 2, days: 3, resample: 4 } as const

/** One path's random numbers: sfc32 started from the path's own Threefry block, so that path i needs no other path. */
export class RandomStream {
  readonly #state = new Int32Array(4)

  /** Begins stream `stream` of path `path` (below 2^32) under `seed`. */
  start(seed: RunSeed, stream: number, path: number): this {
    seedPath(seed, stream, path, this.#state, 0)
    return this
  }

  /** The next 32 random bits, signed. */
  word(): number {
    const state = this.#state
    const b = state[1] as number
    const c = state[2] as number
    const d = state[3] as number
    const word = ((state[0] as number) + b + d) | 0
    state[0] = b ^ (b >>> 9)
    state[1] = (c + (c << 3)) | 0
    state[2] = (((c << 21) | (c >>> 11)) + word) | 0
    state[3] = (d + 1) | 0
    return word
  }

  /** A uniform number strictly between 0 and 1. */
  uniform(): number {
    return ((this.word() >>> 0) + 0.5) / 4294967296
  }

  /** A whole number in [0, `count`), `count` below 2^21; no index is favoured by more than count/2^32. */
  index(count: number): number {
    return Math.floor(((this.word() >>> 0) * count) / 4294967296)
  }

  /** A standard normal number. */
  normal(): number {
    for (;;) {
      const word = this.word()
      const layer = word & 255
      const place = word & ~255
      const x = place * (ziggurat.scales[layer] as number)
      if ((place ^ (place >> 31)) < (ziggurat.bounds[layer] as number)) return x
      if (layer === 0) return this.#tail(place < 0)
      const outer = ziggurat.edges[layer] as number
      const inner = ziggurat.edges[layer + 1] as number
      const low = Math.exp(-0.5 * (outer * outer - x * x))
      const high = Math.exp(-0.5 * (inner * inner - x * x))
      if (high + this.uniform() * (low - high) < 1) return x
    }
  }

  /** A gamma number of the given shape and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number {
    if (shape < 1) {
      const small = this.uniform()
      return this.gamma(shape + 1) * Math.exp(Math.log(small) / shape)
    }
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const root = 1 + c * x
      if (root <= 0) continue
      const v = root * root * root
      if (Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }

  /** A beta number. */
  beta(first: number, second: number): number {
    const x = this.gamma(first)
    return x / (x + this.gamma(second))
  }

  #tail(negative: boolean): number {
    for (;;) {
      const x = -Math.log(this.uniform()) / ZIGGURAT_TAIL
      const y = -Math.log(this.uniform())
      if (y + y >= x * x) return negative ? -(ZIGGURAT_TAIL + x) : ZIGGURAT_TAIL + x
    }
  }
}
