import type { OrderTicket } from '../order-ticket.ts'

/** An order inside the paper broker, as plain data. */
export interface PaperOrder {
  readonly ticket: OrderTicket
  /** Order of arrival: who comes first is filled first. */
  readonly seq: number
  /** Closes only: never more than is held. */
  readonly exit: boolean
  /** The entry this protects; with the other one of its kind it is cancelled where one is filled. */
  readonly parent: string | null
  readonly status: 'working' | 'filled' | 'cancelled' | 'expired' | 'refused'
  readonly filled: string
  readonly fills: number
  readonly revision: number
  /** A stop whose trigger was touched; what is left of it is a market or a limit order. */
  readonly triggered: boolean
  /** Commission in proportion so far, and what was charged: a minimum is charged once. */
  readonly proportional: string
  readonly charged: string
}

/** A new order. */
export function paperOrder(ticket: OrderTicket, seq: number, exit: boolean, parent: string | null): PaperOrder {
  return {
    ticket,
    seq,
    exit,
    parent,
    status: 'working',
    filled: '0',
    fills: 0,
    revision: 0,
    triggered: false,
    proportional: '0',
    charged: '0',
  }
}
