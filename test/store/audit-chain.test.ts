import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditRow, Verdict } from '../../src/desk/ports.ts'
import { rowHash } from '../../src/store/audit-log.ts'
import { closedBook, DECISIONS } from './closed-book.ts'
import { asAnotherProgram, withoutTriggers } from './tampering.ts'

describe('the log', () => {
  it('is verified and anchored while nobody touches it', () => {
    const { verdict, reopen } = closedBook()
    reopen()
    expect(verdict()).toMatchObject({ verdict: 'verified-anchored', rows: DECISIONS + 1 })
  })

  it.each([
    "UPDATE audit SET body = '{}' WHERE seq = 3",
    'UPDATE audit SET at = at + 1',
    'DELETE FROM audit WHERE seq = 4',
    'REPLACE INTO audit SELECT * FROM audit WHERE seq = 3',
    "INSERT INTO audit SELECT * FROM audit WHERE seq = 3 ON CONFLICT (seq) DO UPDATE SET body = '{}'",
    'UPDATE OR REPLACE audit SET seq = 4 WHERE seq = 3',
    "UPDATE decision SET quantity = '1'",
    'DELETE FROM decision',
    'REPLACE INTO decision SELECT * FROM decision WHERE seq = 3',
    'REPLACE INTO book_state SELECT * FROM book_state',
    "UPDATE book_state SET body = '{}'",
    'DELETE FROM book_state',
  ])('refuses %s', (sql) => {
    const { path, verdict } = closedBook(3)
    asAnotherProgram(path, (database) => {
      expect(() => database.exec(sql)).toThrow(/append-only/)
    })
    expect(verdict().verdict).toBe('verified-anchored')
  })

  it.each([
    ['a table dropped', 'DROP VIEW decision_step; DROP TABLE decision'],
    ['a guard dropped', 'DROP TRIGGER audit_no_update'],
    [
      'a guard of another wording',
      'DROP TRIGGER audit_no_delete; CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN 0 BEGIN SELECT 1; END',
    ],
    ['a trigger added', 'CREATE TRIGGER extra AFTER INSERT ON decision BEGIN SELECT 1; END'],
    ['a column added', 'ALTER TABLE audit ADD COLUMN extra TEXT'],
    ['a table renamed', 'ALTER TABLE book_state RENAME TO other'],
  ])('finds %s when the book is opened and when it is verified', (_, sql) => {
    const { path, verdict, reopen } = closedBook(2)
    asAnotherProgram(path, (database) => database.exec(sql))
    expect(reopen).toThrow(expect.objectContaining({ code: 'LEDGER_UNVERIFIED' }))
    let found: string
    try {
      found = verdict().verdict
    } catch (error) {
      found = error instanceof Error && 'code' in error ? String(error.code) : 'other'
    }
    expect(['broken', 'STORE_IO']).toContain(found)
  })
})

describe('a changed decision', () => {
  it('is found at every byte of every stored decision', () => {
    const { path, verdict } = closedBook(3)
    const bodies = asAnotherProgram(path, (database) =>
      database
        .prepare<[], { seq: number; body: Buffer }>(
          "SELECT seq, CAST(body AS BLOB) AS body FROM audit WHERE kind = 'decision'",
        )
        .all(),
    )
    let tried = 0
    for (const { seq, body } of bodies) {
      const row = rowOf(path, seq)
      for (let position = 0; position < body.length; position++) {
        const changed = Buffer.from(body)
        changed.writeUInt8(body.readUInt8(position) ^ (1 << (position % 8)), position)
        if (rowHash({ ...row, body: changed.toString('utf8') }) === row.hash)
          throw new Error(`byte ${position} of row ${seq}`)
        tried += 1
      }
    }
    expect(tried).toBeGreaterThan(20_000)
    // Through the file and the whole verification: a sample of the same flips.
    for (const { seq, body } of bodies) {
      for (const position of [0, 1, Math.floor(body.length / 2), body.length - 1]) {
        for (const bit of [0, 3, 7]) {
          const changed = Buffer.from(body)
          changed.writeUInt8(body.readUInt8(position) ^ (1 << bit), position)
          setBody(path, seq, changed)
          expect(verdict()).toMatchObject({ verdict: 'broken', at: seq })
        }
      }
      setBody(path, seq, body)
    }
    expect(verdict().verdict).toBe('verified-anchored')
  })

  it('is found wherever a bit of the file flips under it', () => {
    const { path, verdict } = closedBook(6)
    const whole = readFileSync(path)
    const before = verdict()
    fc.assert(
      fc.property(fc.integer({ min: 100, max: whole.length - 1 }), fc.integer({ min: 0, max: 7 }), (position, bit) => {
        const changed = Buffer.from(whole)
        changed.writeUInt8(whole.readUInt8(position) ^ (1 << bit), position)
        writeFileSync(path, changed)
        let now: Verdict
        try {
          now = verdict()
        } catch (error) {
          expect(error).toMatchObject({ name: 'StoreFault' })
          return
        }
        // A flip outside of the log and its lists (the ledger, unused bytes) leaves the log as it was, row for row.
        if (now.verdict !== 'broken') expect(now).toEqual(before)
      }),
      { numRuns: 150 },
    )
    writeFileSync(path, whole)
  })

  it.each([
    ['seq', 'UPDATE audit SET seq = 99 WHERE seq = 5', 5],
    ['at', 'UPDATE audit SET at = at + 1 WHERE seq = 5', 5],
    ['kind', "UPDATE audit SET kind = 'limit' WHERE seq = 5", 5],
    ['previous', `UPDATE audit SET previous = '${'0'.repeat(64)}' WHERE seq = 5`, 5],
    ['hash', `UPDATE audit SET hash = '${'0'.repeat(64)}' WHERE seq = 5`, 5],
    ['first row', 'DELETE FROM audit WHERE seq = 1', 1],
    ['middle row', 'DELETE FROM audit WHERE seq = 7', 7],
    ['last row', 'DELETE FROM decision WHERE seq = 13; DELETE FROM audit WHERE seq = 13', 13],
    [
      'swap',
      'UPDATE audit SET seq = -1 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = -1',
      4,
    ],
    ['row in front', 'INSERT INTO audit SELECT 0, at, kind, previous, hash, body FROM audit WHERE seq = 1', 1],
    ['copied row', 'INSERT INTO audit SELECT 14, at, kind, previous, hash, body FROM audit WHERE seq = 13', 14],
    ['listed quantity', "UPDATE decision SET quantity = '999' WHERE seq = 6", 6],
    ['listed reason', "UPDATE decision SET codes = '' WHERE seq = 6", 6],
    ['unlisted decision', 'DELETE FROM decision WHERE seq = 6', 6],
    ['state of the account', "UPDATE book_state SET body = replace(body, '187.2', '187.3')", 2],
  ])('is found with the row it is in: %s', (_, sql, at) => {
    const { path, verdict } = closedBook()
    withoutTriggers(path, (database) => {
      database.pragma('ignore_check_constraints = ON')
      database.exec(sql)
    })
    expect(verdict()).toMatchObject({ verdict: 'broken', at })
  })
})

function rowOf(path: string, seq: number): AuditRow {
  return asAnotherProgram(
    path,
    (database) => database.prepare('SELECT * FROM audit WHERE seq = ?').get(seq) as AuditRow,
  )
}

function setBody(path: string, seq: number, body: Buffer): void {
  withoutTriggers(path, (database) =>
    database.prepare('UPDATE audit SET body = CAST(? AS TEXT) WHERE seq = ?').run(body, seq),
  )
}
