import { hash as digest } from 'node:crypto'
import type { BookWriter, ImportBatch } from '../../src/desk/ports.ts'
import type { Bar, CashFlow, Trade } from '../../src/domain/ledger/records.ts'
import { openForReading } from '../../src/store/connection.ts'
import { exampleFill } from '../domain/ledger/example-fill.ts'
import { exampleInstrument } from './example-decision.ts'

/** When everything in it happened. */
export const AT = Date.UTC(2026, 0, 5)

/** A batch with two instruments and what is given. */
export function batch(batchId: string, rows: Partial<ImportBatch> = {}): ImportBatch {
  return {
    batchId,
    at: AT,
    fileName: `${batchId}.csv`,
    fileHash: digest('sha256', batchId),
    format: 'csv-fills',
    accountId: 'main',
    instruments: [exampleInstrument('AAPL'), exampleInstrument('MSFT')],
    fills: [],
    trades: [],
    cashFlows: [],
    bars: [],
    marks: [],
    rates: [],
    skipped: [],
    ...rows,
  }
}

/** A deposit. */
export const flow = (flowId: string, amount: string): CashFlow => ({
  flowId,
  accountId: 'main',
  at: AT,
  kind: 'deposit',
  amount,
  currency: 'USD',
  accountAmount: amount,
  note: null,
  source: 'test',
  batchId: null,
})

/** A daily bar of AAPL. */
export const bar = (at: number, close: string): Bar => ({
  symbol: 'AAPL',
  interval: '1d',
  at,
  open: '10',
  high: '12',
  low: '9',
  close,
  volume: null,
})

/** An imported round trip in AAPL. */
export const trade = (tradeId: string, profit: string): Trade => ({
  tradeId,
  accountId: 'main',
  symbol: 'AAPL',
  strategy: null,
  tag: null,
  side: 'long',
  quantity: '1',
  entryAt: 1,
  entryPrice: '10',
  exitAt: 2,
  exitPrice: '11',
  fees: '0',
  profit,
  currency: 'USD',
  accountProfit: profit,
  r: null,
  origin: 'imported',
  batchId: null,
})

/** A batch with rows of every kind, nine in all. */
export const everything = (batchId: string): ImportBatch =>
  batch(batchId, {
    fills: [exampleFill('a', { executionId: 'x1' }), exampleFill('b', { symbol: 'MSFT', executionId: 'x2' })],
    trades: [trade('t', '1')],
    cashFlows: [flow('f', '100')],
    bars: [bar(AT, '11')],
    marks: [{ symbol: 'AAPL', price: '11', at: AT, source: 'statement' }],
    rates: [{ from: 'EUR', to: 'USD', rate: '1.1', at: AT, source: 'file' }],
  })

/** Hash over everything in the ledger, whichever batch it came with. */
export function digestOf(book: BookWriter): string {
  const connection = openForReading(book.info.path)
  const tables = ['instrument', 'fill', 'trade', 'cash_flow', 'bar', 'mark', 'rate']
  const rows = tables.map((table) =>
    connection
      .prepare<[], object>(`SELECT * FROM ${table}`)
      .all()
      .map((row) => JSON.stringify({ ...row, batch_id: undefined }))
      .sort(),
  )
  connection.close()
  return digest('sha256', JSON.stringify(rows))
}
