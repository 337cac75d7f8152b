import { seedPath } from '../random/path-states.ts'
import { STREAMS } from '../random/random-stream.ts'
import { ZIGGURAT_TAIL, ziggurat } from '../random/ziggurat.ts'
import type { CoreMeasures, GaussianJob } from './kernels.ts'

const state = new Int32Array(4)
const DAYS = 4

/** Plain TypeScript form of the kernel of correlated normals; writes one path per turn. */
export function runGaussians(job: GaussianJob, first: number, count: number, into: CoreMeasures, at: number): void {
  const { assets, steps, base } = job
  const normals = new Float64Array(assets * DAYS)
  const sums = new Float64Array(DAYS)
  for (let path = 0; path < count; path++) {
    seedPath(job.seed, STREAMS.outcomes, first + path, state, 0)
    let wealth = 1
    let ratio = 1
    let worst = 1
    let low = 1
    for (let step = 0; step < steps; step += DAYS) {
      const days = Math.min(DAYS, steps - step)
      for (let day = 0; day < days; day++) drawNormals(normals, day, assets)
      portfolioReturns(job, normals, sums)
      for (let day = 0; day < days; day++) {
        const sum = base + (sums[day] as number)
        const growth = sum > 0 ? sum : 0
        wealth *= growth
        ratio *= growth
        if (ratio > 1) ratio = 1
        if (ratio < worst) worst = ratio
        if (wealth < low) low = wealth
      }
    }
    into.logEquity[at + path] = Math.log(wealth)
    into.logDepth[at + path] = 0 - Math.log(worst)
    into.logLowest[at + path] = Math.log(low)
  }
}

/** Fills column `day` of `normals` (assets × 4) from the state of the path. */
function drawNormals(normals: Float64Array, day: number, assets: number): void {
  const { bounds, scales } = ziggurat
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  const end = assets * DAYS
  for (let to = day; to < end; to += DAYS) {
    const word = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    const layer = word & 255
    const place = word & ~255
    if ((place ^ (place >> 31)) < (bounds[layer] as number)) {
      normals[to] = place * (scales[layer] as number)
    } else {
      state[0] = a
      state[1] = b
      state[2] = c
      state[3] = d
      normals[to] = finishNormal(word)
      a = state[0] | 0
      b = state[1] | 0
      c = state[2] | 0
      d = state[3] | 0
    }
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
}

function nextWord(): number {
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

function nextUniform(): number {
  return ((nextWord() >>> 0) + 0.5) / 4294967296
}

/** The normal whose first word fell outside its layer's rectangle. */
function finishNormal(first: number): number {
  const { bounds, scales, edges } = ziggurat
  for (let word = first; ; word = nextWord()) {
    const layer = word & 255
    const place = word & ~255
    const x = place * (scales[layer] as number)
    if ((place ^ (place >> 31)) < (bounds[layer] as number)) return x
    if (layer === 0) {
      for (;;) {
        const beyond = -Math.log(nextUniform()) / ZIGGURAT_TAIL
        const y = -Math.log(nextUniform())
        if (y + y >= beyond * beyond) return place < 0 ? -(ZIGGURAT_TAIL + beyond) : ZIGGURAT_TAIL + beyond
      }
    }
    const outer = edges[layer] as number
    const inner = edges[layer + 1] as number
    const low = Math.exp(-0.5 * (outer * outer - x * x))
    const high = Math.exp(-0.5 * (inner * inner - x * x))
    if (high + nextUniform() * (low - high) < 1) return x
  }
}

/** Σ weight × (drift + factor·normals) of four days at once; rows and columns are added in order. */
function portfolioReturns(job: GaussianJob, normals: Float64Array, sums: Float64Array): void {
  const { assets, factor, drift, weights } = job
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  for (let row = 0; row < assets; row++) {
    let y0 = drift[row] as number
    let y1 = y0
    let y2 = y0
    let y3 = y0
    const from = row * assets
    for (let column = 0, z = 0; column <= row; column++, z += DAYS) {
      const k = factor[from + column] as number
      y0 += k * (normals[z] as number)
      y1 += k * (normals[z + 1] as number)
      y2 += k * (normals[z + 2] as number)
      y3 += k * (normals[z + 3] as number)
    }
    const weight = weights[row] as number
    sum0 += weight * y0
    sum1 += weight * y1
    sum2 += weight * y2
    sum3 += weight * y3
  }
  sums[0] = sum0
  sums[1] = sum1
  sums[2] = sum2
  sums[3] = sum3
}
