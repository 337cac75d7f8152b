import type { OrderReport } from '../../domain/broker/order-report.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { OrderRole } from '../../domain/broker/blotter-entry.ts'
import type { PaperState } from '../../domain/broker/paper/paper-broker.ts'
import type { PaperOrder } from '../../domain/broker/paper/paper-order.ts'
import type { PaperTerms } from '../../domain/broker/paper/paper-terms.ts'
import type { StatedPositions } from '../../domain/broker/reconcile.ts'
import type { BarOrder } from '../../domain/feed/bar-quotes.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import type { RateQuote } from '../../domain/inputs.ts'
import type { Instrument } from '../../domain/instrument.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'
import type { CashFlow, Fill } from '../../domain/ledger/records.ts'
import type { Broker } from '../broker/ports.ts'
import type { FeedTimer, ReplayConnector } from '../feed/ports.ts'

/** An order as it is kept, before it is sent. */
export interface OrderRecord {
  readonly ticket: OrderTicket
  readonly role: OrderRole
  readonly broker: string
  readonly at: number
}

/** One thing that happened to an order. Facts in the order they came make the blotter again. */
export type OrderFact =
  | { readonly kind: 'sent'; readonly clientId: string; readonly at: number }
  | { readonly kind: 'unknown'; readonly clientId: string; readonly at: number; readonly says: string }
  | {
      readonly kind: 'change-asked'
      readonly clientId: string
      readonly at: number
      readonly revision: number
      readonly quantity: string
    }
  | { readonly kind: 'change-refused'; readonly clientId: string; readonly at: number; readonly revision: number }
  | OrderReport

/** What is to be kept at once, or not at all. */
export interface TradingChange {
  readonly at: number
  readonly orders: readonly OrderRecord[]
  readonly facts: readonly OrderFact[]
  readonly fills: readonly Fill[]
  readonly cashFlows: readonly CashFlow[]
  /** Orders of the paper broker that changed, and the rest of its state; `null` leaves it. */
  readonly paper: { readonly orders: readonly PaperOrder[]; readonly rest: string } | null
  /** Where the replay is, as text; `null` where there is none; left out it stays. */
  readonly replay?: string | null
}

/** What is kept of the paper broker and the replay. */
export interface KeptTrading {
  readonly paper: { readonly orders: readonly PaperOrder[]; readonly rest: string } | undefined
  readonly replay: string | undefined
}

/** Reads of orders of one book. */
export interface TradingReader {
  /** Orders in the order they were kept. */
  orderRecords(): readonly OrderRecord[]
  orderFacts(): readonly OrderFact[]
  trading(): KeptTrading
}

/** Writes of orders of one book. */
export interface TradingWriter {
  /** Keeps orders, what became of them and what follows in the ledger, durably and with rows in the log. */
  recordTrading(change: TradingChange): void
}

/** The paper broker and what only it can be told. */
export interface PaperPort extends Broker {
  quote(quote: Quote): void
  roll(nights: number): void
  setRates(rates: readonly RateQuote[]): void
  orderOfExtremes(symbol: string): BarOrder
  standing(): { readonly equity: string; readonly marginUsed: string; readonly gross: string }
  state(): PaperState
}

/** The broker by hand and what a person tells it. */
export interface ManualPort extends Broker {
  tickets(): readonly {
    readonly ticket: OrderTicket
    readonly task: 'open' | 'changed' | 'cancel'
    readonly says: string
  }[]
  typeTaken(clientId: string, brokerId: string): Result<true, Reason>
  typeFill(fill: {
    readonly clientId: string
    readonly executionId: string
    readonly quantity: string
    readonly price: string
    readonly fee: string
    readonly feeCurrency: string
    readonly at: number
  }): Result<true, Reason>
  typeChanged(clientId: string): Result<true, Reason>
  typeCancelled(clientId: string): Result<true, Reason>
  statePositions(stated: StatedPositions): void
}

/** Brokers that a book can trade with. */
export interface BrokerPorts {
  readonly paper: {
    readonly title: string
    readonly says: string
    connect(connection: {
      readonly terms: PaperTerms
      readonly state: PaperState
      readonly instrumentOf: (symbol: string) => Instrument | undefined
      readonly now: () => number
    }): PaperPort
  }
  readonly manual: {
    readonly title: string
    readonly says: string
    connect(connection: { readonly now: () => number }): ManualPort
  }
}

/** What trading needs from outside. */
export interface TradingPorts {
  readonly brokers: BrokerPorts
  readonly replay: ReplayConnector
  readonly timer: FeedTimer
}
