import { dec, text, ZERO, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** What a broker says is held. `complete` only where it said that this is all. */
export interface StatedPositions {
  readonly complete: boolean
  readonly positions: readonly { readonly symbol: string; readonly quantity: string }[]
}

/** One symbol on which broker and book differ. Signed units. */
export interface Difference {
  readonly symbol: string
  readonly ours: string
  readonly theirs: string
  readonly says: string
}

/**
 * Compares positions symbol by symbol; nothing is corrected. An answer that is not complete, or has nothing in it while
 * the book holds something, is no answer: it does not mean flat.
 */
export function reconcile(
  ours: ReadonlyMap<string, Dec>,
  stated: StatedPositions,
): Result<readonly Difference[], Reason> {
  const held = [...ours].filter(([, quantity]) => !quantity.isZero())
  if (!stated.complete)
    return err(reason('OUTCOME_UNKNOWN', 'The broker’s list of positions is not complete: ask again.', 'positions'))
  if (stated.positions.length === 0 && held.length > 0)
    return err(
      reason(
        'OUTCOME_UNKNOWN',
        `The broker names no position while ${held.length} are held here: ask again.`,
        'positions',
      ),
    )
  const theirs = new Map<string, Dec>()
  for (const { symbol, quantity } of stated.positions)
    theirs.set(symbol, (theirs.get(symbol) ?? ZERO).plus(dec(quantity)))
  const symbols = [...new Set([...held.map(([symbol]) => symbol), ...theirs.keys()])].sort()
  return ok(
    symbols.flatMap((symbol) => {
      const [own, other] = [ours.get(symbol) ?? ZERO, theirs.get(symbol) ?? ZERO]
      if (own.eq(other)) return []
      const says = `${symbol}: ${text(own)} here, ${text(other)} at the broker.`
      return [{ symbol, ours: text(own), theirs: text(other), says }]
    }),
  )
}
