import type { FeedSettings, LiveFeedView } from '../../contract/feed/live-feed.ts'
import type { FeedView, ReplayView } from '../../contract/feed.ts'
import { shownCauses } from '../../domain/desk-state/latch.ts'
import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'
import type { TradingRoom } from '../trading/trading-room.ts'
import type { Workspace } from '../workspace.ts'
import { LiveFeeds } from './live-feeds.ts'
import { lookAt } from './live-market.ts'
import type { ReplaySession } from './replay-session.ts'
import { endReplay, startReplay } from './start-replay.ts'
import { typeQuote } from './type-quote.ts'
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
  const live = new LiveFeeds(workspace, find)
  const steered = (steer: (session: ReplaySession) => void): ReplayView => {
    const { replay } = find()
    if (replay === undefined) return NO_REPLAY
    steer(replay)
    workspace.changed('ledger')
    return replay.view()
  }
  return {
    status: () => feedView(workspace, find()),
    list: () => live.list(),
    startLive: (settings) => live.start(settings),
    stopLive: () => live.stop(),
    newToken: () => live.newToken(),
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
    startReplay: (wanted) => {
      if (live.isOn)
        throw new DeskRefusal('CONFLICT', 'A live feed tells the prices: stop it before a replay begins.', 'symbols')
      return startReplay(find(), wanted).view()
    },
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
  const live = workspace.market.feed.view()
  const quotes = board.symbols().map((symbol) => board.view(symbol, look))
  return {
    source: room.replay !== undefined ? 'replay' : (running(live) ?? (quotes.length > 0 ? 'typed' : 'none')),
    now,
    replay: room.replay?.view() ?? NO_REPLAY,
    live,
    quotes,
    faults: room.faults.slice(-20).map((fault) => ({ ...fault, times: 1 })),
  }
}

/** What a replayed day leaves behind once it is over. */
function afterReplay({ posture }: Workspace): string {
  const { state } = posture
  if (state === 'NORMAL' || state === undefined) return 'The clock is the machine’s again.'
  const because = shownCauses(posture.now.latch).map(({ says }) => says)
  return `This book stays ${state}, ending clears nothing: ${because.join(' ')} Where the limit is seen kept now, loosen it with a reason.`
}

function running({ state, settings }: LiveFeedView): FeedSettings['feed'] | undefined {
  return state === 'off' ? undefined : settings?.feed
}
