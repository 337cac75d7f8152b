import type { DecisionBody } from '../domain/governor/decision.ts'
import type { BookInput, DecisionInputs, InstrumentSpec, RateQuote, StrategyInput } from '../domain/inputs.ts'
import type { Plain } from '../domain/kernel/canonical.ts'
import type { Bar, BarInterval, CashFlow, Fill, Holding, PriceMark, Trade } from '../domain/ledger/records.ts'

/** What the desk needs from the outside. Everything below is implemented by the store and faked only in tests. */

/** Which of the three kinds of book a file is. */
export type BookKind = 'paper' | 'live' | 'sample'

/** One book file. `clock` is the instant a sample book is frozen at, else `null` for the wall clock. */
export interface BookInfo {
  readonly bookId: string
  readonly name: string
  readonly kind: BookKind
  readonly path: string
  readonly createdAt: number
  readonly clock: number | null
}

/** An account as stored. */
export interface AccountRecord {
  readonly accountId: string
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  /** `HH:MM` in `timeZone`. */
  readonly dayRoll: string
  readonly enabled: boolean
}

/** A profile as stored: its YAML text and the SHA-256 (hex) of its canonical settings. */
export interface ProfileRecord {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly yaml: string
  readonly at: number
}

/** Kinds of rows in the audit log. Added to, never renamed. */
export type AuditKind =
  | 'book'
  | 'decision'
  | 'profile'
  | 'account'
  | 'instrument'
  | 'strategy'
  | 'cash-flow'
  | 'fill'
  | 'price'
  | 'import'
  | 'import-undo'
  | 'state'
  | 'limit'
  | 'override'

/** One row of the append-only log. Hashes are lower-case hex SHA-256. */
export interface AuditRow {
  readonly seq: number
  readonly at: number
  readonly kind: AuditKind
  /** Canonical JSON. */
  readonly body: string
  readonly previous: string
  readonly hash: string
}

/** The three possible verdicts of SPEC 10. */
export type Verdict =
  | {
      readonly verdict: 'verified-anchored'
      readonly rows: number
      readonly head: string
      readonly anchoredAt: number
      readonly says: string
    }
  | {
      readonly verdict: 'verified-not-anchored'
      readonly rows: number
      readonly head: string
      readonly since: number
      readonly says: string
    }
  | { readonly verdict: 'broken'; readonly rows: number; readonly at: number; readonly says: string }

/** A decision to be recorded with its inputs. `decisionId` is the caller's: recording one id twice returns the first. */
export interface DecisionToRecord {
  readonly decisionId: string
  readonly recordedAt: number
  readonly inputs: DecisionInputs
  readonly book: BookInput
  readonly bookHash: string
  readonly body: DecisionBody
}

/** A recorded decision. `hash` is its row's hash in the log. */
export interface RecordedDecision {
  readonly decisionId: string
  readonly seq: number
  readonly recordedAt: number
  readonly hash: string
  readonly inputs: DecisionInputs
  readonly bookHash: string
  readonly body: DecisionBody
}

/** A decision in a list: the columns that are searched and sorted. */
export interface DecisionRow {
  readonly decisionId: string
  readonly seq: number
  readonly recordedAt: number
  readonly at: number
  readonly accountId: string
  readonly kind: 'entry' | 'exit'
  readonly symbol: string
  readonly side: 'buy' | 'sell' | null
  readonly strategy: string | null
  readonly method: string | null
  readonly outcome: 'approved' | 'reduced' | 'rejected'
  readonly quantity: string
  readonly proposed: string | null
  readonly notional: string
  readonly riskAmount: string
  readonly binding: string | null
  readonly code: string | null
  readonly says: string
  readonly hash: string
}

/** Filter of the decision list; `text` searches symbol, strategy, method, outcome, codes, sentence and id. */
export interface DecisionFilter {
  readonly text?: string
  readonly symbol?: string
  readonly outcome?: 'approved' | 'reduced' | 'rejected'
  readonly strategy?: string
  readonly code?: string
  readonly from?: number
  readonly to?: number
  /** Return rows with a smaller seq than this, newest first. */
  readonly beforeSeq?: number
  readonly limit: number
}

/** Rows an import adds, all or nothing, as one batch that can be undone. */
export interface ImportBatch {
  readonly batchId: string
  readonly at: number
  readonly fileName: string
  readonly fileHash: string
  readonly format: string
  readonly accountId: string
  readonly instruments: readonly InstrumentSpec[]
  readonly fills: readonly Fill[]
  readonly trades: readonly Trade[]
  readonly cashFlows: readonly CashFlow[]
  readonly bars: readonly Bar[]
  readonly marks: readonly PriceMark[]
  readonly rates: readonly RateQuote[]
  /** Rows of the file that were left out, with the reason of each. */
  readonly skipped: readonly { readonly line: number; readonly says: string }[]
}

/** What became of a batch. `known` rows were in the book already and were left alone. */
export interface BatchResult {
  readonly batchId: string
  readonly added: {
    readonly instruments: number
    readonly fills: number
    readonly trades: number
    readonly cashFlows: number
    readonly bars: number
    readonly marks: number
    readonly rates: number
  }
  readonly known: number
  readonly conflicts: readonly string[]
}

/** A batch as listed. `undoable` is false once undone, or when a later decision used its rows; `says` tells which. */
export interface BatchRow {
  readonly batchId: string
  readonly at: number
  readonly fileName: string
  readonly format: string
  readonly rows: number
  readonly skipped: number
  readonly undoneAt: number | null
  readonly undoable: boolean
  readonly says: string
}

/** Saved column mapping of a CSV layout, found again by its header fingerprint. */
export interface ImportPreset {
  readonly name: string
  readonly fingerprint: string
  /** Plain settings of the importer: mapping, delimiter, decimal mark, date order, time zone. */
  readonly settings: Plain
  readonly at: number
}

/** Reads of one book. Lists are in a fixed order: by time, then by id. */
export interface BookReader {
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
  activeProfile(): ProfileRecord | undefined
  decision(decisionId: string): RecordedDecision | undefined
  decisions(filter: DecisionFilter): { readonly rows: readonly DecisionRow[]; readonly total: number }
  /** Decisions since `since`, newest first, for the duplicate and rate checks. */
  recentDecisions(accountId: string, since: number): readonly DecisionRow[]
  bookByHash(hash: string): BookInput | undefined
  batches(): readonly BatchRow[]
  presets(): readonly ImportPreset[]
  auditRows(fromSeq: number, limit: number): readonly AuditRow[]
  head(): { readonly seq: number; readonly hash: string }
  /** Walks the whole chain and compares its head with the journal. */
  verify(): Verdict
}

/** Writes to one book. Each is durable, and its audit row written, before it returns. Failures throw `StoreFault`. */
export interface BookWriter extends BookReader {
  recordDecision(decision: DecisionToRecord): RecordedDecision
  saveAccount(account: AccountRecord, at: number): void
  saveInstrument(spec: InstrumentSpec, at: number): void
  saveStrategy(strategy: StrategyInput, at: number): void
  saveProfile(
    profile: { readonly name: string; readonly yaml: string; readonly hash: string },
    at: number,
  ): ProfileRecord
  addCashFlow(flow: CashFlow): void
  addFill(fill: Fill): void
  addMark(mark: PriceMark): void
  importBatch(batch: ImportBatch): BatchResult
  undoBatch(batchId: string, at: number): void
  savePreset(preset: ImportPreset): void
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
