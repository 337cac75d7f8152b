import Database from 'better-sqlite3'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createForWriting, openForWriting } from '../../src/store/connection.ts'
import { copyPathOf, migrate } from '../../src/store/migrate.ts'
import { MIGRATIONS, type Migration } from '../../src/store/migrations/registry.ts'
import { exampleDecision } from './example-decision.ts'
import { temporaryBook, temporaryFolder } from './temporary-shelf.ts'

const next: Migration = { id: '9001_next', sql: 'CREATE TABLE next (a TEXT) STRICT; INSERT INTO next VALUES (1), (2)' }

describe('the steps of the structure', () => {
  it('are numbered without gaps and named after their files', () => {
    const files = readdirSync(join(import.meta.dirname, '../../src/store/migrations'))
    const ids = MIGRATIONS.map((migration) => migration.id)
    expect(files.filter((name) => name !== 'registry.ts').toSorted()).toEqual(ids.map((id) => `${id}.ts`))
    expect(ids.map((id) => Number(id.slice(0, 4)))).toEqual(ids.map((_, index) => index + 1))
  })

  it('run once each', () => {
    const connection = createForWriting(join(temporaryFolder(), 'x.ballast'))
    migrate('x', connection, MIGRATIONS, 7)
    migrate('x', connection, MIGRATIONS, 8)
    expect(connection.prepare('SELECT number, at FROM migration').all()).toEqual(
      MIGRATIONS.map((_, index) => ({ number: index + 1, at: 7 })),
    )
    expect(connection.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    connection.close()
  })

  it('keep a checked copy of the book as it was', () => {
    const { book, path } = temporaryBook()
    book.recordDecision(exampleDecision(1))
    book.close()
    const connection = openForWriting(path)
    migrate(path, connection, [...MIGRATIONS, next], 9)
    expect(connection.prepare('SELECT count(*) FROM next').pluck().get()).toBe(2)
    connection.close()
    const copy = new Database(copyPathOf(path, next.id), { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(copy.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(1)
    copy.close()
    expect(statSync(copyPathOf(path, next.id)).mode & 0o777).toBe(0o600)
  })

  it('leave the book as it was where one fails', () => {
    const { book, path } = temporaryBook()
    book.close()
    const connection = openForWriting(path)
    const broken = { id: '9001_broken', sql: `${next.sql}; INSERT INTO nowhere VALUES (1)` }
    expect(() => migrate(path, connection, [...MIGRATIONS, broken], 9)).toThrow(/nowhere/)
    expect(connection.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'next'").pluck().get()).toBe(0)
    connection.close()
  })

  it('are refused where the book ran others', () => {
    const { book, path } = temporaryBook()
    book.close()
    const connection = openForWriting(path)
    const [first, ...rest] = MIGRATIONS
    const changed = [{ id: first?.id ?? '', sql: `${first?.sql ?? ''} ` }, ...rest]
    expect(() => migrate(path, connection, changed, 9)).toThrow(expect.objectContaining({ code: 'STORE_FOREIGN' }))
    connection.close()
  })
})
