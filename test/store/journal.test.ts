import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditRow } from '../../src/desk/ports.ts'
import { BEFORE_FIRST, readRowText, rowHash, rowText } from '../../src/store/audit-log.ts'
import { journalPathOf } from '../../src/store/book-file.ts'
import { closedBook, DECISIONS } from './closed-book.ts'
import { exampleDecision } from './example-decision.ts'
import { withoutTriggers, type asAnotherProgram } from './tampering.ts'
import { temporaryBook, temporaryFolder } from './temporary-shelf.ts'

describe('the journal', () => {
  it('shows a tail that was cut, and opening refuses and changes nothing', () => {
    const { path, journal, verdict, reopen } = closedBook()
    withoutTriggers(path, (database) =>
      database.exec('DELETE FROM decision WHERE seq > 10; DELETE FROM audit WHERE seq > 10'),
    )
    const files = [readFileSync(path), readFileSync(journal)]
    expect(verdict()).toMatchObject({ verdict: 'broken', at: 11 })
    expect(reopen).toThrow(expect.objectContaining({ code: 'LEDGER_UNVERIFIED' }))
    expect([readFileSync(path), readFileSync(journal)]).toEqual(files)
  })

  it('shows an older file that was put back', () => {
    const { book, shelf, path } = temporaryBook()
    const folder = temporaryFolder()
    book.recordDecision(exampleDecision(1))
    book.close()
    copyFileSync(path, `${folder}/older`)
    const again = shelf.open(path)
    again.recordDecision(exampleDecision(2))
    again.close()
    copyFileSync(`${folder}/older`, path)
    expect(() => shelf.open(path)).toThrow(/its journal holds 1 later row/)
  })

  it('shows a log rewritten from end to end with fresh hashes', () => {
    const { path, verdict, reopen } = closedBook()
    withoutTriggers(path, rewriteChain)
    expect(verdict()).toMatchObject({ verdict: 'broken', at: 2 })
    expect(reopen).toThrow(expect.objectContaining({ code: 'LEDGER_UNVERIFIED' }))
  })

  it('once removed, leaves a log that is never called anchored again', () => {
    const { path, journal, verdict, reopen } = closedBook()
    withoutTriggers(path, rewriteChain)
    rmSync(journal)
    expect(verdict()).toMatchObject({ verdict: 'verified-not-anchored', rows: DECISIONS + 1 })
    reopen()
    expect(verdict()).toMatchObject({ verdict: 'verified-not-anchored', rows: DECISIONS + 2 })
  })

  it('is not needed to see one row rewritten with a fresh hash of its own', () => {
    const { path, journal, verdict } = closedBook()
    withoutTriggers(path, (database) => {
      const row = database.prepare<[], AuditRow>('SELECT * FROM audit WHERE seq = 5').get()
      if (row === undefined) throw new Error('row 5 is there')
      const at = row.at + 1
      database.prepare('UPDATE audit SET at = ?, hash = ? WHERE seq = 5').run(at, rowHash({ ...row, at }))
      database.prepare('UPDATE decision SET recorded_at = ? WHERE seq = 5').run(at)
    })
    expect(verdict()).toMatchObject({ verdict: 'broken', at: 5 })
    rmSync(journal)
    expect(verdict()).toMatchObject({ verdict: 'broken', at: 6 })
  })

  it('with a line damaged or missing is no anchor from that row on', () => {
    const { journal, verdict } = closedBook()
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n')
    const since = (changed: string[]) => {
      writeFileSync(journal, `${changed.join('\n')}\n`)
      return verdict()
    }
    const fifth = readRowText(lines[4] ?? '')?.at
    expect(since(lines.with(4, (lines[4] ?? '').replace('AAPL', 'AAPM')))).toMatchObject({
      verdict: 'verified-not-anchored',
      since: fifth,
    })
    expect(since(lines.toSpliced(4, 1))).toMatchObject({ verdict: 'verified-not-anchored', since: fifth })
    expect(since(lines)).toMatchObject({ verdict: 'verified-anchored' })
  })

  it('is completed, and this noted, where a crash or power cut left it a little behind', () => {
    const { book, shelf, path } = temporaryBook()
    for (let n = 1; n <= 5; n++) book.recordDecision(exampleDecision(n))
    book.close()
    const journal = journalPathOf(path)
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n')
    writeFileSync(journal, `${lines.slice(0, 4).join('\n')}\n${lines[4]?.slice(0, 700) ?? ''}`)
    const again = shelf.open(path)
    expect(again.auditRows(7, 1)[0]).toMatchObject({
      kind: 'state',
      body: '{"event":"journal-completed","fromSeq":"5","untilSeq":"6"}',
    })
    expect(again.verify()).toMatchObject({ verdict: 'verified-anchored', rows: 7 })
    again.close()
    expect(readFileSync(journal, 'utf8').split('\n').slice(0, 6)).toEqual(lines)
  })

  it('that ends in room for more is read to its last line', () => {
    const { book, shelf, path } = temporaryBook()
    book.settle()
    book.recordDecision(exampleDecision(1))
    expect(readFileSync(journalPathOf(path)).at(-1)).toBe(0)
    expect(book.verify()).toMatchObject({ verdict: 'verified-anchored', rows: 2 })
    book.close()
    expect(readFileSync(journalPathOf(path)).at(-1)).toBe(10)
    shelf.open(path).close()
  })

  it('far behind is not completed but stays a gap', () => {
    const { path, journal, verdict, reopen } = closedBook(1)
    const text = readFileSync(journal, 'utf8')
    withoutTriggers(path, (database) => lengthenChain(database, 1_200))
    reopen()
    const [note] = readFileSync(journal, 'utf8').slice(text.length).trimEnd().split('\n')
    expect(readRowText(note ?? '')?.body).toBe('{"event":"journal-gap","fromSeq":"3","untilSeq":"1202"}')
    expect(readFileSync(journal, 'utf8').startsWith(text)).toBe(true)
    expect(verdict()).toMatchObject({ verdict: 'verified-not-anchored', rows: 1_203 })
  })

  it('whose last line is damaged stops the book from being opened for writing', () => {
    const { journal, reopen } = closedBook()
    const text = readFileSync(journal, 'utf8')
    writeFileSync(journal, text.replace(/"seq":"13"\}\n$/, '"seq":"12"}\n'))
    expect(reopen).toThrow(/last line of its journal/)
    truncateSync(journal, 0)
    expect(reopen).not.toThrow()
  })
})

