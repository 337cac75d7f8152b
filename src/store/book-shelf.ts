import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StoreFault, type Ambient, type BookReader, type BookShelf } from '../desk/ports.ts'
import { plain, type Plain } from '../domain/kernel/canonical.ts'
import { compareWithJournal } from './anchor.ts'
import { auditReader, BEFORE_FIRST, rowHash, rowText } from './audit-log.ts'
import { BOOK_ENDING, journalPathOf, noteOpen, refuseUnlessBook } from './book-file.ts'
import { bookReader, readBookInfo } from './book-reader.ts'
import { bookStore, type BookStore } from './book-store.ts'
import { createForWriting, openForReading, openForWriting, type ReadConnection } from './connection.ts'
import { openJournal } from './journal-file.ts'
import { takeWriterLock } from './lock.ts'
import { migrate, refuseOtherSteps } from './migrate.ts'
import { MIGRATIONS } from './migrations/registry.ts'
import { settingsWriter } from './settings.ts'
import { asStoreFault } from './store-fault.ts'
import { refuseChangedStructure } from './structure.ts'

type Listed = ReturnType<BookShelf['list']>[number]
type Clock = Pick<Ambient, 'now' | 'newId'>
type NewBook = Parameters<BookShelf['create']>[0]

/** Rows at the end of the log whose links and hashes are checked each time a book is opened for writing. */
const CHECKED_ROWS = 256

/** The books of a folder, which need not be there yet. Times and ids come from `ambient`. Failures throw `StoreFault`. */
export function bookShelf(folder: string, ambient: Clock): BookShelf {
  return {
    list() {
      if (!existsSync(folder)) return []
      const listed = readdirSync(folder)
        .filter((name) => name.endsWith(BOOK_ENDING))
        .map((name) => look(join(folder, name)))
      return listed.sort((a, b) => createdAt(b) - createdAt(a))
    },
    open: (path) => openStore(resolve(path), ambient),
    openReadOnly: (path) => openReader(resolve(path)),
    create(book) {
      const path = resolve(book.path ?? join(folder, `${fileName(book.name)}${BOOK_ENDING}`))
      makeBook(path, book, ambient.newId())
      return openStore(path, ambient)
    },
  }
}

function openStore(path: string, ambient: Clock): BookStore {
  refuseUnlessBook(path)
  const lock = takeWriterLock(path)
  const opened: (() => void)[] = [() => lock.release()]
  const close = (): void => opened.reverse().forEach((step) => step())
  try {
    const endNote = noteOpen(path)
    opened.push(endNote)
    const connection = openForWriting(path)
    opened.push(() => connection.close())
    migrate(path, connection, MIGRATIONS, ambient.now())
    refuseChangedStructure(path, connection, MIGRATIONS)
    refuseBrokenTail(path, connection)
    const journalPath = journalPathOf(path)
    const log = auditReader(connection)
    const { missing, note } = compareWithJournal(path, journalPath, log)
    const journal = openJournal(journalPath)
    opened.push(() => journal.close())
    if (missing.length > 0) {
      journal.append(missing.map((row) => Buffer.from(`${rowText(row)}\n`)))
      journal.flushNow()
    }
    const isNew = log.head().seq === 0
    const store = bookStore({ path, connection, journal, now: () => ambient.now(), released: close })
    if (isNew) store.note('book', firstFacts(store), store.info.createdAt)
    if (note !== undefined) store.note('state', note, ambient.now())
    return store
  } catch (error) {
    close()
    throw asStoreFault(error, `Opening ${path}`)
  }
}

function openReader(path: string): BookReader & { close(): void } {
  const connection = openForReading(path)
  try {
    refuseOtherSteps(path, connection, MIGRATIONS)
    if (Number(connection.pragma('user_version', { simple: true })) < MIGRATIONS.length) {
      throw new StoreFault(
        'CONFLICT',
        `${path} was made by an older Ballast: open it once for writing to bring it up to date.`,
      )
    }
    const endNote = noteOpen(path)
    return {
      ...bookReader(path, connection),
      close() {
        connection.close()
        endNote()
      },
    }
  } catch (error) {
    connection.close()
    throw asStoreFault(error, `Opening ${path}`)
  }
}

/** Builds the file beside its place and moves it there whole, so that a crash leaves no half-made book under its name. */
function makeBook(path: string, book: NewBook, bookId: string): void {
  mkdirSync(dirname(path), { recursive: true })
  refuseTaken(path)
  const lock = takeWriterLock(path)
  const building = `${path}.new`
  try {
    refuseTaken(path)
    for (const rest of [building, `${building}-wal`, `${building}-shm`]) rmSync(rest, { force: true })
    const connection = createForWriting(building)
    try {
      chmodSync(building, 0o600)
      migrate(building, connection, MIGRATIONS, book.at)
      connection
        .prepare('INSERT INTO book (id, book_id, name, kind, created_at, clock) VALUES (1, ?, ?, ?, ?, ?)')
        .run(bookId, book.name, book.kind, book.at, book.clock)
      settingsWriter(connection).saveAccount(book.account)
      connection.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      connection.close()
    }
    renameSync(building, path)
  } catch (error) {
    throw asStoreFault(error, `Making ${path}`)
  } finally {
    lock.release()
  }
}

function refuseTaken(path: string): void {
  for (const taken of [path, journalPathOf(path)]) {
    if (existsSync(taken)) throw new StoreFault('CONFLICT', `${taken} is there already: choose another name.`)
  }
}

/** Row 1 of the log: which book this is, and the account it began with. */
function firstFacts(store: BookStore): Plain {
  const { bookId, name, kind, createdAt, clock } = store.info
  return { bookId, name, kind, createdAt, clock, accounts: plain(store.accounts()) }
}

function refuseBrokenTail(path: string, connection: ReadConnection): void {
  const log = auditReader(connection)
  const { seq } = log.head()
  const from = Math.max(1, seq - CHECKED_ROWS + 1)
  let expected = from
  let previous = from === 1 ? BEFORE_FIRST : log.row(from - 1)?.hash
  for (const row of log.rows(from, CHECKED_ROWS)) {
    if (row.seq !== expected || row.previous !== previous || rowHash(row) !== row.hash) {
      const says = `${path} cannot be trusted: its log is broken at row ${expected}; nothing was changed, restore it from a backup.`
      throw new StoreFault('LEDGER_UNVERIFIED', says)
    }
    previous = row.hash
    expected += 1
  }
}

function look(path: string): Listed {
  try {
    const connection = openForReading(path)
    try {
      return { ok: true, info: readBookInfo(path, connection) }
    } finally {
      connection.close()
    }
  } catch (error) {
    const fault = asStoreFault(error, `Reading ${path}`)
    if (!(fault instanceof StoreFault)) throw fault
    return { ok: false, path, code: fault.code, says: fault.message }
  }
}

function createdAt(listed: Listed): number {
  return listed.ok ? listed.info.createdAt : Number.NEGATIVE_INFINITY
}

/** A file name that works on every system: letters, digits and dashes of the book's name. */
function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'book' : plain
}
