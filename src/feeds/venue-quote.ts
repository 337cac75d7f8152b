import type { Quote } from '../domain/feed/quote.ts'
import { readDecimal, readPositive, text } from '../domain/kernel/money.ts'
import { reason, type Reason } from '../domain/kernel/reason.ts'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import type { VenueTicker } from './venue.ts'

/** A quote, and the venue's own stamp where it gave one. */
export interface VenueQuote {
  readonly quote: Quote
  readonly stamp: number | null
}

/** The quote of a symbol from a market's top of book; without a stamp of the venue it is as old as its coming. */
export function venueQuote(
  ticker: VenueTicker,
  symbol: string,
  venue: string,
  now: number,
): Result<VenueQuote, Reason> {
  const bid = readPositive(ticker.bid, 'bid')
  const ask = readPositive(ticker.ask, 'ask')
  if (!bid.ok || !ask.ok)
    return err(reason('INPUT_MISSING', `${venue} told no bid and ask of ${symbol}: its market may be closed.`, symbol))
  const { timestamp } = ticker
  const stamp = typeof timestamp === 'number' && Number.isSafeInteger(timestamp) && timestamp > 0 ? timestamp : null
  const quote: Quote = {
    symbol,
    bid: text(bid.value),
    ask: text(ask.value),
    bidSize: sizeOf(ticker.bidVolume),
    askSize: sizeOf(ticker.askVolume),
    last: sizeOf(ticker.last),
    at: stamp ?? now,
    source: venue,
    continues: false,
  }
  return ok({ quote, stamp })
}

/** A size or last price is told where the venue gives one that can be read. */
function sizeOf(value: unknown): string | null {
  const read = readDecimal(value, 'size')
  return read.ok && read.value.gte(0) ? text(read.value) : null
}
