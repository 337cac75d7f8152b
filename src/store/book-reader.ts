import { StoreFault, type BookInfo, type BookKind, type BookReader } from '../desk/ports.ts'
import { auditReader } from './audit-log.ts'
import { journalPathOf } from './book-file.ts'
import type { ReadConnection } from './connection.ts'
import { decisionReader } from './decisions.ts'
import { batchRows } from './imports.ts'
import { deskStateReader, type DeskStateReader } from './desk-states.ts'
import { ledgerReader } from './ledger.ts'
import { marketReader } from './market.ts'
import { matchedTrades } from './matched-trades.ts'
import { orderReader } from './orders.ts'
import { settingsReader } from './settings.ts'
import { simulationReader } from './simulations.ts'
import { readStateCopy } from './state-copy.ts'
import { asStoreFault } from './store-fault.ts'
import { verify } from './verify.ts'

/** Who a book file says it is. Throws `LEDGER_UNVERIFIED` where it does not say. */
export function readBookInfo(path: string, connection: ReadConnection): BookInfo {
  const row = connection
    .prepare<[], { bookId: string; name: string; kind: BookKind; createdAt: number; clock: number | null }>(
      'SELECT book_id AS bookId, name, kind, created_at AS createdAt, clock FROM book',
    )
    .get()
  if (row === undefined) {
    throw new StoreFault('LEDGER_UNVERIFIED', `${path} does not say which book it is: restore it from a backup.`)
  }
  return { ...row, path }
}

/** All reads of an open book. Failures throw `StoreFault`. */
export function bookReader(path: string, connection: ReadConnection): BookReader {
  const audit = auditReader(connection)
  const market = marketReader(connection)
  const matched = matchedTrades(connection, (from, to, at) => market.rateAt(from, to, at))
  const ledger = ledgerReader(connection)
  const settings = settingsReader(connection)
  const decisions = decisionReader(connection)
  const version = connection.prepare<[], number>('SELECT ledger FROM version').pluck()
  return guardReads({
    info: readBookInfo(path, connection),
    version: () => version.get() ?? 0,
    ...settings,
    fills: (accountId, until = Number.MAX_SAFE_INTEGER) => ledger.fills(accountId, until),
    cashFlows: (accountId, until) => ledger.cashFlows(accountId, until),
    holdings: (accountId, until) => matched.holdings(accountId, until),
    trades: (accountId, filter = {}) => matched.trades(accountId, filter),
    ...market,
    ...decisions,
    ...simulationReader(connection),
    ...orderReader(connection),
    ...deskStates(path, connection),
    batches: () => batchRows(connection),
    auditRows: (fromSeq, limit) => audit.rows(fromSeq, limit),
    head: () => audit.head(),
    verify: () => verify(connection, journalPathOf(path)),
  })
}

/** The latch is kept three times: in its table, in the log, and in a file beside the book. */
function deskStates(path: string, connection: ReadConnection): DeskStateReader {
  const reader = deskStateReader(connection)
  return { ...reader, deskStates: () => [...reader.deskStates(), readStateCopy(path)] }
}

/** Gives each read's failure its sentence. */
function guardReads(reader: BookReader): BookReader {
  const guarded = Object.entries(reader).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member]
    const read = member as (...given: unknown[]) => unknown
    return [
      name,
      (...given: unknown[]) => {
        try {
          return read(...given)
        } catch (error) {
          throw asStoreFault(error, 'Reading the book')
        }
      },
    ]
  })
  return Object.fromEntries(guarded) as BookReader
}
