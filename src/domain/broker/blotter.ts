import type { InstrumentSpec, WorkingOrderInput } from '../inputs.ts'
import type { Fill } from '../ledger/records.ts'
import { invariant } from '../kernel/invariant.ts'
import { dec, larger, text, ZERO, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import {
  finalOf,
  newEntry,
  replaceTicket,
  stageOf,
  type Entry,
  type OrderRole,
  type OrderStage,
} from './blotter-entry.ts'
import { ExecutionBook } from './execution-book.ts'
import type { OrderReport } from './order-report.ts'
import type { OrderTicket } from './order-ticket.ts'

export type { OrderRole, OrderStage } from './blotter-entry.ts'

/** One order with all that is known of it. */
export interface BlotterOrder {
  readonly ticket: OrderTicket
  readonly role: OrderRole
  readonly stage: OrderStage
  readonly filled: Dec
  /** Units that may still be filled, in the worst case. */
  readonly open: Dec
}

/**
 * All orders of an account and what brokers said of them. What it holds is a set of facts: reports may come twice, in any
 * order and again after a restart, and the book they amount to is the same.
 */
export class Blotter {
  readonly #orders = new Map<string, Entry>()
  readonly #executions = new ExecutionBook()
  /** What was said of orders before they were known here. */
  readonly #early = new Map<string, OrderReport[]>()

  /** Keeps an order before it is sent; from here on it counts against every limit. The same order again is the first. */
  store(ticket: OrderTicket, role: OrderRole): void {
    const known = this.#orders.get(ticket.clientId)
    if (known !== undefined) {
      invariant(
        JSON.stringify(known.ticket) === JSON.stringify(ticket) || known.revision > 0,
        'a client id names one order',
      )
      return
    }
    this.#add(ticket, role)
  }

  /** The order was handed to the broker. */
  sent(clientId: string): void {
    this.#entry(clientId).sent = true
  }

  /** No answer came: until the broker speaks of it the order counts as it hurts most. */
  outcomeUnknown(clientId: string): void {
    const entry = this.#entry(clientId)
    entry.sent = true
    if (!entry.accepted && entry.ended === null) entry.unknown = true
  }

  /** A change was asked for: until it is answered the larger quantity counts. */
  changeAsked(clientId: string, revision: number, quantity: string): void {
    const entry = this.#entry(clientId)
    if (revision > entry.revision) entry.asked.set(revision, quantity)
  }

  /** The broker refused a change. */
  changeRefused(clientId: string, revision: number): void {
    this.#entry(clientId).asked.delete(revision)
  }

  /** Takes in what a broker said. */
  take(report: OrderReport): void {
    if (report.kind === 'fill' || report.kind === 'bust' || report.kind === 'correction') {
      this.#executions.take(report)
      this.#heard(report.clientId)
      return
    }
    if (report.kind === 'accepted' && report.ticket !== undefined && !this.#orders.has(report.clientId))
      this.#add(report.ticket, 'protect')
    const entry = this.#orders.get(report.clientId)
    if (entry === undefined) {
      this.#early.set(report.clientId, [...(this.#early.get(report.clientId) ?? []), report])
      return
    }
    this.#heard(report.clientId)
    if (report.kind === 'replaced') replaceTicket(entry, report.revision, report.ticket)
    else if (report.kind !== 'accepted') entry.ended = finalOf(entry.ended, report.kind)
  }

  /** One order, or `undefined`. */
  order(clientId: string): BlotterOrder | undefined {
    const entry = this.#orders.get(clientId)
    return entry === undefined ? undefined : this.#view(entry)
  }

  /** What the standing executions of an order cost, price times quantity, and their fees. */
  cost(clientId: string): { readonly cost: Dec; readonly fees: Dec } {
    return this.#executions.cost(clientId)
  }

  /** All orders in the order they were stored. */
  orders(): readonly BlotterOrder[] {
    return [...this.#orders.values()].map((entry) => this.#view(entry))
  }

  /** Orders whose outcome nobody knows. */
  unknown(): readonly BlotterOrder[] {
    return this.orders().filter(({ stage }) => stage === 'unknown')
  }

  /** What is wrong with the book: more filled than ordered halts a desk, a fill nobody ordered lets it close only. */
  alarms(): readonly (Reason & { readonly alarm: 'overfill' | 'stranger' })[] {
    const over = this.orders().flatMap(({ ticket, filled }) =>
      filled.gt(this.#largest(ticket.clientId))
        ? [
            {
              ...reason(
                'RECONCILE_DIFF',
                `Order ${ticket.clientId} was filled with ${text(filled)} of ${ticket.quantity} ${ticket.symbol}.`,
              ),
              alarm: 'overfill' as const,
            },
          ]
        : [],
    )
    const strangers = [...this.#executions.clients()].filter((clientId) => !this.#orders.has(clientId))
    const found = strangers.map((clientId) => ({
      ...reason(
        'RECONCILE_DIFF',
        `A fill names the order ${clientId}, which is not known here; it counts as a position.`,
      ),
      alarm: 'stranger' as const,
    }))
    return [...over, ...found]
  }

  /** Executions that stand, as fills of the ledger, by time, then by id. Those of unknown orders are among them. */
  fills(accountId: string, source: string): readonly Fill[] {
    return this.#executions.standing().map(({ executionId, clientId, at, execution }) => {
      const ticket = this.#orders.get(clientId)?.ticket
      return {
        fillId: `${source}:${executionId}`,
        accountId,
        symbol: execution.symbol,
        at,
        side: execution.side,
        quantity: execution.quantity,
        price: execution.price,
        fee: execution.fee,
        feeCurrency: execution.feeCurrency,
        fxRate: null,
        strategy: ticket?.strategy ?? null,
        stop: ticket?.protect.stop ?? null,
        tag: null,
        executionId,
        statedProfit: null,
        source,
        batchId: null,
      }
    })
  }

  /**
   * What may still be filled, as the governor counts it: an entry as if filled, an exit as if not, though what it would
   * close cannot be closed twice. Protective exits are not listed: a broker cancels them as the position goes.
   */
  working(specOf: (symbol: string) => InstrumentSpec): readonly WorkingOrderInput[] {
    return this.orders()
      .filter(({ role, open }) => role !== 'protect' && open.gt(0))
      .map(({ ticket, role, open }) => ({
        orderId: ticket.clientId,
        symbol: ticket.symbol,
        strategy: ticket.strategy,
        side: ticket.side,
        quantity: text(open),
        price: ticket.limit ?? ticket.trigger ?? ticket.reference,
        stop: ticket.protect.stop,
        spec: specOf(ticket.symbol),
        ...(role === 'exit' ? { reduces: true } : {}),
      }))
  }

  #add(ticket: OrderTicket, role: OrderRole): void {
    this.#orders.set(ticket.clientId, newEntry(ticket, role))
    const early = this.#early.get(ticket.clientId) ?? []
    this.#early.delete(ticket.clientId)
    for (const report of early) this.take(report)
    if (this.#executions.filled(ticket.clientId).gt(0)) this.#heard(ticket.clientId)
  }

  #entry(clientId: string): Entry {
    const entry = this.#orders.get(clientId)
    invariant(entry !== undefined, 'an order is stored before it is sent')
    return entry
  }

  /** Any word of the broker on an order ends its being unknown. */
  #heard(clientId: string): void {
    const entry = this.#orders.get(clientId)
    if (entry === undefined) return
    entry.sent = true
    entry.unknown = false
    entry.accepted = true
  }

  #largest(clientId: string): Dec {
    const entry = this.#entry(clientId)
    return [...entry.asked.values()].map((quantity) => dec(quantity)).reduce<Dec>(larger, dec(entry.ticket.quantity))
  }

  #view(entry: Entry): BlotterOrder {
    const { ticket, role } = entry
    const filled = this.#executions.filled(ticket.clientId)
    const left = this.#largest(ticket.clientId).minus(filled)
    const complete = filled.gte(dec(ticket.quantity)) && entry.asked.size === 0
    const open = entry.ended !== null || complete || left.lte(0) ? ZERO : left
    const stage = complete ? 'filled' : (entry.ended ?? stageOf(entry))
    return { ticket, role, stage, filled, open }
  }
}
