import { hash as digest } from 'node:crypto'
import type { AuditKind, AuditRow } from '../desk/ports.ts'
import { invariant } from '../domain/kernel/invariant.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'

/** Where a chain stands: its last row's number and hash; number 0 before the first row. */
export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** What row 1 names as its predecessor. */
export const BEFORE_FIRST = '0'.repeat(64)

/** A row just added: where it stands, and its line for the journal with the line break, valid until `begin`. */
export interface AppendedRow extends ChainHead {
  readonly line: Buffer
}

/** Appends to the chain, inside a transaction of the caller. */
export interface AuditLog {
  head(): ChainHead
  /** Called once per transaction, before its first row. */
  begin(): void
  /** Adds the next row; `body` is canonical JSON. */
  append(kind: AuditKind, at: number, body: string): AppendedRow
  /** Takes the head from the file again, after a transaction was rolled back. */
  reload(): void
}

/** Reads the chain. */
export interface AuditReader {
  head(): ChainHead
  row(seq: number): AuditRow | undefined
  /** Rows from `fromSeq` on, in order, at most `limit`. */
  rows(fromSeq: number, limit: number): readonly AuditRow[]
  /** All rows from `fromSeq` on, one at a time, as of the moment the first is taken. */
  walk(fromSeq: number): IterableIterator<AuditRow>
}

const DOMAIN = '\u0000ballast1'

/** SHA-256 (hex) over 0x00, `ballast1`, the previous hash in hex and the canonical JSON of the row without its hash. */
export function rowHash(row: Omit<AuditRow, 'hash'>): string {
  return digest('sha256', `${DOMAIN}${row.previous}${beforeHash(row)}${afterHash(row)}`, 'hex')
}

/** Canonical JSON of a whole row, its hash in it: one line of the journal. */
export function rowText(row: AuditRow): string {
  return `${beforeHash(row)},"hash":"${row.hash}"${afterHash(row)}`
}

/**
 * Row number, kind and hashes out of a journal line; `undefined` where it is no row or does not carry its own hash. Members
 * stand in a fixed order, so that the end is found without reading the body.
 */
export function readRowText(line: string): AuditRow | undefined {
  const start = /^\{"at":"(-?\d{1,16})","body":/.exec(line)
  const end = /,"hash":"([0-9a-f]{64})","kind":"([a-z-]+)","previous":"([0-9a-f]{64})","seq":"(\d{1,16})"\}$/.exec(
    line.slice(-240),
  )
  if (start === null || end === null) return undefined
  const [, at = ''] = start
  const [whole, hash = '', kind = '', previous = '', seq = ''] = end
  const body = line.slice(start[0].length, line.length - whole.length)
  const row = { seq: Number(seq), at: Number(at), kind: kind as AuditKind, body, previous, hash }
  return rowHash(row) === hash ? row : undefined
}

/** Prepares appending to the log of an open book. */
export function auditLog(connection: WriteConnection): AuditLog {
  const insert = connection.prepare(
    'INSERT INTO audit (seq, at, kind, previous, hash, body) VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT))',
  )
  const reader = auditReader(connection)
  let head = reader.head()
  let bytes = Buffer.allocUnsafe(64 * 1024)
  let used = 0
  return {
    head: () => head,
    begin() {
      used = 0
    },
    append(kind, at, body) {
      invariant(connection.inTransaction, 'a row of the log is written in a transaction')
      invariant(Number.isSafeInteger(at), 'a row of the log has a whole number of milliseconds')
      const seq = head.seq + 1
      const previous = head.hash
      // The body is turned into bytes once; its hash, its row and its line are made of these.
      const opening = DOMAIN + previous
      const closing = afterHash({ kind, previous, seq })
      const most = 3 * body.length + 1_024
      if (bytes.length < used + most) {
        bytes = Buffer.allocUnsafe(2 * most)
        used = 0
      }
      const from = used
      const bodyFrom = from + bytes.write(opening + beforeBody(at), from, 'latin1')
      const bodyTo = bodyFrom + bytes.write(body, bodyFrom, 'utf8')
      const hashedTo = bodyTo + bytes.write(closing, bodyTo, 'latin1')
      const hash = digest('sha256', bytes.subarray(from, hashedTo), 'hex')
      insert.run(seq, at, kind, previous, hash, bytes.subarray(bodyFrom, bodyTo))
      const lineTo = bodyTo + bytes.write(`,"hash":"${hash}"${closing}\n`, bodyTo, 'latin1')
      head = { seq, hash }
      used = lineTo
      return { seq, hash, line: bytes.subarray(from + opening.length, lineTo) }
    },
    reload() {
      head = reader.head()
    },
  }
}

/** Prepares reading the log of an open book. */
export function auditReader(connection: ReadConnection): AuditReader {
  const columns = 'seq, at, kind, body, previous, hash'
  const last = connection.prepare<[], ChainHead>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1')
  const one = connection.prepare<[number], AuditRow>(`SELECT ${columns} FROM audit WHERE seq = ?`)
  const some = connection.prepare<[number, number], AuditRow>(
    `SELECT ${columns} FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?`,
  )
  const every = connection.prepare<[number], AuditRow>(`SELECT ${columns} FROM audit WHERE seq >= ? ORDER BY seq`)
  return {
    head: () => last.get() ?? { seq: 0, hash: BEFORE_FIRST },
    row: (seq) => one.get(seq),
    rows: (fromSeq, limit) => some.all(fromSeq, limit),
    walk: (fromSeq) => every.iterate(fromSeq),
  }
}

function beforeHash(row: { readonly at: number; readonly body: string }): string {
  return beforeBody(row.at) + row.body
}

function beforeBody(at: number): string {
  return `{"at":"${at}","body":`
}

function afterHash(row: { readonly kind: string; readonly previous: string; readonly seq: number }): string {
  return `,"kind":"${row.kind}","previous":"${row.previous}","seq":"${row.seq}"}`
}
