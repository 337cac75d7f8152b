import type { Look } from '../../domain/feed/quote-quality.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import type { RateQuote, Reading, WorkingOrderInput } from '../../domain/inputs.ts'
import { dec, text } from '../../domain/kernel/money.ts'
import type { PriceMark } from '../../domain/ledger/records.ts'
import type { BookWriter } from '../ports.ts'
import { NO_FEED, type HeldFeed } from './no-feed.ts'
import { QuoteBoard } from './quote-board.ts'

/** What is read as of now may be read as of the last whole second. */
const PRESENT_MS = 1_000
const NOT_KNOWN: Reading = { value: null, source: 'not known', at: null }

/** Bid and ask for a decision. */
export interface QuoteReadings {
  readonly bid: Reading
  readonly ask: Reading
}

/** What lies over a book while it is traded: the newest quotes, orders on their way, and the clock of a replay. */
export class LiveMarket {
  readonly board = new QuoteBoard()
  /** The live feed of the open book; one that is off where the desk has none. */
  feed: HeldFeed = NO_FEED
  /** The replay's time while one runs. */
  clock: (() => number) | undefined
  /** Orders that may still be filled, as decisions count them. */
  working: (accountId: string) => readonly WorkingOrderInput[] = () => []

  /**
   * The same book with the newest quotes among its prices and rates, for reads of the present. A replay it keeps is its clock
   * from here on.
   */
  over(book: BookWriter, now: () => number): BookWriter {
    const { replay } = book.trading()
    if (replay !== undefined) this.clock = keptClock(replay)
    const storedMark = rememberMarks(book)
    const pairOf = rememberPairs(book)
    const lastMark = (symbol: string, until: number): PriceMark | undefined => {
      const stored = storedMark(symbol, until)
      const quote = until + PRESENT_MS > now() ? this.board.newest(symbol) : undefined
      if (quote === undefined || (stored !== undefined && stored.at > quote.at)) return stored
      return { symbol, price: middleOf(quote), at: quote.at, source: quote.source === 'typed' ? 'typed' : 'feed' }
    }
    const rates = (until: number): readonly RateQuote[] => {
      const stored = book.rates(until)
      const live = until + PRESENT_MS > now() ? this.#rates(pairOf) : []
      const isNewer = (one: RateQuote, other: RateQuote): boolean =>
        one.from === other.from && one.to === other.to && one.at >= other.at
      return live.length === 0
        ? stored
        : [...stored.filter((rate) => !live.some((one) => isNewer(one, rate))), ...live].sort(byPair)
    }
    return { ...book, lastMark, rates }
  }

  /** Bid and ask that a size may rest on. */
  readings(symbol: string, now: number): QuoteReadings {
    if (!this.board.has(symbol)) return { bid: NOT_KNOWN, ask: NOT_KNOWN }
    const quote = this.board.usable(symbol, lookAt(now))
    if (!quote.ok) {
      const unusable = { value: null, source: quote.error.says, at: null }
      return { bid: unusable, ask: unusable }
    }
    const { bid, ask, at, source } = quote.value
    return { bid: { value: bid, source, at }, ask: { value: ask, source, at } }
  }

  /** Forgets all of it, as when another book is opened. */
  clear(): void {
    this.board.clear()
    this.clock = undefined
    this.working = () => []
  }

  #rates(pairOf: (symbol: string) => Pair | undefined): RateQuote[] {
    return this.board.symbols().flatMap((symbol) => {
      const quote = this.board.newest(symbol)
      const pair = quote === undefined ? undefined : pairOf(symbol)
      if (quote === undefined || pair === undefined) return []
      return [{ ...pair, rate: middleOf(quote), at: quote.at, source: `quote of ${symbol}` }]
    })
  }
}

type Pair = Pick<RateQuote, 'from' | 'to'>

/** Marks as the book keeps them: whatever is valued asks once for equity and once for exposures. */
function rememberMarks(book: BookWriter): BookWriter['lastMark'] {
  let [version, at] = [-1, -1]
  const marks = new Map<string, PriceMark | undefined>()
  return (symbol, until) => {
    const now = book.version()
    if (now !== version || until !== at) marks.clear()
    ;[version, at] = [now, until]
    if (!marks.has(symbol)) marks.set(symbol, book.lastMark(symbol, until))
    return marks.get(symbol)
  }
}

/** The two currencies that a symbol is the rate of, by the book's instruments; `undefined` of any other symbol. */
function rememberPairs(book: BookWriter): (symbol: string) => Pair | undefined {
  let version = -1
  const pairs = new Map<string, Pair | undefined>()
  const read = (symbol: string): Pair | undefined => {
    const spec = book.instrument(symbol)
    if (spec?.assetClass !== 'fx') return undefined
    const letters = symbol.toUpperCase().replace(/[^A-Z]/g, '')
    const from = letters.endsWith(spec.currency) ? letters.slice(0, -spec.currency.length) : ''
    return from.length === 3 ? { from, to: spec.currency } : undefined
  }
  return (symbol) => {
    const now = book.version()
    if (now !== version) pairs.clear()
    version = now
    if (!pairs.has(symbol)) pairs.set(symbol, read(symbol))
    return pairs.get(symbol)
  }
}

/** Time of a replay that a book keeps. */
export function keptClock(replay: string): () => number {
  const { at } = JSON.parse(replay) as { readonly at: number }
  return () => at
}

/** A look at the desk's clock, which nobody sets while quotes are judged by it. */
export function lookAt(now: number): Look {
  return { wall: now, mono: now }
}

/** Middle of bid and ask. */
export function middleOf({ bid, ask }: Quote): string {
  return text(dec(bid).plus(dec(ask)).div(2))
}

function byPair(a: RateQuote, b: RateQuote): number {
  return `${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1
}
