/** What weights mean under a covariance: annual figures, fractions of equity. */
export interface RiskFigures {
  /** √(w′Σw). */
  readonly volatility: number
  /** wᵢ(Σw)ᵢ over w′Σw, which sum to 1; empty where nothing moves. */
  readonly riskContributions: readonly number[]
  /** Σ|wᵢ|σᵢ over the volatility: 1 without diversification; absent where nothing moves. */
  readonly diversificationRatio?: number
}

/** The risk of weights under Σ, row-major. */
export function riskFigures(sigma: Float64Array, weights: Float64Array): RiskFigures {
  const order = weights.length
  const slopes = covarianceTimes(sigma, weights)
  let [variance, apart] = [0, 0]
  for (let i = 0; i < order; i++) {
    variance += (weights[i] as number) * (slopes[i] as number)
    apart += Math.abs(weights[i] as number) * Math.sqrt(sigma[i * order + i] as number)
  }
  const volatility = Math.sqrt(Math.max(0, variance))
  if (!(volatility > 0)) return { volatility: 0, riskContributions: [] }
  return {
    volatility,
    riskContributions: Array.from(weights, (weight, i) => (weight * (slopes[i] as number)) / variance),
    diversificationRatio: apart / volatility,
  }
}

/** Σ·weights. */
export function covarianceTimes(sigma: Float64Array, weights: Float64Array): Float64Array {
  const order = weights.length
  const product = new Float64Array(order)
  for (let row = 0; row < order; row++) {
    let sum = 0
    for (let column = 0; column < order; column++)
      sum += (sigma[row * order + column] as number) * (weights[column] as number)
    product[row] = sum
  }
  return product
}
