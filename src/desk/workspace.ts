import { parse } from 'yaml'
import { canonical, type Plain } from '../domain/kernel/canonical.ts'
import { valueBook, type Book } from '../domain/book.ts'
import type { AccountInput, BookInput, WorkingOrderInput } from '../domain/inputs.ts'
import { readProfile, type Profile } from '../domain/profile.ts'
import { LiveMarket } from './feed/live-market.ts'
import type { LiveFeedPorts } from './feed/ports.ts'
import { gatherBook } from './gather.ts'
import { gatherAccount } from './gather-account.ts'
import type { FileReader } from './import/file-reader.ts'
import type { ImportShelf } from './import/ports.ts'
import { KeptValues } from './kept-values.ts'
import { MarketRoom } from './portfolio/market-room.ts'
import type { MarketThread } from './portfolio/ports.ts'
import type { AccountRecord, Ambient, BookShelf, BookWriter, ProfileRecord, Verdict } from './ports.ts'
import { profileInForce } from './profile-in-force.ts'
import type { ProfileOverrides } from './profile-overrides.ts'
import { settlePending } from './profile-pending.ts'
import { DeskRefusal } from './refusal.ts'
import type { SimulationThreads } from './simulate/ports.ts'
import { DeskPosture } from './state/desk-posture.ts'
import { observedBook } from './state/observed-book.ts'
import type { StatePorts } from './state/ports.ts'
import type { TradingPorts } from './trading/ports.ts'

/** A profile shipped with Ballast. */
export interface ShippedProfile {
  readonly name: string
  readonly yaml: string
}

/** What a desk is opened with. */
export interface WorkspaceOptions {
  readonly shelf: BookShelf
  /** Formats of files that can be imported. */
  readonly importShelf: ImportShelf
  /** Makes a reader for one large file beside the desk's own thread; left out, the desk reads it itself meanwhile. */
  readonly readBeside?: () => FileReader
  readonly ambient: Ambient
  /** What simulations run on; left out, they are refused. */
  readonly threads?: SimulationThreads
  /** Studies markets beside the desk's own thread; left out, the desk does it itself. */
  readonly marketThread?: MarketThread
  readonly dataDir: string
  readonly shipped: readonly ShippedProfile[]
  readonly host: 'electron' | 'desk'
  readonly version: string
  readonly versions: { readonly node: string; readonly sqlite: string; readonly pid: number }
  /** Fills a new sample book; the last instant of its data is its clock. */
  readonly sample: { readonly clock: number; readonly account: AccountRecord; fill(book: BookWriter): void }
  /** Programs of prop firms by file name; those of the data folder first. */
  readonly programs?: readonly ShippedProfile[]
  /** What the environment overrides; nothing where unset. */
  readonly overrides?: ProfileOverrides
  /** Brokers and feeds; left out, trading is refused. */
  readonly trading?: TradingPorts
  /** Live feeds; left out, they are refused and none starts by itself. */
  readonly feeds?: LiveFeedPorts
  /** What the desk's state needs of the machine. */
  readonly state?: StatePorts
  /** A book file to open first, instead of choosing. */
  readonly bookPath?: string
}

/** What changed, for those who watch. */
export type ChangeKind = 'book' | 'ledger' | 'decision' | 'profile' | 'state'

/** The active profile read and with its hash. */
export interface ActiveProfile {
  readonly record: ProfileRecord
  readonly profile: Profile
}

/** The open book with everything derived from it, remembered until the ledger changes. */
export class Workspace {
  readonly options: WorkspaceOptions
  /** Studies of markets, and portfolios weighed by them. */
  readonly markets: MarketRoom
  /** Newest quotes and orders on their way, which lie over the open book. */
  readonly market = new LiveMarket()
  /** State and arming of the open book. */
  readonly posture: DeskPosture
  #book: BookWriter | undefined
  readonly #kept = new KeptValues()
  #changedAt = 0
  #verdict: { readonly verdict: Verdict; readonly checkedAt: number } | undefined
  readonly #watchers = new Set<(what: ChangeKind) => void>()

  constructor(options: WorkspaceOptions) {
    this.options = options
    this.markets = new MarketRoom(options.marketThread)
    this.posture = new DeskPosture(this, options.state ?? {})
    if (options.bookPath !== undefined) this.adopt(options.shelf.open(options.bookPath))
  }

