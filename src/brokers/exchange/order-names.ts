import type { CarriedOrder } from '../../desk/trading/ports.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { VenueOrder, VenueRef } from './venue.ts'

/** Exchanges take at most 36 characters. */
const LENGTH = 32

/**
 * The ids orders are sent under: made from our own id and the number of the change alone, so that after any failure the same
 * order is asked for, and sent again, under the same id.
 */
export class OrderNames {
  readonly #sha256: (text: string) => string
  readonly #made = new Map<string, string>()
  readonly #clients = new Map<string, string>()

  constructor(sha256: (text: string) => string) {
    this.#sha256 = sha256
  }

  /** The id of an order in its given revision. */
  of(clientId: string, revision: number): string {
    const key = `${clientId}#${revision}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const venueId = `b${this.#sha256(key).slice(0, LENGTH)}`
    this.#made.set(key, venueId)
    this.#clients.set(venueId, clientId)
    return venueId
  }

  /** How an order of the book is named to the exchange, in its last revision or a given one. */
  refOf({ ticket, role, revision }: CarriedOrder, inRevision = revision): VenueRef {
    const conditional = role === 'protect' || ticket.trigger !== null
    return { venueId: this.of(ticket.clientId, inRevision), symbol: ticket.symbol, conditional }
  }

  /** A ticket as it is sent first. */
  orderOf({ clientId, symbol, side, kind, quantity, limit, trigger }: OrderTicket, reduceOnly: boolean): VenueOrder {
    return { venueId: this.of(clientId, 0), symbol, side, kind, quantity, price: limit, trigger, reduceOnly }
  }

  /** Our own id of an order that the exchange names; `undefined` for one that is not of this book. */
  clientOf(venueId: string): string | undefined {
    return this.#clients.get(venueId)
  }

  /** The orders among these that are not of this book, a sentence each. */
  strangersOf(working: readonly { readonly venueId: string; readonly symbol: string }[]): readonly string[] {
    return working
      .filter(({ venueId }) => this.clientOf(venueId) === undefined)
      .map(({ venueId, symbol }) => `Order ${venueId} in ${symbol} works at the exchange and is not known here.`)
  }

  /** Makes the ids of all these orders known, and of the protective orders they may have. */
  learn(orders: readonly CarriedOrder[]): void {
    for (const { ticket, role, revision } of orders) {
      for (let made = 0; made <= revision + 1; made += 1) this.of(ticket.clientId, made)
      if (role !== 'entry') continue
      for (const suffix of ['stop', 'target']) this.of(`${ticket.clientId}.${suffix}`, 0)
    }
  }
}
