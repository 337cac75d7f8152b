import { invariant } from '../kernel/invariant.ts'

/** Volatility a year of a portfolio as it is, and where correlations go to their limits. Fractions of equity. */
export interface CorrelationStress {
  /** √(w′Σw). */
  readonly measured: number
  /** All correlations 1: |Σ wσ|. Hedges offset in full. */
  readonly together: number
  /** Every position against the portfolio at once: Σ |w|σ. What no diversification and no hedge would leave. */
  readonly worst: number
  /** Σ |w|σ over √(w′Σw), 1 without diversification; `undefined` where nothing is held. */
  readonly diversification: number | undefined
}

/**
 * Volatility of signed weights (shares of equity) with volatilities a year and a correlation matrix, n × n row by row; no
 * market model in between. All finite.
 */
export function correlationStress(
  weights: ArrayLike<number>,
  volatility: ArrayLike<number>,
  correlation: ArrayLike<number>,
): CorrelationStress {
  const n = weights.length
  invariant(
    volatility.length === n && correlation.length === n * n,
    'weights, volatilities and correlations fit together',
  )
  const risk = Float64Array.from({ length: n }, (_, i) => (weights[i] ?? NaN) * (volatility[i] ?? NaN))
  let variance = 0
  for (const [i, a] of risk.entries())
    for (const [j, b] of risk.entries()) variance += a * b * (correlation[i * n + j] ?? NaN)
  const measured = Math.sqrt(Math.max(0, variance))
  const worst = risk.reduce((sum, value) => sum + Math.abs(value), 0)
  return {
    measured,
    together: Math.abs(risk.reduce((sum, value) => sum + value, 0)),
    worst,
    diversification: measured > 0 ? worst / measured : undefined,
  }
}
