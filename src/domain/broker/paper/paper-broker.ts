import type { BarOrder } from '../../feed/bar-quotes.ts'
import type { Quote } from '../../feed/quote.ts'
import type { RateQuote } from '../../inputs.ts'
import type { Instrument } from '../../instrument.ts'
import { invariant } from '../../kernel/invariant.ts'
import { dec, larger, say, sayPercent, text, ZERO } from '../../kernel/money.ts'
import { reason, type Reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { readTicket, type OrderTicket, type TicketChange } from '../order-ticket.ts'
import { isShort, LIQUIDATION, liquidationTickets } from './liquidation.ts'
import { PaperAccount, type PaperAccountState } from './paper-account.ts'
import type { PaperEvent } from './paper-event.ts'
import { PaperMarket, type ShownSize } from './paper-market.ts'
import { paperOrder, type PaperOrder } from './paper-order.ts'
import type { PaperTerms } from './paper-terms.ts'

/** The whole paper broker as plain data: what is kept over a restart. */
export interface PaperState {
  readonly schema: 1
  readonly account: PaperAccountState
  readonly orders: readonly PaperOrder[]
  readonly quotes: readonly Quote[]
  readonly shown: readonly (ShownSize & { readonly symbol: string })[]
  readonly called: boolean
}

/** A paper account that holds nothing yet. */
export function openPaper(currency: string, cash: string, rates: readonly RateQuote[]): PaperState {
  return {
    schema: 1,
    account: { currency, cash, positions: [], rates },
    orders: [],
    quotes: [],
    shown: [],
    called: false,
  }
}

/**
 * A broker that fills on paper. Deterministic: equal terms, state, orders and quotes give equal events, and a broker
 * revived from its state goes on as if it had never stopped.
 */
export class PaperBroker {
  readonly #terms: PaperTerms
  readonly #instrumentOf: (symbol: string) => Instrument | undefined
  readonly #account: PaperAccount
  readonly #market: PaperMarket
  #called: boolean

  constructor(terms: PaperTerms, state: PaperState, instrumentOf: (symbol: string) => Instrument | undefined) {
    this.#terms = terms
    this.#instrumentOf = instrumentOf
    this.#called = state.called
    const known = (symbol: string): Instrument => {
      const instrument = instrumentOf(symbol)
      invariant(instrument !== undefined, 'what is held or ordered has a specification')
      return instrument
    }
    this.#account = new PaperAccount(state.account, known)
    this.#market = new PaperMarket(terms, this.#account, known, state.orders, state.quotes, state.shown)
  }

  /** Everything the broker knows, as plain data. */
  state(): PaperState {
    const { orders, quotes, shown } = this.#market.state()
    return { schema: 1, account: this.#account.state(), orders, quotes, shown, called: this.#called }
  }

  /** Cash and what floats, margin in use and what is held, account currency. */
  standing(): { readonly equity: string; readonly marginUsed: string; readonly gross: string } {
    const { equity, marginUsed, gross } = this.#account
    return { equity: text(equity), marginUsed: text(marginUsed), gross: text(gross) }
  }

  /** Which extreme of the next bar hurts most: what is held, else what the oldest entry would come to hold. */
  orderOfExtremes(symbol: string): BarOrder {
    const held = this.#account.quantity(symbol)
    if (!held.isZero()) return held.gt(0) ? 'low-first' : 'high-first'
    return this.#market.firstEntry(symbol)?.ticket.side === 'sell' ? 'low-first' : 'high-first'
  }

  /** Takes an entry, or refuses it; the same client id again is the same order. */
  submit(ticket: OrderTicket, at: number): readonly PaperEvent[] {
    return this.#take(ticket, at, false)
  }

  /** Takes an exit: margin is not asked, and it never fills past flat. */
  exit(ticket: OrderTicket, at: number): readonly PaperEvent[] {
    return this.#take(ticket, at, true)
  }

  /** Cancels what is left of an order; cancelling twice is cancelling once. */
  cancel(clientId: string, at: number): Result<readonly PaperEvent[], Reason> {
    const order = this.#market.orders.get(clientId)
    if (order === undefined) return err(unknownOrder(clientId))
    if (order.status === 'filled')
      return err(reason('INPUT_OUT_OF_RANGE', `Order ${clientId} is filled: close the position instead.`, 'clientId'))
    return ok(order.status === 'working' ? this.#market.cancel(order, at, 'Cancelled by the trader.') : [])
  }

  /** Changes a working order; what was filled stays filled, and its place in the queue is kept. */
  replace(clientId: string, change: TicketChange, at: number): Result<readonly PaperEvent[], Reason> {
    const order = this.#market.orders.get(clientId)
    if (order === undefined) return err(unknownOrder(clientId))
    if (order.status !== 'working')
      return err(
        reason('INPUT_OUT_OF_RANGE', `Order ${clientId} is ${order.status}: it cannot be changed.`, 'clientId'),
      )
    const ticket = { ...order.ticket, ...change }
    const fault = this.#fault(ticket, order.exit, dec(order.filled).toString(), clientId)
    if (fault !== null) return err(fault)
    if (dec(ticket.quantity).lte(dec(order.filled)))
      return err(
        reason('INPUT_OUT_OF_RANGE', `quantity is ${ticket.quantity}: ${order.filled} are filled already.`, 'quantity'),
      )
    return ok(this.#market.replace(order, ticket, at))
  }

  /** Takes a quote in: orders are filled, the position is marked, margin is looked at. */
  quote(quote: Quote): readonly PaperEvent[] {
    if (this.#instrumentOf(quote.symbol) === undefined) return []
    const events: PaperEvent[] = [...this.#market.quote(quote)]
    this.#account.mark(quote.symbol, dec(quote.bid).plus(dec(quote.ask)).div(2))
    return [...events, ...this.#marginCall(quote.at), ...this.#liquidate(quote.at)]
  }

  /** Ends a session: orders of the day expire, and what is borrowed costs interest for so many nights. */
  roll(at: number, nights: number): readonly PaperEvent[] {
    const events: PaperEvent[] = [...this.#market.expire(at)]
    const borrowed = larger(this.#account.gross.minus(this.#account.equity), ZERO)
    const amount = borrowed.times(dec(this.#terms.interest)).times(nights).div(365).toDecimalPlaces(8)
    if (amount.lte(0)) return events
    this.#account.charge(amount)
    const says = `Interest of ${say(amount)} ${this.#account.currency} for ${nights} nights: ${say(borrowed)} borrowed at ${sayPercent(dec(this.#terms.interest))} a year.`
    return [...events, { kind: 'interest', at, amount: text(amount), says }]
  }

  /** Takes new exchange rates. */
  setRates(rates: readonly RateQuote[]): void {
    this.#account.setRates(rates)
  }

  #take(ticket: OrderTicket, at: number, exit: boolean): readonly PaperEvent[] {
    const { clientId } = ticket
    const known = this.#market.orders.get(clientId)
    if (known !== undefined) return this.#market.answer(known, at)
    const fault = this.#fault(ticket, exit, '0', null)
    const order = paperOrder(ticket, this.#market.orders.nextSeq, exit, null)
    if (fault === null) return this.#market.accept(order, at)
    this.#market.orders.keep({ ...order, status: 'refused' })
    return [{ kind: 'refused', at, clientId, reason: fault }]
  }

  #fault(ticket: OrderTicket, exit: boolean, filled: string, except: string | null): Reason | null {
    const instrument = this.#instrumentOf(ticket.symbol)
    if (instrument === undefined)
      return reason('INPUT_MISSING', `${ticket.symbol} has no specification: add the instrument.`, 'symbol')
    const read = readTicket(ticket, instrument)
    if (!read.ok) return read.error
    if (this.#account.rateOf(instrument.currency) === undefined)
      return reason(
        'FX_PATH_MISSING',
        `No rate leads from ${instrument.currency} to ${this.#account.currency}.`,
        'rates',
      )
    if (exit) {
      const held = this.#account.quantity(ticket.symbol)
      const closes = ticket.side === 'sell' ? held.gt(0) : held.lt(0)
      return closes
        ? null
        : reason('EXIT_PAST_FLAT', `Nothing is held in ${ticket.symbol} that this would close.`, 'side')
    }
    if (!this.#terms.margin) return null
    const price = dec(ticket.limit ?? ticket.trigger ?? ticket.reference)
    const need = this.#account.marginFor(instrument, read.value.quantity.minus(dec(filled)), price, ticket.side)
    const used = this.#account.marginUsed.plus(this.#market.marginOfEntries(except))
    const { equity, currency } = this.#account
    if (used.plus(need).lte(equity)) return null
    return reason(
      'MARGIN',
      `The order needs ${say(need)} ${currency} of margin; ${say(used)} of ${say(equity)} are in use.`,
      'quantity',
    )
  }

  #marginCall(at: number): readonly PaperEvent[] {
    const { equity, marginUsed, currency } = this.#account
    const short = this.#terms.margin && marginUsed.gt(equity) && marginUsed.gt(0)
    const first = short && !this.#called
    this.#called = short
    if (!first) return []
    const says = `Margin of ${say(marginUsed)} ${currency} is above equity of ${say(equity)}: reduce.`
    return [{ kind: 'margin-call', at, equity: text(equity), used: text(marginUsed), says }]
  }

  /** Closes position after position at the market until the margin is covered; one without a quote waits for it. */
  #liquidate(at: number): readonly PaperEvent[] {
    const { liquidation, margin } = this.#terms
    if (!margin || liquidation === null || !isShort(this.#account, liquidation.below)) return []
    const { equity, marginUsed, currency } = this.#account
    const events: PaperEvent[] = []
    for (const use of this.#account.marginUses()) {
      if (this.#account.marginUsed.lte(this.#account.equity)) break
      const working = this.#market.orders.working(use.symbol)
      if (!this.#market.hasQuote(use.symbol) || working.some(({ ticket }) => ticket.decisionId === LIQUIDATION))
        continue
      for (const entry of working)
        if (!entry.exit) events.push(...this.#market.cancel(entry, at, 'The account is being liquidated.'))
      for (const ticket of liquidationTickets(use, liquidation.accountId, this.#market.orders.nextSeq)) {
        const [taken, ...rest] = this.#market.accept(paperOrder(ticket, this.#market.orders.nextSeq, true, null), at)
        events.push(...(taken?.kind === 'accepted' ? [{ ...taken, ticket }] : []), ...rest)
      }
    }
    if (events.length === 0) return []
    const says = `Equity of ${say(equity)} ${currency} is below ${sayPercent(dec(liquidation.below))} of the margin of ${say(marginUsed)} in use: positions are closed.`
    return [{ kind: 'liquidation', at, equity: text(equity), used: text(marginUsed), says }, ...events]
  }
}

function unknownOrder(clientId: string): Reason {
  return reason('INPUT_OUT_OF_RANGE', `Order ${clientId} is not known to the paper broker.`, 'clientId')
}
