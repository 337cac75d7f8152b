import type { AssetClass, InstrumentSpec, RateQuote } from '../../domain/inputs.ts'
import type { Result } from '../../domain/kernel/result.ts'
import type { Bar, BarInterval, CashFlow, Fill, PriceMark, Trade } from '../../domain/ledger/records.ts'

/** What the desk needs from importers. Files are bytes in memory: an importer opens nothing by name. */

/** Kinds of rows a file can bring. */
export const IMPORT_KINDS = ['fills', 'trades', 'cashFlows', 'bars', 'marks', 'rates'] as const
/** One kind of rows. */
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** How to read a file. Every member may be left out: it is then guessed, and the guess is shown. */
export interface ImportSettings {
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  readonly delimiter?: ',' | ';' | '\t' | '|'
  /** Line of the column names, from 1; 0 where there are none. */
  readonly headerLine?: number
  /** Column index, from 0, by role. */
  readonly mapping?: Readonly<Record<string, number>>
  readonly decimalMark?: '.' | ','
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy'
  /** IANA zone of times that state none. */
  readonly timeZone?: string
  /** Symbol of a file that names none. */
  readonly symbol?: string
  readonly interval?: BarInterval
  /** Currency of prices and amounts that state none. */
  readonly currency?: string
  /** Class of instruments that are not known yet. */
  readonly assetClass?: AssetClass
  /** What prices are divided by: LEAN writes US equities in ten-thousandths. */
  readonly priceScale?: '1' | '10000'
  /** Which account of a file that holds several. */
  readonly sourceAccount?: string
  /** Whether what a statement says was held before it is booked, where the account has no cash flow yet. */
  readonly bookOpening?: boolean
  /** Text that stands instead of a cell, by `line:column`, column from 1. */
  readonly corrections?: Readonly<Record<string, string>>
}

/** Something wrong or open in a file. A question must be answered before anything is written. */
export interface ImportProblem {
  /** Line in the file, from 1; 0 for the file as a whole. */
  readonly line: number
  /** Name of the column, where one cell is meant. */
  readonly column: string | null
  /** The text found, shortened. */
  readonly value: string | null
  readonly says: string
  /** What would mend it. */
  readonly proposal: string
  readonly severity: 'error' | 'warning' | 'question'
  /** The setting that answers a question: a member of `ImportSettings`, or `corrections.<line:column>`. */
  readonly setting: string | null
  readonly choices: readonly string[]
}

/** A row that is left out, with the reason. */
export interface SkippedRow {
  readonly line: number
  readonly says: string
}

/** A column role a table may have. */
export interface ImportRole {
  readonly role: string
  readonly title: string
  readonly required: boolean
}

/** Where a row stood, and the time its identity is made of: for dates without time, the start of that day. */
interface Placed {
  readonly line: number
  readonly keyAt: number
}

/** A fill of a file, before it belongs to an account. `fxRate` is against `ImportReading.baseCurrency`. */
export interface FillRow extends Omit<Fill, 'fillId' | 'accountId' | 'batchId'>, Placed {
  /** Currency of the price. */
  readonly currency: string
}

/** A closed trade of a file. `sourceId` is the source's own id, where it has one. */
export interface TradeRow
  extends Omit<Trade, 'tradeId' | 'accountId' | 'batchId' | 'origin' | 'accountProfit' | 'r'>, Placed {
  readonly sourceId: string | null
  readonly stop: string | null
}

/** A cash flow of a file. `fxRate` is base currency per unit of `currency`, where stated. */
export interface CashFlowRow extends Omit<CashFlow, 'flowId' | 'accountId' | 'batchId' | 'accountAmount'>, Placed {
  readonly sourceId: string | null
  readonly fxRate: string | null
}

/** A bar and the line it came from. */
export interface BarRow {
  readonly line: number
  readonly bar: Bar
}

/** A cancellation: it undoes the fill of `executionId`. Where the book has that fill, `reversal` is written; else neither. */
export interface CancelledFill {
  readonly executionId: string
  readonly reversal: FillRow
}

