import { readDecimal, larger, ZERO, type Dec } from '../domain/kernel/money.ts'
import { reason, type Reason } from '../domain/kernel/reason.ts'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import type { FirmHistory, Roll } from '../domain/prop-firm/history.ts'
import type { Program } from '../domain/prop-firm/program.ts'
import { nextDayStart } from '../domain/trading-day.ts'
import { accountEquity, isCapital } from './gather-account.ts'
import type { AccountRecord, BookReader } from './ports.ts'

/** When and with what an account began a program. */
export interface ProgramStart {
  readonly initial: string
  readonly startedAt: number
}

/** The history of an account under a program, with the profit of each of the firm's days, oldest first, today last. */
export interface AccountUnderProgram {
  readonly history: FirmHistory
  readonly dayProfits: readonly Dec[]
  /** Days of the firm on which a trade was closed. */
  readonly tradedDays: number
  readonly lastRollAt: number
}

interface Movement {
  readonly at: number
  readonly amount: Dec
  readonly capital: boolean
  readonly trade: boolean
}

/**
 * Reads an account's ledger as a firm does: closed balances at every roll, equity at the last one. Equity between is known
 * only at the prices on record. Refuses where an amount has no rate or the balance at the start is not the program's.
 */
export function accountUnderProgram(
  book: BookReader,
  account: AccountRecord,
  program: Program,
  { initial, startedAt }: ProgramStart,
  at: number,
): Result<AccountUnderProgram, Reason> {
  const movements = movementsOf(book, account, at)
  if (!movements.ok) return movements
  const begun = readDecimal(initial, 'propFirm.initial')
  if (!begun.ok) return begun
  const first = balanceAt(movements.value, startedAt)
  if (!first.eq(begun.value)) {
    const says = `The balance was ${first.toFixed()} when the program began, not ${initial}: give the account the program anew with the balance and the time it began.`
    return err(reason('RECONCILE_DIFF', says, 'propFirm.initial'))
  }
  const equity = accountEquity(book, account, at)
  if (!equity.ok) return equity
  const now = readDecimal(equity.value.equity, 'account.equity')
  if (!now.ok) return now
  const instants = rollsBetween(program, startedAt, at)
  const lastRollAt = instants.at(-1) ?? startedAt
  const rolls = instants.map((roll): Roll => ({
    at: roll,
    balance: balanceAt(movements.value, roll),
    equity: roll === lastRollAt ? equityAt(book, account, roll) : null,
  }))
  const since = movements.value.filter((one) => one.at > startedAt)
  const peakBalance = peakOf(begun.value, since)
  const balance = balanceAt(movements.value, at)
  const history: FirmHistory = {
    initial: begun.value,
    rolls,
    balance,
    equity: now.value,
    peakBalance,
    peakEquity: larger(peakBalance, now.value),
    dayPeakEquity: larger(rolls.at(-1)?.equity ?? begun.value, now.value),
  }
  const edges = [startedAt, ...instants, Number.MAX_SAFE_INTEGER]
  const days = edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? Number.MAX_SAFE_INTEGER
    return since.filter((one) => one.at > from && one.at <= to)
  })
  const dayProfits = days.map((day) =>
    day.reduce<Dec>((sum, { amount, capital }) => (capital ? sum : sum.plus(amount)), ZERO),
  )
  const tradedDays = days.filter((day) => day.some(({ trade }) => trade)).length
  return ok({ history, dayProfits, tradedDays, lastRollAt })
}

/** The first balance of an account and when it was there; `undefined` where none is on record. */
export function firstBalance(book: BookReader, account: AccountRecord, at: number): ProgramStart | undefined {
  const [first] = book.cashFlows(account.accountId, at)
  if (first === undefined) return undefined
  const movements = movementsOf(book, account, at)
  if (!movements.ok) return undefined
  return { initial: balanceAt(movements.value, first.at).toFixed(), startedAt: first.at }
}

/** Money in and out and every closed trade, oldest first, in account currency. */
function movementsOf(book: BookReader, account: AccountRecord, at: number): Result<readonly Movement[], Reason> {
  const movements: Movement[] = []
  for (const flow of book.cashFlows(account.accountId, at)) {
    const amount = readDecimal(
      flow.accountAmount ?? (flow.currency === account.currency ? flow.amount : null),
      `cashFlows.${flow.flowId}`,
    )
    if (!amount.ok) return amount
    movements.push({ at: flow.at, amount: amount.value, capital: isCapital(flow), trade: false })
  }
  for (const trade of book.trades(account.accountId, { to: at })) {
    const amount = readDecimal(trade.accountProfit, `trades.${trade.tradeId}`)
    if (!amount.ok) return amount
    movements.push({ at: trade.exitAt, amount: amount.value, capital: false, trade: true })
  }
  return ok(movements.sort((a, b) => a.at - b.at))
}

function balanceAt(movements: readonly Movement[], at: number): Dec {
  return movements.reduce<Dec>((sum, one) => (one.at <= at ? sum.plus(one.amount) : sum), ZERO)
}

function peakOf(initial: Dec, since: readonly Movement[]): Dec {
  let balance = initial
  let peak = initial
  for (const { amount } of since) {
    balance = balance.plus(amount)
    peak = larger(peak, balance)
  }
  return peak
}

function equityAt(book: BookReader, account: AccountRecord, at: number): Dec | null {
  const equity = accountEquity(book, account, at)
  const read = equity.ok ? readDecimal(equity.value.equity, 'equity') : undefined
  return read?.ok === true ? read.value : null
}

function rollsBetween({ roll }: Program, from: number, to: number): readonly number[] {
  const rolls: number[] = []
  for (let at = nextDayStart(from, roll); at <= to; at = nextDayStart(at, roll)) rolls.push(at)
  return rolls
}
