import type { Instrument } from '../instrument.ts'
import { onGrid, readPositive, type Dec, type Price, type Quantity } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** The kinds of order every broker knows. */
export const ORDER_KINDS = ['market', 'limit', 'stop', 'stop-limit'] as const
/** One of the kinds of order. */
export type OrderKind = (typeof ORDER_KINDS)[number]

/** An order as it is sent, as plain data. Prices in the instrument's currency. */
export interface OrderTicket {
  /** Ours, stored before the order is sent: sending one twice is one order. */
  readonly clientId: string
  /** The decision it rests on; `liquidation` where a broker closes by itself. */
  readonly decisionId: string
  readonly accountId: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly kind: OrderKind
  /** Worst price of a limit or stop-limit order. */
  readonly limit: string | null
  /** Price that sets off a stop or stop-limit order. */
  readonly trigger: string | null
  readonly lasts: 'day' | 'until-cancelled'
  readonly strategy: string | null
  /** Exits sent as it fills; where one is hit the other is cancelled. */
  readonly protect: { readonly stop: string | null; readonly target: string | null }
  /** Price the decision was made at: what the order counts with where it names none. */
  readonly reference: string
}

/** What of a working order can be changed. */
export interface TicketChange {
  readonly quantity?: string
  readonly limit?: string
  readonly trigger?: string
}

/** A ticket whose numbers have been read against its instrument. */
export interface ReadTicket {
  readonly quantity: Quantity
  readonly limit: Price | null
  readonly trigger: Price | null
  readonly stop: Price | null
  readonly target: Price | null
}

/** Reads a ticket; the reason names the member at fault. Quantity lies on the lot grid, prices on the tick grid. */
export function readTicket(ticket: OrderTicket, instrument: Instrument): Result<ReadTicket, Reason> {
  const needsLimit = ticket.kind === 'limit' || ticket.kind === 'stop-limit'
  const needsTrigger = ticket.kind === 'stop' || ticket.kind === 'stop-limit'
  if (needsLimit !== (ticket.limit !== null))
    return err(
      reason('INPUT_MALFORMED', `A ${ticket.kind} order ${needsLimit ? 'needs a' : 'has no'} limit price.`, 'limit'),
    )
  if (needsTrigger !== (ticket.trigger !== null))
    return err(
      reason(
        'INPUT_MALFORMED',
        `A ${ticket.kind} order ${needsTrigger ? 'needs a' : 'has no'} trigger price.`,
        'trigger',
      ),
    )
  const quantity = onStep(ticket.quantity, 'quantity', instrument.lotStep, 'lot')
  if (!quantity.ok) return quantity
  const prices: Record<string, Price | null> = {}
  const given = { limit: ticket.limit, trigger: ticket.trigger, ...ticket.protect }
  for (const [name, value] of Object.entries(given)) {
    const price = value === null ? null : onStep(value, name, instrument.tickSize, 'tick')
    if (price?.ok === false) return price
    prices[name] = price === null ? null : (price.value as Price)
  }
  const { limit = null, trigger = null, stop = null, target = null } = prices
  return ok({ quantity: quantity.value as Quantity, limit, trigger, stop, target })
}

function onStep(value: string, field: string, step: Dec, grid: string): Result<Dec, Reason> {
  const read = readPositive(value, field)
  if (!read.ok || onGrid(read.value, step)) return read
  return err(
    reason(
      'INPUT_OUT_OF_RANGE',
      `${field} is ${value}: it must be a multiple of the ${grid} of ${step.toString()}.`,
      field,
    ),
  )
}