/** What a statement says the account held when it begins. */
export interface StatementOpening {
  readonly line: number
  /** The last millisecond before the first day of the statement. */
  readonly at: number
  readonly cash: readonly { readonly currency: string; readonly amount: string }[]
  /** All of the cash in one currency; `null` where not stated. */
  readonly cashInBase: { readonly currency: string; readonly amount: string } | null
  /** Positions at the last price before; `null` where the statement does not list them. */
  readonly positions: readonly OpeningPosition[] | null
  /** All of the account's cash and positions, in one currency; `null` where not stated. */
  readonly worth: { readonly currency: string; readonly amount: string } | null
}

/** A position held before a statement begins. `quantity` is signed. */
export interface OpeningPosition {
  readonly line: number
  readonly symbol: string
  readonly quantity: string
  readonly price: string
}

/** Figures a statement gives for checking. Money keeps its sign: fees are negative. */
export interface StatementTotals {
  readonly cash: readonly { readonly currency: string; readonly start: string; readonly end: string }[]
  readonly commissions: readonly { readonly currency: string; readonly amount: string }[]
  readonly positions: readonly { readonly symbol: string; readonly quantity: string }[]
  readonly realised: readonly { readonly symbol: string; readonly amount: string; readonly currency: string }[]
  /** `null` where the statement does not say when it begins, or nothing of what was held then. */
  readonly opening: StatementOpening | null
}

/** All that was read from a file: rows as they would be written, and every problem at once. */
export interface ImportReading {
  readonly title: string
  /** Settings as used, guesses included. */
  readonly settings: ImportSettings
  /** Rows of data seen. */
  readonly rows: number
  /** Currency that the file's rates lead to; `null` where it names none. */
  readonly baseCurrency: string | null
  readonly fills: readonly FillRow[]
  readonly cancelled: readonly CancelledFill[]
  readonly trades: readonly TradeRow[]
  readonly cashFlows: readonly CashFlowRow[]
  readonly bars: readonly BarRow[]
  readonly marks: readonly (PriceMark & { readonly line: number })[]
  readonly rates: readonly (RateQuote & { readonly line: number })[]
  /** Specifications with the defaults of their class; `source` says what was assumed. */
  readonly instruments: readonly InstrumentSpec[]
  readonly problems: readonly ImportProblem[]
  readonly skipped: readonly SkippedRow[]
  readonly notes: readonly string[]
  readonly statement: StatementTotals | null
}

/** A file as received: packed files are unpacked already. */
export interface SourceFile {
  /** Name inside the package, else the file's own. */
  readonly name: string
  /** Name as received. */
  readonly receivedName: string
  readonly bytes: Uint8Array
  /** Lower-case hex SHA-256 of the bytes as received. */
  readonly hash: string
  /** Bytes as received. */
  readonly receivedBytes: number
}

/** What a reader may know besides the file. */
export interface ReadingContext {
  /** UTC epoch milliseconds: later rows are in the future. */
  readonly now: number
  readonly accountTimeZone: string
  readonly accountCurrency: string
  /** Currency of an instrument the book has, for rows that name none. */
  currencyOf(symbol: string): string | undefined
  /** Is told now and then which share of the file has been read, from 0 to 1. */
  readonly tell?: (share: number) => void
}

/** How sure a format is of a file. Confidence 0 means: not mine. */
export interface Recognition {
  readonly confidence: number
  readonly says: string
  readonly settings: ImportSettings
  readonly columns: readonly { readonly index: number; readonly header: string; readonly samples: readonly string[] }[]
  /** Text that is equal for equal layouts, for finding presets; `null` where the layout is fixed. */
  readonly fingerprint: string | null
}

/** A kind of file that can be imported. Neither call throws for what a file contains. */
export interface ImportFormat {
  readonly id: string
  readonly title: string
  readonly kinds: readonly ImportKind[]
  /** Where a trader finds such a file, one sentence. */
  readonly found: string
  /** Column roles of a table format; empty where the layout is fixed. */
  readonly roles: readonly ImportRole[]
  recognise(file: SourceFile, context: ReadingContext): Recognition
  /** Reads all rows, or says in one sentence why the file is not what it claims. */
  read(file: SourceFile, settings: ImportSettings, context: ReadingContext): Result<ImportReading, string>
}

/** All formats, and the way in for bytes. */
export interface ImportShelf {
  readonly formats: readonly ImportFormat[]
  /** Takes raw bytes or base64 text; unpacks .zip and .gz; refuses in one sentence. */
  open(fileName: string, content: Uint8Array | string): Promise<Result<SourceFile, string>>
}
