import type { PaperOrder } from '../../domain/broker/paper/paper-order.ts'

/** Orders of the paper broker that are other than they were kept; they are kept from now on. */
export function changedOrders(kept: Map<string, PaperOrder>, orders: readonly PaperOrder[]): readonly PaperOrder[] {
  const changed = orders.filter((order) => kept.get(order.ticket.clientId) !== order)
  for (const order of changed) kept.set(order.ticket.clientId, order)
  return changed
}
