/** A limit on a weighted sum of a few weights: at most a bound, or equal to it. */
export interface LinearLimit {
  readonly members: Int32Array
  readonly factors: Float64Array
  readonly bound: number
  readonly equal: boolean
}

/**
 * One extra number e per asset that lies above two slopes of its weight, eᵢ ≥ s₀·wᵢ − first and eᵢ ≥ s₁·wᵢ − second, is
 * charged, and may be limited in sum. |w − w₀| has slopes ±1. With `largest` = k a level θ is taken off the first slope and
 * k·θ joins the sum: the sum of the k largest weights, which is convex.
 */
export interface Epigraph {
  readonly slopes: readonly [number, number]
  readonly first: Float64Array
  readonly second: Float64Array
  readonly charge: Float64Array
  readonly cap: number | undefined
  readonly largest: number
}

/**
 * Minimise ½λ·w′Σw + linear′w + charges under bounds, limits, epigraphs and a cap on √(w′Σw). A bound of ±Infinity is none.
 * `softness` above zero lets every limit give way at the price of half its square over the softness: always feasible.
 */
export interface ConvexProgram {
  readonly order: number
  /** Σ, row-major, symmetric. */
  readonly sigma: Float64Array
  readonly riskAversion: number
  readonly linear: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly limits: readonly LinearLimit[]
  readonly epigraphs: readonly Epigraph[]
  readonly volatilityCap: number | undefined
  readonly softness: number
  /** Where to begin; need not be feasible. */
  readonly start: Float64Array
}

/** Where a program ended: weights, and the price of one unit of every limit in units of the objective. */
export interface ProgramSolution {
  /** `stalled`: no further progress, too far from optimal to be an answer. */
  readonly status: 'optimal' | 'stalled'
  readonly weights: Float64Array
  readonly lowerPrices: Float64Array
  readonly upperPrices: Float64Array
  readonly limitPrices: Float64Array
  /** Of the caps of the epigraphs, 0 where there is none. */
  readonly capPrices: Float64Array
  readonly volatilityPrice: number
  readonly iterations: number
}
