import type { QuoteView } from '../../contract/feed.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import { readPositive, text } from '../../domain/kernel/money.ts'
import { DeskRefusal } from '../refusal.ts'
import { refuse } from '../trading/refuse.ts'
import type { TradingRoom } from '../trading/trading-room.ts'
import { lookAt } from './live-market.ts'
import { TYPED_RULES } from './quote-rules.ts'

/** Takes bid and ask that a person typed as the quote of now: it fills paper orders, moves limits and ages like any other. */
export function typeQuote(
  room: TradingRoom,
  { symbol, bid, ask }: { readonly symbol: string; readonly bid: string; readonly ask: string },
): QuoteView {
  const { workspace } = room
  const { book } = workspace
  const { board } = workspace.market
  if (book.instrument(symbol) === undefined)
    throw new DeskRefusal('NOT_FOUND', `${symbol} is not a known instrument: add it in Settings.`, 'symbol')
  if (room.replay !== undefined)
    throw new DeskRefusal('CONFLICT', 'A replay tells the prices: stop it before you type a quote.', 'symbol')
  if (book.info.clock !== null)
    throw new DeskRefusal('CLOCK_ANOMALY', 'This book shows the past: type quotes in a paper or live book.', 'symbol')
  const prices = { bid: readPositive(bid, 'bid'), ask: readPositive(ask, 'ask') }
  if (!prices.bid.ok) refuse(prices.bid.error)
  if (!prices.ask.ok) refuse(prices.ask.error)
  if (prices.bid.value.gt(prices.ask.value))
    throw new DeskRefusal('QUOTE_CROSSED', `bid is ${bid}, above the ask of ${ask}: exchange them.`, 'bid')
  const now = workspace.now()
  // A venue's clock may be a moment ahead: what is typed is newer than what it stamped.
  const at = Math.max(now, board.newest(symbol)?.at ?? 0)
  const quote: Quote = {
    symbol,
    bid: text(prices.bid.value),
    ask: text(prices.ask.value),
    bidSize: null,
    askSize: null,
    last: null,
    at,
    source: 'typed',
    continues: false,
  }
  room.quote(quote, TYPED_RULES)
  workspace.changed('ledger')
  return board.view(symbol, lookAt(now))
}
