import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { FeedFault, FeedSettings, FeedSource, FeedToken, LiveFeedView } from './feed/live-feed.ts'
import { DecimalText, Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'

/** The newest quote of a symbol and whether a size may rest on it. */
export const QuoteView = z
  .object({
    symbol: z.string(),
    /** `fresh` alone sizes an order. `settling`: not enough good quotes in a row yet. */
    state: z.enum(['fresh', 'settling', 'stale', 'frozen', 'crossed', 'outlier', 'faulty', 'none']),
    bid: DecimalText.nullable(),
    ask: DecimalText.nullable(),
    last: DecimalText.nullable(),
    bidSize: DecimalText.nullable(),
    askSize: DecimalText.nullable(),
    source: z.string(),
    /** The source's own stamp; `null` where no good quote has come. */
    at: Instant.nullable(),
    /** Milliseconds since that stamp by the clock of the desk. */
    age: z.number().int().nullable(),
    says: z.string(),
  })
  .strict()
/** The newest quote of a symbol. */
export type QuoteView = z.infer<typeof QuoteView>

/** Times as fast as it was, or by steps alone. */
const Speed = z.union([z.number().positive().max(100_000), z.literal('stepped')])
const Interval = z.enum(['1m', '5m', '15m', '1h', '4h', '1d', '1w', '1mo'])

/** A replay of the book's own bars, and where it is. */
export const ReplayView = z
  .object({
    state: z.enum(['none', 'playing', 'paused', 'ended']),
    symbols: z.array(z.string()),
    interval: Interval.nullable(),
    from: Instant.nullable(),
    to: Instant.nullable(),
    speed: Speed.nullable(),
    /** The replay's own time: the clock of the desk while it runs. */
    at: Instant.nullable(),
    taken: z.number().int(),
    quotes: z.number().int(),
    says: z.string(),
  })
  .strict()
/** A replay of the book's own bars. */
export type ReplayView = z.infer<typeof ReplayView>

/** What prices the desk has now. */
export const FeedView = z
  .object({
    source: z.enum(['none', 'replay', 'typed', 'local-socket', 'exchange']),
    now: Instant,
    replay: ReplayView,
    live: LiveFeedView,
    quotes: z.array(QuoteView),
    /** What went wrong, newest last. */
    faults: z.array(FeedFault),
  })
  .strict()
/** What prices the desk has now. */
export type FeedView = z.infer<typeof FeedView>

/** The newest quotes of the symbols that moved since the last message. */
export const QuoteFrame = z.object({ at: Instant, quotes: z.array(QuoteView) }).strict()
/** The newest quotes of the symbols that moved. */
export type QuoteFrame = z.infer<typeof QuoteFrame>

export const feed = {
  status: refusable.route({ method: 'GET', path: '/feed', summary: 'Feeds and quotes as they stand' }).output(FeedView),
  /** Sources of live quotes that can be started. */
  list: refusable
    .route({ method: 'GET', path: '/feed/sources', summary: 'Sources of live quotes' })
    .output(z.array(FeedSource)),
  /** Starts a source of live quotes for the open book, and again with it, until it is stopped. */
  startLive: refusable
    .route({ method: 'POST', path: '/feed/start', summary: 'Start a source of live quotes' })
    .input(FeedSettings)
    .output(LiveFeedView),
  stopLive: refusable
    .route({ method: 'POST', path: '/feed/stop', summary: 'Stop the source of live quotes' })
    .output(LiveFeedView),
  /** Makes a new token for bridges; the one before is good no longer. */
  newToken: refusable.output(FeedToken),
  /** Bars of the open book that can be replayed. */
  replayable: refusable.output(
    z.array(
      z
        .object({
          symbol: z.string(),
          interval: Interval,
          bars: z.number().int(),
          first: Instant,
          last: Instant,
        })
        .strict(),
    ),
  ),
  /** Begins a replay in a paper book: the desk's clock is the replay's until it is stopped. */
  startReplay: refusable
    .input(
      z
        .object({
          symbols: z.array(Name).min(1).max(200),
          interval: Interval,
          from: Instant.optional(),
          to: Instant.optional(),
          speed: Speed,
          /** Draws of the paper broker start from it; 1 where unset. */
          seed: z.number().int().min(0).max(4_294_967_295).optional(),
          /** Opening balance on the eve of the replay, for a book without any payment yet. */
          equity: z.string().max(60).optional(),
        })
        .strict(),
    )
    .output(ReplayView),
  play: refusable.output(ReplayView),
  pause: refusable.output(ReplayView),
  speed: refusable.input(z.object({ speed: Speed }).strict()).output(ReplayView),
  /** Plays so many quotes at once, whatever the speed. */
  step: refusable.input(z.object({ quotes: z.number().int().min(1).max(10_000) }).strict()).output(ReplayView),
  /** Ends the replay: the desk's clock is the machine's again. */
  stop: refusable.output(ReplayView),
  /** A quote typed by a person, for now. */
  typeQuote: refusable
    .route({ method: 'POST', path: '/feed/quotes', summary: 'Type bid and ask of an instrument' })
    .input(z.object({ symbol: Name, bid: z.string().max(60), ask: z.string().max(60) }).strict())
    .output(QuoteView),
  /** Latest-value stream: at most one message a frame, with what moved since; all that is known first. */
  watch: refusable.output(eventIterator(QuoteFrame)),
}
