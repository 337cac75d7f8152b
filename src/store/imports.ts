import { hash as digest } from 'node:crypto'
import { StoreFault, type BatchResult, type BatchRow, type ImportBatch } from '../desk/ports.ts'
import { canonical, plain } from '../domain/kernel/canonical.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'
import { keyFills } from './duplicates.ts'
import { ledgerWriter } from './ledger.ts'
import { marketReader, marketWriter, type Added } from './market.ts'
import { settingsReader, settingsWriter } from './settings.ts'

/** What an import wrote, with the body of its row in the log. */
export interface WrittenBatch {
  readonly result: BatchResult
  /** Canonical JSON: file, counts and the SHA-256 of the rows as they were given. */
  readonly body: string
}

/** Adds batches, inside a transaction of the caller. */
export interface BatchWriter {
  /** The result of a batch that was written before under this id. */
  known(batchId: string): BatchResult | undefined
  /** Writes the rows that are new. Throws `NOT_FOUND` for an unknown account or instrument, `CONFLICT` for a row of another account. */
  write(batch: ImportBatch): WrittenBatch
  /** Enters the batch itself, after its row in the log. */
  enter(batch: ImportBatch, seq: number, result: BatchResult): void
}

type Counts = BatchResult['added']
type Counted = { -readonly [Kind in keyof Counts]: number }

