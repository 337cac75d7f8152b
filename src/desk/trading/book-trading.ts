import type { OrderView } from '../../contract/trading/order.ts'
import { Blotter, type BlotterOrder, type OrderRole } from '../../domain/broker/blotter.ts'
import type { OrderReport } from '../../domain/broker/order-report.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import { isAccountNote } from '../../domain/broker/paper/paper-event.ts'
import { convert } from '../../domain/fx.ts'
import type { WorkingOrderInput } from '../../domain/inputs.ts'
import { invariant } from '../../domain/kernel/invariant.ts'
import type { BrokerEvent } from '../broker/ports.ts'
import type { AccountRecord } from '../ports.ts'
import type { Workspace } from '../workspace.ts'
import { brokerOf, type BrokerSource } from './broker-choice.ts'
import { fillChangeOf, fillOf, interestOf, newFills } from './ledger-entries.ts'
import { orderView, untold, type OrderTold } from './order-view.ts'
import type { OrderFact, OrderRecord, TradingChange } from './ports.ts'
import { saidOf } from './report-words.ts'
import { StateTeller } from './tell-state.ts'

/** What goes with orders into the book in the same act. */
export interface KeptBeside {
  paper(): TradingChange['paper']
  replay(): TradingChange['replay']
}

type Executed = Extract<OrderReport, { kind: 'fill' | 'correction' }>
type Changed = Extract<OrderReport, { kind: 'bust' | 'correction' }>

/** Orders of one open book: what was sent, what became of them, and the fills that follow in the ledger. */
export class BookTrading {
  readonly blotter = new Blotter()
  readonly source: BrokerSource
  readonly account: AccountRecord
  /** Notes of the paper account that a person should read. */
  readonly notes: string[] = []
  readonly #workspace: Workspace
  readonly #beside: KeptBeside
  readonly #told = new Map<string, OrderTold>()
  readonly #revisions = new Map<string, number>()
  readonly #executions = new Set<string>()
  readonly #brokers = new Map<string, string>()
  readonly #state: StateTeller
  #pending: BrokerEvent[] = []
  #isBroken = false

  /** Takes up the orders that the open book keeps. */
  constructor(workspace: Workspace, beside: KeptBeside) {
    const { book } = workspace
    this.#workspace = workspace
    this.#beside = beside
    this.account = workspace.account()
    this.source = brokerOf(book)
    for (const record of book.orderRecords()) this.#add(record)
    for (const fact of book.orderFacts()) this.#apply(fact)
    this.#state = new StateTeller(workspace, this.blotter)
  }

  /** Whether what is in memory may differ from the book: then it is read again. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  has(clientId: string): boolean {
    return this.blotter.order(clientId) !== undefined
  }

  /** One order for the screen. */
  view(clientId: string): OrderView {
    const order = this.blotter.order(clientId)
    invariant(order !== undefined, 'what is shown is known')
    return this.viewOf(order)
  }

