import { mean } from '../../stats/moments.ts'
import { followMethod } from './follow-method.ts'
import { LAB_METHODS } from './lab-methods.ts'
import { LAB_TERMS, type LabMarket, type LabMethod, type LabTerms } from './lab-market.ts'
import { lookAhead, type LookAhead } from './look-ahead.ts'
import { type Performance, performanceOf } from './performance.ts'
import { deflatedSharpe, sharpeFacts } from './sharpe.ts'

/** What one method made of a market. */
export interface LabResult {
  readonly id: string
  readonly title: string
  readonly performance: Performance
  /** Probability that its Sharpe ratio is real, after as many variants as were compared. */
  readonly deflatedSharpe: number | null
  /** Interest paid on leverage, and trading costs, as fractions of equity summed over the days. */
  readonly interestPaid: number
  readonly costsPaid: number
  /** Gross weight in the day and overnight, averaged over the days. */
  readonly averageLeverage: number
  readonly overnightLeverage: number
  /** Weight traded a day, averaged. */
  readonly turnover: number
  readonly returns: readonly number[]
}

/** A comparison of methods, and what the lab thinks of the forecasts. */
export interface LabReport {
  readonly results: readonly LabResult[]
  readonly lookAhead: LookAhead
  readonly variants: number
}

/** Runs methods over a market of at least two days, each deciding before the day it earns. */
export function runLab(
  market: LabMarket,
  methods: readonly LabMethod[] = LAB_METHODS,
  terms: LabTerms = LAB_TERMS,
  /** Variants that were tried in all; those compared where unset. */
  tried: number = methods.length,
): LabReport {
  const runs = methods.map((method) => ({ method, ...followMethod(market, method, terms) }))
  const deflated = deflatedAmong(
    runs.map(({ returns }) => returns),
    tried,
  )
  const { periodsPerYear, years = market.returns.length / periodsPerYear } = market
  const results = runs.map(({ method, ...run }, index): LabResult => {
    return {
      id: method.id,
      title: method.title,
      performance: performanceOf(run.returns, { periodsPerYear, years }),
      deflatedSharpe: deflated[index] ?? null,
      ...run,
    }
  })
  return {
    results,
    lookAhead: lookAhead(
      market,
      results.map(({ performance }) => performance),
    ),
    variants: tried,
  }
}

/**
 * The deflated Sharpe ratio of each series of returns, among `tried` variants spread as these are; `null` where one does not
 * vary, and for all where several were tried and too few vary to tell how they spread.
 */
export function deflatedAmong(series: readonly (readonly number[])[], tried: number): (number | null)[] {
  const facts = series.map((returns) => sharpeFacts(returns))
  const sharpes = facts.flatMap(({ perPeriod }) => (perPeriod === null ? [] : [perPeriod]))
  if (sharpes.length < 2 && tried > 1) return facts.map(() => null)
  const spread = sharpes.length < 2 ? 0 : sampleVariance(sharpes)
  return facts.map((own) => deflatedSharpe(own, spread, tried))
}

function sampleVariance(values: readonly number[]): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}
