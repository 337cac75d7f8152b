import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFile } from './reading.ts'
import { cents, date, number, style, write } from './table-style.ts'

describe('a table of fills', () => {
  const fills = fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 500_000 }),
      side: fc.constantFrom('buy', 'sell'),
      quantity: cents(1, 90_000_000),
      price: cents(1, 90_000_000),
      fee: cents(0, 500_000),
      tag: fc.constantFrom('', 'Ausbruch', 'a "quoted" tag', 'überkauft', 'x;y,z|w'),
    }),
    { minLength: 1, maxLength: 40 },
  )

  it('gives the same decimals in every delimiter, decimal mark, date format, line end and encoding', async () => {
    await fc.assert(
      fc.asyncProperty(fills, style, async (drawn, how) => {
        const begin = Date.UTC(2024, 0, 13)
        const clock = (minute: number): string => new Date(begin + minute * 60_000).toISOString().slice(11, 19)
        const header = ['Date', 'Time', 'Symbol', 'Side', 'Quantity', 'Price', 'Fee', 'Currency', 'Tag']
        const rows = drawn.map((fill) => [
          date(begin + fill.minute * 60_000, how),
          clock(fill.minute),
          'SAP',
          fill.side,
          ...[fill.quantity, fill.price, fill.fee].map((value) => number(value, how)),
          'EUR',
          fill.tag,
        ])
        const reading = await readFile('fills.csv', write([header, ...rows], how), {
          decimalMark: how.mark,
          dateOrder: how.date === 'us' ? 'mdy' : 'dmy',
          timeZone: 'UTC',
        })
        expect(reading.problems).toEqual([])
        expect(
          reading.fills.map(({ at, side, quantity, price, fee, tag }) => ({ at, side, quantity, price, fee, tag })),
        ).toEqual(
          drawn.map((fill) => ({
            at: begin + fill.minute * 60_000,
            side: fill.side,
            quantity: fill.quantity,
            price: fill.price,
            fee: fill.fee,
            tag: fill.tag === '' ? null : fill.tag,
          })),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('asks for the order of day and month when no date tells it', async () => {
    const text = 'Date,Symbol,Side,Quantity,Price\n02/03/2024,SAP,buy,1,2.50\n04/03/2024,SAP,sell,1,2.60\n'
    expect((await readFile('f.csv', text)).problems).toMatchObject([
      { severity: 'question', setting: 'dateOrder', choices: ['dmy', 'mdy'], line: 0 },
      {},
    ])
    const told = await readFile('f.csv', text, { dateOrder: 'mdy', timeZone: 'UTC', currency: 'EUR' })
    expect(told.problems).toEqual([])
    expect(told.fills[0]?.at).toBe(Date.UTC(2024, 1, 3))
  })

  it('asks about one cell that does not fit the decimal mark of the file, and takes the answer', async () => {
    const text =
      'Date,Symbol,Side,Quantity,Price\n2024-03-02,SAP,buy,"1,5",2.50\n2024-03-04,SAP,sell,1,2.60\n2024-03-05,SAP,buy,1,2.61\n2024-03-05,SAP,sell,1,2.62\n'
    const asked = await readFile('f.csv', text, { currency: 'EUR' })
    expect(asked.problems).toMatchObject([
      {
        line: 2,
        column: 'Quantity',
        value: '1,5',
        severity: 'question',
        setting: 'corrections.2:4',
        choices: ['1.5', '15'],
      },
    ])
    expect(asked.fills.map(({ line }) => line)).toEqual([3, 4, 5])
    const told = await readFile('f.csv', text, { currency: 'EUR', corrections: { '2:4': '1.5' } })
    expect(told.fills.map(({ quantity }) => quantity)).toEqual(['1.5', '1', '1', '1'])
  })

  it('says which zone was taken when the file states none, and which time never was', async () => {
    const text =
      'Time,Symbol,Side,Quantity,Price,Currency\n2026-03-29 02:30,FDAX,buy,1,18204.5,EUR\n2026-03-30 10:00,FDAX,sell,1,18204.5,EUR\n'
    const reading = await readFile('f.csv', text)
    expect(reading.problems).toMatchObject([
      { severity: 'warning', setting: 'timeZone', line: 0 },
      { severity: 'error', line: 2 },
    ])
    expect(reading.problems[1]?.says).toContain('did not exist in Europe/Berlin')
    expect(reading.fills[0]?.at).toBe(Date.UTC(2026, 2, 30, 8))
  })

  it('reads signed quantities, negative fees as costs, and words of other languages', async () => {
    const signed = await readFile(
      'f.csv',
      'Date,Symbol,Quantity,Price,Commission,Currency\n2024-03-02,SAP,-5,2.5,-1.20,EUR\n',
    )
    expect(signed.fills).toMatchObject([{ side: 'sell', quantity: '5', fee: '1.2' }])
    const german = await readFile(
      'f.csv',
      'Datum;Symbol;Art;Menge;Kurs;Gebühr;Währung\n02.03.2024;SAP;Verkauf;5;1.234,50;1,20;EUR\n',
    )
    expect(german.fills).toMatchObject([{ side: 'sell', quantity: '5', price: '1234.5', fee: '1.2', currency: 'EUR' }])
  })

  it('reads cash rows beside fills', async () => {
    const text =
      'Date,Symbol,Type,Quantity,Price,Amount,Currency\n2024-03-02,SAP,Dividend,,,12.50,EUR\n2024-03-03,,Deposit,,,1000.00,EUR\n2024-03-04,,Withdrawal,,,200.00,EUR\n2024-03-05,SAP,Split,2,1,,EUR\n'
    const reading = await readFile('f.csv', text)
    expect(reading.cashFlows.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['dividend', '12.5'],
      ['deposit', '1000'],
      ['withdrawal', '-200'],
    ])
    expect(reading.problems).toMatchObject([{ line: 5, severity: 'error' }])
  })
})
