import type { OrderRole } from '../../domain/broker/blotter-entry.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { Approved, Exit } from '../../domain/governor/approved.ts'
import { keptClock, lookAt } from '../feed/live-market.ts'
import { ReplaySession } from '../feed/replay-session.ts'
import { replayRules } from '../feed/quote-rules.ts'
import type { QualityRules } from '../../domain/feed/quote-quality.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import type { Broker, Handed } from '../broker/ports.ts'
import { StoreFault, type BookWriter } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { BookTrading } from './book-trading.ts'
import { chosenAccount } from './broker-choice.ts'
import { followExchange } from './follow-exchange.ts'
import { PaperDesk } from './paper-desk.ts'
import type { ExchangePort, ManualPort, OrderFact, TradingPorts } from './ports.ts'
import { resumeOrders } from './resume-orders.ts'

/** Faults that are remembered. */
const MOST_FAULTS = 50

/** Orders, brokers and feed of one open book. */
interface Opened {
  readonly book: BookWriter
  readonly trading: BookTrading
  readonly paper: PaperDesk
  readonly manual: ManualPort | undefined
  readonly exchange: ExchangePort | undefined
  replay: ReplaySession | undefined
}

/** The room where the open book is traded: whatever is in it is kept in the book, and taken up again when it is opened. */
export class TradingRoom {
  readonly workspace: Workspace
  readonly ports: TradingPorts
  /** Messages of a feed that could not be read, newest last. */
  readonly faults: { readonly at: number; readonly says: string }[] = []
  #opened: Opened | undefined

  constructor(workspace: Workspace, ports: TradingPorts) {
    this.workspace = workspace
    this.ports = ports
    this.#enter()
    workspace.watch((what) => {
      if (what === 'book') this.#enter()
    })
  }

  /** Orders of the open book; refuses where none is open. */
  get trading(): BookTrading {
    return this.#open().trading
  }

  /** The paper broker of the open book. */
  get paper(): PaperDesk {
    return this.#open().paper
  }

  /** The broker by hand; refuses in a book that trades on paper. */
  get manual(): ManualPort {
    const { manual } = this.#open()
    if (manual === undefined)
      throw new DeskRefusal(
        'INPUT_OUT_OF_RANGE',
        'Orders of this book go out by themselves: nothing is carried to a terminal by hand.',
      )
    return manual
  }

  /** The exchange the open book is connected to, or `undefined`. */
  get exchangeOrNone(): ExchangePort | undefined {
    return this.#opened?.book === this.workspace.openBook ? this.#opened?.exchange : undefined
  }

  /** Takes the open book up anew, as when it was opened: nothing is known of the broker it has now. */
  reconnect(): void {
    this.workspace.posture.leave()
    this.workspace.posture.enter()
    this.#enter()
  }

  /** The replay that was begun, or `undefined`. */
  get replay(): ReplaySession | undefined {
    return this.#opened?.replay
  }

  set replay(session: ReplaySession | undefined) {
    this.#open().replay = session
  }

  /** Takes a quote in: it is judged, shown, and where it is good orders on paper are filled from it. */
  quote(quote: Quote, rules: QualityRules): void {
    const { workspace } = this
    const opened = this.#opened
    if (opened === undefined || opened.book !== workspace.openBook) return
    try {
      const isGood = workspace.market.board.take(quote, lookAt(workspace.now()), rules)
      if (!isGood || opened.trading.source !== 'paper') return
      opened.paper.quote(quote)
      this.#keepNews(opened)
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error
      // What the book could not keep has not happened: the replay stands, and goes on from what was kept.
      opened.replay?.leave()
      this.faults.push({ at: quote.at, says: error.message })
      this.faults.splice(0, this.faults.length - MOST_FAULTS)
    }
  }

  /** Hands a new order over, stored before it is sent. */
  async send(ticket: Approved<OrderTicket> | Exit<OrderTicket>, role: OrderRole): Promise<void> {
    const opened = this.#open()
    const { trading } = opened
    const { clientId } = ticket
    trading.store(ticket, role)
    const broker = this.#broker(opened)
    // Safe: the role says which of the two proofs it carries.
    const handed =
      role === 'entry' ? broker.submit(ticket as Approved<OrderTicket>) : broker.exit(ticket as Exit<OrderTicket>)
    this.#keep(opened, { kind: 'sent', clientId, at: this.workspace.now() })
    await this.#settle(opened, clientId, handed)
  }

  /** Asks for a working order to be cancelled. */
  async cancel(clientId: string): Promise<void> {
    const opened = this.#open()
    const handed = this.#broker(opened).cancel(clientId)
    this.#keepNews(opened)
    const done = await handed
    if (!done.ok) throw new DeskRefusal(done.error.code, done.error.says, done.error.field)
  }

