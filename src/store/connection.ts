import Database from 'better-sqlite3'
import { StoreFault } from '../desk/ports.ts'
import type { Brand } from '../domain/kernel/brand.ts'
import { APPLICATION_ID, refuseHeader, refuseUnlessBook } from './book-file.ts'
import { asStoreFault } from './store-fault.ts'

/** A connection that may read a book. */
export type ReadConnection = Brand<Database.Database, 'Reading' | 'Writing'>
/** The one connection of this process that may also write it. */
export type WriteConnection = Brand<Database.Database, 'Writing'>

/** Pages the write-ahead log may grow to before a commit moves it into the file itself; idle moments come first. */
export const LOG_PAGES = 1_000
/** Size of one page of a book. */
export const PAGE_BYTES = 4_096

/** First SQLite version without the reset bug of the write-ahead log. */
const LEAST_SQLITE = '3.51.3'

const EVERY_CONNECTION = {
  synchronous: 2,
  fullfsync: 1,
  checkpoint_fullfsync: 1,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  mmap_size: 0,
  busy_timeout: 2_000,
} as const

/** Opens an existing book for writing. Throws `StoreFault`; a file that is refused keeps its bytes. */
export function openForWriting(path: string): WriteConnection {
  refuseUnlessBook(path)
  return opened(path, { fileMustExist: true }, (database) => {
    refuseContents(path, database)
    prepareWriting(database)
    return database as WriteConnection
  })
}

/** Opens an existing book for reading. Throws `StoreFault`. */
export function openForReading(path: string): ReadConnection {
  refuseUnlessBook(path)
  return opened(path, { fileMustExist: true, readonly: true }, (database) => {
    refuseContents(path, database)
    setAll(database)
    return database as ReadConnection
  })
}

/** Makes a new, empty database for a book where nothing is yet. Throws `StoreFault`. */
export function createForWriting(path: string): WriteConnection {
  return opened(path, {}, (database) => {
    database.pragma(`page_size = ${PAGE_BYTES}`)
    database.pragma(`application_id = ${APPLICATION_ID}`)
    prepareWriting(database)
    return database as WriteConnection
  })
}

function opened<T>(path: string, options: Database.Options, prepare: (database: Database.Database) => T): T {
  let database: Database.Database | undefined
  try {
    database = new Database(path, options)
    refuseOldSqlite(database)
    return prepare(database)
  } catch (error) {
    database?.close()
    throw asStoreFault(error, `Opening ${path}`)
  }
}

function refuseContents(path: string, database: Database.Database): void {
  refuseHeader(path, integer(database, 'application_id'), integer(database, 'user_version'))
}

function prepareWriting(database: Database.Database): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal')
    throw new StoreFault('STORE_IO', `The book's disk does not allow a write-ahead log (${String(mode)}).`)
  setAll(database)
  set(database, 'wal_autocheckpoint', LOG_PAGES)
  set(database, 'journal_size_limit', 4 * LOG_PAGES * PAGE_BYTES)
}

function setAll(database: Database.Database): void {
  for (const [name, value] of Object.entries(EVERY_CONNECTION)) set(database, name, value)
}

/** Sets a pragma and reads it back: one that did not take is a fault, not a warning. */
function set(database: Database.Database, name: string, value: number): void {
  database.pragma(`${name} = ${value}`)
  const read = integer(database, name)
  if (read !== value) throw new StoreFault('STORE_IO', `SQLite refused the setting ${name} = ${value}: it is ${read}.`)
}

function integer(database: Database.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }))
}

function refuseOldSqlite(database: Database.Database): void {
  const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? ''
  if (version.localeCompare(LEAST_SQLITE, 'en', { numeric: true }) < 0) {
    throw new StoreFault('STORE_IO', `SQLite ${version} may lose data: version ${LEAST_SQLITE} or newer is needed.`)
  }
}
