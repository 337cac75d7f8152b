import { dec, readDecimal } from '../../domain/kernel/money.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import { silence } from './exchange-words.ts'
import type { Answered, VenueState, VenueTrade } from './venue.ts'

/** One object of an answer. */
export type Row = Readonly<Record<string, unknown>>

/** What the exchange's words for a stage mean, of orders and of conditional ones. */
export const STATUS: Readonly<Record<string, VenueState['status']>> = {
  NEW: 'working',
  PARTIALLY_FILLED: 'working',
  FILLED: 'filled',
  CANCELED: 'cancelled',
  EXPIRED: 'expired',
  EXPIRED_IN_MATCH: 'expired',
  REJECTED: 'refused',
  // Of a conditional order before it is an order of the market.
  TRIGGERING: 'working',
  TRIGGERED: 'working',
}

/** An order as the exchange words it. */
export function readOrder(row: Row): Answered<VenueState> {
  const [brokerId, quantity, filled] = [word(row['orderId']), word(row['origQty']), word(row['executedQty'])]
  const status = STATUS[word(row['status'])]
  if (
    status === undefined ||
    brokerId === '' ||
    !readDecimal(quantity, 'origQty').ok ||
    !readDecimal(filled, 'executedQty').ok
  )
    return err(silence('The exchange’s word on an order cannot be read'))
  return ok({ brokerId, orderId: brokerId, quantity, trigger: null, filled, status })
}

/** An execution as the exchange words it; `undefined` where it cannot be read. */
export function readTrade(row: Row): VenueTrade | undefined {
  const [tradeId, orderId, symbol] = [word(row['id']), word(row['orderId']), word(row['symbol'])]
  const [quantity, price, fee] = [word(row['qty']), word(row['price']), word(row['commission'])]
  const at = Number(row['time'])
  const side = word(row['side']).toLowerCase()
  const isRead = [quantity, price, fee].every((value) => readDecimal(value, 'trade').ok)
  if (!/^\d+$/.test(tradeId) || orderId === '' || !isRead || !Number.isSafeInteger(at)) return undefined
  if (side !== 'buy' && side !== 'sell') return undefined
  const feeCurrency = word(row['commissionAsset'])
  return {
    tradeId,
    orderId,
    symbol,
    side,
    quantity: plainText(quantity),
    price: plainText(price),
    fee,
    feeCurrency,
    at,
  }
}

/** The same number without the zeros an exchange fills up with. */
function plainText(value: string): string {
  return dec(value).toFixed()
}

/** The rows of a list; none where it is none. */
export function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : []
}

/** A member that is text or a number, as text; empty where it is neither. */
export function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
