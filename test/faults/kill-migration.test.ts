import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bookShelf } from '../../src/store/book-shelf.ts'
import type { WriteConnection } from '../../src/store/connection.ts'
import { migrate } from '../../src/store/migrate.ts'
import { MIGRATIONS } from '../../src/store/migrations/registry.ts'
import { exampleDecision } from '../store/example-decision.ts'
import { ACCOUNT, BEGIN, countingAmbient, temporaryFolder } from '../store/temporary-shelf.ts'
import { LONG_MIGRATIONS } from './long-migrations.ts'
import { runChild } from './run-child.ts'

const KILLS = Math.ceil(Number(process.env['BALLAST_KILLS'] ?? 12) / 2)
const child = join(import.meta.dirname, 'migrating-child.ts')

it(
  `leaves the old structure or the new one after ${KILLS} kills during migrations`,
  { timeout: 20_000 + KILLS * 5_000 },
  async () => {
    const shelf = bookShelf(temporaryFolder(), countingAmbient())
    let cut = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const created = shelf.create({ name: `Moved ${kill}`, kind: 'paper', clock: null, account: ACCOUNT, at: BEGIN })
      const decision = created.recordDecision(exampleDecision(1))
      const { path } = created.info
      created.close()
      const { says } = await runChild(child, [path], Math.random() * 400)
      expect(says).toBe('')
      const connection = new Database(path) as unknown as WriteConnection
      const structure = Number(connection.pragma('user_version', { simple: true }))
      const done = ['first', 'second'].filter((name) => {
        return connection.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined
      })
      expect(done).toEqual(['first', 'second'].slice(0, structure - MIGRATIONS.length))
      for (const name of done) {
        expect(connection.prepare(`SELECT count(*) FROM ${name} WHERE half = 'done'`).pluck().get()).toBe(60_000)
      }
      if (structure < LONG_MIGRATIONS.length) cut += 1
      migrate(path, connection, LONG_MIGRATIONS, 2)
      expect(connection.pragma('user_version', { simple: true })).toBe(LONG_MIGRATIONS.length)
      expect(connection.prepare('SELECT hash FROM audit WHERE seq = ?').pluck().get(decision.seq)).toBe(decision.hash)
      connection.close()
    }
    expect(cut, 'some kills fell into a step').toBeGreaterThan(0)
  },
)
