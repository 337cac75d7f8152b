import { blockTable } from '../../../src/domain/simulation/kernels/block-table.ts'
import type { KernelJob } from '../../../src/domain/simulation/kernels/kernels.ts'
import { inUnits, logScale } from '../../../src/domain/simulation/kernels/log-scale.ts'
import { runSeed } from '../../../src/domain/simulation/random/run-seed.ts'
import { settleReturns } from '../../../src/domain/simulation/settle-returns.ts'

/** Paths of every load. */
export const PATHS = 10_000

/** One load that all engines run: what a step is, and how a fresh job of it is made from a seed, tables and all. */
export interface Load {
  readonly name: 'W1' | 'W2' | 'W3'
  readonly title: string
  readonly steps: number
  job(seed: number): KernelJob
}

const TRADES = 1000
const DAYS = 252
const ASSETS = 20

/** The peers' 500 returns in R, from their own small generator. */
export function history(): number[] {
  let state = 12_345
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
  return Array.from({ length: 500 }, () => {
    const wins = uniform() < 0.45
    const size = uniform()
    return wins ? 0.5 + 3 * size : -1.2 * size - 0.1
  })
}

function covariance(row: number, column: number): number {
  const sigma = (asset: number): number => 0.01 + 0.0005 * asset
  const sector = Math.floor(row / 5) === Math.floor(column / 5) ? 0.2 : 0
  return (row === column ? 1 : 0.3 + sector) * sigma(row) * sigma(column)
}

/** The three loads of the peers' `model.md`. */
export const LOADS: readonly Load[] = [
  {
    name: 'W1',
    title: 'win or lose, 1,000 trades',
    steps: PATHS * TRADES,
    job(seed) {
      const scale = logScale(TRADES, Math.log(1.15))
      const [up = 0, down = 0] = inUnits([Math.log(1.15), Math.log(0.9)], scale)
      const [whole, rest] = [blockTable(10, 0.55, up, down), blockTable(0, 0.55, up, down)]
      return { kind: 'blocks', seed: runSeed(seed), wholeBlocks: TRADES / 10, whole, rest, bits: scale.bits }
    },
  },
  {
    name: 'W2',
    title: 'bootstrap of 500 returns, 1,000 trades',
    steps: PATHS * TRADES,
    job(seed) {
      const growths = history().map((r) => Math.log1p(0.02 * r))
      const scale = logScale(TRADES, Math.max(...growths.map(Math.abs)))
      const increments = Int32Array.from(inUnits(growths, scale))
      return { kind: 'bootstrap', seed: runSeed(seed), steps: TRADES, increments, bits: scale.bits }
    },
  },
  {
    name: 'W3',
    title: '20 correlated assets, 252 days',
    steps: PATHS * DAYS,
    job(seed) {
      const assets = Array.from({ length: ASSETS }, (_, asset) => asset)
      const model = settleReturns({
        kind: 'gaussian',
        mu: assets.map((asset) => 0.0002 + 0.00002 * asset),
        sigma: assets.map((row) => assets.map((column) => covariance(row, column))),
        weights: assets.map(() => 1 / ASSETS),
        everyAsset: true,
      })
      if (model === undefined) throw new Error('the covariance of the load has a factor')
      const [factor, drift, weights] = [model.factor, model.drift, model.weights].map((list) => Float64Array.from(list))
      if (factor === undefined || drift === undefined || weights === undefined) throw new Error('three lists')
      return { kind: 'gaussians', seed: runSeed(seed), steps: DAYS, assets: ASSETS, factor, drift, weights, base: 1 }
    },
  },
]