/** Prepares importing. */
export function batchWriter(connection: WriteConnection): BatchWriter {
  const settings = { ...settingsReader(connection), ...settingsWriter(connection) }
  const ledger = ledgerWriter(connection)
  const market = marketWriter(connection)
  const rates = marketReader(connection)
  const enter = connection.prepare(
    `INSERT INTO import_batch (batch_id, seq, at, file_name, file_hash, format, account_id, added, rows, known, conflicts, skipped)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const entered = connection.prepare<[string], { added: string; known: number; conflicts: string }>(
    'SELECT added, known, conflicts FROM import_batch WHERE batch_id = ?',
  )

  function write(batch: ImportBatch): WrittenBatch {
    const account = settings.account(batch.accountId)
    if (account === undefined) {
      throw new StoreFault(
        'NOT_FOUND',
        `Account ${batch.accountId} is not in the book: add it before importing into it.`,
      )
    }
    refuseStrangeRows(batch)
    const added: Counted = { instruments: 0, fills: 0, trades: 0, cashFlows: 0, bars: 0, marks: 0, rates: 0 }
    const conflicts: string[] = []
    let known = 0
    const count = (kind: keyof Counts, done: Added, says: () => string): void => {
      if (done === 'added') added[kind] += 1
      else if (done === 'known') known += 1
      else conflicts.push(says())
    }
    const { batchId } = batch
    for (const spec of batch.instruments) {
      const held = settings.instrument(spec.symbol)
      const done = held === undefined ? 'added' : sameTerms(held, spec) ? 'known' : 'conflict'
      if (done === 'added') settings.addInstrument(spec, batchId)
      count(
        'instruments',
        done,
        () => `${spec.symbol}: the book has another currency or point value; its own was kept.`,
      )
    }
    for (const rate of batch.rates) {
      count(
        'rates',
        market.addRate(rate, batchId),
        () => `Rate ${rate.from} to ${rate.to} at ${time(rate.at)}: the book has another value; its own was kept.`,
      )
    }
    for (const { fill, key } of keyFills(batch.fills)) {
      const spec = settings.instrument(fill.symbol)
      if (spec === undefined) throw noInstrument(fill.symbol)
      const done = ledger.addFill({ ...fill, batchId }, key)
      count(
        'fills',
        done,
        () =>
          `Fill ${fill.executionId ?? fill.fillId} (${fill.side} ${fill.quantity} ${fill.symbol} at ${time(fill.at)}): the book has it with other values; its own were kept.`,
      )
      const fee = { from: fill.feeCurrency, to: spec.currency }
      const unpriced =
        Number(fill.fee) !== 0 && fee.from !== fee.to && !(fee.from === account.currency && fill.fxRate !== null)
      if (done === 'added' && unpriced && rates.rateAt(fee.from, fee.to, fill.at) === undefined) {
        conflicts.push(
          `Fill ${fill.executionId ?? fill.fillId}: its fee is in ${fee.from} and no rate to ${fee.to} is known at ${time(fill.at)}; import one so that its profit can be counted.`,
        )
      }
    }
    for (const trade of batch.trades) {
      count(
        'trades',
        ledger.addTrade({ ...trade, batchId }),
        () => `Trade ${trade.tradeId}: the book has it with other values; its own were kept.`,
      )
    }
    for (const flow of batch.cashFlows) {
      count(
        'cashFlows',
        ledger.addCashFlow({ ...flow, batchId }),
        () => `Cash flow ${flow.flowId}: the book has it with other values; its own were kept.`,
      )
    }
    for (const bar of batch.bars) {
      count(
        'bars',
        market.addBar(bar, batchId),
        () => `Bar ${bar.symbol} ${bar.interval} at ${time(bar.at)}: the book has other prices; its own were kept.`,
      )
    }
    for (const mark of batch.marks) {
      count(
        'marks',
        market.addMark(mark, batchId),
        () => `Price of ${mark.symbol} at ${time(mark.at)}: the book has another; its own was kept.`,
      )
    }
    const result = { batchId, added, known, conflicts }
    return { result, body: bodyOf(batch, result) }
  }

  return {
    known(batchId) {
      const row = entered.get(batchId)
      if (row === undefined) return undefined
      return {
        batchId,
        added: JSON.parse(row.added) as Counts,
        known: row.known,
        conflicts: JSON.parse(row.conflicts) as string[],
      }
    },
    write,
    enter(b, seq, { added, known, conflicts }) {
      const rows = Object.values(added).reduce((sum, kind) => sum + kind, 0)
      const lists = [JSON.stringify(conflicts), JSON.stringify(b.skipped)]
      enter.run(
        b.batchId,
        seq,
        b.at,
        b.fileName,
        b.fileHash,
        b.format,
        b.accountId,
        JSON.stringify(added),
        rows,
        known,
        ...lists,
      )
    },
  }
}

/** The batches of an open book, newest first. */
export function batchRows(connection: ReadConnection): readonly BatchRow[] {
  return connection
    .prepare<[], Omit<BatchRow, 'undoable' | 'says'> & { seq: number; accountId: string; skippedRows: string }>(
      `SELECT batch_id AS batchId, seq, at, file_name AS fileName, format, account_id AS accountId, rows,
         json_array_length(skipped) AS skipped, undone_at AS undoneAt FROM import_batch ORDER BY seq DESC`,
    )
    .all()
    .map(({ seq, accountId, ...row }) => {
      const hindrance = row.undoneAt === null ? laterUse(connection, row.batchId, seq, accountId) : 'It was undone.'
      return { ...row, undoable: hindrance === undefined, says: hindrance ?? 'It can be undone.' }
    })
}

/** The first decision that could have looked at rows of a batch, in a sentence; `undefined` where there is none. */
export function laterUse(
  connection: ReadConnection,
  batchId: string,
  seq: number,
  accountId: string,
): string | undefined {
  const decision = connection
    .prepare<Record<string, string | number>, { decision_id: string; recorded_at: number }>(
      `SELECT decision_id, recorded_at FROM decision
       WHERE seq > $seq AND EXISTS (SELECT 1 FROM import_batch WHERE batch_id = $batch AND rows > 0) AND (
         (account_id = $account AND (
           EXISTS (SELECT 1 FROM fill WHERE batch_id = $batch) OR EXISTS (SELECT 1 FROM trade WHERE batch_id = $batch)
           OR EXISTS (SELECT 1 FROM cash_flow WHERE batch_id = $batch)))
         OR EXISTS (SELECT 1 FROM rate WHERE batch_id = $batch)
         OR symbol IN (SELECT symbol FROM bar WHERE batch_id = $batch UNION SELECT symbol FROM mark WHERE batch_id = $batch
                       UNION SELECT symbol FROM instrument WHERE batch_id = $batch))
       ORDER BY seq LIMIT 1`,
    )
    .get({ seq, batch: batchId, account: accountId })
  if (decision === undefined) return undefined
  return `Decision ${decision.decision_id} of ${time(decision.recorded_at)} was made with it: reverse it with correcting rows instead.`
}

function refuseStrangeRows(batch: ImportBatch): void {
  const strange = [...batch.fills, ...batch.trades, ...batch.cashFlows].find((row) => row.accountId !== batch.accountId)
  if (strange === undefined) return
  const says = `The batch is for account ${batch.accountId} but holds a row of ${strange.accountId}: import each account on its own.`
  throw new StoreFault('CONFLICT', says)
}

/** The fault of a fill in something the book does not know. */
export function noInstrument(symbol: string): StoreFault {
  return new StoreFault('NOT_FOUND', `Instrument ${symbol} is not in the book: add it before its fills.`)
}

function sameTerms(
  held: { currency: string; pointValue: string },
  spec: { currency: string; pointValue: string },
): boolean {
  return held.currency === spec.currency && Number(held.pointValue) === Number(spec.pointValue)
}

function bodyOf(batch: ImportBatch, result: BatchResult): string {
  const { batchId, fileName, fileHash, format, accountId, instruments, fills, trades, cashFlows, bars, marks, rates } =
    batch
  const given = plain({ instruments, fills, trades, cashFlows, bars, marks, rates })
  const rowsHash = digest('sha256', canonical(given), 'hex')
  const { added, known, conflicts } = result
  const facts = {
    batchId,
    fileName,
    fileHash,
    format,
    accountId,
    rowsHash,
    added,
    known,
    conflicts,
    skipped: batch.skipped,
  }
  return canonical(facts)
}

function time(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}
