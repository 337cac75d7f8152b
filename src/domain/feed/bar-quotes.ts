import { dec, floorTo, larger, text, ZERO, type Dec } from '../kernel/money.ts'
import { INTERVAL_MS, type Bar } from '../ledger/records.ts'
import type { Quote } from './quote.ts'

/** Which extreme of a bar is taken to come first; a bar does not say. */
export type BarOrder = 'low-first' | 'high-first'

/** What turns a bar's prices into bids and asks. Price units. */
export interface BarTerms {
  readonly tickSize: string
  readonly spread: string
}

/**
 * A bar as four quotes: its open, its two extremes in the given order and its close, at the start, a third, two thirds
 * and the last millisecond of it. The bar's prices are the middle; half the spread goes to either side, onto the tick
 * away from the middle. A quarter of the bar's volume is bid for and offered at each. The open may be a gap; from there
 * on the price moves without jumps.
 */
export function barQuotes(bar: Bar, order: BarOrder, terms: BarTerms, source: string): readonly Quote[] {
  const extremes = order === 'low-first' ? [bar.low, bar.high] : [bar.high, bar.low]
  const length = INTERVAL_MS[bar.interval]
  const times = [0, Math.floor(length / 3), Math.floor((2 * length) / 3), length - 1]
  const tick = dec(terms.tickSize)
  const half = dec(terms.spread).div(2)
  const size = bar.volume === null ? null : text(dec(bar.volume).div(4).toDecimalPlaces(12))
  return [bar.open, ...extremes, bar.close].map((price, index) => {
    const middle = dec(price)
    return {
      symbol: bar.symbol,
      bid: text(larger(floorTo(middle.minus(half), tick), ZERO)),
      ask: text(upTo(middle.plus(half), tick)),
      bidSize: size,
      askSize: size,
      last: price,
      at: bar.at + (times[index] ?? 0),
      source,
      continues: index > 0,
    }
  })
}

/** Up to a multiple of a step; the value is not below zero. */
export function upTo(value: Dec, step: Dec): Dec {
  const below = floorTo(value, step)
  return below.eq(value) ? below : below.plus(step)
}
