import type { OrderReport } from '../../domain/broker/order-report.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { BlotterOrder } from '../../domain/broker/blotter.ts'
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
import type { FillChange } from '../../domain/ledger/standing-fills.ts'
import type { Broker, ExchangeKeys, Secrets } from '../broker/ports.ts'
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
  /** What the venue said later of fills, with a sentence for the log. */
  readonly fillChanges?: readonly (FillChange & { readonly says: string })[]
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

/** Which exchange account a live book is connected to. */
export interface ExchangeAccount {
  readonly exchange: string
  /** `live`, `testnet`, or the address of a stand-in on this machine. */
  readonly network: string
  /** The account is followed from this instant on. */
  readonly since: number
}

/** An order with the number of its last change that was made. */
export type CarriedOrder = BlotterOrder & { readonly revision: number }

/** What an exchange adapter is told of the book whose orders it carries. */
export interface CarriedBook {
  orders(): readonly CarriedOrder[]
  order(clientId: string): CarriedOrder | undefined
  knows(executionId: string): boolean
  /** Signed units held of a symbol for a strategy. */
  held(symbol: string, strategy: string | null): string
  /** Symbols that are held. */
  heldSymbols(): readonly string[]
  instrument(symbol: string): Instrument | undefined
  /** When the symbol was last executed in, else the instant the account is followed from. */
  followedFrom(symbol: string): number
  /** Keeps a protective order before it is sent. */
  store(ticket: OrderTicket): void
  /** Whether the desk lets an entry, or an exit, out now. */
  may(intent: 'entry' | 'exit'): Result<unknown, Reason>
}

/** What an exchange adapter says that is of no one order. `reached`: book and account are to be compared. */
export type ExchangeNews =
  | { readonly kind: 'reached'; readonly at: number }
  | { readonly kind: 'silent'; readonly says: string }
  | { readonly kind: 'unprotected'; readonly says: string }

/** How an exchange connection stands. */
export interface ExchangeStanding {
  readonly link: 'opening' | 'reached' | 'silent' | 'refused'
  readonly says: string
  /** When it last answered, UTC epoch milliseconds. */
  readonly heardAt: number | null
  /** What a person should look at: positions without a stop, symbols that are other than here. */
  readonly alarms: readonly string[]
}

/** An exchange account and what only it can be asked. */
export interface ExchangePort extends Broker {
  standing(): ExchangeStanding
  /** Asks for everything that may have changed; one asking at a time. */
  sync(): Promise<Result<true, Reason>>
  /** Orders at work there that the book does not know, in all symbols or in those of the book alone. */
  strangers(everywhere: boolean): Promise<Result<readonly string[], Reason>>
  /** Where specifications of the book differ from the exchange's. */
  differences(): Promise<Result<readonly string[], Reason>>
  hear(tell: (news: ExchangeNews) => void): void
  /** Sends nothing from here on. */
  close(): void
}

/** What an exchange adapter needs. */
export interface ExchangeConnection {
  readonly account: ExchangeAccount
  readonly keys: () => Result<ExchangeKeys, Reason>
  readonly book: CarriedBook
  /** Loads the optional library's class of an exchange; `undefined` where the library is not installed. */
  readonly load: ExchangeLoader
  readonly sha256: (text: string) => string
  readonly now: () => number
  readonly timer: FeedTimer
}

/** Loads the optional library's class of an exchange. */
export type ExchangeLoader = (exchange: string) => Promise<unknown>

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
  readonly exchange: {
    readonly title: string
    readonly says: string
    /** Exchanges it was tested with. */
    readonly exchanges: readonly { readonly id: string; readonly title: string }[]
    connect(connection: ExchangeConnection): ExchangePort
  }
}

/** What trading needs from outside. */
export interface TradingPorts {
  readonly brokers: BrokerPorts
  readonly replay: ReplayConnector
  readonly timer: FeedTimer
  /** Left out, no book can be connected to an exchange. */
  readonly exchange?: { readonly load: ExchangeLoader; readonly secrets: Secrets }
}
