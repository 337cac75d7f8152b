import type { OrderView } from '../../contract/trading/order.ts'
import type { BlotterOrder } from '../../domain/broker/blotter.ts'
import { divide, rounded, text, ZERO, type Dec } from '../../domain/kernel/money.ts'

/** What an order's executions add up to, and the last word on it. */
export interface OrderTold {
  readonly at: number
  readonly cost: Dec
  readonly fees: Dec
  readonly says: string
}

/** An order nothing was said of yet. */
export function untold(at: number): OrderTold {
  return { at, cost: ZERO, fees: ZERO, says: 'Stored; not sent yet.' }
}

/** An order as it is shown. */
export function orderView({ ticket, role, stage, filled, open }: BlotterOrder, told: OrderTold): OrderView {
  const { clientId, decisionId, symbol, side, kind, quantity, limit, trigger, protect, lasts, strategy } = ticket
  return {
    clientId,
    decisionId,
    role,
    symbol,
    side,
    kind,
    quantity,
    filled: text(filled),
    open: text(open),
    limit,
    trigger,
    stop: protect.stop,
    target: protect.target,
    lasts,
    strategy,
    stage,
    averagePrice: filled.isZero() ? null : rounded(divide(told.cost, filled)),
    fees: text(told.fees),
    at: told.at,
    says: told.says,
  }
}
