import { describe, expect, it } from 'vitest'
import { exampleFill } from '../domain/ledger/example-fill.ts'
import { AT, bar, batch, digestOf, everything } from './example-batch.ts'
import { exampleDecision, exampleInstrument } from './example-decision.ts'
import { temporaryBook } from './temporary-shelf.ts'

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
