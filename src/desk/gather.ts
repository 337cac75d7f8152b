import { averageTrueRange } from '../domain/market/atr.ts'
import { ENGINE } from '../domain/governor/decide.ts'
import { equityAt, type EquityReading } from '../domain/ledger/equity.ts'
import { convert } from '../domain/fx.ts'
import type {
  AccountInput,
  BookInput,
  DecisionInputs,
  EdgeInput,
  OrderRequest,
  PositionInput,
  Reading,
  WorkingOrderInput,
} from '../domain/inputs.ts'
import { add, fromFloat, larger, readDecimal, rounded, subtract, text, ZERO, type Dec } from '../domain/kernel/money.ts'
import type { Reason } from '../domain/kernel/reason.ts'
import type { Result } from '../domain/kernel/result.ts'
import { INTERVAL_MS, type PriceMark } from '../domain/ledger/records.ts'
import { periodStart } from '../domain/trading-day.ts'
import type { Profile } from '../domain/profile.ts'
import { estimateEdge } from './edge.ts'
import type { AccountRecord, BookReader, DecisionRow } from './ports.ts'

const UNKNOWN: Reading = { value: null, source: 'not known', at: null }
/** How far back decisions are listed for the duplicate check: the widest window a profile may set. */
const RECENT_MS = 3_600_000

/** What an account is worth at an instant, or why that is not known. */
export function accountEquity(book: BookReader, account: AccountRecord, at: number): Result<EquityReading, Reason> {
  const rates = book.rates(at)
  return equityAt({
    at,
    accountCurrency: account.currency,
    cashFlows: book.cashFlows(account.accountId, at),
    trades: book.trades(account.accountId, { to: at }),
    holdings: book.holdings(account.accountId, at),
    terms: (symbol) => book.instrument(symbol),
    mark: (symbol) => book.lastMark(symbol, at),
    rate: (from) => {
      const found = convert(from, account.currency, rates)
      return found.ok ? found.value.rate.toFixed() : undefined
    },
  })
}

/** The account's open positions and rates at an instant, ready to be valued and hashed. */
export function gatherBook(book: BookReader, account: AccountRecord, at: number): BookInput {
  const positions: PositionInput[] = []
  for (const holding of book.holdings(account.accountId, at)) {
    const spec = book.instrument(holding.symbol) ?? null
    const mark = book.lastMark(holding.symbol, at)
    positions.push({
      symbol: holding.symbol,
      strategy: holding.strategy,
      quantity: holding.quantity,
      averagePrice: holding.averagePrice,
      stop: holding.stop,
      mark: readingOf(mark),
      spec,
    })
  }
  const working: WorkingOrderInput[] = []
  return { accountId: account.accountId, currency: account.currency, at, positions, working, rates: book.rates(at) }
}

/** What the last known price says, as a reading. */
export function readingOf(mark: PriceMark | undefined): Reading {
  return mark === undefined ? UNKNOWN : { value: mark.price, source: mark.source, at: mark.at }
}

/** Average true range of the longest-known daily bars, else of the longest interval there is. */
export function rangeReading(book: BookReader, symbol: string, at: number, period: number): Reading {
  const intervals = book.barIntervals(symbol)
  const chosen =
    intervals.find(({ interval }) => interval === '1d') ??
    [...intervals].sort((a, b) => INTERVAL_MS[b.interval] - INTERVAL_MS[a.interval])[0]
  if (chosen === undefined) return UNKNOWN
  // Wilder's smoothing forgets: after 20 periods the seed weighs less than 1e-9 of a daily range of 14.
  const bars = book.bars(symbol, chosen.interval, at, period * 20 + 1)
  const last = bars.at(-1)
  if (last === undefined || bars.length < period + 1)
    return { ...UNKNOWN, source: `${bars.length} bars of ${chosen.interval}; ${period + 1} are needed` }
  const column = (name: 'high' | 'low' | 'close'): Float64Array => Float64Array.from(bars, (bar) => Number(bar[name]))
  const range = averageTrueRange(column('high'), column('low'), column('close'), period).at(-1)
  if (range === undefined || !Number.isFinite(range) || range <= 0)
    return { ...UNKNOWN, source: 'bars without a range' }
  return {
    value: text(fromFloat(range)),
    source: `ATR(${period}) of ${bars.length} bars of ${chosen.interval}`,
    at: last.at + INTERVAL_MS[chosen.interval],
  }
}

/** Remembers the opening equity of a period by its start. */
type Remember = (start: number, read: () => Reading) => Reading

/** The account as a decision sees it at an instant: equity now, at the start of its periods, and at its peak. */
export function gatherAccount(
  book: BookReader,
  account: AccountRecord,
  at: number,
  remember: Remember = (_, read) => read(),
): AccountInput {
  const opening = (period: 'day' | 'week' | 'month'): { reading: Reading; flow: string } => {
    const start = periodStart(at, period, account)
    const reading = remember(start, () => openingReading(book, account, start))
    return { reading, flow: flowsBetween(book, account, reading.at ?? start, at) }
  }
  const [day, week, month] = [opening('day'), opening('week'), opening('month')]
  const equity = equityReading(accountEquity(book, account, at), at)
  return {
    accountId: account.accountId,
    name: account.name,
    currency: account.currency,
    timeZone: account.timeZone,
    dayRoll: account.dayRoll,
    enabled: account.enabled,
    equity,
    peakEquity: peakReading(book, account, equity, at),
    openingEquity: { day: day.reading, week: week.reading, month: month.reading },
    flows: { day: day.flow, week: week.flow, month: month.flow },
  }
}

