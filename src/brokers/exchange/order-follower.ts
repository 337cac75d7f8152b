import type { BrokerEvent } from '../../desk/broker/ports.ts'
import type { CarriedBook, CarriedOrder } from '../../desk/trading/ports.ts'
import { dec, text, ZERO } from '../../domain/kernel/money.ts'
import { reason } from '../../domain/kernel/reason.ts'
import { ok } from '../../domain/kernel/result.ts'
import type { OrderNames } from './order-names.ts'
import type { Answered, Venue, VenueState, VenueTrade } from './venue.ts'

/** An order the exchange does not know so long, asked so often, was never taken: signed requests die much sooner. */
export const NEVER_TAKEN = { afterMs: 30_000, asks: 3 } as const
/** The exchange's clock may be so much ahead of ours. */
const CLOCK_MARGIN_MS = 60_000

/** What following orders needs. */
export interface Following {
  readonly venue: Venue
  readonly book: CarriedBook
  readonly names: OrderNames
  readonly tell: (events: readonly BrokerEvent[]) => void
  readonly now: () => number
  readonly mono: () => number
}

/** Turns what the exchange says of orders into reports, each fill once, and an ending only after every fill before it. */
export class OrderFollower {
  readonly #on: Following
  /** Whose trades they are, by symbol and number of the order. */
  readonly #owners = new Map<string, string>()
  /** Units of an order of the exchange that were told whole. */
  readonly #told = new Map<string, string>()
  readonly #missing = new Map<string, { readonly since: number; asks: number }>()
  readonly #after = new Map<string, string>()
  readonly #doubtful = new Set<string>()

  constructor(on: Following) {
    this.#on = on
  }

  /** Asks for an order and tells what it heard; `undefined` where the exchange knows none of that id. */
  async ask(order: CarriedOrder, revision = order.revision): Promise<Answered<VenueState | undefined>> {
    const ref = this.#on.names.refOf(order, revision)
    const answered = await this.#on.venue.look(ref)
    if (answered.ok) {
      this.#missing.delete(ref.venueId)
      const heard = await this.hear(order.ticket.clientId, answered.value, revision)
      return heard.ok ? ok(answered.value) : heard
    }
    return answered.error.kind === 'missing' ? ok(undefined) : answered
  }

  /** The exchange knows no order of that id. Where that has been so for long enough it was never taken, or is forgotten. */
  notKnown(order: CarriedOrder): void {
    const { ticket, stage } = order
    const { venueId } = this.#on.names.refOf(order)
    const missing = this.#missing.get(venueId) ?? { since: this.#on.mono(), asks: 0 }
    missing.asks += 1
    this.#missing.set(venueId, missing)
    const lasted = this.#on.mono() - missing.since
    if (missing.asks < NEVER_TAKEN.asks || lasted < NEVER_TAKEN.afterMs) return
    this.#missing.delete(venueId)
    const seconds = NEVER_TAKEN.afterMs / 1_000
    const says =
      stage === 'working'
        ? 'The exchange no longer knows the order: it is over there.'
        : `The exchange knew no such order for ${seconds} seconds: it was never taken.`
    this.#on.tell([{ kind: 'cancelled', at: this.#on.now(), clientId: ticket.clientId, says }])
  }

  /** Tells that it was taken, its fills, and its end, whatever of it is new. Answers whether all its fills are told. */
  async hear(clientId: string, state: VenueState, revision: number): Promise<Answered<boolean>> {
    const { book, now } = this.#on
    const known = book.order(clientId)
    if (known === undefined) return ok(true)
    const { symbol } = known.ticket
    if (state.orderId !== null) this.#owners.set(`${symbol} ${state.orderId}`, clientId)
    if (revision === known.revision && ['stored', 'sent', 'unknown'].includes(known.stage))
      this.#on.tell([{ kind: 'accepted', at: now(), clientId, brokerId: state.brokerId }])
    const whole = await this.#fills(symbol, state)
    if (!whole.ok || !whole.value) return whole
    const order = book.order(clientId)
    if (state.status === 'working' || order === undefined || order.open.lte(0) || revision !== order.revision)
      return ok(true)
    this.#on.tell([this.#ending(clientId, state)])
    return ok(true)
  }

