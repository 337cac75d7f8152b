import Database from 'better-sqlite3'
import { hash as digest } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { StoreFault } from '../desk/ports.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'
import type { Migration } from './migrations/registry.ts'

interface RunMigration {
  readonly number: number
  readonly id: string
  readonly hash: string
}

/**
 * Brings a book to the newest structure. Each step runs once, in one transaction with its number and the hash of its text,
 * so that a crash leaves the old structure or the new one. Before the first step on a book with contents a checked copy
 * is kept beside it. `at` is the UTC time noted. Throws `STORE_FOREIGN` where a step that ran was another one.
 */
export function migrate(path: string, connection: WriteConnection, migrations: readonly Migration[], at: number): void {
  refuseOtherSteps(path, connection, migrations)
  const done = ranSteps(connection).length
  if (done >= migrations.length) return
  if (done > 0) keepCopy(path, connection, migrations[done]?.id ?? '')
  const create =
    'CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, id TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL) STRICT'
  for (const [index, migration] of migrations.entries()) {
    if (index < done) continue
    const number = index + 1
    connection
      .transaction(() => {
        connection.exec(create)
        connection.exec(migration.sql)
        connection
          .prepare('INSERT INTO migration (number, id, hash, at) VALUES (?, ?, ?, ?)')
          .run(number, migration.id, hashOf(migration), at)
        connection.pragma(`user_version = ${number}`)
      })
      .immediate()
  }
}

/** Throws `STORE_FOREIGN` where the steps a book ran are not the first of `migrations`. */
export function refuseOtherSteps(path: string, connection: ReadConnection, migrations: readonly Migration[]): void {
  for (const [index, ran] of ranSteps(connection).entries()) {
    const ours = migrations[index]
    if (ours === undefined || ran.number !== index + 1 || ran.hash !== hashOf(ours)) {
      const says = `${path} was made by another build of Ballast (step ${ran.number} "${ran.id}" differs): open it with that build.`
      throw new StoreFault('STORE_FOREIGN', says)
    }
  }
}

/** Path of the copy kept before the step `id` runs. */
export const copyPathOf = (path: string, id: string): string => `${path}.before-${id}.copy`

function ranSteps(connection: ReadConnection): RunMigration[] {
  const table = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'").get()
  if (table === undefined) return []
  return connection.prepare<[], RunMigration>('SELECT number, id, hash FROM migration ORDER BY number').all()
}

function keepCopy(path: string, connection: WriteConnection, id: string): void {
  const copyPath = copyPathOf(path, id)
  rmSync(copyPath, { force: true })
  connection.prepare('VACUUM INTO ?').run(copyPath)
  chmodSync(copyPath, 0o600)
  const copy = new Database(copyPath, { readonly: true, fileMustExist: true })
  try {
    const check = copy.pragma('integrity_check(1)', { simple: true })
    if (check !== 'ok')
      throw new StoreFault('STORE_IO', `The copy ${copyPath} is damaged (${String(check)}): the book was not changed.`)
  } finally {
    copy.close()
  }
}

function hashOf(migration: Migration): string {
  return digest('sha256', `${migration.id}\n${migration.sql}`, 'hex')
}
