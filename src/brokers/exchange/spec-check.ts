import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { Instrument } from '../../domain/instrument.ts'
import { dec, onGrid, text } from '../../domain/kernel/money.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import type { VenueSpec } from './venue.ts'

/** Where our specification of a symbol is not the exchange's, a sentence each. */
export function specDifferences(
  symbol: string,
  ours: Instrument | undefined,
  theirs: VenueSpec | undefined,
): readonly string[] {
  if (ours === undefined) return [`${symbol} has no specification here.`]
  if (theirs === undefined) return [`${symbol} is not a symbol of the exchange.`]
  const says: string[] = []
  const compare = (name: string, own: string, other: string): void => {
    if (own !== other) says.push(`${symbol}: ${name} is ${own} here and ${other} at the exchange.`)
  }
  compare('tickSize', text(ours.tickSize), text(dec(theirs.tickSize)))
  compare('lotStep', text(ours.lotStep), text(dec(theirs.lotStep)))
  compare('currency', ours.currency, theirs.currency)
  compare('pointValue', text(ours.pointValue), '1')
  if (ours.minQuantity.lt(dec(theirs.minQuantity)))
    says.push(
      `${symbol}: minQuantity is ${text(ours.minQuantity)} here, and the exchange takes no less than ${theirs.minQuantity}.`,
    )
  if (!theirs.trades) says.push(`${symbol} is not traded at the exchange now.`)
  return says
}

/**
 * Why a ticket cannot be sent as it is. Nothing is rounded to fit. An exit is held to what the exchange takes alone, so that a
 * specification that differs never keeps a position open.
 */
export function ticketFault(
  ticket: OrderTicket,
  ours: Instrument | undefined,
  spec: VenueSpec | undefined,
  reduceOnly: boolean,
): Reason | null {
  const differ = reduceOnly && spec !== undefined ? [] : specDifferences(ticket.symbol, ours, spec)
  if (spec === undefined || differ.length > 0) return reason('SPEC_MISMATCH', differ.join(' '), 'symbol')
  const { symbol, quantity, limit, trigger, kind, reference, lasts } = ticket
  const units = dec(quantity)
  const refuse = (field: string, says: string): Reason => reason('SPEC_MISMATCH', `${symbol}: ${says}`, field)
  if (lasts === 'day' && kind !== 'market')
    return refuse('lasts', 'the exchange has no orders for a day: send it until cancelled.')
  if (!onGrid(units, dec(spec.lotStep)))
    return refuse('quantity', `quantity is ${quantity}: the exchange takes multiples of ${spec.lotStep}.`)
  if (units.lt(dec(spec.minQuantity)))
    return refuse('quantity', `quantity is ${quantity}: the exchange takes no less than ${spec.minQuantity}.`)
  const most = kind === 'market' || kind === 'stop' ? spec.maxMarketQuantity : spec.maxQuantity
  if (units.gt(dec(most)))
    return refuse('quantity', `quantity is ${quantity}: the exchange takes no more than ${most} at once.`)
  for (const [field, price] of Object.entries({ limit, trigger }))
    if (price !== null && !onGrid(dec(price), dec(spec.tickSize)))
      return refuse(field, `${field} is ${price}: the exchange takes multiples of ${spec.tickSize}.`)
  const worth = units.times(dec(limit ?? trigger ?? reference))
  return !reduceOnly && worth.lt(dec(spec.minNotional))
    ? reason(
        'BELOW_MIN_SIZE',
        `${symbol}: the order is worth ${text(worth)}: the exchange takes none below ${spec.minNotional} ${spec.currency}.`,
        'quantity',
      )
    : null
}
