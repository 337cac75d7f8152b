/** Ways to build a portfolio. */
export const PORTFOLIO_METHODS = [
  'kelly_mvo',
  'min_variance',
  'max_sharpe',
  'risk_parity',
  'hrp',
  'equal_weight',
] as const

/** One way to build a portfolio. */
export type PortfolioMethod = (typeof PORTFOLIO_METHODS)[number]

/** Both ends of a sum of weights; an end that is left out limits nothing. */
export interface WeightRange {
  readonly min?: number
  readonly max?: number
}

/** A group of assets, by index in rising order, and what its weights may sum to. */
export interface WeightGroup extends WeightRange {
  readonly name: string
  readonly members: readonly number[]
}

/**
 * A checked portfolio problem. Weights are shares of equity, what is left of 1 is cash; returns, Σ and volatility are
 * annual; a cost is charged per unit of weight traded; a limit that is left out does not bind.
 */
export interface PortfolioProblem {
  readonly method: PortfolioMethod
  readonly names: readonly string[]
  /** Expected returns; left out where the method needs none and none were given. */
  readonly mu?: Float64Array
  /** Σ, row-major, symmetric and positive semi-definite. */
  readonly sigma: Float64Array
  /** Weights held now; all cash where nothing was said. */
  readonly held: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly groups: readonly WeightGroup[]
  readonly budget: WeightRange
  readonly cost: Float64Array
  readonly riskAversion: number
  /** Return of cash a year, for `max_sharpe`. */
  readonly riskFree: number
  /** Most that may be traded, Σ|w − held|. */
  readonly turnover?: number
  readonly volatilityCap?: number
  readonly topK?: { readonly k: number; readonly max: number }
  /** Most leverage, Σ|w|. */
  readonly gross?: number
  /** Least expected return. */
  readonly minimumReturn?: number
  /** Shares of the risk for `risk_parity`, summing to 1. */
  readonly riskBudgets?: Float64Array
}

/** A limit by its path in the request, such as `groups[0].max`, and in words. */
export interface NamedLimit {
  readonly limit: string
  readonly says: string
}
