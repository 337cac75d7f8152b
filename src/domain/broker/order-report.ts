import type { Reason } from '../kernel/reason.ts'
import type { OrderTicket } from './order-ticket.ts'

/** One execution as a broker states it. */
export interface Execution {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly price: string
  /** Commission and fees, positive; a rebate is negative. */
  readonly fee: string
  readonly feeCurrency: string
}

/** What a broker says of an order. May come twice, late, in any order, or never. */
export type OrderReport = { readonly at: number; readonly clientId: string } &
  /** `ticket` where the broker made the order itself, as it does with protective exits. */
  (
    | { readonly kind: 'accepted'; readonly brokerId: string; readonly ticket?: OrderTicket }
    | { readonly kind: 'refused'; readonly reason: Reason }
    | ({ readonly kind: 'fill'; readonly executionId: string } & Execution)
    /** The execution is void. */
    | { readonly kind: 'bust'; readonly executionId: string }
    /** The execution was other than first stated; the highest revision stands. */
    | ({ readonly kind: 'correction'; readonly executionId: string; readonly revision: number } & Execution)
    | { readonly kind: 'cancelled'; readonly says: string }
    | { readonly kind: 'expired' }
    /** The order now reads so; the highest revision stands. */
    | { readonly kind: 'replaced'; readonly revision: number; readonly ticket: OrderTicket }
  )