/** Equity at the start of a period; of an account opened within it, its first balance. */
function openingReading(book: BookReader, account: AccountRecord, start: number): Reading {
  const first = book.cashFlows(account.accountId, Number.MAX_SAFE_INTEGER)[0]
  const from = first !== undefined && first.at > start ? first.at : start
  const equity = accountEquity(book, account, from)
  return equity.ok
    ? { value: equity.value.equity, source: from === start ? 'ledger' : 'first balance', at: from }
    : { value: null, source: equity.error.says, at: null }
}

function equityReading(equity: Result<EquityReading, Reason>, at: number): Reading {
  if (!equity.ok) return { value: null, source: equity.error.says, at: null }
  return { value: equity.value.equity, source: 'ledger', at: equity.value.oldestMarkAt ?? at }
}

/** Highest closed balance, moved by deposits and withdrawals, or the equity of now where that is higher. */
function peakReading(book: BookReader, account: AccountRecord, now: Reading, at: number): Reading {
  const equity = readDecimal(now.value, 'equity')
  if (!equity.ok) return now
  const events = [
    ...book
      .cashFlows(account.accountId, at)
      .map((flow) => ({ at: flow.at, amount: flow.accountAmount ?? flow.amount, moves: true })),
    ...book
      .trades(account.accountId, { to: at })
      .map((trade) => ({ at: trade.exitAt, amount: trade.accountProfit ?? '0', moves: false })),
  ].sort((a, b) => a.at - b.at)
  let balance: Dec = ZERO
  let peak: Dec = ZERO
  for (const event of events) {
    const amount = readDecimal(event.amount, 'amount')
    if (!amount.ok) return { value: null, source: amount.error.says, at: null }
    balance = add(balance, amount.value)
    peak = event.moves ? larger(add(peak, amount.value), balance) : larger(peak, balance)
  }
  const highest = larger(peak, equity.value)
  return {
    value: text(highest),
    source: 'highest closed balance moved by deposits and withdrawals, or equity now',
    at: now.at,
  }
}

function flowsBetween(book: BookReader, account: AccountRecord, from: number, to: number): string {
  let sum = fromFloat(0)
  for (const flow of book.cashFlows(account.accountId, to)) {
    if (
      flow.at <= from ||
      flow.kind === 'fee' ||
      flow.kind === 'interest' ||
      flow.kind === 'dividend' ||
      flow.kind === 'tax'
    )
      continue
    const amount = readDecimal(flow.accountAmount ?? flow.amount, `flows.${flow.flowId}`)
    if (amount.ok) sum = sum.plus(amount.value)
  }
  return text(sum)
}

/**
 * Everything one decision looks at, read from the book at `at`. An order decided for another instant than now is on its way
 * nowhere, so that orders decided before count for its duplicate and rate checks only where it is `forNow`.
 */
export function gatherInputs(
  book: BookReader,
  account: AccountRecord,
  accountInput: AccountInput,
  profile: Profile,
  hashes: { readonly book: string; readonly profile: string },
  request: OrderRequest,
  at: number,
  forNow: boolean,
): DecisionInputs {
  const symbol = typeof request.symbol === 'string' ? request.symbol.trim() : ''
  const code = typeof request.strategy === 'string' ? request.strategy.trim() : ''
  const strategy = code === '' ? null : (book.strategies().find((known) => known.code === code) ?? null)
  const recent = forNow ? book.recentDecisions(account.accountId, at - RECENT_MS) : []
  const range = profile.methods.get('fixed_risk_atr') as { readonly period: number } | undefined
  return {
    schema: 1,
    engine: ENGINE,
    at,
    bookKind: book.info.kind,
    bookHash: hashes.book,
    profileHash: hashes.profile,
    request,
    account: accountInput,
    instrument: book.instrument(symbol) ?? null,
    strategy,
    last: readingOf(book.lastMark(symbol, at)),
    bid: UNKNOWN,
    ask: UNKNOWN,
    atr: rangeReading(book, symbol, at, range?.period ?? 14),
    edge: edgeFor(book, account, profile, code, at),
    recent: recentOrders(recent, at),
    ordersToday: forNow ? countSince(book, account, at) : 0,
  }
}

function edgeFor(
  book: BookReader,
  account: AccountRecord,
  profile: Profile,
  strategy: string,
  at: number,
): EdgeInput | null {
  const kelly = profile.methods.get('kelly_trades') as { readonly windowDays: number } | undefined
  if (kelly === undefined) return null
  const from = at - kelly.windowDays * 86_400_000
  return estimateEdge(
    book.trades(account.accountId, { ...(strategy === '' ? {} : { strategy }), from, to: at }),
    strategy === '' ? 'all trades' : `strategy ${strategy}`,
    from,
    at,
  )
}

function recentOrders(rows: readonly DecisionRow[], at: number): DecisionInputs['recent'] {
  return rows.flatMap((row) =>
    row.side === null || row.at > at || row.outcome === 'rejected' || row.kind === 'exit'
      ? []
      : [{ symbol: row.symbol, side: row.side, quantity: row.quantity, at: row.at }],
  )
}

function countSince(book: BookReader, account: AccountRecord, at: number): number {
  return book
    .recentDecisions(account.accountId, periodStart(at, 'day', account))
    .filter((row) => row.at <= at && row.outcome !== 'rejected').length
}

/** Profit of the trading day so far: equity less its opening less what was paid in since. */
export function dayProfit(account: AccountInput): string | null {
  const equity = readDecimal(account.equity.value, 'equity')
  const opening = readDecimal(account.openingEquity.day.value, 'opening')
  const flows = readDecimal(account.flows.day, 'flows')
  return equity.ok && opening.ok && flows.ok
    ? rounded(subtract(subtract(equity.value, opening.value), flows.value))
    : null
}
