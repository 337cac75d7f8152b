import type { OrderTicket } from './order-ticket.ts'

/** `entry` orders add risk, `exit` orders close, `protect` orders are the broker's own stop and target of an entry. */
export type OrderRole = 'entry' | 'exit' | 'protect'

/** Where an order is. `unknown`: it was sent and nobody knows what became of it. */
export type OrderStage = 'stored' | 'sent' | 'unknown' | 'working' | 'filled' | 'refused' | 'cancelled' | 'expired'

/** What is known of one order but for its executions. */
export interface Entry {
  ticket: OrderTicket
  readonly role: OrderRole
  revision: number
  /** Quantities asked for by changes the broker has not answered. */
  readonly asked: Map<number, string>
  sent: boolean
  unknown: boolean
  accepted: boolean
  ended: 'refused' | 'cancelled' | 'expired' | null
}

/** An order that nothing is known of yet. */
export function newEntry(ticket: OrderTicket, role: OrderRole): Entry {
  return { ticket, role, revision: 0, asked: new Map(), sent: false, unknown: false, accepted: false, ended: null }
}

/** The broker changed an order: the highest revision stands, and answers what was asked before it. */
export function replaceTicket(entry: Entry, revision: number, ticket: OrderTicket): void {
  if (revision > entry.revision) {
    entry.ticket = ticket
    entry.revision = revision
  }
  for (const asked of [...entry.asked.keys()]) if (asked <= entry.revision) entry.asked.delete(asked)
}

/** An order ends once; should a broker say two endings, the same one is kept whichever came first. */
export function finalOf(known: Entry['ended'], said: NonNullable<Entry['ended']>): Entry['ended'] {
  const order = ['refused', 'expired', 'cancelled'] as const
  return known !== null && order.indexOf(known) > order.indexOf(said) ? known : said
}

/** Where an order is that has not ended. */
export function stageOf({ accepted, unknown, sent }: Entry): OrderStage {
  if (accepted) return 'working'
  if (unknown) return 'unknown'
  return sent ? 'sent' : 'stored'
}