  /** Asks for a working order to become this one. */
  async change(ticket: Exit<OrderTicket>): Promise<void> {
    const opened = this.#open()
    const { trading } = opened
    const { clientId, quantity } = ticket
    const revision = trading.nextRevision(clientId)
    const at = this.workspace.now()
    const handed = this.#broker(opened).change(ticket, revision)
    this.#keep(opened, { kind: 'change-asked', clientId, at, revision, quantity })
    const done = await handed
    if (done.ok) return
    // Where nobody knows, the change still counts; the broker tells what became of it.
    if (done.error.code !== 'OUTCOME_UNKNOWN' && this.#opened === opened)
      this.#keep(opened, { kind: 'change-refused', clientId, at, revision })
    throw new DeskRefusal(done.error.code, done.error.says, done.error.field)
  }

  /** Keeps what the broker said by itself. */
  flush(): void {
    this.#keepNews(this.#open())
  }

  /** Keeps where replay and paper broker are. */
  keepPlace(): void {
    const opened = this.#open()
    if (opened.trading.source !== 'paper') return
    opened.trading.keepPlace()
    opened.paper.agrees()
  }

  async #settle(opened: Opened, clientId: string, handing: Promise<Handed>): Promise<void> {
    const done = await handing
    // Another book may be open by now; this one asks again when it is opened.
    if (done.ok || this.#opened !== opened) return
    const { code, says } = done.error
    const at = this.workspace.now()
    this.#keep(
      opened,
      code === 'OUTCOME_UNKNOWN'
        ? { kind: 'unknown', clientId, at, says }
        : { kind: 'refused', clientId, at, reason: done.error },
    )
  }

  #keepNews(opened: Opened): void {
    if (opened.trading.hasNews) this.#keep(opened)
  }

  #keep({ trading, paper }: Opened, ...facts: readonly OrderFact[]): void {
    trading.flush(facts)
    if (trading.source === 'paper') paper.agrees()
  }

  #broker({ trading, exchange, manual, paper }: Opened): Broker {
    if (trading.source === 'exchange' && exchange === undefined)
      throw new DeskRefusal(
        'NOT_ENABLED',
        'This desk reaches no exchange: open the book in the window or the desk host.',
      )
    return exchange ?? manual ?? paper.port()
  }

  #open(): Opened {
    const { book } = this.workspace
    if (this.#opened === undefined || this.#opened.book !== book || this.#opened.trading.isBroken) this.#enter()
    if (this.#opened === undefined) throw new DeskRefusal('NO_BOOK', 'No book is open.')
    return this.#opened
  }

  /** Takes up the orders, the paper broker and the replay that the open book keeps. */
  #enter(): void {
    const { workspace, ports } = this
    this.#opened?.replay?.leave()
    this.#opened?.exchange?.close()
    workspace.market.clear()
    this.#opened = undefined
    const book = workspace.openBook
    if (book === undefined || book.accounts().length === 0) return
    const kept = book.trading()
    if (kept.replay !== undefined) workspace.market.clock = keptClock(kept.replay)
    const trading: BookTrading = new BookTrading(workspace, {
      paper: () => paper.change(),
      replay: () => this.#opened?.replay?.place(),
    })
    const paper: PaperDesk = new PaperDesk(workspace, ports.brokers, trading.account, (event) => trading.hear(event))
    const manual =
      trading.source === 'manual' ? ports.brokers.manual.connect({ now: () => workspace.now() }) : undefined
    manual?.listen((event) => trading.hear(event))
    const account = chosenAccount(book)
    const isFollowed = account !== undefined && ports.exchange !== undefined
    const exchange = isFollowed ? followExchange(this, trading, account) : undefined
    const opened: Opened = { book, trading, paper, manual, exchange, replay: undefined }
    this.#opened = opened
    workspace.market.working = (accountId) => (accountId === trading.account.accountId ? trading.working() : [])
    if (kept.replay !== undefined) {
      opened.replay = ReplaySession.revive(this, kept.replay)
      for (const quote of paper.quotes) {
        const look = lookAt(quote.at)
        workspace.market.board.take(quote, look, replayRules(opened.replay.interval))
      }
    }
    if (trading.source !== 'exchange' || exchange !== undefined) resumeOrders(workspace, opened)
  }
}

/** The room of a workspace, opened with it; asking for it is refused where the desk has no brokers. */
export function roomOf(workspace: Workspace): () => TradingRoom {
  const { trading } = workspace.options
  const room = trading === undefined ? undefined : new TradingRoom(workspace, trading)
  return () => {
    if (room === undefined) throw new DeskRefusal('NOT_ENABLED', 'This desk was opened without brokers and feeds.')
    return room
  }
}
