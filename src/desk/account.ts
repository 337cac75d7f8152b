import type { AccountView } from '../contract/books.ts'
import { readDecimal, readPositive, subtract, text } from '../domain/kernel/money.ts'
import type { CashFlow } from '../domain/ledger/records.ts'
import { deskState, shownCauses } from '../domain/desk-state/latch.ts'
import { isTimeZone, nextDayStart } from '../domain/trading-day.ts'
import { dayProfit } from './gather-account.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** The account of the open book with what is known of it now. */
export function accountView(workspace: Workspace): AccountView {
  const account = workspace.account()
  const now = workspace.now()
  const input = workspace.accountInput(account, workspace.readAt())
  const { latch } = workspace.posture.now
  const state = deskState(latch)
  return {
    ...account,
    equity: input.equity.value,
    equityAt: input.equity.at,
    equitySays: input.equity.value === null ? input.equity.source : null,
    dayProfit: dayProfit(input),
    resetsAt: nextDayStart(now, account),
    state,
    stateSays: shownCauses(latch)[0]?.says ?? 'New risk is allowed within the limits.',
  }
}

/** Changes name, zone, day roll or switch of the account. */
export function saveAccount(
  workspace: Workspace,
  change: { readonly name: string; readonly timeZone: string; readonly dayRoll: string; readonly enabled: boolean },
): AccountView {
  if (!isTimeZone(change.timeZone))
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `${change.timeZone} is not a time zone: use a name such as America/New_York.`,
      'timeZone',
    )
  workspace.book.saveAccount({ ...workspace.account(), ...change }, workspace.options.ambient.now())
  workspace.changed('ledger')
  return accountView(workspace)
}

/** States the equity of this instant: the difference to the ledger is booked as an adjustment, the first time as the opening balance. */
export function setEquity(workspace: Workspace, equity: string, note: string | null): AccountView {
  const wanted = readPositive(equity, 'equity')
  if (!wanted.ok) throw new DeskRefusal(wanted.error.code, wanted.error.says, 'equity')
  const account = workspace.account()
  const { book } = workspace
  const now = workspace.now()
  const first = book.cashFlows(account.accountId, now).length === 0
  const known = readDecimal(workspace.accountInput(account, workspace.readAt()).equity.value, 'account.equity')
  if (!first && !known.ok)
    throw new DeskRefusal('INPUT_MISSING', accountView(workspace).equitySays ?? known.error.says, 'account.equity')
  const amount = first || !known.ok ? wanted.value : subtract(wanted.value, known.value)
  if (!amount.isZero()) book.addCashFlow(flow(workspace, first ? 'opening' : 'adjustment', text(amount), now, note))
  workspace.changed('ledger')
  return accountView(workspace)
}

/** Books money in or out; withdrawals, fees and taxes are negative. */
export function addCashFlow(
  workspace: Workspace,
  entry: {
    readonly kind: CashFlow['kind']
    readonly amount: string
    readonly at?: number | undefined
    readonly note: string | null
  },
): AccountView {
  const amount = readDecimal(entry.amount, 'amount')
  if (!amount.ok) throw new DeskRefusal(amount.error.code, amount.error.says, 'amount')
  if (amount.value.isZero())
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', 'amount is 0: nothing would be booked.', 'amount')
  if ((entry.kind === 'deposit' || entry.kind === 'opening') && amount.value.lt(0))
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `A ${entry.kind} is positive; book money out as a withdrawal.`,
      'amount',
    )
  if (entry.kind === 'withdrawal' && amount.value.gt(0))
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', 'A withdrawal is negative: money leaves the account.', 'amount')
  const now = workspace.now()
  const at = entry.at ?? now
  if (at > now) throw new DeskRefusal('CLOCK_ANOMALY', 'at lies in the future: book it when it happens.', 'at')
  workspace.book.addCashFlow(flow(workspace, entry.kind, text(amount.value), at, entry.note))
  workspace.changed('ledger')
  return accountView(workspace)
}

function flow(workspace: Workspace, kind: CashFlow['kind'], amount: string, at: number, note: string | null): CashFlow {
  const account = workspace.account()
  return {
    flowId: workspace.options.ambient.newId(),
    accountId: account.accountId,
    at,
    kind,
    amount,
    currency: account.currency,
    accountAmount: amount,
    note,
    source: 'typed',
    batchId: null,
  }
}
