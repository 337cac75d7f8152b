import type { ImportKind, ImportProblem, ImportRole, ImportSettings, SkippedRow } from './ports.ts'
import type { InstrumentSpec } from '../../domain/inputs.ts'

/** What happens to rows with a problem: leave them out, or write nothing of the file. */
export type OnProblem = 'skip-rows' | 'refuse-file'

/** A column of a table with a few of its cells, and the role the guess gives it. */
export interface ColumnView {
  readonly index: number
  readonly header: string
  readonly samples: readonly string[]
  readonly role: string | null
}

/** One way to read a file, with the settings guessed for it. `confidence` is from 0 to 1. */
export interface CandidateView {
  readonly format: string
  readonly title: string
  readonly kinds: readonly ImportKind[]
  readonly confidence: number
  readonly says: string
  readonly columns: readonly ColumnView[]
  readonly roles: readonly ImportRole[]
  readonly settings: ImportSettings
  /** Name of the saved preset whose settings were taken; `null` where none fits. */
  readonly preset: string | null
}

/** What a file seems to be. Nothing has been written. `candidates` come best first; none means not recognised. */
export interface Inspection {
  readonly uploadId: string
  readonly fileName: string
  readonly fileHash: string
  readonly bytes: number
  /** The upload is forgotten at this instant. */
  readonly expiresAt: number
  readonly candidates: readonly CandidateView[]
  readonly says: string
}

/** How many rows of one kind were found, and what would become of them. */
export interface KindCount {
  readonly kind: ImportKind
  readonly found: number
  readonly fresh: number
  readonly known: number
}

/** A row as it would be written. */
export interface PreviewRow {
  readonly line: number
  readonly kind: ImportKind
  readonly status: 'new' | 'known' | 'conflict'
  /** Symbol, or `null` for cash. */
  readonly symbol: string | null
  readonly at: number
  /** The values in words, for example `buy 5 at 204.918, fee 0.35125725 USD`. */
  readonly says: string
}

/** What the import changes for one symbol; money in the instrument's currency. */
export interface SymbolEffect {
  readonly symbol: string
  readonly currency: string
  readonly fills: number
  readonly quantityBefore: string
  readonly quantityAfter: string
  readonly realisedBefore: string
  readonly realisedAfter: string
  readonly feesBefore: readonly CurrencyAmount[]
  readonly feesAfter: readonly CurrencyAmount[]
}

/** An amount in one currency. */
export interface CurrencyAmount {
  readonly currency: string
  readonly amount: string
}

/** Cash of one currency before and after. */
export interface CashEffect {
  readonly currency: string
  readonly before: string
  readonly after: string
}

/** One figure the file states beside what its rows or the book give. */
export interface StatementCheck {
  readonly what: string
  readonly statement: string
  readonly computed: string
  readonly matches: boolean
  readonly says: string
}

/** What an import would do. `previewId` names exactly this file read with exactly these settings. */
export interface Preview {
  readonly previewId: string
  readonly format: string
  readonly title: string
  readonly fileName: string
  readonly fileHash: string
  /** Settings as used, guesses included. */
  readonly settings: ImportSettings
  /** Rows of data seen in the file. */
  readonly rows: number
  readonly counts: {
    readonly fresh: number
    readonly known: number
    readonly twins: number
    readonly conflicts: number
    readonly rejected: number
    readonly questions: number
  }
  readonly kinds: readonly KindCount[]
  readonly from: number | null
  readonly to: number | null
  /** The first 200 rows as they would be written. */
  readonly first: readonly PreviewRow[]
  /** Up to 10,000 problems; `problemCounts` has the whole number of each. */
  readonly problems: readonly ImportProblem[]
  readonly problemCounts: { readonly error: number; readonly warning: number; readonly question: number }
  /** Up to 10,000 rows left out with the reason of each; `skippedCount` is the whole number. */
  readonly skipped: readonly SkippedRow[]
  readonly skippedCount: number
  /** What was assumed, one sentence each. */
  readonly notes: readonly string[]
  /** Instruments the import would add. */
  readonly instruments: readonly InstrumentSpec[]
  readonly effect: { readonly symbols: readonly SymbolEffect[]; readonly cash: readonly CashEffect[] }
  readonly statement: readonly StatementCheck[]
  readonly committable: boolean
  readonly says: string
}

/** What an import did. */
export interface ImportDone {
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
  readonly skipped: number
  readonly conflicts: readonly string[]
  readonly says: string
}

/** A saved way to read one layout of file. */
export interface PresetView {
  readonly name: string
  readonly format: string
  readonly fingerprint: string
  readonly settings: ImportSettings
  readonly at: number
}