  viewOf(order: BlotterOrder): OrderView {
    return orderView(order, this.#told.get(order.ticket.clientId) ?? untold(0))
  }

  /** What may still be filled, as decisions count it. */
  working(): readonly WorkingOrderInput[] {
    const { book } = this.#workspace
    return this.blotter.working((symbol) => {
      const spec = book.instrument(symbol)
      invariant(spec !== undefined, 'what was ordered has a specification')
      return spec
    })
  }

  /** The number of the next change of an order. */
  nextRevision(clientId: string): number {
    return (this.#revisions.get(clientId) ?? 0) + 1
  }

  /** The broker an order was handed to; `undefined` for one that is not known. */
  sentBy(clientId: string): string | undefined {
    return this.#brokers.get(clientId)
  }

  /** Whether an execution is known already. */
  knowsExecution(executionId: string): boolean {
    return this.#executions.has(executionId)
  }

  /** Keeps an order before it is sent: from here on it counts. */
  store(ticket: OrderTicket, role: OrderRole): void {
    const record = { ticket, role, broker: this.source, at: this.#workspace.now() }
    this.#keep({ orders: [record], facts: [], fills: [], cashFlows: [], at: record.at, paper: null })
    this.#add(record)
    this.#workspace.changed('ledger')
  }

  /** Hears what a broker says; it is kept with the next `flush`. */
  hear(event: BrokerEvent): void {
    this.#pending.push(event)
  }

  /** Whether anything was said since the last `flush`. */
  get hasNews(): boolean {
    return this.#pending.length > 0
  }

  /** Keeps what was said since, with the fills that follow from it, and then counts it. */
  flush(more: readonly OrderFact[] = []): void {
    const events = this.#pending
    this.#pending = []
    const notes = events.filter((event) => isAccountNote(event))
    const reports = events.filter((event) => !isAccountNote(event))
    const facts: OrderFact[] = [...more, ...reports]
    if (facts.length === 0 && notes.length === 0) return
    const made = new Map(
      reports.flatMap((one) =>
        one.kind === 'accepted' && one.ticket !== undefined ? [[one.clientId, one.ticket]] : [],
      ),
    )
    const fills = newFills(facts, this.#executions).map((fill) => this.#ledgerFill(fill, made.get(fill.clientId)))
    const fillChanges = facts
      .filter((fact): fact is Changed => fact.kind === 'bust' || fact.kind === 'correction')
      .map((fact) => this.#fillChange(fact, made.get(fact.clientId)))
    const cashFlows = notes.flatMap((note) => (note.kind === 'interest' ? [interestOf(note, this.account)] : []))
    this.#keep({
      at: this.#workspace.now(),
      orders: [],
      facts,
      fills,
      fillChanges,
      cashFlows,
      paper: this.#beside.paper(),
      replay: this.#beside.replay(),
    })
    for (const fact of facts) this.#apply(fact)
    for (const note of notes) this.notes.push(note.says)
    this.notes.splice(0, this.notes.length - 20)
    this.#workspace.changed('ledger')
    this.#state.tell(fills.length + fillChanges.length > 0)
  }

  /** Keeps where paper broker and replay are, though nothing happened to an order. */
  keepPlace(): void {
    const [paper, replay] = [this.#beside.paper(), this.#beside.replay()]
    this.#keep({ at: this.#workspace.now(), orders: [], facts: [], fills: [], cashFlows: [], paper, replay })
  }

  #keep(change: Omit<TradingChange, 'replay'> & { readonly replay?: TradingChange['replay'] | undefined }): void {
    const { replay, ...rest } = change
    let kept = false
    try {
      this.#workspace.book.recordTrading(replay === undefined ? rest : { ...rest, replay })
      kept = true
    } finally {
      this.#isBroken ||= !kept
    }
  }

  #fillChange(fact: Changed, made: OrderTicket | undefined) {
    const corrected = fact.kind === 'bust' ? null : this.#ledgerFill(fact, made)
    return fillChangeOf(fact, corrected, this.account.accountId, this.source)
  }

  #ledgerFill(fill: Executed, made: OrderTicket | undefined) {
    const { book } = this.#workspace
    const { accountId, currency } = this.account
    const ticket = made ?? this.blotter.order(fill.clientId)?.ticket
    const rate =
      fill.feeCurrency === currency ? undefined : convert(fill.feeCurrency, currency, book.rates(this.#workspace.now()))
    return fillOf(fill, ticket, accountId, this.source, rate?.ok === true ? rate.value.rate.toFixed() : null)
  }

  #add({ ticket, role, at, broker }: OrderRecord): void {
    this.blotter.store(ticket, role)
    this.#brokers.set(ticket.clientId, broker)
    this.#told.set(ticket.clientId, untold(at))
  }

  #apply(fact: OrderFact): void {
    const { clientId } = fact
    const told = this.#told.get(clientId) ?? untold(fact.at)
    const say = (says: string): Map<string, OrderTold> => this.#told.set(clientId, { ...told, says })
    switch (fact.kind) {
      case 'sent':
        this.blotter.sent(clientId)
        say('Sent.')
        return
      case 'unknown':
        this.blotter.outcomeUnknown(clientId)
        say(fact.says)
        return
      case 'change-asked':
        this.blotter.changeAsked(clientId, fact.revision, fact.quantity)
        return
      case 'change-refused':
        this.blotter.changeRefused(clientId, fact.revision)
        return
      case 'fill':
        if (!this.#executions.has(fact.executionId)) say(`${fact.quantity} filled at ${fact.price}.`)
        this.#executions.add(fact.executionId)
        break
      case 'replaced':
        this.#revisions.set(clientId, Math.max(fact.revision, this.#revisions.get(clientId) ?? 0))
        say(`Changed to ${fact.ticket.quantity} at ${fact.ticket.trigger ?? fact.ticket.limit ?? 'the market'}.`)
        break
      case 'accepted':
      case 'refused':
      case 'cancelled':
      case 'expired':
      case 'bust':
      case 'correction':
        say(saidOf(fact))
    }
    this.blotter.take(fact)
    if (fact.kind === 'fill' || fact.kind === 'bust' || fact.kind === 'correction')
      this.#told.set(clientId, { ...(this.#told.get(clientId) ?? told), ...this.blotter.cost(clientId) })
  }
}
