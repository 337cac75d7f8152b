import type { CorrelationStudy } from '../studies.ts'

/** Correlations by where symbols stand in the study, so that many pairs are looked up at little cost. */
export interface Correlations {
  /** Where a symbol stands; −1 where it was not studied. */
  readonly placeOf: (symbol: string) => number
  /** Correlation of two places; `undefined` where it was not studied or is no correlation. */
  readonly at: (a: number, b: number) => number | undefined
  /** Annualised volatility at a place; `undefined` where it was not studied or is none. */
  readonly volatilityAt: (place: number) => number | undefined
}

const UNSTUDIED: Correlations = { placeOf: () => -1, at: () => undefined, volatilityAt: () => undefined }

/** The correlations of a study. */
export function correlationsOf(study: CorrelationStudy | null | undefined): Correlations {
  if (study === undefined || study === null) return UNSTUDIED
  const { symbols, correlation, volatility } = study
  const places = new Map<string, number>()
  for (const [place, symbol] of symbols.entries()) if (!places.has(symbol)) places.set(symbol, place)
  return {
    placeOf: (symbol) => places.get(symbol) ?? -1,
    at: (a, b) => {
      const value = a < 0 || b < 0 ? undefined : correlation[a * symbols.length + b]
      return value !== undefined && Number.isFinite(value) && Math.abs(value) <= 1 + 1e-9 ? value : undefined
    },
    volatilityAt: (place) => {
      const value = volatility[place]
      return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined
    },
  }
}
