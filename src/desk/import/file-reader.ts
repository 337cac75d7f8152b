import type { InstrumentSpec, RateQuote } from '../../domain/inputs.ts'
import type { Bar, CashFlow, Fill, PriceMark, Trade } from '../../domain/ledger/records.ts'
import type { StopSignal } from '../ports.ts'
import type { ReadingRoom } from './import-room.ts'
import type { ImportKind, ImportProblem, ImportSettings, SkippedRow } from './ports.ts'
import type { Inspection, Preview } from './types.ts'

/**
 * Holds one received file and reads it for a book, here or in a thread of its own. Every call throws `DeskRefusal` for
 * what the file is or holds, and leaves the book as it is.
 */
export interface FileReader {
  /** Takes the file and says what it seems to be. */
  inspect(room: ReadingRoom, received: ReceivedFile, watching: Watching): SeenFile | Promise<SeenFile>
  /** Reads it and shows what an import would do. */
  preview(room: ReadingRoom, wanted: NamedReading, watching: Watching): Preview | Promise<Preview>
  /** What stands for and against writing it; anew where the book has changed since the preview. */
  outlook(room: ReadingRoom, wanted: NamedReading, watching: Watching): Outlook | Promise<Outlook>
  /** The rows of that outlook as they would be written, in parts that can be handed over at once. */
  rows(previewId: string): Iterable<PlannedRows> | AsyncIterable<PlannedRows>
  /** Gives back the memory of the last reading; the file can be read again. */
  rest(): void
  /** Forgets the file; a call under way is refused. */
  close(): void
}

/** A file as it came: bytes, or base64 text. */
export interface ReceivedFile {
  readonly fileName: string
  readonly content: Uint8Array | string
}

/** How to read a file, and the name of exactly that preview. */
export interface NamedReading {
  readonly previewId: string
  readonly format: string
  readonly settings: ImportSettings
}

/** Whoever waits for a reading: may stop it, and hears how far it is. */
export interface Watching {
  readonly signal: StopSignal
  tell(progress: ReadingProgress): void
}

/** How far a reading is: `share` of the file is read, then its rows are compared with the book. */
export interface ReadingProgress {
  readonly stage: 'reading' | 'comparing'
  readonly share: number
}

/** What a file seems to be. */
export interface SeenFile extends Pick<Inspection, 'fileName' | 'fileHash' | 'bytes' | 'candidates' | 'says'> {
  /** Bytes it takes while it is held. */
  readonly heldBytes: number
  /** What the file's layout is known by, per format. */
  readonly fingerprints: Readonly<Record<string, string>>
}

/** What stands for and against writing a file, as of one version of the book. */
export interface Outlook {
  readonly version: number
  /** The question about the whole file that is open. */
  readonly question: ImportProblem | null
  /** The first row that cannot be written. */
  readonly fault: ImportProblem | null
  readonly hasNew: boolean
  readonly instruments: readonly InstrumentSpec[]
  readonly skipped: readonly SkippedRow[]
}

/** Rows as they are written, by kind. */
export interface RowsByKind {
  readonly fills: readonly Fill[]
  readonly trades: readonly Trade[]
  readonly cashFlows: readonly CashFlow[]
  readonly bars: readonly Bar[]
  readonly marks: readonly PriceMark[]
  readonly rates: readonly RateQuote[]
}

/** Some rows of one kind. */
export type PlannedRows = { [Kind in ImportKind]: { readonly kind: Kind; readonly rows: RowsByKind[Kind] } }[ImportKind]
