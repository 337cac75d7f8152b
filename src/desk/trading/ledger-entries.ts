import type { OrderReport } from '../../domain/broker/order-report.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { AccountNote } from '../../domain/broker/paper/paper-event.ts'
import { dec, text } from '../../domain/kernel/money.ts'
import type { CashFlow, Fill } from '../../domain/ledger/records.ts'
import type { FillChange } from '../../domain/ledger/standing-fills.ts'
import type { AccountRecord } from '../ports.ts'
import type { OrderFact } from './ports.ts'

type FillReport = Extract<OrderReport, { kind: 'fill' }>
type Executed = Extract<OrderReport, { kind: 'fill' | 'correction' }>

/** The executions among facts that are not known yet, each once: of two of one number the first counts. */
export function newFills(facts: readonly OrderFact[], known: ReadonlySet<string>): readonly FillReport[] {
  const news = new Map<string, FillReport>()
  for (const fact of facts)
    if (fact.kind === 'fill' && !known.has(fact.executionId) && !news.has(fact.executionId))
      news.set(fact.executionId, fact)
  return [...news.values()]
}

/** An execution as a fill of the ledger. The rate is account currency per unit of the fee's currency, where it is known. */
export function fillOf(
  report: Executed,
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

/** What the venue said later of an execution, for the ledger; `corrected` is the fill as it now reads, nothing for a bust. */
export function fillChangeOf(
  report: Extract<OrderReport, { kind: 'bust' | 'correction' }>,
  corrected: Fill | null,
  accountId: string,
  source: string,
): FillChange & { readonly says: string } {
  const { executionId, at } = report
  const revision = report.kind === 'bust' ? 0 : report.revision
  const says =
    corrected === null
      ? `Execution ${executionId} is void: the venue took it back, and it counts no more.`
      : `Execution ${executionId} is corrected (${revision}): ${corrected.side} ${corrected.quantity} ${corrected.symbol} at ${corrected.price}, fee ${corrected.fee} ${corrected.feeCurrency}.`
  return { fillId: `${source}:${executionId}`, accountId, at, revision, corrected, says }
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
