import type { RateQuote } from '../domain/inputs.ts'
import { dec, divide, ONE, text } from '../domain/kernel/money.ts'
import { INTERVAL_MS, type Bar, type BarInterval, type PriceMark } from '../domain/ledger/records.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'

/** Reads prices and rates of an open book. */
export interface MarketReader {
  bars(symbol: string, interval: BarInterval, until: number, limit: number): readonly Bar[]
  barIntervals(symbol: string): readonly {
    readonly interval: BarInterval
    readonly count: number
    readonly first: number
    readonly last: number
  }[]
  lastMark(symbol: string, until: number): PriceMark | undefined
  rates(until: number): readonly RateQuote[]
  /** Stored rate of a pair, or of its inverse, newest at or before an instant. */
  rateAt(from: string, to: string, at: number): string | undefined
}

/** Whether a row was new, known with the same values, or known with others. */
export type Added = 'added' | 'known' | 'conflict'

/** Adds prices and rates, inside a transaction of the caller. A row that is there is never overwritten. */
export interface MarketWriter {
  addBar(bar: Bar, batchId: string | null): Added
  addMark(mark: PriceMark, batchId: string | null): Added
  addRate(rate: RateQuote, batchId: string | null): Added
}

const BAR = 'symbol, interval, at, open, high, low, close, volume'

/** Prepares reading prices and rates. */
export function marketReader(connection: ReadConnection): MarketReader {
  const bars = connection.prepare<[string, string, number, number], Bar>(
    `SELECT * FROM (SELECT ${BAR} FROM bar WHERE symbol = ? AND interval = ? AND at <= ? ORDER BY at DESC LIMIT ?) ORDER BY at`,
  )
  const intervals = connection.prepare<[string], { interval: BarInterval; count: number; first: number; last: number }>(
    'SELECT interval, count(*) AS count, min(at) AS first, max(at) AS last FROM bar WHERE symbol = ? GROUP BY interval',
  )
  const latestRate = connection.prepare<[string, string, number], RateQuote>(
    `SELECT from_currency AS "from", to_currency AS "to", rate, at, source FROM rate
     WHERE from_currency = ? AND to_currency = ? AND at <= ? ORDER BY at DESC, source LIMIT 1`,
  )
  // Steps from pair to pair by index instead of reading every rate.
  const pairs = connection.prepare<[], { from: string; to: string }>(
    `WITH RECURSIVE pair (f, t) AS (
       SELECT * FROM (SELECT from_currency, to_currency FROM rate ORDER BY from_currency, to_currency LIMIT 1)
       UNION ALL
       SELECT (SELECT from_currency FROM rate WHERE (from_currency, to_currency) > (f, t) ORDER BY from_currency, to_currency LIMIT 1),
              (SELECT to_currency FROM rate WHERE (from_currency, to_currency) > (f, t) ORDER BY from_currency, to_currency LIMIT 1)
       FROM pair WHERE f IS NOT NULL
     ) SELECT f AS "from", t AS "to" FROM pair WHERE f IS NOT NULL`,
  )
  const exchange = connection.prepare<[], { symbol: string; currency: string }>(
    "SELECT symbol, currency FROM instrument WHERE asset_class = 'fx' ORDER BY symbol",
  )
  const lastMark = markReader(connection)
  return {
    bars: (symbol, interval, until, limit) => bars.all(symbol, interval, until - INTERVAL_MS[interval], limit),
    barIntervals: (symbol) => intervals.all(symbol).sort((a, b) => INTERVAL_MS[a.interval] - INTERVAL_MS[b.interval]),
    lastMark,
    rates(until) {
      const newest = new Map<string, RateQuote>()
      const offer = (quote: RateQuote): void => {
        const key = `${quote.from} ${quote.to}`
        const sofar = newest.get(key)
        if (sofar === undefined || quote.at > sofar.at) newest.set(key, quote)
      }
      for (const { from, to } of pairs.all()) {
        const rate = latestRate.get(from, to, until)
        if (rate !== undefined) offer(rate)
      }
      for (const { symbol, currency } of exchange.all()) {
        const from = baseCurrency(symbol, currency)
        const mark = from === undefined ? undefined : lastMark(symbol, until)
        if (from === undefined || mark === undefined || !dec(mark.price).gt(0)) continue
        offer({ from, to: currency, rate: mark.price, at: mark.at, source: `price of ${symbol} (${mark.source})` })
      }
      return [...newest.values()].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1))
    },
    rateAt(from, to, at) {
      const direct = latestRate.get(from, to, at)
      const inverse = latestRate.get(to, from, at)
      if (inverse === undefined || (direct !== undefined && direct.at >= inverse.at)) return direct?.rate
      return text(divide(ONE, dec(inverse.rate)).toDecimalPlaces(18))
    },
  }
}

