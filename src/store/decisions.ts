import {
  StoreFault,
  type AuditRow,
  type DecisionFilter,
  type DecisionRow,
  type RecordedDecision,
} from '../desk/ports.ts'
import type { BookInput } from '../domain/inputs.ts'
import { hash as digest } from 'node:crypto'
import { canonical } from '../domain/kernel/canonical.ts'
import { invariant } from '../domain/kernel/invariant.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'
import { readBookState, readDecision, type DecisionColumns } from './decision-record.ts'

/** Reads the decisions of an open book. */
export interface DecisionReader {
  decision(decisionId: string): RecordedDecision | undefined
  decisions(filter: DecisionFilter): { readonly rows: readonly DecisionRow[]; readonly total: number }
  recentDecisions(accountId: string, since: number): readonly DecisionRow[]
  bookByHash(hash: string): BookInput | undefined
}

/** Adds decisions, inside a transaction of the caller. */
export interface DecisionWriter {
  /** Keeps an account's state once, however many decisions use it. */
  keepState(hash: string, book: BookInput): void
  /** Throws SQLite's constraint error where the decision is known. */
  add(seq: number, columns: DecisionColumns): void
}

const COLUMNS = `d.decision_id AS decisionId, d.seq, d.recorded_at AS recordedAt, d.at, d.account_id AS accountId, d.kind,
  d.symbol, d.side, d.strategy, d.method, d.outcome, d.quantity, d.proposed, d.notional, d.risk_amount AS riskAmount,
  d.binding, iif(d.codes = '', NULL, substr(d.codes, 2, instr(substr(d.codes, 2), ' ') - 1)) AS code, d.says, a.hash`

/** Prepares reading decisions. */
export function decisionReader(connection: ReadConnection): DecisionReader {
  const byId = connection.prepare<[string], AuditRow>(
    'SELECT a.seq, a.at, a.kind, a.body, a.previous, a.hash FROM decision d JOIN audit a USING (seq) WHERE d.decision_id = ?',
  )
  const recent = connection.prepare<[number, string], DecisionRow>(
    `SELECT ${COLUMNS} FROM decision d JOIN audit a USING (seq)
     WHERE d.recorded_at >= ? AND d.account_id = ? ORDER BY d.recorded_at DESC, d.seq DESC`,
  )
  const state = connection.prepare<[string], string>('SELECT body FROM book_state WHERE hash = ?').pluck()
  return {
    decision(decisionId) {
      const row = byId.get(decisionId)
      return row === undefined ? undefined : recorded(decisionId, row)
    },
    decisions: (filter) => search(connection, filter),
    recentDecisions: (accountId, since) => recent.all(since, accountId),
    bookByHash(hash) {
      const body = state.get(hash)
      return body === undefined ? undefined : readBookState(body)
    },
  }
}

/** Prepares adding decisions. */
export function decisionWriter(connection: WriteConnection): DecisionWriter {
  const stateKnown = connection.prepare<[string], number>('SELECT 1 FROM book_state WHERE hash = ?').pluck()
  const addState = connection.prepare<[string, string]>('INSERT INTO book_state (hash, body) VALUES (?, ?)')
  const insert = connection.prepare(
    `INSERT INTO decision (seq, decision_id, recorded_at, at, account_id, kind, symbol, side, strategy, method, outcome,
       quantity, proposed, notional, risk_amount, binding, codes, says, search, book_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    keepState(hash, book) {
      if (stateKnown.get(hash) === 1) return
      const body = canonical(book)
      invariant(digest('sha256', body, 'hex') === hash, 'a state is kept under the hash of its canonical JSON')
      addState.run(hash, body)
    },
    add(seq, c) {
      insert.run(
        ...[seq, c.decision_id, c.recorded_at, c.at, c.account_id, c.kind, c.symbol, c.side, c.strategy, c.method],
        ...[c.outcome, c.quantity, c.proposed, c.notional, c.risk_amount, c.binding, c.codes, c.says, c.search],
        c.book_hash,
      )
    },
  }
}

/** What is read is what the log holds; a row that is not the decision asked for is a fault. */
function recorded(decisionId: string, row: AuditRow): RecordedDecision {
  const record = row.kind === 'decision' ? readDecision(row.body) : undefined
  if (record?.decisionId !== decisionId) {
    const says = `Row ${row.seq} of the log is not the decision ${decisionId} it is listed as: verify the log.`
    throw new StoreFault('LEDGER_UNVERIFIED', says)
  }
  return { ...record, seq: row.seq, recordedAt: row.at, hash: row.hash }
}

function search(connection: ReadConnection, filter: DecisionFilter): { rows: DecisionRow[]; total: number } {
  const conditions: string[] = []
  const values: (string | number)[] = []
  const where = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return
    conditions.push(condition)
    values.push(value)
  }
  where('d.symbol = ?', filter.symbol)
  where('d.outcome = ?', filter.outcome)
  where('d.strategy = ?', filter.strategy)
  where('instr(d.codes, ?) > 0', filter.code === undefined ? undefined : ` ${filter.code} `)
  where('d.recorded_at >= ?', filter.from)
  where('d.recorded_at <= ?', filter.to)
  for (const word of (filter.text ?? '').toLowerCase().split(/\s+/)) {
    if (word !== '') where('instr(d.search, ?) > 0', word)
  }
  const matching = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const total = connection
    .prepare<unknown[], number>(`SELECT count(*) FROM decision d ${matching}`)
    .pluck()
    .get(...values)
  where('d.seq < ?', filter.beforeSeq)
  const page = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const rows = connection
    .prepare<unknown[], DecisionRow>(
      `SELECT ${COLUMNS} FROM decision d JOIN audit a USING (seq) ${page} ORDER BY d.seq DESC LIMIT ?`,
    )
    .all(...values, filter.limit)
  return { rows, total: total ?? 0 }
}
