import type { RateQuote } from '../../domain/inputs.ts'
import { dec } from '../../domain/kernel/money.ts'
import type { Bar, CashFlow, Fill, PriceMark, Trade } from '../../domain/ledger/records.ts'
import type { BookReader } from '../ports.ts'

/** What the book says of a row: it is new, it is there already, or it is there with other values. */
export type RowStatus = 'new' | 'known' | 'conflict'

/** A fill as it would be written, and what the book says of it. */
export interface KnownFill {
  readonly fill: Fill
  readonly status: RowStatus
}

const ALWAYS = Number.MAX_SAFE_INTEGER

/** Compares rows with those of a book by the duplicate rule; reads the book once per kind and symbol. */
export class KnownRows {
  readonly #book: BookReader
  readonly #fills = new Map<string, Fill>()
  readonly #executions = new Map<string, Fill>()
  readonly #alike = new Map<string, number>()
  readonly #flows: ReadonlyMap<string, CashFlow>
  readonly #trades: ReadonlyMap<string, Trade>
  readonly #bars = new Map<string, ReadonlyMap<number, Bar>>()
  readonly #rates = new Map<number, readonly RateQuote[]>()
  readonly #taken = new Map<string, number>()

  constructor(book: BookReader, accountId: string) {
    this.#book = book
    for (const fill of book.fills(accountId)) {
      this.#fills.set(fill.fillId, fill)
      if (fill.executionId !== null) this.#executions.set(fill.executionId, fill)
      else this.#alike.set(valuesOf(fill), (this.#alike.get(valuesOf(fill)) ?? 0) + 1)
    }
    this.#flows = new Map(book.cashFlows(accountId, ALWAYS).map((flow) => [flow.flowId, flow]))
    const imported = book.trades(accountId).filter((trade) => trade.origin === 'imported')
    this.#trades = new Map(imported.map((trade) => [trade.tradeId, trade]))
  }

  /** Whether the book has an execution of this id. */
  hasExecution(executionId: string): boolean {
    return this.#executions.has(executionId)
  }

  /** A row of a day without time takes the place within that day that the book gave it. */
  fill(fill: Fill): KnownFill {
    if (fill.executionId !== null) {
      const held = this.#fills.get(fill.fillId) ?? this.#executions.get(fill.executionId)
      return { fill, status: held === undefined ? 'new' : sameFill(held, fill) ? 'known' : 'conflict' }
    }
    const held = this.#fills.get(fill.fillId)
    const placed = held !== undefined && sameDay(held.at, fill.at) ? { ...fill, at: held.at } : fill
    const values = valuesOf(placed)
    const ordinal = (this.#taken.get(values) ?? 0) + 1
    this.#taken.set(values, ordinal)
    if (held !== undefined) return { fill: placed, status: sameFill(held, placed) ? 'known' : 'conflict' }
    return { fill, status: ordinal <= (this.#alike.get(values) ?? 0) ? 'known' : 'new' }
  }

  trade(trade: Trade): RowStatus {
    const held = this.#trades.get(trade.tradeId)
    if (held === undefined) return 'new'
    const same =
      held.symbol === trade.symbol &&
      held.side === trade.side &&
      held.entryAt === trade.entryAt &&
      held.exitAt === trade.exitAt
    return same && equal(held.quantity, trade.quantity) && equal(held.profit, trade.profit) ? 'known' : 'conflict'
  }

  cashFlow(flow: CashFlow): RowStatus {
    const held = this.#flows.get(flow.flowId)
    if (held === undefined) return 'new'
    const same = held.at === flow.at && held.kind === flow.kind && held.currency === flow.currency
    return same && equal(held.amount, flow.amount) ? 'known' : 'conflict'
  }

  bar(bar: Bar): RowStatus {
    const held = this.barsOf(bar).get(bar.at)
    if (held === undefined) return 'new'
    const prices =
      equal(held.open, bar.open) &&
      equal(held.high, bar.high) &&
      equal(held.low, bar.low) &&
      equal(held.close, bar.close)
    return prices && equal(held.volume, bar.volume) ? 'known' : 'conflict'
  }

  mark(mark: PriceMark): RowStatus {
    const held = this.#book.lastMark(mark.symbol, mark.at)
    if (held?.at !== mark.at || held.source !== mark.source) return 'new'
    return equal(held.price, mark.price) ? 'known' : 'conflict'
  }

  rate(rate: RateQuote): RowStatus {
    const held = this.ratesAt(rate.at).find((quote) => quote.from === rate.from && quote.to === rate.to)
    if (held?.at !== rate.at || held.source !== rate.source) return 'new'
    return equal(held.rate, rate.rate) ? 'known' : 'conflict'
  }

  private barsOf({ symbol, interval }: Bar): ReadonlyMap<number, Bar> {
    const key = `${interval} ${symbol}`
    const read = this.#bars.get(key)
    if (read !== undefined) return read
    const count = this.#book.barIntervals(symbol).find((known) => known.interval === interval)?.count ?? 0
    const held = count === 0 ? [] : this.#book.bars(symbol, interval, ALWAYS, count)
    const byTime = new Map(held.map((bar) => [bar.at, bar]))
    this.#bars.set(key, byTime)
    return byTime
  }

  private ratesAt(at: number): readonly RateQuote[] {
    const read = this.#rates.get(at) ?? this.#book.rates(at)
    this.#rates.set(at, read)
    return read
  }
}

function sameFill(held: Fill, fill: Fill): boolean {
  const same =
    held.symbol === fill.symbol &&
    held.at === fill.at &&
    held.side === fill.side &&
    held.feeCurrency === fill.feeCurrency
  return same && equal(held.quantity, fill.quantity) && equal(held.price, fill.price) && equal(held.fee, fill.fee)
}

function valuesOf(fill: Fill): string {
  return [fill.symbol, fill.at, fill.side, plain(fill.quantity), plain(fill.price), plain(fill.fee)].join('\n')
}

function plain(value: string): string {
  return /^-?\d+$/.test(value) ? value : dec(value).toFixed()
}

function equal(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && dec(a).eq(dec(b)))
}

function sameDay(a: number, b: number): boolean {
  return Math.abs(a - b) < 60_000
}
