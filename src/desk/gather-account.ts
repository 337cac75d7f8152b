import { convert } from '../domain/fx.ts'
import type { AccountInput, Reading } from '../domain/inputs.ts'
import { add, fromFloat, larger, readDecimal, rounded, subtract, text, ZERO, type Dec } from '../domain/kernel/money.ts'
import type { Reason } from '../domain/kernel/reason.ts'
import type { Result } from '../domain/kernel/result.ts'
import { equityAt, type EquityReading } from '../domain/ledger/equity.ts'
import type { CashFlow } from '../domain/ledger/records.ts'
import { periodStart } from '../domain/trading-day.ts'
import type { AccountRecord, BookReader } from './ports.ts'

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
    if (flow.at <= from || !isCapital(flow)) continue
    const amount = readDecimal(flow.accountAmount ?? flow.amount, `flows.${flow.flowId}`)
    if (amount.ok) sum = sum.plus(amount.value)
  }
  return text(sum)
}

/** Whether money came in or went out, rather than being earned or charged: dividends, interest, fees and taxes are profit. */
export function isCapital({ kind }: CashFlow): boolean {
  return kind !== 'fee' && kind !== 'interest' && kind !== 'dividend' && kind !== 'tax'
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
