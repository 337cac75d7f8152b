import { dec, magnitude, smaller, ZERO, type Dec } from '../kernel/money.ts'
import type { Fill } from '../ledger/records.ts'

/** One time a position was opened or added to. */
export interface PastEntry {
  readonly at: number
  readonly side: 'buy' | 'sell'
  /** Positive units. */
  readonly quantity: Dec
}

/**
 * Entries that the fills of one symbol amount to, oldest first: what opened a position or added to it. Fills of one side at
 * one instant are one entry. Those of `ownSource` move the position and are left out: their orders are known.
 */
export function pastEntries(fills: readonly Fill[], ownSource: string): readonly PastEntry[] {
  const entries: PastEntry[] = []
  let held: Dec = ZERO
  for (const { at, side, quantity, source } of [...fills].sort((a, b) => a.at - b.at)) {
    const size = dec(quantity)
    const signed = side === 'buy' ? size : size.negated()
    const against = held.gt(0) === signed.lt(0) && !held.isZero()
    const opened = against ? size.minus(smaller<Dec>(size, magnitude(held))) : size
    held = held.plus(signed)
    if (source === ownSource || opened.isZero()) continue
    const last = entries.at(-1)
    if (last?.at === at && last.side === side)
      entries[entries.length - 1] = { at, side, quantity: last.quantity.plus(opened) }
    else entries.push({ at, side, quantity: opened })
  }
  return entries
}
