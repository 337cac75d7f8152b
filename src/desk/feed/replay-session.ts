import type { ReplayView } from '../../contract/feed.ts'
import type { BarOrder } from '../../domain/feed/bar-quotes.ts'
import type { ReplaySpeed } from '../../domain/feed/replay-clock.ts'
import type { Bar, BarInterval } from '../../domain/ledger/records.ts'
import { INTERVAL_MS } from '../../domain/ledger/records.ts'
import type { TradingRoom } from '../trading/trading-room.ts'
import type { FeedEvent, ReplayFeed } from './ports.ts'
import { replayRules } from './quote-rules.ts'

/** What a replay is made of, as it is kept. */
export interface ReplayWanted {
  readonly symbols: readonly string[]
  readonly interval: BarInterval
  readonly from: number
  readonly to: number
  readonly speed: ReplaySpeed
}

interface Place extends ReplayWanted {
  /** Time of the last quote that was told. */
  readonly at: number
  readonly taken: number
  /** Which extreme of the bar under way came first, by symbol. */
  readonly orders: Readonly<Record<string, BarOrder>>
}

/** So many quotes a bar is told as. */
const QUOTES_A_BAR = 4
/** The place is kept with everything that happens, and after so many quotes in which nothing did. */
const KEPT_EVERY = 5_000
/** More bars than any book has of one symbol. */
const EVERY_BAR = 10_000_000

/** A replay of the book's own bars. Its last quote is the clock of the desk, so that the same bars give the same day. */
export class ReplaySession {
  readonly interval: BarInterval
  readonly #room: TradingRoom
  readonly #wanted: ReplayWanted
  readonly #orders = new Map<string, BarOrder>()
  readonly #feed: ReplayFeed
  readonly #quotes: number
  #at: number
  #taken = 0
  #speed: ReplaySpeed
  #isPaused = false
  #hasEnded = false
  #isReviving = false

  constructor(room: TradingRoom, wanted: ReplayWanted, place?: Place) {
    this.#room = room
    this.#wanted = wanted
    this.interval = wanted.interval
    this.#speed = wanted.speed
    this.#at = place?.at ?? wanted.from
    const bars = barsOf(room, wanted)
    this.#quotes = bars.length * QUOTES_A_BAR
    const { book } = room.workspace
    this.#feed = room.ports.replay.connect({
      plan: {
        bars,
        quotes: [],
        termsOf: (symbol) => {
          const spec = book.instrument(symbol)
          return { tickSize: spec?.tickSize ?? '1', spread: spec?.spread ?? '0' }
        },
        orderOf: (symbol) => this.#orderOf(symbol, place),
        source: 'replay',
      },
      speed: place === undefined ? wanted.speed : 'stepped',
      timer: room.ports.timer,
    })
    room.workspace.market.clock = () => this.#at
  }

  /** Takes a kept replay up where it was, standing still. */
  static revive(room: TradingRoom, kept: string): ReplaySession {
    const place = JSON.parse(kept) as Place
    const session = new ReplaySession(room, place, place)
    session.#isReviving = true
    session.#feed.start((event) => session.#hear(event))
    session.#feed.step(place.taken)
    session.#isReviving = false
    session.#taken = place.taken
    session.#at = place.at
    session.#isPaused = true
    return session
  }

  /** Begins. */
  start(): void {
    this.#feed.start((event) => this.#hear(event))
  }

  play(): void {
    this.#isPaused = false
    this.#feed.setSpeed(this.#speed)
    this.#feed.resume()
  }

  pause(): void {
    this.#isPaused = true
    this.#feed.pause()
    this.#room.keepPlace()
  }

  setSpeed(speed: ReplaySpeed): void {
    this.#speed = speed
    if (!this.#isPaused) this.#feed.setSpeed(speed)
  }

  /** Plays the next quotes at once. */
  step(count: number): void {
    this.#feed.step(count)
    this.#room.keepPlace()
  }

  /** Tells nothing any more. */
  leave(): void {
    this.#feed.stop()
  }

  /** Where it is, to be kept. */
  place(): string {
    const place: Place = {
      ...this.#wanted,
      speed: this.#speed,
      at: this.#at,
      taken: this.#taken,
      orders: Object.fromEntries(this.#orders),
    }
    return JSON.stringify(place)
  }

  /** Where it is, for the screen. */
  view(): ReplayView {
    const { symbols, interval, from, to } = this.#wanted
    const state = this.#hasEnded || this.#taken >= this.#quotes ? 'ended' : this.#isStill() ? 'paused' : 'playing'
    return {
      state,
      symbols: [...symbols],
      interval,
      from,
      to,
      speed: this.#speed,
      at: this.#at,
      taken: this.#taken,
      quotes: this.#quotes,
      says: `Replay of ${symbols.join(', ')}: ${this.#taken} of ${this.#quotes} quotes.`,
    }
  }

  #isStill(): boolean {
    return this.#isPaused || this.#speed === 'stepped'
  }

  #hear(event: FeedEvent): void {
    if (event.kind === 'status') {
      if (event.status !== 'ended') return
      this.#hasEnded = true
      if (!this.#isReviving) this.#room.keepPlace()
      return
    }
    if (event.kind === 'fault') {
      this.#room.faults.push({ at: this.#at, says: event.reason.says })
      return
    }
    if (event.kind === 'witness' || this.#isReviving) return
    this.#taken += 1
    this.#at = Math.max(this.#at, event.quote.at)
    this.#room.quote(event.quote, replayRules(this.interval))
    if (this.#taken % KEPT_EVERY === 0) this.#room.keepPlace()
  }

  /** While it catches up nothing is told, so only the bar under way needs the order it was begun with. */
  #orderOf(symbol: string, place: Place | undefined): BarOrder {
    const order = this.#isReviving
      ? (place?.orders[symbol] ?? 'low-first')
      : this.#room.paper.port().orderOfExtremes(symbol)
    this.#orders.set(symbol, order)
    return order
  }
}

/** Bars of a replay in the open book. */
export function barsOf(
  room: TradingRoom,
  { symbols, interval, from, to }: Omit<ReplayWanted, 'speed'>,
): readonly Bar[] {
  const { book } = room.workspace
  return symbols.flatMap((symbol) =>
    book.bars(symbol, interval, to + INTERVAL_MS[interval], EVERY_BAR).filter(({ at }) => at >= from && at <= to),
  )
}
