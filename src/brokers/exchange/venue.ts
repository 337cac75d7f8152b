import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'

/** An order as an exchange takes it. Decimal text on its grids; `trigger` makes it conditional. */
export interface VenueOrder {
  readonly venueId: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly kind: 'market' | 'limit' | 'stop' | 'stop-limit' | 'take-profit'
  readonly quantity: string
  readonly price: string | null
  readonly trigger: string | null
  /** Never opens or turns a position. */
  readonly reduceOnly: boolean
}

/** How an order is named to the exchange; conditional orders are kept apart from the others there. */
export interface VenueRef {
  readonly venueId: string
  readonly symbol: string
  readonly conditional: boolean
}

/** What the exchange says of an order. */
export interface VenueState {
  readonly brokerId: string
  /** The number its trades carry; `null` while a conditional order waits for its trigger. */
  readonly orderId: string | null
  readonly quantity: string
  readonly trigger: string | null
  readonly filled: string
  readonly status: 'working' | 'filled' | 'cancelled' | 'expired' | 'refused'
}

/** One execution. The fee is positive, a rebate negative. */
export interface VenueTrade {
  readonly tradeId: string
  readonly orderId: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly price: string
  readonly fee: string
  readonly feeCurrency: string
  readonly at: number
}

/** Where trades are read from: those of an order, those after a number, or those since an instant. */
export type TradesFrom =
  { readonly orderId: string } | { readonly after: string } | { readonly since: number; readonly until: number }

/** What the exchange demands of orders in a symbol, and what the symbol is. */
export interface VenueSpec {
  readonly symbol: string
  readonly trades: boolean
  readonly currency: string
  readonly tickSize: string
  readonly lotStep: string
  readonly minQuantity: string
  readonly maxQuantity: string
  readonly maxMarketQuantity: string
  readonly minNotional: string
}

/**
 * Why a call came to nothing. `unknown`: it may have been taken. `missing`: there is no such order. `duplicate`: the id was
 * taken before. `throttled` and `refused`: nothing happened.
 */
export interface VenueFault {
  readonly kind: 'unknown' | 'missing' | 'duplicate' | 'throttled' | 'refused'
  readonly reason: Reason
}

/** What the exchange answered. */
export type Answered<T> = Result<T, VenueFault>

/** One exchange account. Nothing here rounds, and nothing is sent twice by itself. */
export interface Venue {
  /** Sets the clock of signatures; answers the exchange's time, UTC epoch milliseconds. */
  synchronise(): Promise<Answered<number>>
  /** Refuses an account this adapter cannot trade safely. */
  check(): Promise<Answered<true>>
  specs(): Promise<Answered<ReadonlyMap<string, VenueSpec>>>
  place(order: VenueOrder): Promise<Answered<VenueState>>
  cancel(ref: VenueRef): Promise<Answered<true>>
  look(ref: VenueRef): Promise<Answered<VenueState>>
  /** Every order that works there in these symbols, or in all with `null`, which the exchange counts as much work. */
  working(
    symbols: readonly string[] | null,
  ): Promise<Answered<readonly { readonly venueId: string; readonly symbol: string }[]>>
  trades(symbol: string, from: TradesFrom): Promise<Answered<readonly VenueTrade[]>>
  /** The id an order was sent under, by the number its trades carry. */
  venueIdOf(symbol: string, orderId: string): Promise<Answered<string>>
  /** Signed units of every symbol it has a word on; a symbol that is flat is named with zero. */
  positions(): Promise<Answered<readonly { readonly symbol: string; readonly quantity: string }[]>>
}
