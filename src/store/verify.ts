import Database from 'better-sqlite3'
import { hash as digest } from 'node:crypto'
import type { AuditRow, Verdict } from '../desk/ports.ts'
import { auditReader, BEFORE_FIRST, readRowText, rowHash, rowText, type AuditReader } from './audit-log.ts'
import type { ReadConnection } from './connection.ts'
import { decisionColumns, readDecision, type DecisionColumns } from './decision-record.ts'
import { journalLines } from './journal-file.ts'
import { MIGRATIONS } from './migrations/registry.ts'
import { structureFault } from './structure.ts'

interface Fault {
  readonly at: number
  readonly says: string
}

interface Walk {
  rows: number
  head: string
  lastAt: number
  decisions: number
}

/**
 * Walks the whole log: numbers, links and hashes of its rows, what is listed of each decision, the stored states, and each
 * row's line in the journal. Names the first row that fails. A log that is whole but whose journal is missing, damaged or
 * has gaps is never called anchored. Reads the book; a reader beside a writer may call it.
 */
export function verify(connection: ReadConnection, journalPath: string): Verdict {
  const walk: Walk = { rows: 0, head: BEFORE_FIRST, lastAt: 0, decisions: 0 }
  try {
    const log = auditReader(connection)
    const journal = new JournalCursor(journalPath)
    try {
      const fault = walkRows(connection, log, journal, walk) ?? checkRest(connection, log, journal, walk)
      if (fault !== undefined) return broken(walk, fault)
      return journal.lackingSince === undefined ? anchored(walk) : notAnchored(walk, journal.lackingSince)
    } finally {
      journal.close()
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    return broken(walk, { at: walk.rows + 1, says: `the file is damaged (${error.message})` })
  }
}

function walkRows(connection: ReadConnection, log: AuditReader, journal: JournalCursor, walk: Walk): Fault | undefined {
  const listed = connection.prepare<[number], DecisionColumns>('SELECT * FROM decision WHERE seq = ?')
  for (const row of log.walk(-1)) {
    const at = walk.rows + 1
    if (row.seq !== at) return { at, says: `row ${at} is missing` }
    if (row.previous !== walk.head) return { at, says: 'it does not follow the row before it' }
    if (!/^[a-z-]+$/.test(row.kind) || rowHash(row) !== row.hash)
      return { at, says: 'its contents do not have its hash' }
    if (row.kind === 'decision') {
      if (!sameColumns(row, listed.get(row.seq))) return { at, says: 'the decision is not listed as it was recorded' }
      walk.decisions += 1
    }
    if (!journal.agrees(row)) return { at, says: 'the journal has another row there: one of the two was rewritten' }
    walk.rows = at
    walk.head = row.hash
    walk.lastAt = row.at
  }
  return walk.rows === 0 ? { at: 1, says: 'the log is empty' } : undefined
}

function checkRest(
  connection: ReadConnection,
  log: AuditReader,
  journal: JournalCursor,
  walk: Walk,
): Fault | undefined {
  const ahead = journal.rowAfter(walk.rows)
  // A writer beside this reader may have added rows since the walk began.
  if (ahead !== undefined && ahead.seq > log.head().seq) {
    return { at: walk.rows + 1, says: `the journal has rows up to ${ahead.seq} or more that the book has lost` }
  }
  const listed = connection
    .prepare<[number], number>('SELECT count(*) FROM decision WHERE seq <= ?')
    .pluck()
    .get(walk.rows)
  if (listed !== walk.decisions) return { at: 1, says: 'a decision is listed that was not recorded' }
  return checkStates(connection) ?? checkStructure(connection)
}

function checkStates(connection: ReadConnection): Fault | undefined {
  const users = connection.prepare<[string], number>('SELECT min(seq) FROM decision WHERE book_hash = ?').pluck()
  let first: Fault | undefined
  for (const { hash, body } of connection
    .prepare<[], { hash: string; body: string }>('SELECT hash, body FROM book_state')
    .iterate()) {
    if (digest('sha256', body, 'hex') === hash) continue
    const at = users.get(hash) ?? 1
    if (first === undefined || at < first.at) first = { at, says: 'the state of the account it used was changed' }
  }
  if (first !== undefined) return first
  const missing = connection
    .prepare<[], number | null>('SELECT min(seq) FROM decision WHERE book_hash NOT IN (SELECT hash FROM book_state)')
    .pluck()
    .get()
  return missing === null || missing === undefined
    ? undefined
    : { at: missing, says: 'the state of the account it used is missing' }
}

function checkStructure(connection: ReadConnection): Fault | undefined {
  const structure = structureFault(connection, MIGRATIONS)
  if (structure !== undefined) return { at: 1, says: `${structure}, by another program` }
  for (const table of ['decision', 'book_state']) {
    const check = connection.pragma(`integrity_check('${table}')`, { simple: true })
    if (check !== 'ok') return { at: 1, says: `the lists of decisions are damaged (${String(check)})` }
  }
  return undefined
}

function sameColumns(row: AuditRow, listed: DecisionColumns | undefined): boolean {
  if (listed === undefined) return false
  const recorded = decisionColumns(readDecision(row.body), row.at)
  return (Object.keys(recorded) as (keyof DecisionColumns)[]).every((column) => recorded[column] === listed[column])
}

/** Follows the journal beside the walk of the log. */
class JournalCursor {
  /** Time of the first row the journal lacks or has damaged. */
  lackingSince: number | undefined
  readonly #lines: Generator<string, undefined>
  #line: string | undefined

  constructor(path: string) {
    this.#lines = journalLines(path)
    this.#next()
  }

  /** Whether the journal does not contradict a row; one it lacks is noted. */
  agrees(row: AuditRow): boolean {
    const expected = rowText(row)
    for (;;) {
      if (this.#line === expected) {
        this.#next()
        return true
      }
      const written = this.#line === undefined ? undefined : readRowText(this.#line)
      if (written?.seq === row.seq) return false
      this.lackingSince ??= row.at
      if (this.#line === undefined || (written !== undefined && written.seq > row.seq)) return true
      this.#next()
      if (written === undefined) return true
    }
  }

  /** The first row the journal has beyond a number. */
  rowAfter(seq: number): AuditRow | undefined {
    while (this.#line !== undefined) {
      const row = readRowText(this.#line)
      if (row !== undefined && row.seq > seq) return row
      this.#next()
    }
    return undefined
  }

  close(): void {
    this.#lines.return(undefined)
  }

  #next(): void {
    const next = this.#lines.next()
    this.#line = next.done === true ? undefined : next.value
  }
}

function anchored(walk: Walk): Verdict {
  const says = `All ${walk.rows} rows are verified and anchored in the journal up to ${isoTime(walk.lastAt)}.`
  return { verdict: 'verified-anchored', rows: walk.rows, head: walk.head, anchoredAt: walk.lastAt, says }
}

function notAnchored(walk: Walk, since: number): Verdict {
  const says = `All ${walk.rows} rows are verified, not anchored since ${isoTime(since)}: the journal lacks rows from then.`
  return { verdict: 'verified-not-anchored', rows: walk.rows, head: walk.head, since, says }
}

function broken(walk: Walk, fault: Fault): Verdict {
  return {
    verdict: 'broken',
    rows: walk.rows,
    at: fault.at,
    says: `The log is broken at row ${fault.at}: ${fault.says}.`,
  }
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