describe('a line of the journal', () => {
  it('reads back as the row it was written from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: -1e12, max: 1e15 }), fc.json(), (seq, at, body) => {
        const unsigned = { seq, at, kind: 'import-undo', body, previous: BEFORE_FIRST } as const
        const row = { ...unsigned, hash: rowHash(unsigned) }
        expect(readRowText(rowText(row))).toEqual(row)
        expect(readRowText(rowText({ ...row, at: at + 1 }))).toBeUndefined()
      }),
    )
  })
})

type Database = Parameters<Parameters<typeof asAnotherProgram>[1]>[0]

/** What somebody with both hands in the file would do: another quantity in row 2, and every later hash made to fit. */
function rewriteChain(database: Database): void {
  const rows = database.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq').all()
  let previous = BEFORE_FIRST
  for (const row of rows) {
    const body = row.seq === 2 ? row.body.replaceAll('"proposed":"238"', '"proposed":"138"') : row.body
    const unsigned = { ...row, body, previous }
    previous = rowHash(unsigned)
    database
      .prepare('UPDATE audit SET body = ?, previous = ?, hash = ? WHERE seq = ?')
      .run(body, unsigned.previous, previous, row.seq)
  }
  database.exec("UPDATE decision SET proposed = '138' WHERE seq = 2")
}

function lengthenChain(database: Database, count: number): void {
  const insert = database.prepare('INSERT INTO audit (seq, at, kind, previous, hash, body) VALUES (?, ?, ?, ?, ?, ?)')
  let head = database.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM audit ORDER BY seq DESC').get()
  for (let n = 0; n < count && head !== undefined; n++) {
    const row = { seq: head.seq + 1, at: 1, kind: 'state', body: '{}', previous: head.hash } as const
    head = { seq: row.seq, hash: rowHash(row) }
    insert.run(row.seq, row.at, row.kind, row.previous, head.hash, row.body)
  }
}
