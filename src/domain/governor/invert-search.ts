import type { Dec } from '../kernel/money.ts'
import type { DecisionBody } from './decision.ts'

/** One value of the unknown, decided. */
export interface Probe {
  readonly body: DecisionBody
  /** Whether the whole quantity that is asked about is approved. */
  readonly reached: boolean
  /** Whether it came as far as the limits; else the request or an input was refused. */
  readonly sized: boolean
  /** Largest size that the proposal and each limit leave, by rule; `null` where a limit does not hold this order. */
  readonly room: ReadonlyMap<string, Dec | null>
  /** Rules whose room is below the quantity. */
  readonly short: readonly string[]
  /** Gate checks, or the smallest order, that block although every limit leaves the quantity. */
  readonly blocked: readonly string[]
}

/** Steps of a grid between which no rule turns back: each limit leaves more and more, or less and less, along them. */
export interface Piece {
  readonly least: number
  readonly most: number
}

/** Where on its grid an unknown is looked for. */
export interface SearchSpace {
  /** Ascending. */
  readonly pieces: readonly Piece[]
  /** Which end of the values that allow the quantity is the answer. */
  readonly wanted: 'least' | 'most'
  /** The step nearest to the present value. */
  readonly present: number | null
  /** A step where the closed form puts the answer; it is only taken when deciding proves it. */
  readonly guess: number | null
  /** Which way along the grid a blocked check would pass: 1 up, −1 down, 0 nowhere. */
  readonly passes: (rule: string, step: number) => -1 | 0 | 1
  readonly look: (step: number) => Probe
}

/** What a search came to. */
export type Found =
  | { readonly kind: 'found'; readonly step: number; readonly beyond: number }
  /** The quantity is allowed as far as the grid goes. */
  | { readonly kind: 'any'; readonly step: number }
  /** No value allows it; `rule` stands in the way at `step`, or the decision there is refused before any limit. */
  | { readonly kind: 'never'; readonly step: number; readonly rule: string | null }
  /** Every value gives the same decision. */
  | { readonly kind: 'no_effect'; readonly step: number }

/**
 * Finds the outermost step at which the quantity is allowed. Every rule is monotone along a piece, so the allowed steps
 * lie together: a refused step says which way they lie, and bisection finds their end.
 */
export function searchEdge(space: SearchSpace): Found {
  const { pieces, wanted } = space
  let nowhere: Found | undefined
  let same = true
  for (const piece of wanted === 'least' ? pieces : pieces.toReversed()) {
    const inside = trimmed(piece, space)
    if (inside === undefined) {
      same = false
      nowhere ??= { kind: 'never', step: piece.least, rule: null }
      continue
    }
    const within = feasible(inside, space)
    if (within.kind === 'at') {
      if (same && pieces.length === 1 && alike(inside, space)) return { kind: 'no_effect', step: within.step }
      return edgeFrom(within.step, wanted === 'least' ? inside.least : inside.most, piece, space)
    }
    if (!alike(inside, space)) same = false
    nowhere = within
  }
  if (same && nowhere !== undefined) return { kind: 'no_effect', step: nowhere.step }
  return nowhere ?? { kind: 'never', step: 0, rule: null }
}

/** The part of a piece in which decisions come as far as the limits. */
function trimmed({ least, most }: Piece, { look, present }: SearchSpace): Piece | undefined {
  const known = [present, most, least, middle(least, most)].find(
    (step) => step !== null && step >= least && step <= most && look(step).sized,
  )
  if (known === undefined || known === null) return undefined
  const sized = (step: number): boolean => look(step).sized
  return {
    least: sized(least) ? least : bisect(known, least, sized),
    most: sized(most) ? most : bisect(known, most, sized),
  }
}

type Within = { readonly kind: 'at'; readonly step: number } | (Found & { readonly kind: 'never' })

