import type { PathMeasures } from '../results/path-measures.ts'
import type { RunSeed } from '../random/run-seed.ts'
import type { BlockTable } from './block-table.ts'

/** Per path: natural log of final over starting equity, depth of the deepest fall from a peak, and lowest point, as logs. */
export interface CoreMeasures {
  readonly logEquity: Float64Array
  /** 0 or more: maximum drawdown is 1 − exp(−depth); the starting capital is the first peak. */
  readonly logDepth: Float64Array
  /** 0 or less. */
  readonly logLowest: Float64Array
}

/** Win or lose at a fixed fraction: whole blocks of ten trades, then one shorter block. */
export interface BlockJob {
  readonly kind: 'blocks'
  readonly seed: RunSeed
  readonly wholeBlocks: number
  readonly whole: BlockTable
  /** What is left after the whole blocks; no trades when they are enough. */
  readonly rest: BlockTable
  readonly bits: number
}

/** Trades drawn with replacement at a fixed fraction. Up to `PAIRED_LENGTH` trades one random word gives two draws. */
export interface BootstrapJob {
  readonly kind: 'bootstrap'
  readonly seed: RunSeed
  readonly steps: number
  /** Log growth of each trade in units of 2^-bits. */
  readonly increments: Int32Array
  readonly bits: number
}

/** Correlated normal returns of several assets at constant weights, rebalanced each step. */
export interface GaussianJob {
  readonly kind: 'gaussians'
  readonly seed: RunSeed
  readonly steps: number
  readonly assets: number
  /** Lower triangular factor of the covariance, row by row, `assets` × `assets`. */
  readonly factor: Float64Array
  readonly drift: Float64Array
  readonly weights: Float64Array
  /** Growth of a step with no return: 1 less its cost. */
  readonly base: number
}

/**
 * Every measure of trades at a fixed fraction, trade by trade: wins and losses drawn as in blocks, or increments drawn as
 * in the bootstrap. All in units of 2^-bits.
 */
export interface TradesJob {
  readonly kind: 'trades'
  readonly seed: RunSeed
  readonly steps: number
  readonly draw:
    | { readonly kind: 'flips'; readonly chance: number; readonly up: number; readonly down: number }
    | { readonly kind: 'list'; readonly increments: Int32Array }
  readonly bits: number
  /** Log wealth at or beyond which the target, or the limit, is reached; infinite without one. */
  readonly target: number
  readonly limit: number
}

/** One load a kernel can run. */
export type KernelJob = BlockJob | BootstrapJob | GaussianJob | TradesJob

/** The numeric core of a simulation. Every implementation gives the same bytes for the same job and path. */
export interface Kernels {
  readonly name: 'typescript' | 'wasm-simd'
  /** Runs paths `first` to `first + count - 1` and writes their measures from index `at` on; all of them only for trades. */
  run(job: KernelJob, first: number, count: number, into: PathMeasures, at: number): void
}

/** Longest list of outcomes that can be drawn from. */
export const MOST_OUTCOMES = 65_536

/** Longest list of trades for which the two halves of a word's product are independent to within 2^-12. */
export const PAIRED_LENGTH = 1024