  /** The open book; refuses where none is open. */
  get book(): BookWriter {
    if (this.#book === undefined)
      throw new DeskRefusal(
        'NO_BOOK',
        'No book is open: try the sample book, import your trades, or start an empty one.',
      )
    return this.#book
  }

  /** The open book, or `undefined`. */
  get openBook(): BookWriter | undefined {
    return this.#book
  }

  /** Makes a book the active one and closes the one before. */
  adopt(book: BookWriter): void {
    this.posture.leave()
    this.market.feed.leave()
    this.#book?.close()
    this.market.clear()
    const observed = observedBook(book, (fault) => this.posture.storeFailed(fault))
    this.#book = this.market.over(observed, () => this.now())
    this.#verdict = undefined
    this.forget()
    this.posture.enter()
    this.changed('book')
  }

  /** The instant decisions are made for: the book's frozen clock, else that of a replay, else the wall clock. */
  now(): number {
    return this.book.info.clock ?? this.market.clock?.() ?? this.options.ambient.now()
  }

  /**
   * The instant positions and equity are read at for a decision at `at`: once a second of the clock, and anew as soon as
   * the ledger has changed; exactly `at` for an instant of the past.
   */
  readAt(at?: number): number {
    if (at !== undefined) return at
    const now = this.now()
    return this.book.info.clock ?? Math.min(now, Math.max(Math.floor(now / 1000) * 1000, this.#changedAt))
  }

  /** The named account of the open book, or its only one. */
  account(accountId?: string): AccountRecord {
    const accounts = this.book.accounts()
    const found = accountId === undefined ? accounts[0] : accounts.find((known) => known.accountId === accountId)
    if (found === undefined)
      throw new DeskRefusal(
        'NOT_FOUND',
        accountId === undefined ? 'The book has no account.' : `There is no account ${accountId} in this book.`,
        'accountId',
      )
    return found
  }

  /** The profile that sizes the orders of a strategy, else of the book; refuses with all its faults where it cannot be read. */
  activeProfile(strategy = ''): ActiveProfile {
    settlePending(this)
    return this.remember(`profile:${strategy}`, () => profileInForce(this, strategy))
  }

  /** The account's exposures at an instant with the hash of what they were valued from. */
  valuedBook(
    account: AccountRecord,
    at: number,
  ): { readonly input: BookInput; readonly book: Book; readonly hash: string } {
    return this.rememberAt(`book:${account.accountId}`, at, () => {
      const input = gatherBook(this.book, account, at, this.#workingAt(account.accountId, at))
      return { input, book: valueBook(input), hash: this.options.ambient.sha256(canonical(input)) }
    })
  }

  /** The account as decisions see it at an instant. */
  accountInput(account: AccountRecord, at: number): AccountInput {
    return this.rememberAt(`account:${account.accountId}`, at, () =>
      gatherAccount(this.book, account, at, (start, read) =>
        this.remember(`opening:${account.accountId}:${start}`, read),
      ),
    )
  }

  /** Remembers a value derived from the ledger until the ledger changes. */
  remember<T>(key: string, derive: () => T): T {
    return this.#kept.of(this.book.version(), key, derive)
  }

  /** Remembers a value of one instant until the ledger changes or newer ones take its place. */
  rememberAt<T>(key: string, at: number, derive: () => T): T {
    return this.#kept.at(this.book.version(), key, at, derive)
  }

  /** Drops what was remembered. */
  forget(): void {
    this.#kept.forget()
  }

  /** The last verdict on the audit log; walks it the first time. */
  verdict(fresh: boolean): { readonly verdict: Verdict; readonly checkedAt: number } {
    if (fresh || this.#verdict === undefined)
      this.#verdict = { verdict: this.book.verify(), checkedAt: this.options.ambient.now() }
    return this.#verdict
  }

  /** Orders that may still be filled: of now, since nobody knows of the past what was on its way. */
  #workingAt(accountId: string, at: number): readonly WorkingOrderInput[] {
    return at === this.readAt() ? this.market.working(accountId) : []
  }

  /** Tells those who watch. */
  changed(what: ChangeKind): void {
    if (what !== 'decision' && what !== 'state') {
      this.forget()
      this.#changedAt = this.#book === undefined ? 0 : this.now()
      this.posture.ledgerChanged()
    }
    for (const tell of this.#watchers) tell(what)
  }

  /** Calls `tell` on every change until the answer is called. */
  watch(tell: (what: ChangeKind) => void): () => void {
    this.#watchers.add(tell)
    return () => this.#watchers.delete(tell)
  }

  /** Closes the open book; whatever still plays or listens in it is told, and ends. */
  close(): void {
    this.market.feed.leave()
    this.posture.leave()
    this.#book?.close()
    this.#book = undefined
    this.changed('book')
  }
}

/** Saves a shipped or written profile as the book's active one; refuses with all its faults. */
export function activateProfile(workspace: Workspace, book: BookWriter, name: string, yaml: string): ProfileRecord {
  const raw: unknown = parse(yaml)
  const read = readProfile(raw)
  if (!read.ok) {
    throw new DeskRefusal(
      read.error[0]?.code ?? 'LIMITS_MISSING',
      read.error.map(({ says }) => says).join(' '),
      read.error[0]?.field,
    )
  }
  const { ambient } = workspace.options
  return book.saveProfile({ name, yaml, hash: ambient.sha256(canonical(raw as Plain)) }, ambient.now())
}
