import { mean } from '../../stats/moments.ts'
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
  const runs = methods.map((method) => ({ method, ...follow(market, method, terms) }))
  const deflated = deflatedAmong(
    runs.map(({ returns }) => returns),
    tried,
  )
  const results = runs.map(({ method, ...run }, index): LabResult => {
    return {
      id: method.id,
      title: method.title,
      performance: performanceOf(run.returns, { periodsPerYear: market.periodsPerYear }),
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

/** The deflated Sharpe ratio of each series of returns, among `tried` variants spread as these are; `null` where one does not vary. */
export function deflatedAmong(series: readonly (readonly number[])[], tried: number): (number | null)[] {
  const facts = series.map((returns) => sharpeFacts(returns))
  const sharpes = facts.flatMap(({ perPeriod }) => (perPeriod === null ? [] : [perPeriod]))
  const spread = sharpes.length < 2 ? 0 : sampleVariance(sharpes)
  return facts.map((own) => deflatedSharpe(own, spread, tried))
}

type Followed = Omit<LabResult, 'id' | 'title' | 'performance' | 'deflatedSharpe'>

function follow(market: LabMarket, method: LabMethod, terms: LabTerms): Followed {
  const { assets, periodsPerYear, returns, forecasts, volatilities } = market
  const days = returns.map((row, day) => ({ row, forecast: forecasts[day] ?? [], volatility: volatilities[day] ?? [] }))
  let held = assets.map(() => 0)
  const ledger = days.map(({ row, forecast, volatility }) => {
    const weights = limited(method.weights({ assets, forecast, volatility, periodsPerYear }), terms)
    const gross = grossOf(weights)
    const overnight = Math.min(gross, terms.overnightLeverage)
    const traded = weights.reduce((sum, weight, asset) => sum + Math.abs(weight - (held[asset] ?? 0)), 0)
    const earned = weights.reduce((sum, weight, asset) => sum + weight * (row[asset] ?? 0), 0)
    const interest = (Math.max(overnight - 1, 0) * terms.interest) / periodsPerYear
    const cost = traded * terms.cost
    held = weights.map((weight) => (gross > overnight ? (weight * overnight) / gross : weight))
    return { result: Math.max(-1, earned - interest - cost), gross, overnight, traded, interest, cost }
  })
  const total = (of: (day: (typeof ledger)[number]) => number): number => ledger.reduce((sum, day) => sum + of(day), 0)
  return {
    returns: ledger.map(({ result }) => result),
    interestPaid: total(({ interest }) => interest),
    costsPaid: total(({ cost }) => cost),
    averageLeverage: mean(ledger.map(({ gross }) => gross)),
    overnightLeverage: mean(ledger.map(({ overnight }) => overnight)),
    turnover: mean(ledger.map(({ traded }) => traded)),
  }
}

/** Caps each weight, then the gross: leverage is a ceiling, not a multiplier. */
function limited(weights: readonly number[], { assetCap, intradayLeverage }: LabTerms): number[] {
  const capped = weights.map((weight) => Math.max(-assetCap, Math.min(assetCap, weight)))
  const gross = grossOf(capped)
  return gross > intradayLeverage ? capped.map((weight) => (weight * intradayLeverage) / gross) : capped
}

function grossOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + Math.abs(weight), 0)
}

function sampleVariance(values: readonly number[]): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}
