import { mean, standardDeviation } from '../../stats/moments.ts'
import { normalBelow, normalQuantile } from './normal-law.ts'

/** Sharpe ratio of one period and what its uncertainty depends on. */
export interface SharpeFacts {
  /** (mean − risk-free) / sd(n − 1), per period; `null` where returns do not vary. */
  readonly perPeriod: number | null
  readonly periods: number
  readonly skewness: number
  /** Kurtosis itself: 3 for the normal law. */
  readonly kurtosis: number
}

/** Facts of at least two simple returns; skewness and kurtosis are the moments, not bias-corrected. */
export function sharpeFacts(returns: readonly number[], riskFreePerPeriod = 0): SharpeFacts {
  const centre = mean(returns)
  const moment = (power: number): number => mean(returns.map((value) => (value - centre) ** power))
  const variance = moment(2)
  const deviation = standardDeviation(returns)
  return {
    perPeriod: deviation > 0 ? (centre - riskFreePerPeriod) / deviation : null,
    periods: returns.length,
    skewness: variance > 0 ? moment(3) / variance ** 1.5 : 0,
    kurtosis: variance > 0 ? moment(4) / variance ** 2 : 3,
  }
}

/** Probability that the true Sharpe ratio exceeds `benchmark`, both per period (Bailey and López de Prado 2012). */
export function probabilisticSharpe(
  { perPeriod, periods, skewness, kurtosis }: SharpeFacts,
  benchmark: number,
): number | null {
  if (perPeriod === null || periods < 2) return null
  const spread = 1 - skewness * perPeriod + ((kurtosis - 1) / 4) * perPeriod ** 2
  return spread > 0 ? normalBelow(((perPeriod - benchmark) * Math.sqrt(periods - 1)) / Math.sqrt(spread)) : null
}

const EULER = 0.5772156649015329

/** The Sharpe ratio per period that the best of `trials` worthless variants reaches by luck, given the variance among them. */
export function luckySharpe(varianceOfTrials: number, trials: number): number {
  if (trials < 2) return 0
  const best = (1 - EULER) * normalQuantile(1 - 1 / trials) + EULER * normalQuantile(1 - 1 / (trials * Math.E))
  return Math.sqrt(varianceOfTrials) * best
}

/** Probability that the Sharpe ratio is real after `trials` variants were tried (deflated; Bailey and López de Prado 2014). */
export function deflatedSharpe(facts: SharpeFacts, varianceOfTrials: number, trials: number): number | null {
  return probabilisticSharpe(facts, luckySharpe(varianceOfTrials, trials))
}
