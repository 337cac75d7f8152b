/** Win `payoff` R with `winProbability`, else lose 1 R. With `edge`, every path draws its own p and payoff from the evidence. */
export interface WinLossModel {
  readonly kind: 'winloss'
  readonly winProbability: number
  readonly payoff: number
  /** Sizes in R, all positive, of the wins and losses behind p and payoff. */
  readonly edge?: { readonly wins: readonly number[]; readonly losses: readonly number[] }
}

/** Trades drawn with replacement, one by one or in runs of mean length `block` (stationary; Politis and Romano 1994). */
export interface BootstrapModel {
  readonly kind: 'bootstrap'
  /** R-multiples, oldest first. */
  readonly returns: readonly number[]
  readonly block?: number | 'auto'
  /** Whether every path first resamples the list itself: the list is evidence of an edge, not the edge. */
  readonly uncertain?: boolean
}

/** Normal simple returns of several assets at constant weights, rebalanced each step. `sigma` is their covariance per step. */
export interface GaussianModel {
  readonly kind: 'gaussian'
  readonly mu: readonly number[]
  readonly sigma: readonly (readonly number[])[]
  readonly weights: readonly number[]
  /** Whether every asset is drawn; without it one normal per step stands for the portfolio, with the same law. */
  readonly everyAsset?: boolean
}

/** As the normal model, with Student-t returns of the same covariance and more than 2 degrees of freedom. */
export interface StudentModel extends Omit<GaussianModel, 'kind'> {
  readonly kind: 'student-t'
  readonly degreesOfFreedom: number
}

/** What draws the outcome of a trade or a step. */
export type Model = WinLossModel | BootstrapModel | GaussianModel | StudentModel

/** What is staked. Fractions are of present equity: the loss at −1 R, or the share of the portfolio's weights held. */
export type Staking =
  | { readonly method: 'fixed_fraction'; readonly fraction: number }
  /** A share of the growth-optimal fraction of the model: 0.5 is half Kelly. */
  | { readonly method: 'kelly'; readonly fraction: number }
  /** The same money every time, as a fraction of the starting equity. */
  | { readonly method: 'fixed_amount'; readonly fraction: number }
  /** `fraction` × `step`^(wins in a row), at most `cap`; a loss returns to `fraction`. */
  | { readonly method: 'anti_martingale'; readonly fraction: number; readonly step: number; readonly cap: number }
  /** `fraction`, falling linearly from the peak to 1/`factor` of it at `drawdownLimit`, 0 beyond. */
  | {
      readonly method: 'drawdown_throttle'
      readonly fraction: number
      readonly drawdownLimit: number
      readonly factor: number
    }

/** What is simulated, as asked for. Costs are in R per trade, or fractions of the portfolio per step. */
export interface SimulationRequest {
  readonly model: Model
  readonly staking: Staking
  readonly paths: number
  /** Trades, or steps of a portfolio. */
  readonly trades: number
  readonly seed: number
  readonly fee?: number
  readonly slippage?: number
  /** Equity over starting equity at or below which a path counts as ruined. */
  readonly floor?: number
  /** Equity over its own peak at or below which a path counts as ruined. */
  readonly trailingFloor?: number
  /** Whether a ruined path stops trading; without it the ruin is counted and the path goes on. */
  readonly stopAtFloor?: boolean
  /** Equity over starting equity that counts as success when reached before `limit`. */
  readonly target?: number
  readonly limit?: number
  /** `core` leaves out time under water, losing streaks, target and fan, and runs on the fastest kernels. */
  readonly detail?: 'core' | 'full'
}
