import type { BootstrapModel, GaussianModel, Staking, StudentModel, WinLossModel } from './model.ts'

/** A bootstrap whose mean block length is settled: 1 draws trade by trade. */
export interface SettledBootstrap extends BootstrapModel {
  readonly block: number
}

/** How a portfolio's step is drawn: a triangular factor, so that one asset may stand for all of them. */
export interface SettledReturns {
  readonly kind: 'returns'
  readonly drift: readonly number[]
  /** Lower triangular, row by row. */
  readonly factor: readonly number[]
  readonly weights: readonly number[]
  /** Degrees of freedom of the common Student-t mixing; without it the returns are normal. */
  readonly degreesOfFreedom?: number
}

/** A staking rule with its fraction known: Kelly has become a fixed fraction. */
export type SettledStaking = Exclude<Staking, { method: 'kelly' }>

/** Everything a path depends on, as plain data: it crosses to worker threads and names the run. */
export interface SimulationPlan {
  readonly model: WinLossModel | SettledBootstrap | SettledReturns
  readonly staking: SettledStaking
  readonly paths: number
  readonly trades: number
  readonly seed: number
  /** Fee and slippage together, per trade in R or per step as a fraction of what is held. */
  readonly cost: number
  readonly floor: number | null
  readonly trailingFloor: number | null
  readonly stopAtFloor: boolean
  readonly target: number | null
  readonly limit: number | null
  readonly detail: 'core' | 'full'
  /** The first paths are kept step by step, at these steps (1 is after the first trade); none for a core run. */
  readonly fanPaths: number
  readonly fanSteps: readonly number[]
}

/** How the portfolio models are asked for before they are settled. */
export type ReturnsModel = GaussianModel | StudentModel
