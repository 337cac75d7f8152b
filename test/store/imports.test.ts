import { hash as digest } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BatchResult, BookWriter, ImportBatch } from '../../src/desk/ports.ts'
import type { Bar, CashFlow, Fill, Trade } from '../../src/domain/ledger/records.ts'
import { openForReading } from '../../src/store/connection.ts'
import { exampleFill } from '../domain/ledger/example-fill.ts'
import { exampleDecision, exampleInstrument } from './example-decision.ts'
import { temporaryBook } from './temporary-shelf.ts'

const AT = Date.UTC(2026, 0, 5)

function batch(batchId: string, rows: Partial<ImportBatch> = {}): ImportBatch {
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

const flow = (flowId: string, amount: string): CashFlow => ({
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

const bar = (at: number, close: string): Bar => ({
  symbol: 'AAPL',
  interval: '1d',
  at,
  open: '10',
  high: '12',
  low: '9',
  close,
  volume: null,
})

const trade = (tradeId: string, profit: string): Trade => ({
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

const everything = (batchId: string): ImportBatch =>
  batch(batchId, {
    fills: [exampleFill('a', { executionId: 'x1' }), exampleFill('b', { symbol: 'MSFT', executionId: 'x2' })],
    trades: [trade('t', '1')],
    cashFlows: [flow('f', '100')],
    bars: [bar(AT, '11')],
    marks: [{ symbol: 'AAPL', price: '11', at: AT, source: 'statement' }],
    rates: [{ from: 'EUR', to: 'USD', rate: '1.1', at: AT, source: 'file' }],
  })

const total = (result: BatchResult): number => Object.values(result.added).reduce((sum, count) => sum + count, 0)

describe('a file imported twice', () => {
  it('adds nothing the second time', () => {
    const { book } = temporaryBook()
    const first = book.importBatch(everything('one'))
    expect(first.added).toEqual({ instruments: 2, fills: 2, trades: 1, cashFlows: 1, bars: 1, marks: 1, rates: 1 })
    const before = digestOf(book)
    const second = book.importBatch(everything('two'))
    expect([total(second), second.known, second.conflicts]).toEqual([0, 9, []])
    expect(digestOf(book)).toBe(before)
  })

  it('under the same id is the same import', () => {
    const { book } = temporaryBook()
    const first = book.importBatch(everything('one'))
    const head = book.head()
    expect(book.importBatch(everything('one'))).toEqual(first)
    expect(book.head()).toEqual(head)
    expect(book.batches()).toHaveLength(1)
  })

  it('keeps true twins, and as many as any one file has', () => {
    const { book } = temporaryBook()
    const twins = (count: number): Fill[] =>
      Array.from({ length: count }, (_, n) => exampleFill(`twin-${n}`, { price: n % 2 === 0 ? '50' : '50.00' }))
    expect(book.importBatch(batch('one', { fills: twins(2) })).added.fills).toBe(2)
    expect(book.importBatch(batch('two', { fills: twins(2) })).added.fills).toBe(0)
    expect(book.importBatch(batch('three', { fills: twins(3) })).added.fills).toBe(1)
    expect(book.fills('main')).toHaveLength(3)
  })

  it('lists what differs under one execution id and leaves the book as it is', () => {
    const { book } = temporaryBook()
    book.importBatch(everything('one'))
    const before = digestOf(book)
    const other = everything('two')
    const result = book.importBatch({
      ...other,
      fills: [exampleFill('a', { executionId: 'x1', price: '51' })],
      trades: [trade('t', '2')],
      cashFlows: [flow('f', '101')],
      bars: [bar(AT, '11.5')],
      marks: [{ symbol: 'AAPL', price: '12', at: AT, source: 'statement' }],
      rates: [{ from: 'EUR', to: 'USD', rate: '1.2', at: AT, source: 'file' }],
      instruments: [exampleInstrument('AAPL', { pointValue: '50' })],
    })
    expect([total(result), result.conflicts.length]).toEqual([0, 7])
    expect(result.conflicts.join('\n')).toMatch(/Fill x1 .*its own were kept/)
    expect(digestOf(book)).toBe(before)
  })

  it('does not call what the trader noted on a fill a difference', () => {
    const { book } = temporaryBook()
    book.importBatch(batch('one', { fills: [exampleFill('a', { executionId: 'x1', stop: '48', tag: 'plan' })] }))
    const again = book.importBatch(batch('two', { fills: [exampleFill('a', { executionId: 'x1' })] }))
    expect(again.conflicts).toEqual([])
    expect(book.fills('main')[0]).toMatchObject({ stop: '48', tag: 'plan', batchId: 'one' })
  })

  it('gives one set of fills in whatever pieces and order it comes', () => {
    const rows = fc.array(fc.record({ at: fc.integer({ min: 0, max: 2 }), price: fc.constantFrom('1', '2') }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 8 }), (list, cut) => {
        const fills = list.map((row, index) => exampleFill(`f${index}`, { ...row, executionId: `e${index}` }))
        const { book } = temporaryBook()
        book.importBatch(batch('b', { fills: fills.slice(cut).reverse() }))
        book.importBatch(batch('a', { fills }))
        expect(book.fills('main').map((fill) => fill.fillId)).toEqual(
          fills.toSorted((a, b) => a.at - b.at || (a.fillId < b.fillId ? -1 : 1)).map((fill) => fill.fillId),
        )
        book.close()
      }),
      { numRuns: 15 },
    )
  })
})

describe('an import that cannot be', () => {
  it.each([
    ['an unknown account', { accountId: 'nobody' }, 'NOT_FOUND'],
    ['an unknown instrument', { fills: [exampleFill('a', { symbol: 'XYZ' })] }, 'NOT_FOUND'],
    ['rows of another account', { fills: [exampleFill('a', { accountId: 'other' })] }, 'CONFLICT'],
    ['a quantity that is none', { fills: [exampleFill('a', { quantity: '-1' })] }, 'CONFLICT'],
    ['a price that is none', { bars: [bar(AT, '1,234.5')] }, 'CONFLICT'],
  ] as const)('leaves nothing behind: %s', (_, rows, code) => {
    const { book } = temporaryBook()
    const before = [digestOf(book), book.head(), book.version()]
    expect(() => book.importBatch(batch('one', { cashFlows: [flow('f', '1')], ...rows }))).toThrow(
      expect.objectContaining({ code }),
    )
    expect([digestOf(book), book.head(), book.version()]).toEqual(before)
    book.importBatch(everything('two'))
    expect(book.verify().verdict).toBe('verified-anchored')
  })

  it('says of a fee without a rate that its profit is not counted', () => {
    const { book } = temporaryBook()
    const result = book.importBatch(batch('one', { fills: [exampleFill('a', { fee: '0.1', feeCurrency: 'BNB' })] }))
    expect(result.conflicts).toEqual([expect.stringMatching(/fee is in BNB and no rate to USD is known/)])
  })
})

describe('undoing an import', () => {
  it('gives back the book as it was', () => {
    const { book } = temporaryBook()
    book.importBatch(batch('base', { fills: [exampleFill('z', { executionId: 'x0' })] }))
    const before = digestOf(book)
    const holdings = book.holdings('main', AT)
    book.importBatch(everything('one'))
    expect(book.holdings('main', AT)).not.toEqual(holdings)
    book.undoBatch('one', AT + 1)
    expect(digestOf(book)).toBe(before)
    expect(book.holdings('main', AT)).toEqual(holdings)
    expect(book.trades('main')).toEqual([])
    expect(book.auditRows(book.head().seq, 1)[0]?.kind).toBe('import-undo')
    expect(book.importBatch(everything('again')).added.fills).toBe(2)
  })

  it('keeps an instrument that other rows came to need', () => {
    const { book } = temporaryBook()
    book.importBatch(batch('one', { instruments: [exampleInstrument('AAPL')] }))
    book.addFill(exampleFill('typed'))
    book.undoBatch('one', AT)
    expect(book.instrument('AAPL')).toBeDefined()
    expect(book.fills('main')).toHaveLength(1)
  })

  it('is refused twice, for an unknown one, and once a decision was made with it', () => {
    const { book } = temporaryBook()
    book.importBatch(everything('one'))
    book.undoBatch('one', AT)
    expect(() => book.undoBatch('one', AT)).toThrow(/was undone before/)
    expect(() => book.undoBatch('none', AT)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    book.importBatch(everything('two'))
    book.recordDecision(exampleDecision(1))
    expect(() => book.undoBatch('two', AT)).toThrow(/was made with it/)
    expect(book.batches().map((row) => [row.batchId, row.undoable, row.rows])).toEqual([
      ['two', false, 9],
      ['one', false, 9],
    ])
  })

  it('stays possible after a decision about something else', () => {
    const { book } = temporaryBook()
    book.importBatch(
      batch('prices', { instruments: [exampleInstrument('MSFT')], bars: [{ ...bar(AT, '11'), symbol: 'MSFT' }] }),
    )
    book.recordDecision(exampleDecision(1))
    expect(book.batches()[0]).toMatchObject({ undoable: true })
    book.undoBatch('prices', AT)
  })
})

describe('a fill entered by hand', () => {
  it('twice with one id is one fill, with two ids a twin', () => {
    const { book } = temporaryBook()
    book.saveInstrument(exampleInstrument('AAPL'), AT)
    book.addFill(exampleFill('a'))
    const { seq } = book.head()
    book.addFill(exampleFill('a'))
    expect(book.head().seq).toBe(seq)
    book.addFill(exampleFill('b'))
    expect(book.fills('main').map((fill) => fill.fillId)).toEqual(['a', 'b'])
    expect(() => book.addFill(exampleFill('a', { price: '51' }))).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
  })

  it('changes trades and holdings at once', () => {
    const { book } = temporaryBook()
    book.saveInstrument(exampleInstrument('AAPL'), AT)
    book.addFill(exampleFill('a', { at: 1 }))
    expect(book.holdings('main', 5)).toMatchObject([{ quantity: '100', averagePrice: '50' }])
    book.addFill(exampleFill('b', { at: 2, side: 'sell', quantity: '40', price: '60' }))
    expect(book.trades('main')).toMatchObject([{ tradeId: 'a~b', profit: '400', accountProfit: '400' }])
    expect([
      book.holdings('main', 1)[0]?.quantity,
      book.holdings('main', 2)[0]?.quantity,
      book.holdings('main', 0),
    ]).toEqual(['100', '60', []])
    expect(book.trades('main', { from: 3 })).toEqual([])
    book.saveInstrument(exampleInstrument('AAPL', { pointValue: '10' }), AT)
    expect(book.trades('main', { symbol: 'AAPL', to: 2 })).toMatchObject([{ profit: '4000' }])
  })
})

/** Hash over everything in the ledger, whichever batch it came with. */
function digestOf(book: BookWriter): string {
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
