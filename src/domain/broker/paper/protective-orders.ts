import type { OrderTicket } from '../order-ticket.ts'
import { dec, text } from '../../kernel/money.ts'
import type { PaperOrder } from './paper-order.ts'

/** A stop or a target as it should be now, beside what there is of it. */
export interface ProtectiveOrder {
  readonly ticket: OrderTicket
  readonly known: PaperOrder | undefined
}

/** The exits an entry was sent with, for as many units as it has been filled with, less what one of them closed. */
export function protectiveOrders(
  entry: PaperOrder,
  orderOf: (clientId: string) => PaperOrder | undefined,
): readonly ProtectiveOrder[] {
  const { ticket } = entry
  const { stop, target } = ticket.protect
  const [stopId, targetId] = [`${ticket.clientId}.stop`, `${ticket.clientId}.target`]
  const closed = (other: string): string => orderOf(other)?.filled ?? '0'
  const shared = {
    ...ticket,
    side: ticket.side === 'buy' ? ('sell' as const) : ('buy' as const),
    lasts: 'until-cancelled' as const,
    protect: { stop: null, target: null },
  }
  const sized = (other: string): string => text(dec(entry.filled).minus(dec(closed(other))))
  const made: OrderTicket[] = []
  if (stop !== null)
    made.push({
      ...shared,
      clientId: stopId,
      kind: 'stop',
      limit: null,
      trigger: stop,
      reference: stop,
      quantity: sized(targetId),
    })
  if (target !== null)
    made.push({
      ...shared,
      clientId: targetId,
      kind: 'limit',
      limit: target,
      trigger: null,
      reference: target,
      quantity: sized(stopId),
    })
  return made.map((one) => ({ ticket: one, known: orderOf(one.clientId) }))
}
