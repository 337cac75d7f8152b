import { mean, standardDeviation } from '../../stats/moments.ts'
import { quantileOfSorted } from '../../stats/quantile.ts'
import { probabilisticSharpe, sharpeFacts } from './sharpe.ts'

/** How returns are measured: what a year is, and what is expected without risk. */
export interface PerformanceTerms {
  readonly periodsPerYear: number
  /** Calendar years the returns span; without it periods / periods per year. */
  readonly years?: number
  /** Per period. */
  readonly riskFree?: number
  /** Per period; the return below which Sortino counts a shortfall. */
  readonly target?: number
}

/** Measures of a series of simple returns. Losses are positive; `null` is a measure the series does not have. */
export interface Performance {
  readonly periods: number
  readonly totalReturn: number
  /** By calendar time; −1 where everything was lost. */
  readonly cagr: number
  readonly volatility: number
  readonly sharpe: number | null
  readonly sortino: number | null
  readonly maxDrawdown: number
  readonly calmar: number | null
  /** Type-7 historical quantiles of the returns, and the mean loss beyond them. */
  readonly valueAtRisk95: number
  readonly expectedShortfall95: number
  readonly valueAtRisk99: number
  readonly expectedShortfall99: number
  /** 0.8 × Sharpe + 0.2 × CAGR. */
  readonly squantified: number | null
  /** Probability that the true Sharpe ratio is above zero. */
  readonly probabilisticSharpe: number | null
  readonly skewness: number
  readonly kurtosis: number
}

/** Measures at least two simple returns, each above −1 or exactly −1. */
export function performanceOf(returns: readonly number[], terms: PerformanceTerms): Performance {
  const { periodsPerYear, years = returns.length / periodsPerYear, riskFree = 0, target = 0 } = terms
  const root = Math.sqrt(periodsPerYear)
  const facts = sharpeFacts(returns, riskFree)
  const sharpe = facts.perPeriod === null ? null : facts.perPeriod * root
  const wealth = returns.reduce((product, value) => product * (1 + value), 1)
  const cagr = wealth > 0 ? Math.exp(Math.log(wealth) / years) - 1 : -1
  const maxDrawdown = deepestFall(returns)
  const downside = Math.sqrt(mean(returns.map((value) => Math.min(value - target, 0) ** 2)))
  const sorted = Float64Array.from(returns).sort()
  return {
    periods: returns.length,
    totalReturn: wealth - 1,
    cagr,
    volatility: standardDeviation(returns) * root,
    sharpe,
    sortino: downside > 0 ? ((mean(returns) - target) / downside) * root : null,
    maxDrawdown,
    calmar: maxDrawdown > 0 ? cagr / maxDrawdown : null,
    valueAtRisk95: -quantileOfSorted(sorted, 0.05),
    expectedShortfall95: shortfall(sorted, 0.05),
    valueAtRisk99: -quantileOfSorted(sorted, 0.01),
    expectedShortfall99: shortfall(sorted, 0.01),
    squantified: sharpe === null ? null : 0.8 * sharpe + 0.2 * cagr,
    probabilisticSharpe: probabilisticSharpe(facts, 0),
    skewness: facts.skewness,
    kurtosis: facts.kurtosis,
  }
}

/** Deepest fall from a peak as a fraction of it; the starting capital is the first peak. */
function deepestFall(returns: readonly number[]): number {
  let wealth = 1
  let peak = 1
  let deepest = 0
  for (const value of returns) {
    wealth *= 1 + value
    peak = Math.max(peak, wealth)
    deepest = Math.max(deepest, 1 - wealth / peak)
  }
  return deepest
}

/** Mean loss of the returns at or below the quantile. */
function shortfall(sorted: Float64Array, share: number): number {
  const edge = quantileOfSorted(sorted, share)
  return -mean([...sorted].filter((value) => value <= edge))
}
