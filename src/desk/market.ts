import type { BarSeries, Instrument, InstrumentFacts, Strategy } from '../contract/market.ts'
import { convert } from '../domain/fx.ts'
import { readInstrument } from '../domain/instrument.ts'
import {
  add,
  divide,
  readDecimal,
  readNonNegative,
  readPositive,
  rounded,
  text,
  ZERO,
  type Dec,
} from '../domain/kernel/money.ts'
import { INTERVAL_MS, type BarInterval } from '../domain/ledger/records.ts'
import { averageTrueRange } from '../domain/market/atr.ts'
import { methodById } from '../domain/sizing/registry.ts'
import { rangeReading, readingOf } from './gather.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** Every instrument of the open book, by symbol. */
export function listInstruments(workspace: Workspace): Instrument[] {
  return workspace.book.instruments().map((spec) => ({ ...spec, clusters: [...spec.clusters] }))
}

/** An instrument with its last price, range, rate and holding. */
export function instrumentFacts(workspace: Workspace, symbol: string, asOf?: number): InstrumentFacts {
  const { book } = workspace
  const spec = book.instrument(symbol)
  if (spec === undefined)
    throw new DeskRefusal(
      'NOT_FOUND',
      `${symbol} is not a known instrument: import it or add it in Settings.`,
      'symbol',
    )
  const at = asOf ?? workspace.now()
  const account = workspace.account()
  const rate = convert(spec.currency, account.currency, book.rates(at))
  const read = readInstrument(spec)
  const holdings = book.holdings(account.accountId, at).filter((holding) => holding.symbol === symbol)
  return {
    instrument: { ...spec, clusters: [...spec.clusters] },
    last: readingOf(book.lastMark(symbol, at)),
    atr: rangeReading(book, symbol, at, atrPeriod(workspace)),
    fxRate: rate.ok ? rounded(rate.value.rate) : null,
    tickValue:
      rate.ok && read.ok ? rounded(read.value.tickSize.times(read.value.pointValue).times(rate.value.rate)) : null,
    ...heldOf(holdings),
  }
}

/** Saves a specification; every fault of it is answered at once. */
export function saveInstrument(workspace: Workspace, spec: Instrument): Instrument {
  const read = readInstrument(spec)
  if (!read.ok)
    throw new DeskRefusal(
      read.error[0]?.code ?? 'INPUT_MALFORMED',
      read.error.map(({ says }) => says).join(' '),
      read.error[0]?.field,
    )
  workspace.book.saveInstrument(spec, workspace.options.ambient.now())
  workspace.changed('ledger')
  return spec
}

/** Bars for the chart with the average true range beside them; float64, for drawing only. */
export function barSeries(
  workspace: Workspace,
  query: {
    readonly symbol: string
    readonly interval?: BarInterval | undefined
    readonly until?: number | undefined
    readonly limit: number
  },
): BarSeries {
  const { book } = workspace
  const period = atrPeriod(workspace)
  const known = book.barIntervals(query.symbol)
  const interval =
    query.interval ??
    known.find((one) => one.interval === '1d')?.interval ??
    [...known].sort((a, b) => INTERVAL_MS[b.interval] - INTERVAL_MS[a.interval])[0]?.interval ??
    '1d'
  const bars = book.bars(query.symbol, interval, query.until ?? workspace.now(), query.limit + period)
  const column = (name: 'open' | 'high' | 'low' | 'close'): number[] => bars.map((bar) => Number(bar[name]))
  const [open, high, low, close] = [column('open'), column('high'), column('low'), column('close')]
  const ranges = averageTrueRange(Float64Array.from(high), Float64Array.from(low), Float64Array.from(close), period)
  const from = Math.max(0, bars.length - query.limit)
  return {
    symbol: query.symbol,
    interval,
    at: bars.slice(from).map((bar) => bar.at),
    open: open.slice(from),
    high: high.slice(from),
    low: low.slice(from),
    close: close.slice(from),
    volume: bars.slice(from).map((bar) => (bar.volume === null ? null : Number(bar.volume))),
    atr: Array.from(ranges.slice(from), (range) => (Number.isFinite(range) ? range : null)),
    atrPeriod: period,
    source: bars.length === 0 ? 'no bars' : `${bars.length - from} bars`,
    intervals: known.map((one) => one.interval),
  }
}

/** Records a price typed by the trader as of now. */
export function typePrice(workspace: Workspace, symbol: string, price: string): InstrumentFacts {
  const { book } = workspace
  if (book.instrument(symbol) === undefined)
    throw new DeskRefusal('NOT_FOUND', `${symbol} is not a known instrument: add it in Settings.`, 'symbol')
  const read = readPositive(price, 'price')
  if (!read.ok) throw new DeskRefusal(read.error.code, read.error.says, 'price')
  book.addMark({ symbol, price: text(read.value), at: workspace.now(), source: 'typed' })
  workspace.changed('ledger')
  return instrumentFacts(workspace, symbol)
}

/** Strategies of the open book. */
export function listStrategies(workspace: Workspace): Strategy[] {
  return workspace.book.strategies().map((strategy) => ({ ...strategy }))
}

/** Saves a strategy; its numbers and method are checked first. */
export function saveStrategy(workspace: Workspace, strategy: Strategy): Strategy {
  for (const [name, value, read] of [
    ['budget', strategy.budget, readNonNegative],
    ['fixedQuantity', strategy.fixedQuantity, readPositive],
  ] as const) {
    const number = value === null ? null : read(value, name)
    if (number?.ok === false) throw new DeskRefusal(number.error.code, number.error.says, name)
    if (name === 'budget' && number?.ok === true && number.value.gt(10))
      throw new DeskRefusal(
        'UNIT_MISMATCH',
        `budget is a share of equity: 0.3 is 30 %, so ${text(number.value)} is too much.`,
        name,
      )
  }
  if (strategy.method !== null && methodById(strategy.method) === undefined)
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', `${strategy.method} is not a sizing method.`, 'method')
  workspace.book.saveStrategy(strategy, workspace.options.ambient.now())
  workspace.changed('ledger')
  return strategy
}

function atrPeriod(workspace: Workspace): number {
  const range = workspace.activeProfile().profile.methods.get('fixed_risk_atr') as
    { readonly period: number } | undefined
  return range?.period ?? 14
}

function heldOf(holdings: readonly { readonly quantity: string; readonly averagePrice: string }[]): {
  held: string
  heldAveragePrice: string | null
} {
  let held: Dec = ZERO
  let cost: Dec = ZERO
  for (const holding of holdings) {
    const quantity = readDecimal(holding.quantity, 'quantity')
    const price = readDecimal(holding.averagePrice, 'averagePrice')
    if (!quantity.ok || !price.ok) continue
    held = add(held, quantity.value)
    cost = add(cost, quantity.value.times(price.value))
  }
  return { held: text(held), heldAveragePrice: held.isZero() ? null : rounded(divide(cost, held)) }
}
