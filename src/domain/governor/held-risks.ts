import type { Book } from '../book.ts'
import { toFloat } from '../kernel/money.ts'
import type { Sizing } from '../sizing/order.ts'
import type { CorrelationStudy } from '../studies.ts'

/** What is held in one symbol, signed by direction, in account currency as float64: for correlation arithmetic only. */
export interface HeldRisk {
  readonly symbol: string
  /** Where the symbol stands in the study; −1 where it was not studied. */
  readonly place: number
  /** Annualised volatility, a fraction; `undefined` where it was not studied. */
  readonly volatility: number | undefined
  /** Signed notional. */
  readonly exposure: number
  /** Signed loss at the stops; the stated gap on its whole size where a stop is missing. */
  readonly risk: number
}

/** What is held, by symbol, with the correlations between and what follows from both whatever the order is. */
export interface HeldRisks {
  readonly held: readonly HeldRisk[]
  readonly correlations: Correlations
  /** One unit of the order in its direction. */
  readonly own: HeldRisk
  /** Σ rᵢ·rⱼ·ρᵢⱼ over signed risks, unknown correlations at the worst. */
  readonly square: number
  /** The same with every correlation of one direction at 1 and of opposite ones at 0. */
  readonly stressed: number
  /** Σ over pairs of max(0, direction-signed correlation). */
  readonly together: number
  /** Pairs that were not studied. */
  readonly unknown: ReadonlySet<string>
  /** Σ eᵢ·eⱼ·σᵢ·σⱼ·ρᵢⱼ over signed exposures, or what is not known of it. */
  readonly variance: { readonly of: number } | { readonly missing: string }
}

/** Positions added up by symbol, signed. Worked out once for a book and its study; the order is put beside it. */
export function heldRisks({ book, gapLoss, inputs, order }: Sizing): HeldRisks {
  const study = inputs.studies?.correlation
  const gap = toFloat(gapLoss)
  let of = known.get(book)
  if (of === undefined || of.study !== study || of.gap !== gap) {
    of = { study, gap, ...worked(book, gap, correlationsOf(study)) }
    known.set(book, of)
  }
  const { symbol, direction } = order
  return { ...of, own: { ...unheld(symbol, of.correlations), exposure: direction, risk: direction } }
}

type Worked = Omit<HeldRisks, 'own'>

// A valued book never changes: a change of what is held makes another.
const known = new WeakMap<
  Book,
  Worked & { readonly study: CorrelationStudy | null | undefined; readonly gap: number }
>()

function worked(book: Book, gap: number, correlations: Correlations): Worked {
  const bySymbol = new Map<string, HeldRisk>()
  for (const position of book.positions) {
    const { symbol } = position.input
    const exposure = toFloat(position.notional)
    const size = position.riskAtStop === null ? Math.abs(exposure) * gap : toFloat(position.riskAtStop)
    const held = bySymbol.get(symbol) ?? unheld(symbol, correlations)
    bySymbol.set(symbol, {
      ...held,
      exposure: held.exposure + exposure,
      risk: held.risk + Math.sign(exposure) * size,
    })
  }
  const held = [...bySymbol.values()]
  const unknown = new Set<string>()
  let square = 0
  let stressed = 0
  let together = 0
  for (const [i, a] of held.entries()) {
    for (const [j, b] of held.entries()) {
      const correlation = countedCorrelation(correlations, a, b, unknown)
      square += a.risk * b.risk * correlation
      stressed += Math.sign(a.risk) * Math.sign(b.risk) > 0 ? Math.abs(a.risk * b.risk) : 0
      if (i < j) together += alike(a, b, correlation)
    }
  }
  return { held, correlations, square, stressed, together, unknown, variance: varianceOf(held, correlations) }
}

function unheld(symbol: string, { placeOf, volatilityAt }: Correlations): HeldRisk {
  const place = placeOf(symbol)
  return { symbol, place, volatility: volatilityAt(place), exposure: 0, risk: 0 }
}

function varianceOf(held: readonly HeldRisk[], correlations: Correlations): HeldRisks['variance'] {
  let of = 0
  for (const a of held) {
    if (a.volatility === undefined) return { missing: `volatility of ${a.symbol}` }
    for (const b of held) {
      if (b.volatility === undefined) return { missing: `volatility of ${b.symbol}` }
      const correlation = correlationBetween(correlations, a, b)
      if (correlation === undefined) return { missing: `correlation of ${a.symbol} and ${b.symbol}` }
      of += a.exposure * b.exposure * a.volatility * b.volatility * correlation
    }
  }
  return { of }
}

/** How far two holdings move together: their correlation in the direction each is held, nothing where it is negative. */
export function alike(a: HeldRisk, b: HeldRisk, correlation: number): number {
  return Math.max(0, Math.sign(a.exposure) * Math.sign(b.exposure) * correlation)
}

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

/** Correlation of two holdings, 1 with itself; `undefined` where it was not studied. */
export function correlationBetween({ at }: Correlations, a: HeldRisk, b: HeldRisk): number | undefined {
  return a.symbol === b.symbol ? 1 : at(a.place, b.place)
}

/**
 * Correlation of two signed holdings as it counts for risk: as studied, else the worst case, which is 1 in the same
 * direction and 0 for opposite ones, so that an unknown hedge earns nothing.
 */
export function countedCorrelation(correlations: Correlations, a: HeldRisk, b: HeldRisk, unknown: Set<string>): number {
  const known = correlationBetween(correlations, a, b)
  if (known !== undefined) return known
  unknown.add([a.symbol, b.symbol].sort().join('/'))
  return Math.sign(a.exposure) * Math.sign(b.exposure) > 0 ? 1 : 0
}
