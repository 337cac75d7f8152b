import type { DecisionBody } from '../domain/governor/decision.ts'
import type { BookInput, DecisionInputs, InstrumentSpec, RateQuote } from '../domain/inputs.ts'
import type { Plain } from '../domain/kernel/canonical.ts'
import type { Bar, CashFlow, Fill, PriceMark, Trade } from '../domain/ledger/records.ts'

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

/** A setting of the book: plain data by key, for example which prop-firm program an account runs under. */
export interface BookSetting {
  readonly key: string
  readonly value: Plain
  readonly at: number
}

/** A change of a setting, with the kind of its row in the audit log and the sentence that row says. */
export interface SettingChange {
  readonly key: string
  readonly value: Plain
  readonly kind: AuditKind
  readonly says: string
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
  | 'order'

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

/** A finished simulation as listed. */
export interface SimulationRow {
  readonly recordId: string
  readonly at: number
  readonly digest: string
  readonly engine: string
  readonly seed: number
  readonly paths: number
  readonly trades: number
  readonly milliseconds: number
  /** Model and stake in a sentence. */
  readonly says: string
}

/** A finished simulation with what it was asked and what it found, as plain data. */
export interface SimulationRecord extends SimulationRow {
  readonly input: Plain
  readonly found: Plain
}

/** What was kept of a simulation's parameters under a name, as plain data. */
export interface KeptScenario {
  readonly name: string
  readonly at: number
  readonly content: Plain
}

/** Saved column mapping of a CSV layout, found again by its header fingerprint. */
export interface ImportPreset {
  readonly name: string
  readonly fingerprint: string
  /** Plain settings of the importer: mapping, delimiter, decimal mark, date order, time zone. */
  readonly settings: Plain
  readonly at: number
}