  /**
   * Reads trades of a symbol since the last that was read. One whose order nobody knows is asked for once more, since an
   * order that was just set off may own it; then it is told as a stranger's, and counts as a position all the same.
   */
  async scan(symbol: string): Promise<Answered<true>> {
    const { venue, book, now } = this.#on
    const after = this.#after.get(symbol)
    const trades = await venue.trades(
      symbol,
      after === undefined ? { since: book.followedFrom(symbol), until: now() + CLOCK_MARGIN_MS } : { after },
    )
    if (!trades.ok) return trades
    let last = after
    let isSure = true
    for (const trade of trades.value) {
      const owner = book.knows(executionOf(trade)) ? ok('') : await this.#ownerOf(trade)
      if (!owner.ok) return owner
      if (owner.value === undefined && !this.#doubtful.has(executionOf(trade))) {
        this.#doubtful.add(executionOf(trade))
        isSure = false
      } else if (owner.value !== '') this.#tellFill(owner.value ?? `exchange-${trade.orderId}`, trade)
      if (isSure) last = trade.tradeId
    }
    if (last !== undefined) this.#after.set(symbol, last)
    return ok(true)
  }

  /** Answers whether every unit the exchange counts as filled is told. */
  async #fills(symbol: string, state: VenueState): Promise<Answered<boolean>> {
    const filled = dec(state.filled)
    if (state.orderId === null || filled.isZero()) return ok(true)
    const key = `${symbol} ${state.orderId}`
    if (this.#told.get(key) === text(filled)) return ok(true)
    const trades = await this.#on.venue.trades(symbol, { orderId: state.orderId })
    if (!trades.ok) return trades
    const owner = this.#owners.get(key)
    let sum = ZERO
    for (const trade of trades.value) {
      sum = sum.plus(dec(trade.quantity))
      if (owner !== undefined) this.#tellFill(owner, trade)
    }
    // Trades may be listed a moment after the order counts them: it is asked again, and not ended before.
    if (sum.lt(filled)) return ok(false)
    this.#told.set(key, text(sum))
    return ok(true)
  }

  async #ownerOf({ symbol, orderId }: VenueTrade): Promise<Answered<string | undefined>> {
    const known = this.#owners.get(`${symbol} ${orderId}`)
    if (known !== undefined) return ok(known)
    const asked = await this.#on.venue.venueIdOf(symbol, orderId)
    if (!asked.ok) return asked.error.kind === 'missing' ? ok(undefined) : asked
    const clientId = this.#on.names.clientOf(asked.value)
    if (clientId !== undefined) this.#owners.set(`${symbol} ${orderId}`, clientId)
    return ok(clientId)
  }

  #tellFill(clientId: string, trade: VenueTrade): void {
    const executionId = executionOf(trade)
    if (this.#on.book.knows(executionId)) return
    const { symbol, side, quantity, price, fee, feeCurrency, at } = trade
    this.#on.tell([{ kind: 'fill', at, clientId, executionId, symbol, side, quantity, price, fee, feeCurrency }])
  }

  #ending(clientId: string, { status, filled, quantity }: VenueState): BrokerEvent {
    const at = this.#on.now()
    const says = {
      filled: `The exchange filled ${text(dec(filled))} and closed the order.`,
      cancelled: 'Cancelled at the exchange.',
      expired: 'The exchange let the order expire.',
    }
    if (status === 'refused')
      return {
        kind: 'refused',
        at,
        clientId,
        reason: reason('RESTRICTED', `The exchange refused the order over ${text(dec(quantity))} when it was due.`),
      }
    return { kind: 'cancelled', at, clientId, says: status === 'working' ? says.cancelled : says[status] }
  }
}

function executionOf({ symbol, tradeId }: VenueTrade): string {
  return `${symbol}-${tradeId}`
}
