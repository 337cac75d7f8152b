import Database from 'better-sqlite3'

/** Opens a book as another program would: none of our settings, and the guards that can be dropped dropped. */
export function asAnotherProgram<T>(path: string, action: (database: Database.Database) => T): T {
  const database = new Database(path)
  try {
    database.unsafeMode(true)
    return action(database)
  } finally {
    database.close()
  }
}

/** Changes the book with its triggers out of the way and puts them back as they were. */
export function withoutTriggers(path: string, action: (database: Database.Database) => void): void {
  asAnotherProgram(path, (database) => {
    const triggers = database
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all()
    database.pragma('foreign_keys = OFF')
    for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
    action(database)
    for (const { sql } of triggers) database.exec(sql)
  })
}
