import type { Quote } from '../../feed/quote.ts'
import type { Instrument } from '../../instrument.ts'
import {
  add,
  dec,
  floorTo,
  larger,
  magnitude,
  NO_MONEY,
  smaller,
  text,
  ZERO,
  type Dec,
  type Money,
} from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import type { OrderReport } from '../order-report.ts'
import type { OrderTicket } from '../order-ticket.ts'
import type { PaperAccount } from './paper-account.ts'
import { fillFee, fillPrice, fillQuantity } from './paper-fill.ts'
import { PaperOrders } from './paper-orders.ts'
import { paperOrder, type PaperOrder } from './paper-order.ts'
import type { PaperTerms } from './paper-terms.ts'
import { protectiveOrders } from './protective-orders.ts'
import { moveOf, setsOff, touchOf, type Touch } from './touch.ts'

/** What of the newest quote is left to be filled, by side; `null` where it has no bound. */
export interface ShownSize {
  readonly buy: string | null
  readonly sell: string | null
}

/** The orders of the paper broker and the market that fills them. */
export class PaperMarket {
  readonly #terms: PaperTerms
  readonly #account: PaperAccount
  readonly #instrumentOf: (symbol: string) => Instrument
  readonly orders: PaperOrders
  readonly #quotes = new Map<string, Quote>()
  readonly #shown = new Map<string, ShownSize>()

  constructor(
    terms: PaperTerms,
    account: PaperAccount,
    instrumentOf: (symbol: string) => Instrument,
    orders: readonly PaperOrder[],
    quotes: readonly Quote[],
    shown: readonly (ShownSize & { readonly symbol: string })[],
  ) {
    this.#terms = terms
    this.#account = account
    this.#instrumentOf = instrumentOf
    this.orders = new PaperOrders(orders)
    for (const quote of quotes) this.#quotes.set(quote.symbol, quote)
    for (const { symbol, buy, sell } of shown) this.#shown.set(symbol, { buy, sell })
  }

