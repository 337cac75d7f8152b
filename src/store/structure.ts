import Database from 'better-sqlite3'
import { StoreFault } from '../desk/ports.ts'
import type { ReadConnection } from './connection.ts'
import type { Migration } from './migrations/registry.ts'

interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly sql: string
}

/**
 * Says what is wrong with the tables, triggers and views of a book, compared with those its migrations make: something
 * missing, changed, or a trigger that is not ours; `undefined` when nothing is.
 */
export function structureFault(connection: ReadConnection, migrations: readonly Migration[]): string | undefined {
  const fresh = new Database(':memory:')
  try {
    for (const migration of migrations) fresh.exec(migration.sql)
    const found = new Map(objects(connection).map((object) => [object.name, object]))
    for (const expected of objects(fresh)) {
      const object = found.get(expected.name)
      if (object === undefined) return `the ${expected.type} ${expected.name} is missing`
      if (object.sql !== expected.sql) return `the ${expected.type} ${expected.name} was changed`
      found.delete(expected.name)
    }
    const [stray] = [...found.values()].filter((object) => object.type === 'trigger')
    return stray === undefined ? undefined : `the trigger ${stray.name} was added`
  } finally {
    fresh.close()
  }
}

/** Throws `LEDGER_UNVERIFIED` where another program changed the structure of a book. */
export function refuseChangedStructure(
  path: string,
  connection: ReadConnection,
  migrations: readonly Migration[],
): void {
  const fault = structureFault(connection, migrations)
  if (fault === undefined) return
  const says = `${path} cannot be trusted: ${fault} in its structure, by another program; restore it from a backup.`
  throw new StoreFault('LEDGER_UNVERIFIED', says)
}

function objects(database: Database.Database): SchemaObject[] {
  return database
    .prepare<[], SchemaObject>(
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name <> 'migration' ORDER BY name",
    )
    .all()
}
