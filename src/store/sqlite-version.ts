import Database from 'better-sqlite3'

/** The version of SQLite that keeps the books, such as 3.54.1. */
export function sqliteVersion(): string {
  const database = new Database(':memory:')
  try {
    return database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? ''
  } finally {
    database.close()
  }
}
