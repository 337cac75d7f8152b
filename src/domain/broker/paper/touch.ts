import type { Quote } from '../../feed/quote.ts'
import { dec, smaller, larger, toFloat, type Dec } from '../../kernel/money.ts'
import type { PaperOrder } from './paper-order.ts'

/** Where an order is reached as the price moves from one quote to the next. */
export interface Touch {
  /** How far along the move, from 0 to 1. */
  readonly along: number
  readonly price: Dec
  /** Whether slippage comes on top: not for a price that was named as the worst. */
  readonly slips: boolean
}

/** The way a price took on the side an order is filled on: asks for a buy, bids for a sell. */
export interface Move {
  /** `null` where the price jumped: the quote itself is all there is. */
  readonly from: Dec | null
  readonly to: Dec
}

/** The move that a quote makes for one side. */
export function moveOf(side: 'buy' | 'sell', quote: Quote, before: Quote | undefined): Move {
  const priceOf = (one: Quote): Dec => dec(side === 'buy' ? one.ask : one.bid)
  return { from: quote.continues && before !== undefined ? priceOf(before) : null, to: priceOf(quote) }
}

/**
 * Where an order is reached after `since`, or `null`. Inside a continuous move a limit is filled at its price and a stop
 * at its trigger as they are passed; after a jump both are filled at the quote: a limit better, a stop worse than named.
 */
export function touchOf(order: PaperOrder, move: Move, since: number): Touch | null {
  const { kind, side, limit, trigger } = order.ticket
  if (kind === 'market') return { along: since, price: at(move, since), slips: true }
  if (kind === 'limit') return limitTouch(dec(limit ?? '0'), side, move, since)
  const set = order.triggered
    ? { along: since, price: at(move, since) }
    : passes(dec(trigger ?? '0'), side === 'buy', move, since)
  if (set === null) return null
  if (kind === 'stop') return { ...set, slips: true }
  const worst = dec(limit ?? '0')
  const inside = side === 'buy' ? set.price.lte(worst) : set.price.gte(worst)
  return inside ? { ...set, slips: false } : limitTouch(worst, side, move, set.along)
}

/** Whether a stop's trigger is passed, though a limit may keep it from being filled. */
export function setsOff(order: PaperOrder, move: Move, since: number): boolean {
  const { side, trigger } = order.ticket
  return !order.triggered && trigger !== null && passes(dec(trigger), side === 'buy', move, since) !== null
}

function limitTouch(limit: Dec, side: 'buy' | 'sell', move: Move, since: number): Touch | null {
  const found = passes(limit, side === 'sell', move, since)
  if (found === null) return null
  const price = side === 'buy' ? smaller(found.price, limit) : larger(found.price, limit)
  return { along: found.along, price, slips: false }
}

/** Where the price first stands at a level or beyond: at or above it going up, at or below it going down. */
function passes(level: Dec, upwards: boolean, move: Move, since: number): { along: number; price: Dec } | null {
  const beyond = (price: Dec): boolean => (upwards ? price.gte(level) : price.lte(level))
  const start = at(move, since)
  if (beyond(start)) return { along: since, price: start }
  if (move.from === null || !beyond(move.to)) return null
  const whole = toFloat(move.to.minus(move.from))
  return { along: Math.min(1, Math.max(since, toFloat(level.minus(move.from)) / whole)), price: level }
}

function at({ from, to }: Move, along: number): Dec {
  if (from === null || along >= 1) return to
  return along <= 0 ? from : from.plus(to.minus(from).times(dec(along.toFixed(12))))
}
