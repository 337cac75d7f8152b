import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BatchResult } from '../../src/desk/ports.ts'
import type { Fill } from '../../src/domain/ledger/records.ts'
import { exampleFill } from '../domain/ledger/example-fill.ts'
import { AT, bar, batch, digestOf, everything, flow, trade } from './example-batch.ts'
import { exampleInstrument } from './example-decision.ts'
import { temporaryBook } from './temporary-shelf.ts'

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