/** Prepares adding prices and rates. */
export function marketWriter(connection: WriteConnection): MarketWriter {
  const addBar = connection.prepare(
    `INSERT INTO bar (${BAR}, complete_at, batch_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const oneBar = connection.prepare<[string, string, number], Bar>(
    `SELECT ${BAR} FROM bar WHERE symbol = ? AND interval = ? AND at = ?`,
  )
  const addMark = connection.prepare(
    'INSERT INTO mark (symbol, at, source, price, batch_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const oneMark = connection
    .prepare<[string, number, string], string>('SELECT price FROM mark WHERE symbol = ? AND at = ? AND source = ?')
    .pluck()
  const addRate = connection.prepare(
    `INSERT INTO rate (from_currency, to_currency, at, source, rate, batch_id) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const oneRate = connection
    .prepare<[string, string, number, string], string>(
      'SELECT rate FROM rate WHERE from_currency = ? AND to_currency = ? AND at = ? AND source = ?',
    )
    .pluck()
  return {
    addBar(bar, batchId) {
      const { symbol, interval, at } = bar
      const prices = [bar.open, bar.high, bar.low, bar.close, bar.volume]
      const done = addBar.run(symbol, interval, at, ...prices, at + INTERVAL_MS[interval], batchId)
      if (done.changes === 1) return 'added'
      const held = oneBar.get(symbol, interval, at)
      return held !== undefined &&
        [held.open, held.high, held.low, held.close, held.volume].every((price, i) =>
          sameDecimal(price, prices[i] ?? null),
        )
        ? 'known'
        : 'conflict'
    },
    addMark({ symbol, at, source, price }, batchId) {
      if (addMark.run(symbol, at, source, price, batchId).changes === 1) return 'added'
      return sameDecimal(oneMark.get(symbol, at, source) ?? null, price) ? 'known' : 'conflict'
    },
    addRate({ from, to, at, source, rate }, batchId) {
      if (addRate.run(from, to, at, source, rate, batchId).changes === 1) return 'added'
      return sameDecimal(oneRate.get(from, to, at, source) ?? null, rate) ? 'known' : 'conflict'
    },
  }
}

/** Whether two decimal texts are the same number, however they are written. */
export function sameDecimal(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && dec(a).eq(dec(b)))
}

/** At the same instant a price somebody typed stands before one a feed, a statement, a fill or a bar gave. */
const RANK = "CASE source WHEN 'typed' THEN 0 WHEN 'feed' THEN 1 WHEN 'statement' THEN 2 WHEN 'fill' THEN 3 ELSE 4 END"

function markReader(connection: ReadConnection): MarketReader['lastMark'] {
  const mark = connection.prepare<[string, number], PriceMark>(
    `SELECT symbol, price, at, source FROM mark WHERE symbol = ? AND at <= ? ORDER BY at DESC, ${RANK} LIMIT 1`,
  )
  const fill = connection.prepare<[string, number], PriceMark>(
    `SELECT symbol, coalesce((SELECT corrected ->> '$.price' FROM fill_change WHERE fill_id = fill.fill_id
         ORDER BY revision DESC LIMIT 1), price) AS price, at, 'fill' AS source
     FROM fill WHERE symbol = ? AND at <= ?
       AND NOT EXISTS (SELECT 1 FROM fill_change WHERE fill_id = fill.fill_id AND revision = 0)
     ORDER BY at DESC, fill_id DESC LIMIT 1`,
  )
  // By the column, not by the name that hides it: then the index leads to the one row, however many bars there are.
  const close = connection.prepare<[string, string, number], PriceMark>(
    `SELECT symbol, close AS price, complete_at AS at, 'bar' AS source FROM bar
     WHERE symbol = ? AND interval = ? AND at <= ? ORDER BY bar.at DESC LIMIT 1`,
  )
  const lengthsOf = barLengths(connection)
  return (symbol, until) => {
    let newest = mark.get(symbol, until)
    const offer = (next: PriceMark | undefined): void => {
      if (next !== undefined && (newest === undefined || next.at > newest.at)) newest = next
    }
    offer(fill.get(symbol, until))
    for (const [interval, length] of lengthsOf(symbol)) offer(close.get(symbol, interval, until - length))
    return newest
  }
}

/** Lengths that a symbol has bars of: a desk that trades asks for its last prices many times between two imports. */
function barLengths(connection: ReadConnection): (symbol: string) => readonly (readonly [string, number])[] {
  const terms = connection.prepare<[], number>('SELECT terms FROM version').pluck()
  const any = connection.prepare<[string, string], number>(
    'SELECT 1 FROM bar WHERE symbol = ? AND interval = ? LIMIT 1',
  )
  const known = new Map<string, readonly (readonly [string, number])[]>()
  let knownTerms: number | undefined
  return (symbol) => {
    const now = terms.get()
    if (now !== knownTerms) known.clear()
    knownTerms = now
    const kept = known.get(symbol)
    if (kept !== undefined) return kept
    const lengths = Object.entries(INTERVAL_MS).filter(([interval]) => any.get(symbol, interval) !== undefined)
    known.set(symbol, lengths)
    return lengths
  }
}

/** `EUR` of `EURUSD`, `EUR.USD` or `EUR/USD` quoted in `USD`; `undefined` where the symbol does not end in its currency. */
function baseCurrency(symbol: string, currency: string): string | undefined {
  const letters = symbol.toUpperCase().replace(/[^A-Z]/g, '')
  const base = letters.endsWith(currency.toUpperCase()) ? letters.slice(0, -currency.length) : ''
  return base.length === 3 ? base : undefined
}
