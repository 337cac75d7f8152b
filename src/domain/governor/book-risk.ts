import type { Book } from '../book.ts'
import { toFloat, type Dec } from '../kernel/money.ts'
import type { CorrelationStudy } from '../studies.ts'
import { correlationBetween, countedCorrelation, positionRisks, standingRisks, type HeldRisk } from './held-risks.ts'
import { largestMean } from './mean-together.ts'
import type { Correlations } from './study-correlations.ts'

/** What one symbol adds to the risk of the book; shares of all symbols add up to 1, one that hedges has a negative one. */
export interface RiskShare {
  readonly symbol: string
  /** Signed notional, account currency. */
  readonly exposure: number
  /** Annualised volatility of the instrument, a fraction; `undefined` where it was not studied. */
  readonly volatility: number | undefined
  /** Of the volatility of all positions; `undefined` where that is not known or nothing. */
  readonly ofVolatility: number | undefined
  /** Loss at the stops, the stated gap where one is missing. */
  readonly risk: number
  /** Of the correlated risk of all positions; `undefined` where that is nothing. */
  readonly ofRisk: number | undefined
}

/** Two symbols that move together as they are held, with what may be held of both. */
export interface PairTogether {
  readonly symbols: readonly [string, string]
  /** Worst-case size of both, account currency. */
  readonly size: Dec
  /** Direction-signed correlation; `undefined` where it was not studied, which counts as together. */
  readonly correlation: number | undefined
}

/** The correlated risk of a book as it stands, working orders as they leave most. Amounts in account currency, float64. */
export interface BookRisk {
  /** √(r′Cr) over signed risks, unknown correlations at the worst. */
  readonly correlated: number
  /** Σ|r|: as if all stops were hit. */
  readonly added: number
  /** With all correlations of one direction at 1. */
  readonly stressed: number
  /** Mean over pairs of how symbols move together. */
  readonly together: number
  /** Annualised √(e′Σe), or what is not known of it. */
  readonly volatility: { readonly amount: number } | { readonly missing: string }
  readonly shares: readonly RiskShare[]
  /** Pairs that were not studied, by name. */
  readonly unknown: readonly string[]
  /** Up to so many pairs of symbols held the same way whose correlation is above a threshold, largest first. */
  readonly pairsAbove: (threshold: number, most: number) => readonly PairTogether[]
}

/** The risk of a book by its correlations, exactly as the ceilings count it before an order. */
export function bookRisk(book: Book, gapLoss: Dec, study: CorrelationStudy | null): BookRisk {
  const risks = standingRisks(book, gapLoss, study)
  const { held, correlations, squares, together, variance } = risks
  const working = held.filter(({ isHeld }) => !isHeld)
  const links = working.map(({ symbol }) => together.working.get(symbol) ?? 0)
  return {
    correlated: Math.sqrt(Math.max(0, ...squares)),
    added: held.reduce((sum, { most }) => sum + most, 0),
    stressed: Math.sqrt(risks.stressed),
    together: largestMean(together.positions, held.length - working.length, links, together.strongest),
    volatility: 'missing' in variance ? variance : { amount: Math.sqrt(Math.max(0, ...variance.of)) },
    shares: sharesOf(positionRisks(book, gapLoss, correlations), correlations),
    unknown: [...risks.unknown].sort(),
    pairsAbove: (threshold, most) => pairsAbove(book, correlations, threshold, most),
  }
}

/** Euler's split of a homogeneous risk: what each part adds at the margin, times its size. */
function sharesOf(positions: readonly HeldRisk[], correlations: Correlations): readonly RiskShare[] {
  const apart = new Set<string>()
  const parts = positions.map((one) => {
    let [risk, variance] = [0, 0]
    for (const other of positions) {
      risk += one.risk * other.risk * countedCorrelation(correlations, one, other, apart)
      const correlation = correlationBetween(correlations, one, other) ?? Number.NaN
      variance += one.exposure * other.exposure * (one.volatility ?? NaN) * (other.volatility ?? NaN) * correlation
    }
    return { one, risk, variance }
  })
  const risk = parts.reduce((sum, part) => sum + part.risk, 0)
  const variance = parts.reduce((sum, part) => sum + part.variance, 0)
  return parts.map(({ one, ...part }) => ({
    symbol: one.symbol,
    exposure: one.exposure,
    volatility: one.volatility,
    ofVolatility: variance > 0 ? part.variance / variance : undefined,
    risk: Math.abs(one.risk),
    ofRisk: risk > 0 ? part.risk / risk : undefined,
  }))
}

interface Side {
  readonly symbol: string
  readonly place: number
  readonly direction: 1 | -1
  readonly size: Dec
  readonly rough: number
}

/** Chosen by float64, since there are many pairs; only the chosen ones are added up exactly. */
function pairsAbove(
  { bySymbol }: Book,
  { at, placeOf }: Correlations,
  threshold: number,
  most: number,
): readonly PairTogether[] {
  const held = [...bySymbol].flatMap(([symbol, { high, low }]): Side[] => {
    const place = placeOf(symbol)
    const side = (direction: 1 | -1, size: Dec): Side => ({ symbol, place, direction, size, rough: toFloat(size) })
    return [side(1, high), side(-1, low.negated())].filter(({ size }) => size.gt(0))
  })
  const found: { readonly one: Side; readonly other: Side; readonly correlation: number | undefined }[] = []
  for (const [index, one] of held.entries()) {
    for (const other of held.slice(index + 1)) {
      if (one.symbol === other.symbol) continue
      const known = at(one.place, other.place)
      const correlation = known === undefined ? undefined : known * one.direction * other.direction
      if ((correlation ?? (one.direction === other.direction ? 1 : 0)) > threshold)
        found.push({ one, other, correlation })
    }
  }
  found.sort((a, b) => b.one.rough + b.other.rough - a.one.rough - a.other.rough)
  const largest = new Map<string, PairTogether>()
  for (const { one, other, correlation } of found) {
    if (largest.size >= most) break
    const symbols =
      one.symbol < other.symbol ? ([one.symbol, other.symbol] as const) : ([other.symbol, one.symbol] as const)
    const name = symbols.join('/')
    if (!largest.has(name)) largest.set(name, { symbols, size: one.size.plus(other.size), correlation })
  }
  return [...largest.values()]
}