  state() {
    const shown = [...this.#shown].map(([symbol, sizes]) => ({ symbol, ...sizes }))
    return { orders: this.orders.all(), quotes: [...this.#quotes.values()], shown }
  }

  /** The oldest working entry of a symbol. */
  firstEntry(symbol: string): PaperOrder | undefined {
    return this.orders.working(symbol).find(({ exit }) => !exit)
  }

  /** Whether a quote of a symbol is known, so that a market order fills. */
  hasQuote(symbol: string): boolean {
    return this.#quotes.has(symbol)
  }

  /** Margin that working entries would need, all but one of them. */
  marginOfEntries(except: string | null): Money {
    let sum = NO_MONEY
    for (const symbol of this.orders.symbols()) {
      for (const { exit, ticket, filled } of this.orders.working(symbol)) {
        if (exit || ticket.clientId === except) continue
        const price = dec(ticket.limit ?? ticket.trigger ?? ticket.reference)
        const left = dec(ticket.quantity).minus(dec(filled))
        sum = add(sum, this.#account.marginFor(this.#instrumentOf(symbol), left, price, ticket.side))
      }
    }
    return sum
  }

  /** Takes an order; what the newest quote can fill of it is filled. */
  accept(order: PaperOrder, at: number): readonly OrderReport[] {
    this.orders.keep(order)
    const quote = this.#quotes.get(order.ticket.symbol)
    return [...this.answer(order, at), ...(quote === undefined ? [] : this.#match(quote, undefined, at))]
  }

  /** What is said of an order that comes again: it was taken, or why it was not. */
  answer({ ticket: { clientId }, seq, status }: PaperOrder, at: number): readonly OrderReport[] {
    if (status === 'refused')
      return [{ kind: 'refused', at, clientId, reason: reason('DUPLICATE', `Order ${clientId} was refused before.`) }]
    return [{ kind: 'accepted', at, clientId, brokerId: `paper-${seq}` }]
  }

  cancel(order: PaperOrder, at: number, says: string): readonly OrderReport[] {
    this.orders.keep({ ...order, status: 'cancelled' })
    return [{ kind: 'cancelled', at, clientId: order.ticket.clientId, says }]
  }

  replace(order: PaperOrder, ticket: OrderTicket, at: number): readonly OrderReport[] {
    const changed = { ...order, ticket, revision: order.revision + 1 }
    this.orders.keep(changed)
    const quote = this.#quotes.get(ticket.symbol)
    const { clientId } = ticket
    return [
      { kind: 'replaced', at, clientId, revision: changed.revision, ticket },
      ...(quote === undefined ? [] : this.#match(quote, undefined, at)),
    ]
  }

  /** Expires the orders of the day. */
  expire(at: number): readonly OrderReport[] {
    const over = [...this.orders.symbols()]
      .flatMap((symbol) => this.orders.working(symbol))
      .filter(({ ticket }) => ticket.lasts === 'day')
    for (const order of over) this.orders.keep({ ...order, status: 'expired' })
    return over.map(({ ticket: { clientId } }) => ({ kind: 'expired', at, clientId }))
  }

  /** Takes a quote: orders that the price passes on its way are filled in the order it passes them, then by age. */
  quote(quote: Quote): readonly OrderReport[] {
    const before = this.#quotes.get(quote.symbol)
    this.#quotes.set(quote.symbol, quote)
    const { lotStep } = this.#instrumentOf(quote.symbol)
    const share = this.#terms.participation
    const part = (size: string | null): string | null =>
      size === null || share === null ? null : text(floorTo(dec(size).times(dec(share)), lotStep))
    this.#shown.set(quote.symbol, { buy: part(quote.askSize), sell: part(quote.bidSize) })
    return this.orders.working(quote.symbol).length > 0 ? this.#match(quote, before, quote.at) : []
  }

  #match(quote: Quote, before: Quote | undefined, at: number): readonly OrderReport[] {
    const { symbol } = quote
    // With no quote before, an order meets the newest one as it stands.
    const moves = { buy: moveOf('buy', quote, before), sell: moveOf('sell', quote, before) }
    const from = new Map<string, number>()
    const tried = new Set<string>()
    const reports: OrderReport[] = []
    for (;;) {
      let next: { order: PaperOrder; touch: Touch } | undefined
      for (const order of this.orders.working(symbol)) {
        const { clientId, side } = order.ticket
        if (tried.has(clientId)) continue
        const touch = touchOf(order, moves[side], from.get(clientId) ?? 0)
        if (touch !== null && (next === undefined || touch.along < next.touch.along)) next = { order, touch }
      }
      if (next === undefined) break
      tried.add(next.order.ticket.clientId)
      const fills = this.#fill(next.order, next.touch, at)
      for (const { kind, clientId } of fills)
        if (kind === 'accepted' || kind === 'replaced') from.set(clientId, next.touch.along)
      reports.push(...fills)
    }
    for (const order of this.orders.working(symbol)) {
      if (setsOff(order, moves[order.ticket.side], from.get(order.ticket.clientId) ?? 0))
        this.orders.keep({ ...order, triggered: true })
    }
    return reports
  }

  #fill(order: PaperOrder, touch: Touch, at: number): readonly OrderReport[] {
    const { ticket } = order
    const { clientId, symbol, side } = ticket
    const instrument = this.#instrumentOf(symbol)
    const shown = this.#shown.get(symbol)?.[side] ?? null
    let left = dec(ticket.quantity).minus(dec(order.filled))
    if (order.exit) left = smaller(left, this.#closable(symbol, side))
    if (left.lte(0)) return this.cancel(order, at, 'Nothing is left to close.')
    const quantity = fillQuantity(left, shown === null ? null : dec(shown), instrument)
    if (quantity.lte(0)) return []
    const price = fillPrice(order, touch, instrument, this.#terms)
    const { fee, proportional, charged } = fillFee(order, price, quantity, instrument)
    if (shown !== null)
      this.#shown.set(symbol, {
        buy: null,
        sell: null,
        ...this.#shown.get(symbol),
        [side]: text(dec(shown).minus(quantity)),
      })
    const filled = dec(order.filled).plus(quantity)
    const fills = order.fills + 1
    const complete = filled.gte(dec(ticket.quantity))
    const status = complete ? 'filled' : 'working'
    this.orders.keep({ ...order, status, filled: text(filled), fills, triggered: true, proportional, charged })
    this.#account.fill(symbol, side === 'buy' ? quantity : quantity.negated(), price, fee, ticket.strategy)
    const executionId = `${clientId}/${fills}`
    const said = { quantity: text(quantity), price: text(price), fee: text(fee), feeCurrency: instrument.currency }
    return [{ kind: 'fill', at, clientId, executionId, symbol, side, ...said }, ...this.#after(clientId, quantity, at)]
  }

  /** What a fill brings with it: an entry's protection grows, the other exit of a pair shrinks, flat ends all exits. */
  #after(clientId: string, quantity: Dec, at: number): readonly OrderReport[] {
    const order = this.orders.get(clientId) as PaperOrder
    const { symbol } = order.ticket
    const reports: OrderReport[] = []
    if (!order.exit) reports.push(...this.#protect(order, at))
    const entry = order.parent === null ? undefined : this.orders.get(order.parent)
    // What an entry would still fill after its exit was hit would stand unprotected.
    if (entry?.status === 'working') reports.push(...this.cancel(entry, at, 'Its protective exit was filled.'))
    for (const other of this.orders.working(symbol)) {
      if (!other.exit || other.ticket.clientId === clientId) continue
      const paired = order.parent !== null && other.parent === order.parent
      if (this.#closable(symbol, other.ticket.side).isZero())
        reports.push(...this.cancel(other, at, 'The position is closed.'))
      else if (paired) reports.push(...this.#shrink(other, quantity, at))
    }
    return reports
  }

  #protect(entry: PaperOrder, at: number): readonly OrderReport[] {
    return protectiveOrders(entry, (id) => this.orders.get(id)).flatMap(({ ticket, known }): OrderReport[] => {
      const { clientId, quantity } = ticket
      if (known === undefined) {
        const made = paperOrder(ticket, this.orders.nextSeq, true, entry.ticket.clientId)
        this.orders.keep(made)
        return [{ kind: 'accepted', at, clientId, brokerId: `paper-${made.seq}`, ticket }]
      }
      return known.status === 'working' ? [this.#resize(known, quantity, at)] : []
    })
  }

  #resize(order: PaperOrder, quantity: string, at: number): OrderReport {
    const ticket = { ...order.ticket, quantity }
    const revision = order.revision + 1
    this.orders.keep({ ...order, ticket, revision })
    return { kind: 'replaced', at, clientId: ticket.clientId, revision, ticket }
  }

  #shrink(order: PaperOrder, by: Dec, at: number): readonly OrderReport[] {
    const quantity = larger(dec(order.ticket.quantity).minus(by), ZERO)
    if (quantity.lte(dec(order.filled))) return this.cancel(order, at, 'The other exit of the pair was filled.')
    return [this.#resize(order, text(quantity), at)]
  }

  #closable(symbol: string, side: 'buy' | 'sell'): Dec {
    const held = this.#account.quantity(symbol)
    return (side === 'sell' ? held.gt(0) : held.lt(0)) ? magnitude(held) : ZERO
  }
}
