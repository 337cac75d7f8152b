import type { Book } from '../book.ts'
import { invariant } from '../kernel/invariant.ts'
import { toFloat, type Dec } from '../kernel/money.ts'
import type { Sizing } from '../sizing/order.ts'
import type { CorrelationStudy } from '../studies.ts'
import { cornerSums } from './fill-corners.ts'
import { correlationsOf, type Correlations } from './study-correlations.ts'

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

/**
 * One symbol as it may stand once working orders have filled or not. Within what all buys and all sells leave, nothing
 * is worse than one of the two ends.
 */
export interface HeldSymbol {
  readonly symbol: string
  /** Whether there is a position; else all of it is working orders. */
  readonly isHeld: boolean
  /** What is held where nothing is working; else first with all sells filled, then with all buys. */
  readonly faces: readonly HeldRisk[]
  /** The largest loss at the stops of any face, without a sign. */
  readonly most: number
}

/** What is held, by symbol, with the correlations between and what follows from both whatever the order is. */
export interface HeldRisks {
  readonly held: readonly HeldSymbol[]
  readonly correlations: Correlations
  /** One unit of the order in its direction. */
  readonly own: HeldRisk
  /** Σ rᵢ·rⱼ·ρᵢⱼ over signed risks, unknown correlations at the worst: for every way that working orders may fill. */
  readonly squares: readonly number[]
  /** The largest of the same with every correlation of one direction at 1 and of opposite ones at 0. */
  readonly stressed: number
  /** How symbols move together, for the mean over pairs. */
  readonly together: Together
  /** Pairs that were not studied. */
  readonly unknown: ReadonlySet<string>
  /** Σ eᵢ·eⱼ·σᵢ·σⱼ·ρᵢⱼ over signed exposures for every way that working orders may fill, or what is not known of it. */
  readonly variance: { readonly of: readonly number[] } | { readonly missing: string }
}

/** Sums of max(0, direction-signed correlation), working orders in the direction that moves together most. */
export interface Together {
  /** Over pairs of positions. */
  readonly positions: number
  /** Of each symbol that only has working orders, with all positions. */
  readonly working: ReadonlyMap<string, number>
  /** The largest between two symbols that only have working orders. */
  readonly strongest: number
}

/** Positions and working orders by symbol, signed. Worked out once for a book and its study; the order is put beside it. */
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

/** The same of a book as it stands, with no order beside it; worked out each time. */
export function standingRisks(book: Book, gapLoss: Dec, study: CorrelationStudy | null): Worked {
  return worked(book, toFloat(gapLoss), correlationsOf(study))
}

/** What positions alone come to, by symbol: working orders left aside. */
export function positionRisks({ positions }: Book, gapLoss: Dec, correlations: Correlations): readonly HeldRisk[] {
  return heldSymbols({ positions, working: [] }, toFloat(gapLoss), correlations).flatMap(({ faces }) => faces)
}

// A valued book never changes: a change of what is held makes another.
const known = new WeakMap<
  Book,
  Worked & { readonly study: CorrelationStudy | null | undefined; readonly gap: number }
>()

function worked(book: Book, gap: number, correlations: Correlations): Worked {
  const held = heldSymbols(book, gap, correlations)
  const faces = held.map((one) => one.faces)
  const unknown = new Set<string>()
  const squares = cornerSums(faces, (a, b, working) => countedProduct(correlations, a, b, working, unknown))
  const stressed = cornerSums(faces, (a, b) => Math.max(0, a.risk * b.risk))
  return {
    held,
    correlations,
    squares,
    stressed: Math.max(...stressed),
    together: togetherOf(held, correlations, unknown),
    unknown,
    variance: varianceOf(held, correlations),
  }
}

function unheld(symbol: string, { placeOf, volatilityAt }: Correlations): HeldRisk {
  const place = placeOf(symbol)
  return { symbol, place, volatility: volatilityAt(place), exposure: 0, risk: 0 }
}

