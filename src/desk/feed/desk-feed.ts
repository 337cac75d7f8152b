import type { FeedView, QuoteView, ReplayView } from '../../contract/feed.ts'
import { shownCauses } from '../../domain/desk-state/latch.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import { readPositive, text } from '../../domain/kernel/money.ts'
import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'
import { refuse } from '../trading/refuse.ts'
import type { TradingRoom } from '../trading/trading-room.ts'
import type { Workspace } from '../workspace.ts'
import { lookAt } from './live-market.ts'
import { TYPED_RULES } from './quote-rules.ts'
import type { ReplaySession } from './replay-session.ts'
import { endReplay, startReplay } from './start-replay.ts'
import { watchQuotes } from './watch-quotes.ts'

const NO_REPLAY: ReplayView = {
  state: 'none',
  symbols: [],
  interval: null,
  from: null,
  to: null,
  speed: null,
  at: null,
  taken: 0,
  quotes: 0,
  says: 'No replay was begun: choose symbols and bars of this book.',
}

/** The feed calls of the desk, each one use case. */
export function openFeed(workspace: Workspace, find: () => TradingRoom): Desk['feed'] {
  const steered = (steer: (session: ReplaySession) => void): ReplayView => {
    const { replay } = find()
    if (replay === undefined) return NO_REPLAY
    steer(replay)
    workspace.changed('ledger')
    return replay.view()
  }
  return {
    status: () => feedView(workspace, find()),
    replayable: () => {
      const { book } = workspace
      return book
        .instruments()
        .flatMap(({ symbol }) =>
          book
            .barIntervals(symbol)
            .map(({ interval, count, first, last }) => ({ symbol, interval, bars: count, first, last })),
        )
    },
    startReplay: (wanted) => startReplay(find(), wanted).view(),
    play: () => steered((session) => session.play()),
    pause: () => steered((session) => session.pause()),
    speed: ({ speed }) => steered((session) => session.setSpeed(speed)),
    step: ({ quotes }) => steered((session) => session.step(quotes)),
    stop: () => {
      const room = find()
      const hadOne = room.replay !== undefined
      endReplay(room)
      return hadOne ? { ...NO_REPLAY, says: `The replay is ended. ${afterReplay(workspace)}` } : NO_REPLAY
    },
    typeQuote: (typed) => typeQuote(find(), typed),
    watch: (_, signal) => watchQuotes(workspace, signal),
  }
}

function feedView(workspace: Workspace, room: TradingRoom): FeedView {
  const now = workspace.now()
  const look = lookAt(now)
  const { board } = workspace.market
  const quotes = board.symbols().map((symbol) => board.view(symbol, look))
  return {
    source: room.replay !== undefined ? 'replay' : quotes.length > 0 ? 'typed' : 'none',
    now,
    replay: room.replay?.view() ?? NO_REPLAY,
    quotes,
    faults: room.faults.slice(-20).map((fault) => ({ ...fault })),
  }
}

/** What a replayed day leaves behind once it is over. */
function afterReplay({ posture }: Workspace): string {
  const { state } = posture
  if (state === 'NORMAL' || state === undefined) return 'The clock is the machine’s again.'
  const because = shownCauses(posture.now.latch).map(({ says }) => says)
  return `This book stays ${state}, ending clears nothing: ${because.join(' ')} Where the limit is seen kept now, loosen it with a reason.`
}

function typeQuote(
  room: TradingRoom,
  { symbol, bid, ask }: { readonly symbol: string; readonly bid: string; readonly ask: string },
): QuoteView {
  const { workspace } = room
  const { book } = workspace
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
  const at = workspace.now()
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
  return workspace.market.board.view(symbol, lookAt(at))
}
