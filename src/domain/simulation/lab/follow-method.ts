import { mean } from '../../stats/moments.ts'
import type { LabMarket, LabMethod, LabTerms } from './lab-market.ts'

/** What following one method through a market came to. Shares of equity; leverage as gross weight. */
export interface Followed {
  readonly interestPaid: number
  readonly costsPaid: number
  readonly averageLeverage: number
  readonly overnightLeverage: number
  readonly turnover: number
  readonly returns: readonly number[]
}

/**
 * Follows a method through a market, each day deciding before the day it earns. Weights are set anew every `every` days (from
 * the first) and drift with the returns in between; what is traded to set them, and to cut them for the night, pays the cost.
 * Equity that is lost whole stays lost.
 */
export function followMethod(market: LabMarket, method: LabMethod, terms: LabTerms, every = 1): Followed {
  const { assets, periodsPerYear, returns, forecasts, volatilities } = market
  const none = assets.map(() => 0)
  let held = none
  let isRuined = false
  const ledger = returns.map((row, day) => {
    const view = { assets, forecast: forecasts[day] ?? [], volatility: volatilities[day] ?? [], periodsPerYear }
    const weights = isRuined ? none : limited(day % every === 0 ? method.weights(view) : held, terms)
    const gross = grossOf(weights)
    const overnight = Math.min(gross, terms.overnightLeverage)
    const set = weights.reduce((sum, weight, asset) => sum + Math.abs(weight - (held[asset] ?? 0)), 0)
    // What may not be held overnight is sold in the evening, at a cost of its own.
    const traded = set + gross - overnight
    const earned = weights.reduce((sum, weight, asset) => sum + weight * (row[asset] ?? 0), 0)
    const interest = (Math.max(overnight - 1, 0) * terms.interest) / periodsPerYear
    const cost = traded * terms.cost
    const result = Math.max(-1, earned - interest - cost)
    const kept = gross > overnight ? overnight / gross : 1
    isRuined ||= result === -1
    held = isRuined ? none : weights.map((weight, asset) => (weight * kept * (1 + (row[asset] ?? 0))) / (1 + result))
    return { result, gross, overnight, traded, interest, cost }
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
