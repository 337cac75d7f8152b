import { invariant } from '../kernel/invariant.ts'

/** Decay of the RiskMetrics daily estimate (J.P. Morgan 1996). */
export const RISKMETRICS_DECAY = 0.94

/** The decay whose weights halve every `halfLife` periods: 0.5^(1/half-life). `halfLife` > 0. */
export function decayOf(halfLife: number): number {
  invariant(halfLife > 0, 'a half-life is a positive number of periods')
  return 0.5 ** (1 / halfLife)
}

/**
 * Exponentially weighted volatility a year, a fraction: √(periods · Σ λ^age·r² / Σ λ^age) over log returns given oldest
 * first, about a mean of zero (RiskMetrics 1996, over a finite look-back). `decay` λ in (0, 1); NaN where there is no
 * return or one of them is not finite.
 */
export function ewmaVolatility(returns: ArrayLike<number>, decay: number, periodsPerYear: number): number {
  invariant(decay > 0 && decay < 1, 'a decay lies between 0 and 1')
  let squares = 0
  let weights = 0
  for (let i = 0; i < returns.length; i++) {
    const value = returns[i] ?? Number.NaN
    squares = squares * decay + value * value
    weights = weights * decay + 1
  }
  return Math.sqrt((periodsPerYear * squares) / weights)
}
