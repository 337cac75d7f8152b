import type { OrderTicket } from '../../src/domain/broker/order-ticket.ts'
import { approveExit, approveOrder, type Approved, type Exit } from '../../src/domain/governor/approved.ts'
import type { DecisionBody } from '../../src/domain/governor/decision.ts'
import { ticket } from '../domain/broker/paper-room.ts'

function decisionOn({ accountId, symbol, side, quantity, protect }: OrderTicket, kind: 'entry' | 'exit'): DecisionBody {
  const said = { outcome: 'approved', reasons: [], says: 'Decided.', stop: protect.stop }
  return { kind, accountId, symbol, side, quantity, ...said } as unknown as DecisionBody
}

/** An order that its decision allows. */
export function approved(changes: Partial<OrderTicket> = {}): Approved<OrderTicket> {
  const order = ticket(changes)
  const done = approveOrder(decisionOn(order, 'entry'), order)
  if (!done.ok) throw new Error(done.error.says)
  return done.value
}

/** An exit that its decision allows. */
export function exiting(changes: Partial<OrderTicket> = {}): Exit<OrderTicket> {
  const order = ticket({ side: 'sell', ...changes })
  const done = approveExit(decisionOn(order, 'exit'), order)
  if (!done.ok) throw new Error(done.error.says)
  return done.value
}