function heldSymbols(
  book: Pick<Book, 'positions' | 'working'>,
  gap: number,
  correlations: Correlations,
): readonly HeldSymbol[] {
  const positions = new Map<string, HeldRisk>()
  const ends = new Map<string, readonly [sold: HeldRisk, bought: HeldRisk]>()
  for (const { input, notional, riskAtStop } of book.positions) {
    const { symbol } = input
    positions.set(symbol, added(positions.get(symbol) ?? unheld(symbol, correlations), notional, riskAtStop, gap))
  }
  for (const { symbol, notional, riskAtStop } of book.working) {
    const still = positions.get(symbol) ?? unheld(symbol, correlations)
    const [sold, bought] = ends.get(symbol) ?? [still, still]
    const filled = added(notional.lt(0) ? sold : bought, notional, riskAtStop, gap)
    ends.set(symbol, notional.lt(0) ? [filled, bought] : [sold, filled])
  }
  return [...new Set([...positions.keys(), ...ends.keys()])].map((symbol) => {
    const position = positions.get(symbol)
    const faces = ends.get(symbol) ?? (position === undefined ? [] : [position])
    const most = Math.max(...faces.map(({ risk }) => Math.abs(risk)))
    return { symbol, isHeld: position !== undefined, faces, most }
  })
}

function added(to: HeldRisk, notional: Dec, riskAtStop: Dec | null, gap: number): HeldRisk {
  const exposure = toFloat(notional)
  const size = riskAtStop === null ? Math.abs(exposure) * gap : toFloat(riskAtStop)
  return { ...to, exposure: to.exposure + exposure, risk: to.risk + Math.sign(exposure) * size }
}

function togetherOf(held: readonly HeldSymbol[], correlations: Correlations, unknown: Set<string>): Together {
  const working = new Map<string, number>()
  let positions = 0
  let strongest = 0
  for (const [i, a] of held.entries()) {
    for (const b of held.slice(i + 1)) {
      const pair = mostAlike(correlations, a.faces, b.faces, unknown)
      // Positions stand first, so that `a` is one wherever either is.
      if (b.isHeld) positions += pair
      else if (a.isHeld) working.set(b.symbol, (working.get(b.symbol) ?? 0) + pair)
      else strongest = Math.max(strongest, pair)
    }
    if (!a.isHeld && !working.has(a.symbol)) working.set(a.symbol, 0)
  }
  return { positions, working, strongest }
}

function varianceOf(held: readonly HeldSymbol[], correlations: Correlations): HeldRisks['variance'] {
  const one = held.flatMap(({ faces }) => faces.slice(0, 1))
  for (const a of one) {
    if (a.volatility === undefined) return { missing: `volatility of ${a.symbol}` }
    for (const b of one) {
      if (b.volatility === undefined) return { missing: `volatility of ${b.symbol}` }
      if (correlationBetween(correlations, a, b) === undefined)
        return { missing: `correlation of ${a.symbol} and ${b.symbol}` }
    }
  }
  const part = (a: HeldRisk, b: HeldRisk): number => {
    const correlation = correlationBetween(correlations, a, b)
    invariant(a.volatility !== undefined && b.volatility !== undefined && correlation !== undefined, 'all is known')
    return a.exposure * b.exposure * a.volatility * b.volatility * correlation
  }
  return {
    of: cornerSums(
      held.map(({ faces }) => faces),
      part,
    ),
  }
}

/** The most that two symbols move together in any direction that their working orders may leave them in. */
export function mostAlike(
  correlations: Correlations,
  some: readonly HeldRisk[],
  others: readonly HeldRisk[],
  unknown: Set<string>,
): number {
  let most = 0
  for (const a of some)
    for (const b of others) most = Math.max(most, alike(a, b, countedCorrelation(correlations, a, b, unknown)))
  return most
}

/** What two signed risks add together, unknown correlations at the worst; where orders are working an unknown one never takes off. */
export function countedProduct(
  correlations: Correlations,
  a: HeldRisk,
  b: HeldRisk,
  working: boolean,
  unknown: Set<string>,
): number {
  const product = a.risk * b.risk
  const correlation = countedCorrelation(correlations, a, b, unknown)
  if (working && correlationBetween(correlations, a, b) === undefined) return Math.max(0, product)
  return product * correlation
}

/** How far two holdings move together: their correlation in the direction each is held, nothing where it is negative. */
export function alike(a: HeldRisk, b: HeldRisk, correlation: number): number {
  return Math.max(0, Math.sign(a.exposure) * Math.sign(b.exposure) * correlation)
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
