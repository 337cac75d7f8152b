import { convert } from '../../domain/fx.ts'
import type { InstrumentSpec } from '../../domain/inputs.ts'
import { dec, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import type { CashFlow, Fill, Trade } from '../../domain/ledger/records.ts'
import { roundTrips } from '../../domain/ledger/round-trips.ts'
import type { ReadingRoom } from './import-room.ts'
import type { ImportPlan } from './plan-import.ts'
import type { Preview } from './types.ts'

type SymbolEffect = Preview['effect']['symbols'][number]

const ALWAYS = Number.MAX_SAFE_INTEGER

/** Positions, realised profit and fees per symbol the file trades, and cash per currency, before and after. */
export function importEffect(room: ReadingRoom, plan: ImportPlan): Preview['effect'] {
  const { book, account } = room
  const specs = new Map(plan.instruments.map((spec) => [spec.symbol, spec]))
  const specOf = (symbol: string): InstrumentSpec | undefined => book.instrument(symbol) ?? specs.get(symbol)
  const fillsBefore = book.fills(account.accountId)
  const tradesBefore = book.trades(account.accountId).filter((trade) => trade.origin === 'imported')
  const flowsBefore = book.cashFlows(account.accountId, ALWAYS)
  const newFills = fresh(plan.fills)
  const newTrades = fresh(plan.trades)
  const symbols = [...new Set([...plan.fills, ...plan.trades].map(({ row }) => row.symbol))].sort()
  const bySymbol = Map.groupBy(fillsBefore, (fill) => fill.symbol)
  const freshBySymbol = Map.groupBy(newFills, (fill) => fill.symbol)
  const effects = symbols.flatMap((symbol) => {
    const spec = specOf(symbol)
    if (spec === undefined) return []
    const held = bySymbol.get(symbol) ?? []
    const added = freshBySymbol.get(symbol) ?? []
    const trades = [tradesBefore, newTrades].map((list) => list.filter((trade) => trade.symbol === symbol))
    return [symbolEffect(room, plan, spec, held, added, trades[0] ?? [], trades[1] ?? [])]
  })
  const before = cashOf(fillsBefore, tradesBefore, flowsBefore, specOf)
  const change = cashOf(newFills, newTrades, fresh(plan.cashFlows), specOf)
  const currencies = [...new Set([...before.keys(), ...change.keys()])].sort()
  return {
    symbols: effects,
    cash: currencies.map((currency) => {
      const held = before.get(currency) ?? ZERO
      return { currency, before: text(held), after: text(held.plus(change.get(currency) ?? ZERO)) }
    }),
  }
}

/** Cash that rows move, by currency. Futures and CFDs move their fees alone; what they gain is settled as it is realised. */
export function cashOf(
  fills: readonly Fill[],
  trades: readonly Trade[],
  flows: readonly CashFlow[],
  specOf: (symbol: string) => InstrumentSpec | undefined,
): Map<string, Dec> {
  const cash = new Map<string, Dec>()
  const add = (currency: string, amount: Dec): void => {
    cash.set(currency, (cash.get(currency) ?? ZERO).plus(amount))
  }
  for (const flow of flows) add(flow.currency, dec(flow.amount))
  for (const trade of trades) add(trade.currency, dec(trade.profit))
  for (const fill of fills) {
    const spec = specOf(fill.symbol)
    add(fill.feeCurrency, dec(fill.fee).negated())
    if (spec === undefined || spec.assetClass === 'future' || spec.assetClass === 'cfd') continue
    const quantity = fill.side === 'buy' ? dec(fill.quantity) : dec(fill.quantity).negated()
    add(spec.currency, quantity.times(dec(fill.price)).times(dec(spec.pointValue)).negated())
    const bought = spec.assetClass === 'fx' ? baseOf(spec) : null
    if (bought !== null) add(bought, quantity)
  }
  return cash
}

/** `EUR` of `EURUSD` or `EUR.USD` quoted in USD; `null` where the symbol does not show it. */
function baseOf(spec: InstrumentSpec): string | null {
  const plain = spec.symbol.replace(/[^A-Za-z]/g, '').toUpperCase()
  const base = plain.endsWith(spec.currency) ? plain.slice(0, -spec.currency.length) : ''
  return base.length === 3 ? base : null
}

function symbolEffect(
  room: ReadingRoom,
  plan: ImportPlan,
  spec: InstrumentSpec,
  held: readonly Fill[],
  added: readonly Fill[],
  tradesHeld: readonly Trade[],
  tradesAdded: readonly Trade[],
): SymbolEffect {
  const before = matched(room, plan, spec, held)
  const after = matched(room, plan, spec, [...held, ...added])
  const imported = sum(tradesHeld.map((trade) => trade.profit))
  const gained = sum(tradesAdded.map((trade) => trade.profit))
  return {
    symbol: spec.symbol,
    currency: spec.currency,
    fills: added.length,
    quantityBefore: text(before.quantity),
    quantityAfter: text(after.quantity),
    realisedBefore: text(before.realised.plus(imported)),
    realisedAfter: text(after.realised.plus(imported).plus(gained)),
    feesBefore: feesOf(held, tradesHeld),
    feesAfter: feesOf([...held, ...added], [...tradesHeld, ...tradesAdded]),
  }
}

function matched(
  room: ReadingRoom,
  plan: ImportPlan,
  spec: InstrumentSpec,
  fills: readonly Fill[],
): { readonly quantity: Dec; readonly realised: Dec } {
  if (fills.length === 0) return { quantity: ZERO, realised: ZERO }
  const { trades, holdings } = roundTrips(fills, {
    accountCurrency: room.account.currency,
    currency: spec.currency,
    pointValue: spec.pointValue,
    rate: (from, to, at) => {
      const rates = [...room.book.rates(at), ...plan.reading.rates.filter((rate) => rate.at <= at)]
      const found = convert(from, to, rates)
      return found.ok ? text(found.value.rate) : undefined
    },
  })
  return {
    quantity: sum(holdings.map((holding) => holding.quantity)),
    realised: sum(trades.map((trade) => trade.profit)),
  }
}

function feesOf(fills: readonly Fill[], trades: readonly Trade[]): SymbolEffect['feesBefore'] {
  const byCurrency = new Map<string, Dec>()
  const add = (currency: string, fee: string): void => {
    if (fee !== '0') byCurrency.set(currency, (byCurrency.get(currency) ?? ZERO).plus(dec(fee)))
  }
  for (const fill of fills) add(fill.feeCurrency, fill.fee)
  for (const trade of trades) add(trade.currency, trade.fees)
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({ currency, amount: text(amount) }))
}

function fresh<Row>(planned: readonly { readonly row: Row; readonly status: string }[]): readonly Row[] {
  return planned.filter(({ status }) => status === 'new').map(({ row }) => row)
}

function sum(values: readonly string[]): Dec {
  return values.reduce((total, value) => total.plus(dec(value)), ZERO)
}
