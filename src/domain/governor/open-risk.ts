import type { Book } from '../book.ts'
import type { Dec, Money } from '../kernel/money.ts'

/** Loss of a book if every stop were hit now, and the symbols that have none. */
export interface OpenRisk {
  readonly amount: Money
  readonly unstopped: string
}

// Many decisions look at one book: it is added up once.
const known = new WeakMap<Book, { readonly gapLoss: Dec; readonly risk: OpenRisk }>()

/** Loss if every stop were hit now; what has no stop counts with the stated gap loss on its whole size, and is named. */
export function openRisk(book: Book, gapLoss: Dec): OpenRisk {
  const before = known.get(book)
  if (before?.gapLoss === gapLoss) return before.risk
  const amount = book.riskAtStops.plus(book.withoutStop.times(gapLoss)) as Money
  const risk = { amount, unstopped: book.unstopped.join(', ') }
  known.set(book, { gapLoss, risk })
  return risk
}
