import type { Look } from '../../domain/feed/quote-quality.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import type { RateQuote, Reading, WorkingOrderInput } from '../../domain/inputs.ts'
import { dec, text } from '../../domain/kernel/money.ts'
import type { PriceMark } from '../../domain/ledger/records.ts'
import type { BookWriter } from '../ports.ts'
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
    const lastMark = (symbol: string, until: number): PriceMark | undefined => {
      const stored = book.lastMark(symbol, until)
      const quote = until + PRESENT_MS > now() ? this.board.newest(symbol) : undefined
      if (quote === undefined || (stored !== undefined && stored.at > quote.at)) return stored
      return { symbol, price: middleOf(quote), at: quote.at, source: 'feed' }
    }
    const rates = (until: number): readonly RateQuote[] => {
      const stored = book.rates(until)
      const live = until + PRESENT_MS > now() ? this.#rates(book) : []
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

  #rates(book: BookWriter): RateQuote[] {
    return this.board.symbols().flatMap((symbol) => {
      const quote = this.board.newest(symbol)
      const spec = quote === undefined ? undefined : book.instrument(symbol)
      if (quote === undefined || spec?.assetClass !== 'fx') return []
      const letters = symbol.toUpperCase().replace(/[^A-Z]/g, '')
      const from = letters.endsWith(spec.currency) ? letters.slice(0, -spec.currency.length) : ''
      if (from.length !== 3) return []
      return [{ from, to: spec.currency, rate: middleOf(quote), at: quote.at, source: `quote of ${symbol}` }]
    })
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
