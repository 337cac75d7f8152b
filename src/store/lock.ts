import Database from 'better-sqlite3'
import { chmodSync } from 'node:fs'
import { StoreFault } from '../desk/ports.ts'
import { lockPathOf } from './book-file.ts'
import { asStoreFault } from './store-fault.ts'

/** The right to write one book, held until it is let go or the process ends, however it ends. */
export interface WriterLock {
  release(): void
}

/**
 * Takes the right to write a book. The operating system holds it: a write lock on a small file beside the book, which a
 * killed process cannot leave behind. Throws `STORE_BUSY` naming the process that has it.
 */
export function takeWriterLock(path: string): WriterLock {
  const lockPath = lockPathOf(path)
  let database: Database.Database | undefined
  try {
    database = new Database(lockPath, { timeout: 0 })
    chmodSync(lockPath, 0o600)
    // Only the lock matters: what the file holds is a hint for people.
    database.pragma('synchronous = OFF')
    begin(database, path)
    database.exec('CREATE TABLE IF NOT EXISTS writer (id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL)')
    database.prepare('INSERT OR REPLACE INTO writer (id, pid) VALUES (1, ?)').run(process.pid)
    database.pragma('busy_timeout = 2000')
    database.exec('COMMIT')
    database.pragma('busy_timeout = 0')
    begin(database, path)
  } catch (error) {
    database?.close()
    throw asStoreFault(error, `Locking ${path}`)
  }
  const held = database
  return {
    release() {
      if (held.open) held.close()
    },
  }
}

function begin(database: Database.Database, path: string): void {
  try {
    database.exec('BEGIN IMMEDIATE')
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error
    const who = holder(database)
    const says = `${path} is open for writing in ${who}: close it there, or open it for reading here.`
    throw new StoreFault('STORE_BUSY', says, { cause: error })
  }
}

function holder(database: Database.Database): string {
  database.pragma('busy_timeout = 500')
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'writer'").get()
  const pid = table === undefined ? undefined : database.prepare<[], number>('SELECT pid FROM writer').pluck().get()
  if (pid === undefined) return 'another process'
  return pid === process.pid ? `this process (${pid})` : `process ${pid}`
}
