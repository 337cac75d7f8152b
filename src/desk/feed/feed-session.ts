import type { FeedSettings, LiveFeedView } from '../../contract/feed/live-feed.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import type { TradingRoom } from '../trading/trading-room.ts'
import { FaultLog } from './fault-log.ts'
import { lookAt } from './live-market.ts'
import type { FeedEvent, FeedOpening, LiveFeed } from './ports.ts'
import { QuoteRate } from './quote-rate.ts'
import { liveRules } from './quote-rules.ts'

/** What one live feed runs with. */
export interface FeedSessionOptions {
  readonly room: () => TradingRoom
  readonly settings: FeedSettings
  readonly title: string
  /** A connection that was not used yet. */
  readonly connect: () => LiveFeed
}

/** The longest wait before another try, milliseconds. */
const LONGEST_WAIT_MS = 60_000

/** A live feed while it runs: its quotes go to the open book, and what it does is counted. */
export class FeedSession {
  readonly settings: FeedSettings
  readonly #options: FeedSessionOptions
  readonly #rate = new QuoteRate()
  readonly #faults = new FaultLog()
  readonly #known = new Set<string>()
  #feed: LiveFeed | undefined
  /** What the source last said of itself, which counts once it was opened. */
  #heard: LiveFeedView['state'] = 'waiting'
  #isOpened = false
  #state: LiveFeedView['state'] = 'starting'
  #says = 'The feed begins.'
  #address: string | null = null
  #quotes = 0
  #unused = 0
  #lastAt: number | null = null
  #tries = 0
  #callOff: () => void = () => undefined
  #hasLeft = false

  constructor(options: FeedSessionOptions) {
    this.#options = options
    this.settings = options.settings
  }

  /** Begins once; answers why it could not. */
  async begin(): Promise<FeedOpening> {
    this.#feed?.stop()
    const feed = this.#options.connect()
    this.#feed = feed
    this.#isOpened = false
    feed.start((event) => {
      if (this.#feed === feed) this.#hear(event)
    })
    const opened = await feed.opening()
    if (this.#feed !== feed) return opened
    if (opened.ok) {
      this.#address = opened.value
      this.#isOpened = true
      this.#tell(this.#heard, this.#says)
    } else feed.stop()
    return opened
  }

  /** Begins, and where it cannot tries again later and later, until it is left. */
  async persist(): Promise<void> {
    const opened = await this.begin()
    if (opened.ok || this.#hasLeft) return
    const wait = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** this.#tries)
    this.#tries += 1
    this.#tell('failing', `${opened.error.says} The next try is in ${Math.round(wait / 1_000)} s.`)
    this.#callOff = this.#room.ports.timer.after(wait, () => void this.persist())
  }

  /** Ends; nothing is heard any more. */
  leave(): void {
    this.#hasLeft = true
    this.#callOff()
    this.#feed?.stop()
    this.#feed = undefined
  }

  /** How it stands. */
  view(): LiveFeedView {
    const { workspace, ports } = this.#room
    return {
      state: this.#state,
      title: this.#options.title,
      says: this.#says,
      address: this.#address,
      settings: this.settings,
      rate: this.#rate.now(ports.timer.mono()),
      quotes: this.#quotes,
      unused: this.#unused,
      lastAt: this.#lastAt,
      age: this.#lastAt === null ? null : Math.max(0, workspace.now() - this.#lastAt),
      faults: this.#faults.list(),
    }
  }

  get #room(): TradingRoom {
    return this.#options.room()
  }

  #hear(event: FeedEvent): void {
    const { workspace } = this.#room
    switch (event.kind) {
      case 'quote':
        this.#take(event.quote)
        return
      case 'witness':
        if (this.#feed?.witnesses === true) workspace.posture.happen({ kind: 'witness', stamp: event.stamp })
        return
      case 'fault': {
        const { code, field, says } = event.reason
        this.#faults.note(`${code} ${field ?? ''}`, workspace.now(), says)
        return
      }
      case 'status':
        this.#heard = event.status === 'closed' || event.status === 'ended' ? 'lost' : event.status
        this.#tell(this.#isOpened ? this.#heard : this.#state, event.says)
    }
  }

  #take(quote: Quote): void {
    const room = this.#room
    const { book, market } = room.workspace
    const { symbol } = quote
    this.#quotes += 1
    this.#rate.count(room.ports.timer.mono())
    const now = room.workspace.now()
    if (!this.#known.has(symbol) && book.instrument(symbol) === undefined) {
      this.#unused += 1
      this.#faults.note('symbol', now, `A quote is of ${symbol}, which is no instrument here: add it in Settings.`)
      return
    }
    this.#known.add(symbol)
    room.quote(quote, liveRules(this.settings.ttl))
    if (market.board.newest(symbol) === quote) {
      this.#lastAt = Math.max(this.#lastAt ?? 0, quote.at)
      return
    }
    this.#unused += 1
    const usable = market.board.usable(symbol, lookAt(now))
    if (!usable.ok) this.#faults.note(`${usable.error.code} ${symbol}`, now, usable.error.says)
  }

  #tell(state: LiveFeedView['state'], says: string): void {
    this.#state = state
    this.#says = says
    this.#room.workspace.changed('state')
  }
}
