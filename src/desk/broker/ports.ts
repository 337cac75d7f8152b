import type { StatedPositions } from '../../domain/broker/reconcile.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { PaperEvent } from '../../domain/broker/paper/paper-event.ts'
import type { Approved, Exit } from '../../domain/governor/approved.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'

export { reason, type Reason } from '../../domain/kernel/reason.ts'
export { err, ok, type Result } from '../../domain/kernel/result.ts'

/** Anything a broker says by itself: of an order, or of the account. */
export type BrokerEvent =
  | PaperEvent
  /** A change was not made: the order is as it was. */
  | { readonly kind: 'change-refused'; readonly at: number; readonly clientId: string; readonly revision: number }

/** What a broker answers at once. `OUTCOME_UNKNOWN`: it may have been taken; count it, ask, and never send it under another id. */
export type Handed = Result<'handed', Reason>

/**
 * A broker as the desk sees it. New risk goes in by `submit` alone, which takes nothing but what the governor approved;
 * exits have a way of their own and need no approval. Every call may be repeated under the same client id.
 */
export interface Broker {
  /** File name of its adapter. */
  readonly id: string
  /** Whether an order handed over reaches a market without a person carrying it there. */
  readonly forwards: boolean
  submit(order: Approved<OrderTicket>): Promise<Handed>
  exit(order: Exit<OrderTicket>): Promise<Handed>
  cancel(clientId: string): Promise<Handed>
  /** Changes a working order into this one, under its own client id. Revisions of an order count from 1. */
  change(order: Approved<OrderTicket> | Exit<OrderTicket>, revision: number): Promise<Handed>
  /** What it says is held; an answer that is not complete is no answer. */
  positions(): Promise<Result<StatedPositions, Reason>>
  /** Calls back for every event until the returned function is called; events may come twice and in any order. */
  listen(hear: (event: BrokerEvent) => void): () => void
}

/** What signs requests to an exchange. Never kept in a book, a log or a message. */
export interface ExchangeKeys {
  readonly key: string
  readonly secret: string
}

/** What may be shown of the keys. */
export interface SecretsStatus {
  /** Where they are from; `none` where there are none. */
  readonly from: 'environment' | 'system' | 'none'
  /** Last four characters of the key. */
  readonly lastFour: string | null
  /** Whether keys can be entered here, and if not, what to do instead. */
  readonly canKeep: boolean
  readonly says: string
}

/** Where the keys of an exchange account are. */
export interface Secrets {
  status(): SecretsStatus
  /** The keys, or why there are none. */
  read(): Result<ExchangeKeys, Reason>
  /** Keeps keys where the system guards them; refuses where it does not. */
  keep(keys: ExchangeKeys): Result<true, Reason>
  forget(): Result<true, Reason>
}
