import { ewmaVolatility, RISKMETRICS_DECAY } from '../market/ewma-volatility.ts'

/** A holding with its signed share of equity and its simple returns by day, aligned with those of the others. */
export interface WeightedReturns {
  readonly weight: number
  readonly returns: readonly number[]
}

/** Volatility of a portfolio at its present weights, and how much its parts diversify each other. */
export interface PortfolioMoments {
  /** √(w′Σw) a year, a fraction of equity. */
  readonly volatility: number
  /** Σ |wᵢ|·σᵢ over the portfolio's volatility: 1 without diversification. */
  readonly diversification: number
}

/**
 * Volatility a year of the returns these weights would have earned, exponentially weighted (λ 0.94): the same as √(w′Σw)
 * with Σ of the same weights and days. `undefined` without a return, or where nothing moved.
 */
export function portfolioMoments(
  parts: readonly WeightedReturns[],
  periodsPerYear: number,
): PortfolioMoments | undefined {
  const days = parts[0]?.returns.length ?? 0
  const volatilityOf = (returns: readonly number[]): number =>
    ewmaVolatility(returns, RISKMETRICS_DECAY, periodsPerYear)
  const whole = Array.from({ length: days }, (_, day) =>
    parts.reduce((sum, { weight, returns }) => sum + weight * (returns[day] ?? Number.NaN), 0),
  )
  const volatility = volatilityOf(whole)
  if (!(volatility > 0) || volatility === Infinity) return undefined
  const apart = parts.reduce((sum, { weight, returns }) => sum + Math.abs(weight) * volatilityOf(returns), 0)
  return { volatility, diversification: apart / volatility }
}