/** A step at which the quantity is allowed, or what keeps it from being allowed at all. */
function feasible({ least, most }: Piece, space: SearchSpace): Within {
  const { look, present, passes } = space
  for (const step of [present, least, most])
    if (step !== null && step >= least && step <= most && look(step).reached) return { kind: 'at', step }
  let [low, high] = [least, most]
  let last: Found & { readonly kind: 'never' } = { kind: 'never', step: least, rule: null }
  while (low <= high) {
    const step = middle(low, high)
    const probe = look(step)
    if (probe.reached) return { kind: 'at', step }
    const ways = probe.short.map((rule) => ({ rule, way: wayOf(rule, least, most, space) }))
    if (probe.short.length === 0) {
      for (const rule of probe.blocked) ways.push({ rule, way: passes(rule, step) })
      // Every limit leaves the quantity, yet a lot less came out: rounding took a step off where a use was above its limit.
      const tightest = probe.blocked.length === 0 ? tightestOf(probe) : null
      if (tightest !== null) ways.push({ rule: tightest, way: wayOf(tightest, least, most, space) })
    }
    const [first] = ways
    const stuck = ways.find(({ way }) => way === 0) ?? ways.find(({ way }) => way !== first?.way) ?? null
    last = { kind: 'never', step, rule: (stuck ?? first)?.rule ?? null }
    if (first === undefined || stuck !== null) return last
    if (first.way > 0) low = step + 1
    else high = step - 1
  }
  return last
}

/** From an allowed step to the last allowed one on the way to `end`. */
function edgeFrom(from: number, end: number, piece: Piece, space: SearchSpace): Found {
  const { look, wanted, guess } = space
  const outward = wanted === 'least' ? -1 : 1
  const reached = (step: number): boolean => look(step).reached
  const isEdge = (step: number): boolean => reached(step) && !reached(step + outward)
  if (guess !== null && guess > piece.least && guess < piece.most && isEdge(guess))
    return { kind: 'found', step: guess, beyond: guess + outward }
  if (reached(end)) {
    const outermost = wanted === 'least' ? space.pieces[0]?.least : space.pieces.at(-1)?.most
    if (end === outermost) return { kind: 'any', step: end }
    return { kind: 'found', step: end, beyond: end + outward }
  }
  const step = bisect(from, end, reached)
  return { kind: 'found', step, beyond: step + outward }
}

/** Which way along the piece a rule leaves more: 1 up, −1 down, 0 where it does not change. */
function wayOf(rule: string, least: number, most: number, { look }: SearchSpace): -1 | 0 | 1 {
  const [low, high] = [look(least).room.get(rule), look(most).room.get(rule)]
  if (low === undefined || high === undefined) return 0
  if (low === null || high === null) return low === high ? 0 : high === null ? 1 : -1
  return low.eq(high) ? 0 : high.gt(low) ? 1 : -1
}

/** Whether both ends of a piece are decided alike, so that the unknown counts for nothing. */
function alike({ least, most }: Piece, { look }: SearchSpace): boolean {
  const [low, high] = [look(least), look(most)]
  if (low.body.quantity !== high.body.quantity || low.blocked.join() !== high.blocked.join()) return false
  return [...low.room].every(([rule, room]) => {
    const other = high.room.get(rule)
    return room === null ? other === null : other?.eq(room) === true
  })
}

function tightestOf({ room }: Probe): string | null {
  let tightest: { readonly rule: string; readonly left: Dec } | null = null
  for (const [rule, left] of room)
    if (left !== null && (tightest === null || left.lt(tightest.left))) tightest = { rule, left }
  return tightest?.rule ?? null
}

/** The last step towards `refused` that still holds, from one that does. */
function bisect(holding: number, refused: number, holds: (step: number) => boolean): number {
  let [yes, no] = [holding, refused]
  while (Math.abs(no - yes) > 1) {
    const step = middle(Math.min(yes, no), Math.max(yes, no))
    if (holds(step)) yes = step
    else no = step
  }
  return yes
}

/** The whole step in the middle; exact up to 2^53. */
function middle(low: number, high: number): number {
  return low + Math.floor((high - low) / 2)
}
