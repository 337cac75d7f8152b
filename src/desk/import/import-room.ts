import type { AccountRecord, Ambient, BookWriter } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { ImportFormat, ImportShelf, ReadingContext } from './ports.ts'
import type { Uploads } from './uploads.ts'

/** What the use cases of importing work with: the open book and account, the formats, and the files held in memory. */
export interface ImportRoom {
  readonly book: BookWriter
  readonly account: AccountRecord
  readonly ambient: Ambient
  readonly shelf: ImportShelf
  readonly uploads: Uploads
  /** Instant that changes of this book are recorded at. */
  readonly at: number
}

/** What readers may know of the book and the clock. */
export function readingContext(room: ImportRoom): ReadingContext {
  return {
    now: room.ambient.now(),
    accountTimeZone: room.account.timeZone,
    accountCurrency: room.account.currency,
    currencyOf: (symbol) => room.book.instrument(symbol)?.currency,
  }
}

/** The format of this id. Throws `NOT_FOUND` where there is none. */
export function formatOf(room: ImportRoom, id: string): ImportFormat {
  const format = room.shelf.formats.find((known) => known.id === id)
  if (format !== undefined) return format
  const ids = room.shelf.formats.map((known) => known.id).join(', ')
  throw new DeskRefusal('NOT_FOUND', `There is no import format "${id}"; choose one of ${ids}.`, 'format')
}
