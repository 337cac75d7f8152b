import { reason } from '../../domain/kernel/reason.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import type { FeedEvent, FeedOpening, FeedTimer, LiveFeed } from '../../desk/feed/ports.ts'
import { openVenue, type OpenVenue, type VenueClient, type VenueTickers } from '../venue.ts'
import { venueQuote } from '../venue-quote.ts'
import { venueWay, type VenueLoop } from '../venue-ways.ts'

/** What the feed of an exchange needs. */
export interface ExchangeConnection {
  /** The exchange as the library names it. */
  readonly venue: string
  /** Which market of the venue prices which symbol of ours. */
  readonly markets: readonly { readonly symbol: string; readonly market: string }[]
  readonly timer: FeedTimer
  /** UTC epoch milliseconds, for what the venue does not stamp. */
  readonly now: () => number
  /** Stands in for the venue in tests; what it stamps proves no time. */
  readonly open?: OpenVenue
}

const LONGEST_WAIT_MS = 60_000
const WITNESS_EVERY_MS = 1_000

/** Public bid and ask of an exchange: told as they change where the venue can, else asked each second; reconnects by itself. */
export const exchange = {
  id: 'exchange',
  title: 'Exchange',
  says: 'Takes public bid and ask of an exchange, through the package ccxt, which is added apart.',
  connect: (connection: ExchangeConnection): LiveFeed => new ExchangeFeed(connection),
} as const

class ExchangeFeed implements LiveFeed {
  readonly id = 'exchange'
  readonly witnesses: boolean
  readonly #connection: ExchangeConnection
  readonly #symbols: ReadonlyMap<string, string>
  readonly #told = new Map<string, string>()
  readonly #opening = Promise.withResolvers<FeedOpening>()
  #hear: ((event: FeedEvent) => void) | undefined
  #client: VenueClient | undefined
  #witnessedAt = Number.NEGATIVE_INFINITY
  #status = ''

  constructor(connection: ExchangeConnection) {
    this.#connection = connection
    this.#symbols = new Map(connection.markets.map(({ symbol, market }) => [market, symbol]))
    this.witnesses = connection.open === undefined
  }

  start(hear: (event: FeedEvent) => void): void {
    this.#hear = hear
    this.#say('waiting', `Asking ${this.#connection.venue} for its markets.`)
    this.#open().then(
      (opened) => this.#opening.resolve(opened),
      (error: unknown) => this.#opening.resolve(this.#broken(error)),
    )
  }

  stop(): void {
    this.#hear = undefined
    this.#opening.resolve(err({ code: 'CONFLICT', says: 'The feed was stopped while it began: start it again.' }))
    const client = this.#client
    this.#client = undefined
    // What was still waited for ends with the connection, and nobody waits for it any more.
    if (client !== undefined) void client.close().then(undefined, () => undefined)
  }

  opening(): Promise<FeedOpening> {
    return this.#opening.promise
  }

  #broken(error: unknown): FeedOpening {
    const says = `${this.#connection.venue} cannot be used: ${wordsOf(error)}.`
    return err({ code: 'FEED_UNREACHABLE', says, field: 'venue' })
  }

  async #open(): Promise<FeedOpening> {
    const { venue, open = openVenue } = this.#connection
    const opened = await open(venue)
    if (!opened.ok) return opened
    const client = opened.value
    if (this.#hear === undefined) return err({ code: 'CONFLICT', says: 'The feed was stopped while it began.' })
    this.#client = client
    try {
      await client.loadMarkets()
    } catch (error) {
      const says = `${venue} could not be asked for its markets: ${wordsOf(error)}. Check the connection, then start it again.`
      return err({ code: 'FEED_UNREACHABLE', says, field: 'venue' })
    }
    const markets = [...this.#symbols.keys()]
    for (const [index, market] of markets.entries()) {
      if (!Object.hasOwn(client.markets ?? {}, market)) return err(unknownMarket(client, venue, market, index))
    }
    const way = venueWay(client, markets)
    if (way === undefined) {
      const says = `${venue} tells bid and ask in no way that is supported: choose another venue.`
      return err({ code: 'INPUT_OUT_OF_RANGE', says, field: 'venue' })
    }
    this.#say('waiting', `Waiting for the first prices of ${venue}.`)
    for (const loop of way.loops) void this.#run(loop, `${venue} ${way.says}.`)
    return ok(venue)
  }

  /** Asks until it is stopped; what fails is told, and asked again later and later. */
  async #run({ ask, pause }: VenueLoop, says: string): Promise<void> {
    let failures = 0
    while (!this.#isStopped()) {
      let wait = pause
      try {
        const tickers = await ask()
        failures = 0
        this.#say('open', says)
        this.#take(tickers, pause > 0)
      } catch (error) {
        if (this.#isStopped()) return
        wait = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** failures)
        failures += 1
        const { venue } = this.#connection
        const words = `${venue} does not answer: ${wordsOf(error)}.`
        this.#hear?.({ kind: 'fault', reason: reason('QUOTE_STALE', words, 'venue') })
        this.#say('closed', `${words} It is asked again in ${Math.round(wait / 1_000)} s.`)
      }
      // Also without a pause something else may run meanwhile, such as a halt.
      await new Promise<void>((resolve) => void this.#connection.timer.after(wait, resolve))
    }
  }

  /** Read anew after each wait: it changes meanwhile. */
  #isStopped(): boolean {
    return this.#hear === undefined
  }

  /** What was asked for is fresh by being answered; what is told counts where it changed. */
  #take(tickers: VenueTickers, isAsked: boolean): void {
    const { venue, now, timer } = this.#connection
    for (const [market, symbol] of this.#symbols) {
      const ticker = tickers[market]
      if (ticker === undefined) continue
      const read = venueQuote(ticker, symbol, venue, now())
      const { bid, ask, timestamp } = ticker
      const seen = JSON.stringify([bid, ask, timestamp])
      if (!isAsked && this.#told.get(market) === seen) continue
      this.#told.set(market, seen)
      if (!read.ok) {
        this.#hear?.({ kind: 'fault', reason: read.error })
        continue
      }
      const { quote, stamp } = read.value
      this.#hear?.({ kind: 'quote', quote })
      if (stamp === null || timer.mono() - this.#witnessedAt < WITNESS_EVERY_MS) continue
      this.#witnessedAt = timer.mono()
      this.#hear?.({ kind: 'witness', stamp })
    }
  }

  #say(status: 'waiting' | 'open' | 'closed', says: string): void {
    if (this.#status === `${status} ${says}`) return
    this.#status = `${status} ${says}`
    this.#hear?.({ kind: 'status', status, says })
  }
}

function unknownMarket(
  client: VenueClient,
  venue: string,
  market: string,
  index: number,
): {
  readonly code: string
  readonly says: string
  readonly field: string
} {
  const base = market.split(/[/:-]/)[0] ?? market
  const near = Object.keys(client.markets ?? {})
    .filter((name) => name.startsWith(`${base}/`))
    .slice(0, 3)
  const hint = near.length === 0 ? 'its names look like BTC/USDT or BTC/USDT:USDT' : `it has ${near.join(', ')}`
  return {
    code: 'NOT_FOUND',
    says: `${venue} has no market ${market}: ${hint}.`,
    field: `markets.${index}.market`,
  }
}

/** What an error of the library says, without the page it may quote. */
function wordsOf(error: unknown): string {
  const words = error instanceof Error ? `${error.name} ${error.message}` : String(error)
  return words
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .slice(0, 160)
}
