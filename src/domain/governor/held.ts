import type { Span } from '../book.ts'
import { larger, NO_MONEY, ZERO, type Dec, type Money } from '../kernel/money.ts'

/** Worst-case exposure already on the side an order adds to, not below zero. */
export function heldOnSide(span: Span | undefined, side: 'buy' | 'sell'): Money {
  return larger(spanOnSide(span, side), ZERO) as Money
}

/** Worst-case exposure in the direction of an order: negative where the book leans the other way. */
export function spanOnSide(span: Span | undefined, side: 'buy' | 'sell'): Dec {
  if (span === undefined) return NO_MONEY
  return side === 'buy' ? span.high : span.low.negated()
}
