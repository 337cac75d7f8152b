import type { BookInput, InstrumentSpec, RateQuote, StrategyInput } from '../domain/inputs.ts'
import type { TradingReader, TradingWriter } from './trading/ports.ts'
import type { Bar, BarInterval, CashFlow, Fill, Holding, PriceMark, Trade } from '../domain/ledger/records.ts'

import type {
  AccountRecord,
  AuditRow,
  BatchResult,
  BatchRow,
  BookInfo,
  BookKind,
  BookSetting,
  DecisionFilter,
  DecisionRow,
  DecisionToRecord,
  ImportBatch,
  ImportPreset,
  KeptScenario,
  ProfileRecord,
  RecordedDecision,
  SettingChange,
  SimulationRecord,
  SimulationRow,
  Verdict,
} from './book-records.ts'

import type { DeskStateChange, LimitBreachRecord, LimitPoint } from './state/records.ts'

export type { DeskStateChange, LimitBreachRecord, LimitPoint } from './state/records.ts'
export type {
  AccountRecord,
  AuditKind,
  AuditRow,
  BatchResult,
  BatchRow,
  BookInfo,
  BookKind,
  BookSetting,
  DecisionFilter,
  DecisionRow,
  DecisionToRecord,
  ImportBatch,
  ImportPreset,
  KeptScenario,
  ProfileRecord,
  RecordedDecision,
  SettingChange,
  SimulationRecord,
  SimulationRow,
  Verdict,
} from './book-records.ts'

/** What the desk needs from the outside. Everything below is implemented by the store and faked only in tests. */

/** Reads of one book. Lists are in a fixed order: by time, then by id. */
export interface BookReader extends TradingReader {
  readonly info: BookInfo
  /** Grows with every committed change other than a decision; equal numbers mean equal ledger contents. */
  version(): number
  accounts(): readonly AccountRecord[]
  instruments(): readonly InstrumentSpec[]
  instrument(symbol: string): InstrumentSpec | undefined
  strategies(): readonly StrategyInput[]
  fills(accountId: string, until?: number): readonly Fill[]
  /** Open quantities by symbol and strategy from fills up to and including `until`. */
  holdings(accountId: string, until: number): readonly Holding[]
  trades(
    accountId: string,
    filter?: { readonly strategy?: string; readonly symbol?: string; readonly from?: number; readonly to?: number },
  ): readonly Trade[]
  cashFlows(accountId: string, until: number): readonly CashFlow[]
  /** The last `limit` bars complete by `until`, oldest first. */
  bars(symbol: string, interval: BarInterval, until: number, limit: number): readonly Bar[]
  barIntervals(symbol: string): readonly {
    readonly interval: BarInterval
    readonly count: number
    readonly first: number
    readonly last: number
  }[]
  /** Newest known price at or before `until` from typed prices, statements, feeds, fills and the close of complete bars. */
  lastMark(symbol: string, until: number): PriceMark | undefined
  /** Newest rate per ordered currency pair at or before `until`, from stored rates and from marks of FX instruments. */
  rates(until: number): readonly RateQuote[]
  profiles(): readonly ProfileRecord[]
  profileByHash(hash: string): ProfileRecord | undefined
  /** The profile last put in force for the book. */
  activeProfile(): ProfileRecord | undefined
  /** A setting of the book by its key. */
  setting(key: string): BookSetting | undefined
  decision(decisionId: string): RecordedDecision | undefined
  decisions(filter: DecisionFilter): { readonly rows: readonly DecisionRow[]; readonly total: number }
  /** Decisions since `since`, newest first, for the duplicate and rate checks. */
  recentDecisions(accountId: string, since: number): readonly DecisionRow[]
  bookByHash(hash: string): BookInput | undefined
  batches(): readonly BatchRow[]
  presets(): readonly ImportPreset[]
  /** Finished simulations that were kept, newest first. */
  simulations(): readonly SimulationRow[]
  simulation(recordId: string): SimulationRecord | undefined
  /** Named scenarios of simulations, by name. */
  scenarios(): readonly KeptScenario[]
  /** Every copy of the desk's latched state, in a fixed order; `undefined` for one that is not there. */
  deskStates(): readonly (string | undefined)[]
  /** Breaches nobody has acknowledged and those since `since`, newest first. */
  breaches(since: number): readonly LimitBreachRecord[]
  /** The newest `limit` points of a limit since `from`, oldest first. */
  limitPoints(key: string, from: number, limit: number): readonly LimitPoint[]
  auditRows(fromSeq: number, limit: number): readonly AuditRow[]
  head(): { readonly seq: number; readonly hash: string }
  /** Walks the whole chain and compares its head with the journal. */
  verify(): Verdict
}

