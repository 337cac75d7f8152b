import { Tally, type Dated, type ValuedOrder } from './book-tally.ts'
import type { BookInput, CalendarId } from './inputs.ts'
import type { Money } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import { valuePosition, type ValuedPosition } from './valued-position.ts'

export type { ValuedOrder } from './book-tally.ts'
export type { ValuedPosition } from './valued-position.ts'

/** Worst-case signed notional of one thing: if all working buys fill, and if all working sells fill. */
export interface Span {
  readonly high: Money
  readonly low: Money
}

/** The account's exposures in account currency, working orders counted as filled in the worse direction. */
export interface Book {
  readonly input: BookInput
  readonly positions: readonly ValuedPosition[]
  /** Working orders that would add to what is held. */
  readonly working: readonly ValuedOrder[]
  /** Sum over symbols of the worst-case size. */
  readonly gross: Money
  readonly net: Span
  readonly bySymbol: ReadonlyMap<string, Span>
  readonly byCluster: ReadonlyMap<string, Money>
  readonly byStrategy: ReadonlyMap<string, Money>
  /** Loss if every known stop is hit, with exit costs. */
  readonly riskAtStops: Money
  /** Worst-case size of positions and working orders without a stop. */
  readonly withoutStop: Money
  /** Symbols without a stop, for the sentence. */
  readonly unstopped: readonly string[]
  readonly marginUsed: Money
  readonly unrealised: Money
  /** Oldest mark of each calendar with its field; exchange rates count to `fx`. */
  readonly oldestMarks: ReadonlyMap<CalendarId, Dated>
  /** Newest of them all: none may lie in the future. */
  readonly newestMark: Dated | null
  /** What could not be valued; while there is one, exposures are not known and no limit can be kept. */
  readonly unknown: readonly Reason[]
}

/** Values a book. What cannot be valued is listed in `unknown`, never counted as nothing. */
export function valueBook(given: BookInput): Book {
  const unknown: Reason[] = []
  const input = {
    ...given,
    positions: listOf(given.positions, 'positions', unknown),
    working: listOf(given.working, 'working', unknown),
    rates: listOf(given.rates, 'rates', unknown),
  }
  if (typeof given.currency !== 'string' || given.currency === '') {
    unknown.push(reason('INPUT_MISSING', 'The book has no currency: give its code.', 'account.currency'))
  }
  const positions: ValuedPosition[] = []
  const tally = new Tally()
  for (const position of input.positions) {
    const valued = valuePosition(position, input)
    if (valued.ok) {
      positions.push(valued.value)
      tally.position(valued.value, input.currency)
    } else unknown.push(...valued.error)
  }
  for (const order of input.working) unknown.push(...tally.workingOrder(order, input))
  return { input: unknown.length === 0 ? given : input, positions, unknown, ...tally.result() }
}

/** The entries of a list that can be read; a list or an entry that is not there is unknown, not empty. */
function listOf<T>(given: readonly T[], field: string, unknown: Reason[]): readonly T[] {
  if (!Array.isArray(given)) {
    unknown.push(
      reason(
        'INPUT_MISSING',
        `${field} is missing: the book is not known. An empty book is a list without entries.`,
        field,
      ),
    )
    return []
  }
  const entries = (given as readonly T[]).filter((entry) => typeof entry === 'object' && entry !== null)
  if (entries.length < given.length)
    unknown.push(reason('INPUT_MALFORMED', `${field} has an entry that is not one.`, field))
  return entries
}
