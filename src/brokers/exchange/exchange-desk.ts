import type { BrokerEvent, Handed } from '../../desk/broker/ports.ts'
import type {
  CarriedOrder,
  ExchangeConnection,
  ExchangeNews,
  ExchangePort,
  ExchangeStanding,
} from '../../desk/trading/ports.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { StatedPositions } from '../../domain/broker/reconcile.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { Approved, Exit } from '../../domain/governor/approved.ts'
import { Listeners } from '../listeners.ts'
import { openAccount, type OpenedAccount } from './exchange-link.ts'
import { LinkWatch } from './link-watch.ts'
import { OrderFollower, type Following } from './order-follower.ts'
import { OrderNames } from './order-names.ts'
import { ordersAtWork, statedOf, symbolsAtWork } from './orders-at-work.ts'
import { specDifferences, ticketFault } from './spec-check.ts'
import { StopAlarms } from './stop-alarms.ts'
import { StopKeeper } from './stop-keeper.ts'
import { TakingTurns } from './taking-turns.ts'
import type { Answered } from './venue.ts'

/** Trades of every symbol that is held or at work are looked through so often. */
const SCAN_MS = 30_000

interface Opened extends OpenedAccount {
  readonly follower: OrderFollower
  readonly keeper: StopKeeper
}

/** One exchange account as the desk's broker: it asks again until it knows, and counts nothing as done before. */
export class ExchangeDesk implements ExchangePort {
  readonly id = 'exchange'
  readonly forwards = true
  readonly #connection: ExchangeConnection
  readonly #listeners = new Listeners()
  readonly #names: OrderNames
  readonly #alarms: StopAlarms
  readonly #watch: LinkWatch
  readonly #flying = new Set<string>()
  readonly #cancelling = new Set<string>()
  readonly #turns = new TakingTurns()
  #opened: Opened | undefined
  #opening: Promise<Result<Opened, Reason>> | undefined
  #syncing: Promise<Result<true, Reason>> | undefined
  #scannedAt = Number.NEGATIVE_INFINITY