/** Writes to one book. Each is durable, and its audit row written, before it returns. Failures throw `StoreFault`. */
export interface BookWriter extends BookReader, TradingWriter {
  recordDecision(decision: DecisionToRecord): RecordedDecision
  saveAccount(account: AccountRecord, at: number): void
  saveInstrument(spec: InstrumentSpec, at: number): void
  saveStrategy(strategy: StrategyInput, at: number): void
  /** Keeps a profile as its next version; with `inForce` false it is kept for replay alone and the active one stays. */
  saveProfile(
    profile: { readonly name: string; readonly yaml: string; readonly hash: string },
    at: number,
    inForce?: boolean,
  ): ProfileRecord
  saveSetting(change: SettingChange, at: number): void
  /** Latches the desk's state in every copy. */
  saveDeskState(state: DeskStateChange): void
  acknowledgeBreach(seen: {
    readonly breachId: string
    readonly at: number
    readonly note: string | null
    readonly says: string
  }): void
  /** Adds points of limit history and drops those before `since`. No row in the log. */
  addLimitPoints(points: readonly LimitPoint[], since: number): void
  addCashFlow(flow: CashFlow): void
  addFill(fill: Fill): void
  addMark(mark: PriceMark): void
  importBatch(batch: ImportBatch): BatchResult
  undoBatch(batchId: string, at: number): void
  savePreset(preset: ImportPreset): void
  /** Keeps a finished simulation whole; one of the same id is left as it is. */
  saveSimulation(record: SimulationRecord): void
  saveScenario(scenario: KeptScenario): void
  dropScenario(name: string): void
  /** Moves the write-ahead log into the file and flushes the journal; called in idle moments. */
  settle(): void
  close(): void
}

/** Codes of store faults. */
export type StoreFaultCode =
  | 'STORE_IO'
  | 'STORE_FULL'
  | 'STORE_BUSY'
  | 'STORE_FOREIGN'
  | 'STORE_NEWER'
  | 'STORE_MISSING'
  | 'LEDGER_UNVERIFIED'
  | 'NOT_FOUND'
  | 'CONFLICT'

/** A store that cannot do what was asked, with a sentence for a person. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault'
  readonly code: StoreFaultCode
  constructor(code: StoreFaultCode, says: string, options?: { cause?: unknown }) {
    super(says, options)
    this.code = code
  }
}

/** Opens and creates book files. */
export interface BookShelf {
  /** Books in the data folder, newest first; unreadable files are listed with their fault. */
  list(): readonly (
    | { readonly ok: true; readonly info: BookInfo }
    | { readonly ok: false; readonly path: string; readonly code: StoreFaultCode; readonly says: string }
  )[]
  /** Opens for writing. One process writes a book at a time; a second gets `STORE_BUSY`. */
  open(path: string): BookWriter
  openReadOnly(path: string): BookReader & { close(): void }
  create(book: {
    readonly name: string
    readonly kind: BookKind
    readonly path?: string
    readonly clock: number | null
    readonly account: AccountRecord
    readonly at: number
  }): BookWriter
}

/** Time and identifiers, injected so that tests and replays own them. */
export interface Ambient {
  /** UTC epoch milliseconds. */
  now(): number
  /** A new sortable unique id. */
  newId(): string
  /** Lower-case hex SHA-256 of UTF-8 text. */
  sha256(text: string): string
  /** Resolves after `ms`, when `signal` aborts, or when the function given to `early` is called. */
  pause(ms: number, signal: StopSignal, early: (resume: () => void) => void): Promise<void>
}

/** What the desk needs of an `AbortSignal`. */
export interface StopSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
