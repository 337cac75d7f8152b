import type { CarriedBook, CarriedOrder } from '../../desk/trading/ports.ts'
import type { StatedPositions } from '../../domain/broker/reconcile.ts'
import { dec, text } from '../../domain/kernel/money.ts'

/** Orders whose end is not known, but for those of the stop keeper that are not there yet. */
export function ordersAtWork(book: CarriedBook): readonly CarriedOrder[] {
  return book.orders().filter((order) => order.open.gt(0) && (!isKept(order) || order.stage === 'working'))
}

/** Symbols that are held, or that orders are at work in. */
export function symbolsAtWork(book: CarriedBook): readonly string[] {
  return [...new Set([...book.heldSymbols(), ...ordersAtWork(book).map(({ ticket }) => ticket.symbol)])]
}

/** Positions as the exchange states them: all that are held there, and those of the book though they are flat. */
export function statedOf(
  held: readonly { readonly symbol: string; readonly quantity: string }[],
  book: CarriedBook,
): StatedPositions {
  const ours = new Set(book.heldSymbols())
  const positions = held
    .filter(({ symbol, quantity }) => ours.has(symbol) || !dec(quantity).isZero())
    .map(({ symbol, quantity }) => ({ symbol, quantity: text(dec(quantity)) }))
  return { complete: true, positions }
}

/** Stops that were handed over, not kept for an entry, behind which nothing is held any more. */
export function strayStops(book: CarriedBook): readonly CarriedOrder[] {
  return ordersAtWork(book).filter((order) => {
    const { role, stage, ticket } = order
    if (role !== 'protect' || isKept(order) || stage !== 'working') return false
    return dec(book.held(ticket.symbol, ticket.strategy)).isZero()
  })
}

/** Whether the order is one that the stop keeper makes, and not one that was handed over. */
function isKept({ role, ticket }: CarriedOrder): boolean {
  return role === 'protect' && /\.(stop|target)$/.test(ticket.clientId)
}
