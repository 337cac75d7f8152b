import type { OrderReport } from '../../domain/broker/order-report.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { AccountNote } from '../../domain/broker/paper/paper-event.ts'
import { dec, text } from '../../domain/kernel/money.ts'
import type { CashFlow, Fill } from '../../domain/ledger/records.ts'
import type { AccountRecord } from '../ports.ts'

/** An execution as a fill of the ledger. The rate is account currency per unit of the fee's currency, where it is known. */
export function fillOf(
  report: Extract<OrderReport, { kind: 'fill' }>,
  ticket: OrderTicket | undefined,
  accountId: string,
  source: string,
  fxRate: string | null,
): Fill {
  const { executionId, at, symbol, side, quantity, price, fee, feeCurrency } = report
  return {
    fillId: `${source}:${executionId}`,
    accountId,
    symbol,
    at,
    side,
    quantity,
    price,
    fee,
    feeCurrency,
    fxRate,
    strategy: ticket?.strategy ?? null,
    stop: ticket?.protect.stop ?? null,
    tag: null,
    executionId,
    statedProfit: null,
    source,
    batchId: null,
  }
}

/** Interest of the paper account as a payment out of the ledger. */
export function interestOf(
  note: Extract<AccountNote, { kind: 'interest' }>,
  { accountId, currency }: AccountRecord,
): CashFlow {
  const amount = text(dec(note.amount).negated())
  return {
    flowId: `paper-interest-${accountId}-${note.at}`,
    accountId,
    at: note.at,
    kind: 'interest',
    amount,
    currency,
    accountAmount: amount,
    note: note.says,
    source: 'paper',
    batchId: null,
  }
}
