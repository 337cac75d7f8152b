import type { InstrumentSpec, RateQuote } from '../../domain/inputs.ts'
import { dec, divide, floorTo, magnitude, text } from '../../domain/kernel/money.ts'
import type { Bar, CashFlow, Fill, PriceMark, Trade } from '../../domain/ledger/records.ts'
import type { ReadingRoom } from './import-room.ts'
import { KnownRows, type RowStatus } from './known-rows.ts'
import type { CashFlowRow, FillRow, ImportProblem, ImportReading, SkippedRow, TradeRow } from './ports.ts'
import { RowIdentity } from './row-identity.ts'
import { fitToBook } from './fit-to-book.ts'
import { withOpening } from './statement-opening.ts'

/** A row as it would be written, where it stood, and what the book says of it. */
export interface Planned<Row> {
  readonly line: number
  readonly row: Row
  readonly status: RowStatus
}

/** All that an import would do to one account. Rows that are known are kept, for the store counts twins by them. */
export interface ImportPlan {
  readonly reading: ImportReading
  readonly fills: readonly Planned<Fill>[]
  readonly trades: readonly Planned<Trade>[]
  readonly cashFlows: readonly Planned<CashFlow>[]
  readonly bars: readonly Planned<Bar>[]
  readonly marks: readonly Planned<PriceMark>[]
  readonly rates: readonly Planned<RateQuote>[]
  /** Specifications the book lacks. */
  readonly instruments: readonly InstrumentSpec[]
  readonly twins: number
  readonly problems: readonly ImportProblem[]
  readonly skipped: readonly SkippedRow[]
}

/** Compares what was read with the book: what is new, what is known, what contradicts it. */
export function planImport(room: ReadingRoom, asRead: ImportReading): ImportPlan {
  const { book, account } = room
  const reading = withOpening(room, asRead)
  const known = new KnownRows(book, account.accountId)
  const identity = new RowIdentity(account.accountId, (value) => room.ambient.sha256(value))
  const fit = fitToBook(book, account, reading)
  const reversals = reading.cancelled
    .filter((each) => known.hasExecution(each.executionId))
    .map((each) => each.reversal)
  const undone = new Set(reversals.map((row) => row.line))
  const fills = [...fit.fills, ...reversals].map((row) => {
    const { fill, status } = known.fill(fillOf(row, identity.fill(row), room, reading))
    return { line: row.line, row: fill, status }
  })
  const trades = fit.trades.map((row) => {
    const trade = tradeOf(row, identity.trade(row), room, fit.pointValue(row.symbol))
    return { line: row.line, row: trade, status: known.trade(trade) }
  })
  const cashFlows = fit.cashFlows.map((row) => {
    const flow = cashFlowOf(row, identity.cashFlow(row), room, reading)
    return { line: row.line, row: flow, status: known.cashFlow(flow) }
  })
  return {
    reading,
    fills,
    trades,
    cashFlows,
    bars: fit.bars.map(({ line, bar }) => ({ line, row: bar, status: known.bar(bar) })),
    marks: fit.marks.map(({ line, ...mark }) => ({ line, row: mark, status: known.mark(mark) })),
    rates: reading.rates.map(({ line, ...rate }) => ({ line, row: rate, status: known.rate(rate) })),
    instruments: fit.instruments,
    twins: identity.twins,
    problems: [...reading.problems, ...fit.problems],
    skipped: [...reading.skipped.filter((row) => !undone.has(row.line)), ...fit.skipped].sort(
      (a, b) => a.line - b.line,
    ),
  }
}

/** Every planned row, of all kinds. */
export function plannedRows(plan: ImportPlan): readonly Planned<unknown>[] {
  return [...plan.fills, ...plan.trades, ...plan.cashFlows, ...plan.bars, ...plan.marks, ...plan.rates]
}

/** A question about the whole file, which must be answered before anything is written. */
export function openQuestion(plan: ImportPlan): ImportProblem | undefined {
  return plan.problems.find(({ severity, line }) => severity === 'question' && line === 0)
}

function fillOf(row: FillRow, fillId: string, room: ReadingRoom, reading: ImportReading): Fill {
  const stated = reading.baseCurrency === room.account.currency ? row.fxRate : null
  return {
    fillId,
    accountId: room.account.accountId,
    symbol: row.symbol,
    at: row.at,
    side: row.side,
    quantity: row.quantity,
    price: row.price,
    fee: row.fee,
    feeCurrency: row.feeCurrency,
    fxRate: stated,
    strategy: row.strategy,
    stop: row.stop,
    tag: row.tag,
    executionId: row.executionId,
    statedProfit: row.statedProfit,
    source: row.source,
    batchId: null,
  }
}

function tradeOf(row: TradeRow, tradeId: string, room: ReadingRoom, pointValue: string): Trade {
  return {
    tradeId,
    accountId: room.account.accountId,
    symbol: row.symbol,
    strategy: row.strategy,
    tag: row.tag,
    side: row.side,
    quantity: row.quantity,
    entryAt: row.entryAt,
    entryPrice: row.entryPrice,
    exitAt: row.exitAt,
    exitPrice: row.exitPrice,
    fees: row.fees,
    profit: row.profit,
    currency: row.currency,
    accountProfit: row.currency === room.account.currency ? row.profit : null,
    r: row.stop === null ? null : multipleOf(row, row.stop, pointValue),
    origin: 'imported',
    batchId: null,
  }
}

/** Profit over the loss at the initial stop; a stop on the wrong side of the entry is no initial stop. */
function multipleOf(row: TradeRow, stop: string, pointValue: string): string | null {
  const distance = row.side === 'long' ? dec(row.entryPrice).minus(dec(stop)) : dec(stop).minus(dec(row.entryPrice))
  if (distance.lte(0)) return null
  const risk = distance.times(dec(row.quantity)).times(dec(pointValue))
  const size = floorTo(divide(magnitude(dec(row.profit)), risk), dec('0.000000000001'))
  return text(row.profit.startsWith('-') ? size.negated() : size)
}

function cashFlowOf(row: CashFlowRow, flowId: string, room: ReadingRoom, reading: ImportReading): CashFlow {
  const { account } = room
  return {
    flowId,
    accountId: account.accountId,
    at: row.at,
    kind: row.kind,
    amount: row.amount,
    currency: row.currency,
    accountAmount: accountAmount(row, account.currency, reading.baseCurrency),
    note: row.note,
    source: row.source,
    batchId: null,
  }
}

function accountAmount(row: CashFlowRow, currency: string, base: string | null): string | null {
  if (row.currency === currency) return row.amount
  if (row.fxRate === null || base !== currency) return null
  const size = floorTo(magnitude(dec(row.amount)).times(dec(row.fxRate)), dec('0.000000000001'))
  return text(row.amount.startsWith('-') ? size.negated() : size)
}
