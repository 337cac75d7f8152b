import type { OrderTicket } from '../../../src/domain/broker/order-ticket.ts'
import { openPaper, PaperBroker, type PaperState } from '../../../src/domain/broker/paper/paper-broker.ts'
import type { PaperEvent } from '../../../src/domain/broker/paper/paper-event.ts'
import { PAPER_TERMS, type PaperTerms } from '../../../src/domain/broker/paper/paper-terms.ts'
import { barQuotes, type BarOrder } from '../../../src/domain/feed/bar-quotes.ts'
import type { Quote } from '../../../src/domain/feed/quote.ts'
import type { InstrumentSpec } from '../../../src/domain/inputs.ts'
import { readInstrument, type Instrument } from '../../../src/domain/instrument.ts'
import { share } from '../../support/sizing-fixtures.ts'

export const START = Date.UTC(2026, 10, 16, 15)

/** A ticket to buy 100 at the market, changed as told. */
export function ticket(changes: Partial<OrderTicket> = {}): OrderTicket {
  return {
    clientId: 'a',
    decisionId: 'd',
    accountId: 'main',
    symbol: 'ACME',
    side: 'buy',
    quantity: '100',
    kind: 'market',
    limit: null,
    trigger: null,
    lasts: 'until-cancelled',
    strategy: null,
    protect: { stop: null, target: null },
    reference: '100',
    ...changes,
  }
}

export function instrumentOf(spec: InstrumentSpec): Instrument {
  const read = readInstrument(spec)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

/** A paper account of 100,000 USD with one share to trade. */
export class PaperRoom {
  broker: PaperBroker
  readonly events: PaperEvent[] = []
  readonly terms: PaperTerms
  readonly #specs: ReadonlyMap<string, Instrument>
  at = START

  constructor(terms: Partial<PaperTerms> = {}, specs: readonly InstrumentSpec[] = [share()], cash = '100000') {
    this.terms = { ...PAPER_TERMS, slippage: 'none', ...terms }
    this.#specs = new Map(specs.map((spec) => [spec.symbol, instrumentOf(spec)]))
    this.broker = this.#from(openPaper('USD', cash, []))
  }

  #from(state: PaperState): PaperBroker {
    return new PaperBroker(this.terms, state, (symbol) => this.#specs.get(symbol))
  }

  /** Stops the broker and starts it again from what was kept. */
  restart(): void {
    this.broker = this.#from(JSON.parse(JSON.stringify(this.broker.state())) as PaperState)
  }

  submit(changes: Partial<OrderTicket> = {}): readonly string[] {
    return this.take(this.broker.submit(ticket(changes), this.at))
  }

  exit(changes: Partial<OrderTicket> = {}): readonly string[] {
    return this.take(this.broker.exit(ticket({ side: 'sell', ...changes }), this.at))
  }

  quote(bid: number | string, ask: number | string = bid, changes: Partial<Quote> = {}): readonly string[] {
    this.at += 1_000
    const sizes = { bidSize: null, askSize: null, last: null }
    return this.take(
      this.broker.quote({
        symbol: 'ACME',
        bid: String(bid),
        ask: String(ask),
        ...sizes,
        at: this.at,
        source: 'test',
        continues: false,
        ...changes,
      }),
    )
  }

  /** A bar of a minute without spread. */
  bar(
    open: number,
    high: number,
    low: number,
    close: number,
    volume: string | null = null,
    order?: BarOrder,
  ): readonly string[] {
    this.at += 60_000
    const bar = { symbol: 'ACME', interval: '1m', at: this.at, volume } as const
    const prices = { open: String(open), high: String(high), low: String(low), close: String(close) }
    const chosen = order ?? this.broker.orderOfExtremes('ACME')
    const quotes = barQuotes({ ...bar, ...prices }, chosen, { tickSize: '0.01', spread: '0' }, 'test')
    return quotes.flatMap((quote) => this.take(this.broker.quote(quote)))
  }

  /** Keeps events and says them shortly. */
  take(events: readonly PaperEvent[]): readonly string[] {
    this.events.push(...events)
    return events.map((event) => {
      switch (event.kind) {
        case 'fill':
          return `${event.clientId} ${event.side} ${event.quantity} @ ${event.price}`
        case 'refused':
          return `${event.clientId} refused ${event.reason.code}`
        case 'replaced':
          return `${event.clientId} is ${event.ticket.quantity}`
        case 'interest':
          return `interest ${event.amount}`
        case 'margin-call':
          return 'margin call'
        case 'liquidation':
          return 'liquidation'
        case 'accepted':
        case 'cancelled':
        case 'expired':
        case 'bust':
        case 'correction':
          return `${event.clientId} ${event.kind}`
      }
    })
  }

  get equity(): string {
    return this.broker.standing().equity
  }

  get held(): string {
    return this.broker
      .state()
      .account.positions.map(({ quantity, average }) => `${quantity} @ ${average}`)
      .join()
  }
}
