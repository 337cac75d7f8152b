import type { AccountRecord, Ambient, BookReader, BookWriter } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { FileReader } from './file-reader.ts'
import type { ImportFormat, ImportShelf, ReadingContext } from './ports.ts'
import type { Uploads } from './uploads.ts'

/** What reading a file for a book needs; nothing in it can write. */
export interface ReadingRoom {
  readonly book: BookReader
  readonly account: AccountRecord
  readonly ambient: Pick<Ambient, 'now' | 'sha256'>
  readonly shelf: ImportShelf
}

/** What the use cases of importing work with: the open book and account, the formats, and the files held in memory. */
export interface ImportRoom extends ReadingRoom {
  readonly book: BookWriter
  readonly ambient: Ambient
  readonly uploads: Uploads
  /** Instant that changes of this book are recorded at. */
  readonly at: number
  /** Makes a reader beside the desk, for large files; without it every file is read within the desk. */
  readonly besides?: (() => FileReader) | undefined
  /** Throws where the book is no longer the open one, or where writing so many rows would keep an armed desk waiting. */
  refuseWriting(rows: number): void
}

/** What readers may know of the book and the clock. */
export function readingContext(room: ReadingRoom, tell?: (share: number) => void): ReadingContext {
  return {
    now: room.ambient.now(),
    accountTimeZone: room.account.timeZone,
    accountCurrency: room.account.currency,
    currencyOf: (symbol) => room.book.instrument(symbol)?.currency,
    ...(tell === undefined ? {} : { tell }),
  }
}

/** The format of this id. Throws `NOT_FOUND` where there is none. */
export function formatOf(room: ReadingRoom, id: string): ImportFormat {
  const format = room.shelf.formats.find((known) => known.id === id)
  if (format !== undefined) return format
  const ids = room.shelf.formats.map((known) => known.id).join(', ')
  throw new DeskRefusal('NOT_FOUND', `There is no import format "${id}"; choose one of ${ids}.`, 'format')
}
