import type { NamedReading, PlannedRows, ReadingProgress, ReceivedFile } from '../desk/import/file-reader.ts'
import type { SourceFile } from '../desk/import/ports.ts'
import type { AccountRecord, StoreFaultCode } from '../desk/ports.ts'

/** What a reading thread begins with: the file, where it was taken before. */
export interface ReaderStart {
  readonly file: SourceFile | null
}

/** The book and account a file is read for, as another thread can find them. */
export interface ReadFor {
  readonly book: string
  readonly account: AccountRecord
  readonly now: number
}

/** What a reading thread is asked, one call at a time. */
export type ReaderCall =
  | { readonly call: 'inspect'; readonly for: ReadFor; readonly received: ReceivedFile }
  | { readonly call: 'preview' | 'outlook'; readonly for: ReadFor; readonly wanted: NamedReading }
  | { readonly call: 'begin-rows'; readonly previewId: string }
  | { readonly call: 'next-rows' }

/** What it says: how far it is, then one answer, refusal or failure per call. */
export type ReaderAnswer =
  | { readonly kind: 'progress'; readonly progress: ReadingProgress }
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly says: string; readonly field: string | undefined }
  | { readonly kind: 'store-fault'; readonly code: StoreFaultCode; readonly says: string }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Answer to `next-rows`; `null` after the last. */
export type NextRows = PlannedRows | null