  constructor(connection: ExchangeConnection) {
    const { timer, now, sha256 } = connection
    this.#connection = connection
    this.#names = new OrderNames(sha256)
    this.#watch = new LinkWatch({
      timer,
      now,
      sync: () => this.sync(),
      isBusy: () => ordersAtWork(connection.book).length > 0,
    })
    this.#alarms = new StopAlarms(
      () => timer.mono(),
      (says) => this.#watch.tell({ kind: 'unprotected', says }),
    )
  }

  submit(order: Approved<OrderTicket>): Promise<Handed> {
    return this.#hand(order, false)
  }

  exit(order: Exit<OrderTicket>): Promise<Handed> {
    return this.#hand(order, true)
  }

  async change(order: Approved<OrderTicket> | Exit<OrderTicket>, revision: number): Promise<Handed> {
    const opened = await this.#open()
    return opened.ok ? opened.value.keeper.change(order, revision) : opened
  }

  async cancel(clientId: string): Promise<Handed> {
    const order = this.#connection.book.order(clientId)
    if (order === undefined || order.open.lte(0)) return ok('handed')
    // Kept until the order is over: a cancel that was lost is asked for again.
    this.#cancelling.add(clientId)
    const opened = await this.#open()
    if (!opened.ok) return opened
    const done = await this.#tryCancel(opened.value, order)
    if (done.ok) return ok('handed')
    return err(
      reason(
        done.error.reason.code,
        `The exchange has not confirmed the cancel of ${clientId}, which still counts; it is asked for again.`,
        'clientId',
      ),
    )
  }

  async positions(): Promise<Result<StatedPositions, Reason>> {
    const opened = await this.#open()
    if (!opened.ok) return opened
    const stated = await this.#noted(opened.value.venue.positions())
    if (!stated.ok) return err(stated.error.reason)
    return ok(statedOf(stated.value, this.#connection.book))
  }

  async strangers(everywhere: boolean): Promise<Result<readonly string[], Reason>> {
    const opened = await this.#open()
    if (!opened.ok) return opened
    const working = await this.#noted(opened.value.venue.working(everywhere ? null : this.#symbols(opened.value)))
    if (!working.ok) return err(working.error.reason)
    this.#names.learn(this.#connection.book.orders())
    return ok(this.#names.strangersOf(working.value))
  }

  async differences(): Promise<Result<readonly string[], Reason>> {
    const opened = await this.#open()
    if (!opened.ok) return opened
    const { book } = this.#connection
    return ok(
      symbolsAtWork(book).flatMap((symbol) =>
        specDifferences(symbol, book.instrument(symbol), opened.value.specs.get(symbol)),
      ),
    )
  }

  listen(hear: (event: BrokerEvent) => void): () => void {
    return this.#listeners.add(hear)
  }

  hear(tell: (news: ExchangeNews) => void): void {
    this.#watch.begin(tell)
  }

  standing(): ExchangeStanding {
    return { ...this.#watch.standing(), alarms: this.#alarms.says() }
  }

  close(): void {
    this.#watch.end()
  }

  sync(): Promise<Result<true, Reason>> {
    this.#syncing ??= this.#sync().finally(() => (this.#syncing = undefined))
    return this.#syncing
  }

  async #sync(): Promise<Result<true, Reason>> {
    const opened = await this.#open()
    if (!opened.ok) return opened
    const done = await this.#noted(this.#askAll(opened.value))
    return done.ok ? ok(true) : err(done.error.reason)
  }

  async #askAll(opened: Opened): Promise<Answered<true>> {
    const { venue, follower, keeper } = opened
    const { book, timer } = this.#connection
    this.#names.learn(book.orders())
    const set = await venue.synchronise()
    if (!set.ok) return set
    for (const order of this.#turns.next(ordersAtWork(book))) {
      const { clientId } = order.ticket
      if (this.#flying.has(clientId)) continue
      const asked = await follower.ask(order)
      if (!asked.ok) return asked
      if (asked.value === undefined) follower.notKnown(order)
      else if (this.#cancelling.has(clientId)) await this.#tryCancel(opened, order)
    }
    const kept = await keeper.keep()
    if (!kept.ok) return kept
    if (timer.mono() - this.#scannedAt < SCAN_MS) return ok(true)
    for (const symbol of this.#symbols(opened)) {
      const scanned = await follower.scan(symbol)
      if (!scanned.ok) return scanned
    }
    this.#scannedAt = timer.mono()
    return ok(true)
  }

  async #hand(order: OrderTicket, reduceOnly: boolean): Promise<Handed> {
    const { book } = this.#connection
    const { clientId, symbol } = order
    const opened = await this.#open()
    // Its outcome is known where the account was not even reached.
    if (!opened.ok) return err(reason('NOT_ENABLED', `Nothing was sent. ${opened.error.says}`))
    const fault = ticketFault(order, book.instrument(symbol), opened.value.specs.get(symbol), reduceOnly)
    if (fault !== null) return err(fault)
    // Asked again here: the desk may have been halted or disarmed since the order was approved.
    const may = reduceOnly ? ok(true) : book.may('entry')
    if (!may.ok) return may
    const known = book.order(clientId)
    if (known === undefined) return err(reason('INTERNAL', `Order ${clientId} was not stored: nothing was sent.`))
    // Sent once: whatever became of it is asked for.
    if (!['stored', 'sent'].includes(known.stage) || this.#flying.has(clientId)) return ok('handed')
    this.#flying.add(clientId)
    const placing = opened.value.venue.place(this.#names.orderOf(order, reduceOnly))
    const placed = await this.#noted(placing).finally(() => this.#flying.delete(clientId))
    this.#watch.soon()
    if (placed.ok) {
      await opened.value.follower.hear(clientId, placed.value, 0)
      return ok('handed')
    }
    // It was taken before, under this very id: what became of it is asked.
    if (placed.error.kind === 'duplicate') return ok('handed')
    return err(placed.error.reason)
  }

  async #tryCancel({ venue, follower }: Opened, order: CarriedOrder): Promise<Answered<true>> {
    const { clientId } = order.ticket
    const cancelled = await this.#noted(venue.cancel(this.#names.refOf(order)))
    if (!cancelled.ok && cancelled.error.kind !== 'missing') return cancelled
    const asked = await follower.ask(order)
    this.#watch.soon()
    if (!asked.ok) return asked
    if ((this.#connection.book.order(clientId)?.open.toNumber() ?? 0) <= 0) this.#cancelling.delete(clientId)
    return ok(true)
  }

  async #open(): Promise<Result<Opened, Reason>> {
    if (this.#opened !== undefined) return ok(this.#opened)
    this.#opening ??= this.#openAnew().finally(() => (this.#opening = undefined))
    return this.#opening
  }

  async #openAnew(): Promise<Result<Opened, Reason>> {
    const account = await openAccount(this.#connection)
    if (!account.ok) {
      this.#watch.failed(account.error)
      return account
    }
    const { book, now, timer } = this.#connection
    const tell = (events: readonly BrokerEvent[]): void => this.#listeners.tell(events)
    const on: Following = { venue: account.value.venue, book, names: this.#names, tell, now, mono: () => timer.mono() }
    const follower = new OrderFollower(on)
    this.#opened = { ...account.value, follower, keeper: new StopKeeper(on, follower, this.#alarms) }
    return ok(this.#opened)
  }

  /** Symbols of the book that the exchange has. */
  #symbols({ specs }: Opened): readonly string[] {
    return symbolsAtWork(this.#connection.book).filter((symbol) => specs.has(symbol))
  }

  async #noted<T>(asking: Promise<Answered<T>>): Promise<Answered<T>> {
    const answered = await asking
    const isSilent = !answered.ok && (answered.error.kind === 'unknown' || answered.error.kind === 'throttled')
    if (isSilent) this.#watch.failed(answered.error.reason)
    else this.#watch.heard()
    return answered
  }
}
