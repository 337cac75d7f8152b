import type { PositionPart } from '../../domain/broker/paper/paper-account.ts'
import { openPaper, type PaperState } from '../../domain/broker/paper/paper-broker.ts'
import type { PaperOrder } from '../../domain/broker/paper/paper-order.ts'
import { PAPER_TERMS } from '../../domain/broker/paper/paper-terms.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import { convert } from '../../domain/fx.ts'
import type { Instrument } from '../../domain/instrument.ts'
import { dec, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import { nextDayStart } from '../../domain/trading-day.ts'
import type { BrokerEvent } from '../broker/ports.ts'
import { accountEquity } from '../gather-account.ts'
import type { AccountRecord } from '../ports.ts'
import type { Workspace } from '../workspace.ts'
import { instrumentOf } from './carried-book.ts'
import { changedOrders } from './changed-orders.ts'
import { paperTermsOf } from './paper-terms.ts'
import type { BrokerPorts, PaperPort, TradingChange } from './ports.ts'

type Kept = Omit<PaperState, 'orders' | 'schema'> & { readonly seed: number }

/** The paper broker of the open book: its account is what the ledger says, its orders are its own. */
export class PaperDesk {
  readonly #workspace: Workspace
  readonly #ports: BrokerPorts
  readonly #account: AccountRecord
  readonly #hear: (event: BrokerEvent) => void
  readonly #kept = new Map<string, PaperOrder>()
  readonly #instruments = new Map<string, Instrument | undefined>()
  #state: PaperState | undefined
  #port: PaperPort | undefined
  #seed = PAPER_TERMS.seed
  #version = -1
  #nextRoll = Number.POSITIVE_INFINITY

  /** Takes up where the book says it left off. */
  constructor(workspace: Workspace, ports: BrokerPorts, account: AccountRecord, hear: (event: BrokerEvent) => void) {
    this.#workspace = workspace
    this.#ports = ports
    this.#account = account
    this.#hear = hear
    const { paper } = workspace.book.trading()
    if (paper === undefined) return
    const { seed, ...rest } = JSON.parse(paper.rest) as Kept
    this.#seed = seed
    this.#state = { schema: 1, ...rest, orders: paper.orders }
    for (const order of paper.orders) this.#kept.set(order.ticket.clientId, order)
  }

  /** Whether it was traded with, or knows a quote. */
  get isOpen(): boolean {
    return this.#state !== undefined || this.#port !== undefined
  }

  /** Quotes it knew when it was kept. */
  get quotes(): readonly Quote[] {
    return this.#state?.quotes ?? []
  }

  /** Orders it knows by client id. */
  knows(clientId: string): boolean {
    return this.#kept.has(clientId)
  }

  /** Draws start from this from now on. */
  setSeed(seed: number): void {
    this.#state = this.#port?.state() ?? this.#state
    this.#seed = seed
    this.#port = undefined
  }

  /** The broker, holding what the ledger holds. */
  port(): PaperPort {
    const version = this.#workspace.book.version()
    if (this.#port !== undefined && version === this.#version) return this.#port
    const before = this.#port?.state() ?? this.#state
    this.#instruments.clear()
    const port = this.#ports.paper.connect({
      terms: paperTermsOf(this.#workspace.book, this.#account.accountId, this.#seed),
      state: this.#fromLedger(before),
      instrumentOf: (symbol) => this.#instrumentOf(symbol),
      now: () => this.#workspace.now(),
    })
    port.listen(this.#hear)
    this.#port = port
    this.#version = version
    if (this.#nextRoll === Number.POSITIVE_INFINITY) this.restartDay()
    return port
  }

  /** What came of it was written to the ledger: they agree. */
  agrees(): void {
    this.#version = this.#workspace.book.version()
  }

  /** Counts sessions from now. */
  restartDay(): void {
    this.#nextRoll = nextDayStart(this.#workspace.now(), this.#account)
  }

  /** Takes a quote in; sessions that ended before it are ended first. */
  quote(quote: Quote): void {
    const port = this.port()
    let nights = 0
    while (quote.at >= this.#nextRoll) {
      nights += 1
      this.#nextRoll = nextDayStart(this.#nextRoll, this.#account)
    }
    if (nights > 0) {
      port.setRates(this.#workspace.book.rates(this.#workspace.now()))
      port.roll(nights)
    }
    port.quote(quote)
  }

  /** What to keep: orders that changed, and all the rest. */
  change(): TradingChange['paper'] {
    if (this.#port === undefined) return null
    const { orders, account, quotes, shown, called } = this.#port.state()
    const rest: Kept = { account, quotes, shown, called, seed: this.#seed }
    return { orders: changedOrders(this.#kept, orders), rest: JSON.stringify(rest) }
  }

  /**
   * The account anew from the ledger, which others write too. Where equity is not known there is no cash: no entry has
   * margin then, and exits pass.
   */
  #fromLedger(before: PaperState | undefined): PaperState {
    const { book } = this.#workspace
    const now = this.#workspace.now()
    const { accountId, currency } = this.#account
    const rates = book.rates(now)
    const equity = accountEquity(book, this.#account, now)
    const cash = equity.ok ? equity.value.equity : '0'
    const opened = openPaper(currency, cash, rates)
    const held = new Map<string, PositionPart[]>()
    for (const { symbol, strategy, quantity } of book.holdings(accountId, now))
      held.set(symbol, [...(held.get(symbol) ?? []), { strategy, quantity }])
    const positions = [...held].flatMap(([symbol, parts]) => {
      const quantity = text(parts.reduce<Dec>((sum, part) => sum.plus(dec(part.quantity)), ZERO))
      const mark = book.lastMark(symbol, now)?.price
      const spec = this.#instrumentOf(symbol)
      const isValued = spec !== undefined && convert(spec.currency, currency, rates).ok
      return mark === undefined || !isValued || dec(quantity).isZero()
        ? []
        : [{ symbol, quantity, average: mark, mark, parts }]
    })
    return { ...(before ?? opened), account: { ...opened.account, positions } }
  }

  #instrumentOf(symbol: string): Instrument | undefined {
    if (!this.#instruments.has(symbol)) this.#instruments.set(symbol, instrumentOf(this.#workspace, symbol))
    return this.#instruments.get(symbol)
  }
}
