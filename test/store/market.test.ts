import { describe, expect, it } from 'vitest'
import type { Bar, BarInterval } from '../../src/domain/ledger/records.ts'
import type { BookWriter } from '../../src/desk/ports.ts'
import { exampleFill } from '../domain/ledger/example-fill.ts'
import { exampleInstrument } from './example-decision.ts'
import { temporaryBook } from './temporary-shelf.ts'

const DAY = 86_400_000
const bar = (interval: BarInterval, at: number, close: string): Bar => ({
  symbol: 'AAPL',
  interval,
  at,
  open: close,
  high: close,
  low: close,
  close,
  volume: '5',
})

function withPrices(): BookWriter {
  const { book } = temporaryBook()
  book.importBatch({
    batchId: 'prices',
    at: 0,
    fileName: 'prices.csv',
    fileHash: 'a'.repeat(64),
    format: 'csv-bars',
    accountId: 'main',
    instruments: [
      exampleInstrument('AAPL'),
      exampleInstrument('EUR.USD', { assetClass: 'fx', currency: 'USD', calendar: 'fx' }),
      exampleInstrument('XAU', { assetClass: 'fx', currency: 'USD' }),
    ],
    fills: [],
    trades: [],
    cashFlows: [],
    bars: [bar('1d', 0, '10'), bar('1d', DAY, '11'), bar('1d', 2 * DAY, '12'), bar('1h', DAY, '10.5')],
    marks: [{ symbol: 'EUR.USD', price: '1.2', at: 3 * DAY, source: 'statement' }],
    rates: [
      { from: 'EUR', to: 'USD', rate: '1.1', at: DAY, source: 'file' },
      { from: 'EUR', to: 'USD', rate: '1.15', at: 2 * DAY, source: 'file' },
      { from: 'GBP', to: 'USD', rate: '1.3', at: DAY, source: 'file' },
      { from: 'CHF', to: 'EUR', rate: '1.05', at: 9 * DAY, source: 'file' },
    ],
    skipped: [],
  })
  return book
}

describe('bars', () => {
  it('count once they are complete, newest last', () => {
    const book = withPrices()
    const closes = (until: number, limit = 9) => book.bars('AAPL', '1d', until, limit).map((one) => one.close)
    expect(closes(3 * DAY)).toEqual(['10', '11', '12'])
    expect(closes(3 * DAY - 1)).toEqual(['10', '11'])
    expect(closes(3 * DAY, 2)).toEqual(['11', '12'])
    expect(book.bars('AAPL', '1d', 3 * DAY, 1)).toEqual([bar('1d', 2 * DAY, '12')])
  })

  it('are counted by length, shortest first', () => {
    expect(withPrices().barIntervals('AAPL')).toEqual([
      { interval: '1h', count: 1, first: DAY, last: DAY },
      { interval: '1d', count: 3, first: 0, last: 2 * DAY },
    ])
  })
})

describe('the last price', () => {
  it('is the newest of bars, fills and typed prices at the instant', () => {
    const book = withPrices()
    expect(book.lastMark('AAPL', DAY - 1)).toBeUndefined()
    expect(book.lastMark('AAPL', DAY)).toEqual({ symbol: 'AAPL', price: '10', at: DAY, source: 'bar' })
    expect(book.lastMark('AAPL', DAY + 3_600_000)).toMatchObject({ price: '10.5', source: 'bar' })
    book.addFill(exampleFill('a', { at: 2 * DAY + 5, price: '11.2' }))
    expect(book.lastMark('AAPL', 2 * DAY + 4)).toMatchObject({ price: '11', source: 'bar' })
    expect(book.lastMark('AAPL', 2 * DAY + 5)).toMatchObject({ price: '11.2', source: 'fill' })
    book.addMark({ symbol: 'AAPL', price: '11.3', at: 2 * DAY + 5, source: 'typed' })
    book.addMark({ symbol: 'AAPL', price: '11.4', at: 2 * DAY + 5, source: 'feed' })
    expect(book.lastMark('AAPL', 9 * DAY)).toMatchObject({ price: '12', at: 3 * DAY })
    expect(book.lastMark('AAPL', 3 * DAY - 1)).toMatchObject({ price: '11.3', source: 'typed' })
  })

  it('typed twice at one instant with two values is refused', () => {
    const book = withPrices()
    book.addMark({ symbol: 'AAPL', price: '1', at: 5, source: 'typed' })
    book.addMark({ symbol: 'AAPL', price: '1.0', at: 5, source: 'typed' })
    expect(() => book.addMark({ symbol: 'AAPL', price: '2', at: 5, source: 'typed' })).toThrow(
      expect.objectContaining({ code: 'CONFLICT' }),
    )
  })
})

describe('rates', () => {
  it('are the newest of each pair, an exchange instrument counting as a rate', () => {
    const book = withPrices()
    const at = (until: number) => book.rates(until).map((rate) => `${rate.from} ${rate.to} ${rate.rate}`)
    expect(at(DAY - 1)).toEqual([])
    expect(at(DAY)).toEqual(['EUR USD 1.1', 'GBP USD 1.3'])
    expect(at(2 * DAY)).toEqual(['EUR USD 1.15', 'GBP USD 1.3'])
    expect(at(9 * DAY)).toEqual(['CHF EUR 1.05', 'EUR USD 1.2', 'GBP USD 1.3'])
  })
})
