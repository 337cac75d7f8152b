import type { OrderTicket } from '../broker/order-ticket.ts'
import type { Brand } from '../kernel/brand.ts'
import { dec, readPositive, text } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { DecisionBody } from './decision.ts'

/** Proof that a decision allows this: only `approveOrder` mints it, and a broker takes nothing else for new risk. */
export type Approved<T> = Brand<T, 'Approved'>
/** Proof that this only closes: `approveExit` mints it; no limit is asked. */
export type Exit<T> = Brand<T, 'Exit'>

/** Lets an order through that its decision allows: same symbol, side, account and stop, no more units than decided. */
export function approveOrder(decision: DecisionBody, ticket: OrderTicket): Result<Approved<OrderTicket>, Reason> {
  if (decision.kind !== 'entry')
    return err(reason('INTERNAL', `Decision ${ticket.decisionId} is an exit: send it as one.`, 'decisionId'))
  const fault = differs(decision, ticket)
  if (fault !== null) return err(fault)
  if (ticket.protect.stop !== decision.stop)
    return err(
      reason(
        'UNIT_MISMATCH',
        `The stop is ${ticket.protect.stop ?? 'none'}, decided was ${decision.stop ?? 'none'}.`,
        'protect.stop',
      ),
    )
  return ok(ticket as Approved<OrderTicket>)
}

/** Lets an exit through: what was decided to be closed, and no protective orders of its own. */
export function approveExit(decision: DecisionBody, ticket: OrderTicket): Result<Exit<OrderTicket>, Reason> {
  if (decision.kind !== 'exit')
    return err(reason('INTERNAL', `Decision ${ticket.decisionId} is an entry: it has to be approved.`, 'decisionId'))
  const fault = differs(decision, ticket)
  if (fault !== null) return err(fault)
  if (ticket.protect.stop !== null || ticket.protect.target !== null)
    return err(reason('INPUT_MALFORMED', 'An exit has no stop or target of its own.', 'protect'))
  return ok(ticket as Exit<OrderTicket>)
}

function differs(decision: DecisionBody, ticket: OrderTicket): Reason | null {
  const decided = dec(decision.quantity)
  if (decision.outcome === 'rejected' || decided.lte(0))
    return reason(decision.reasons[0]?.code ?? 'INTERNAL', `Nothing was approved. ${decision.says}`, 'decisionId')
  for (const field of ['accountId', 'symbol', 'side'] as const) {
    if (decision[field] !== ticket[field])
      return reason('UNIT_MISMATCH', `${field} is ${ticket[field]}, decided was ${decision[field] ?? 'none'}.`, field)
  }
  const asked = readPositive(ticket.quantity, 'quantity')
  if (!asked.ok) return asked.error
  if (asked.value.gt(decided))
    return reason(
      'MAX_QTY',
      `quantity is ${ticket.quantity}, decided were ${text(decided)}: ask for no more.`,
      'quantity',
    )
  return null
}
