import { riskFigures } from '../../domain/portfolio/optimiser/risk-figures.ts'
import type { PortfolioFigures } from '../../contract/portfolio/optimise.ts'

/** Σ of correlations and volatilities, n × n row by row; a year. */
export function covarianceOf(correlation: ArrayLike<number>, volatility: ArrayLike<number>): Float64Array {
  const n = volatility.length
  return Float64Array.from({ length: n * n }, (_, cell) => {
    const [i, j] = [Math.floor(cell / n), cell % n]
    // Of two halves that differ by rounding one is taken for both.
    const known = correlation[Math.min(i, j) * n + Math.max(i, j)] ?? Number.NaN
    return (i === j ? 1 : known) * (volatility[i] ?? Number.NaN) * (volatility[j] ?? Number.NaN)
  })
}

/** Weights under Σ and expected returns in figures; no expected return where one of what is held is not known. */
export function figuresOfWeights(
  weights: Float64Array,
  sigma: Float64Array,
  expected: readonly (number | null)[],
  riskFree: number,
): PortfolioFigures {
  const { volatility, diversificationRatio } = riskFigures(sigma, weights)
  let [net, gross, earned, blind] = [0, 0, 0, false]
  for (const [i, weight] of weights.entries()) {
    const own = expected[i] ?? null
    net += weight
    gross += Math.abs(weight)
    if (weight !== 0 && own === null) blind = true
    earned += weight * (own ?? 0)
  }
  return {
    expectedReturn: blind ? null : earned,
    volatility,
    sharpe: blind || !(volatility > 0) ? null : (earned - riskFree * net) / volatility,
    diversification: diversificationRatio ?? null,
    gross,
    net,
    cash: 1 - net,
  }
}
