import type { ImportRoom } from '../../../src/desk/import/import-room.ts'

/** Column names of `row`. */
export const HEADER = 'Time,Symbol,Side,Quantity,Price,Fee,Currency\n'
/** A line with a fill in SAP at a second of one minute. */
export const row = (second: number, side = 'buy', quantity = '1', price = '10.5'): string =>
  `2024-01-02T10:00:${String(second).padStart(2, '0')}Z,SAP,${side},${quantity},${price},0.5,EUR\n`

/** All fills of the book, as text that is equal for equal ledgers. */
export const digest = (room: ImportRoom): string =>
  JSON.stringify(room.book.fills('main').map((fill) => ({ ...fill, batchId: null })))
