import type { Book } from '../book.ts'
import type { Dec, Money } from '../kernel/money.ts'

/** Loss if every stop were hit now; what has no stop counts with the stated gap loss on its whole size, and is named. */
export function openRisk(book: Book, gapLoss: Dec): { readonly amount: Money; readonly unstopped: string } {
  return {
    amount: book.riskAtStops.plus(book.withoutStop.times(gapLoss)) as Money,
    unstopped: book.unstopped.join(', '),
  }
}
