import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCells } from '../../src/importers/split-cells.ts'
import { readFile } from './reading.ts'

const DAY = 86_400_000
const cents = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .integer({ min: least, max: most })
    .map((value) => plain(`${Math.floor(value / 10_000)}.${String(value % 10_000).padStart(4, '0')}`))
const plain = (text: string): string => text.replace(/\.?0+$/, '')

/** How a table is written. */
interface Style {
  readonly delimiter: ',' | ';' | '\t' | '|'
  readonly mark: '.' | ','
  readonly date: 'iso' | 'eu' | 'us' | 'compact'
  readonly end: '\n' | '\r\n' | '\r'
  readonly encoding: 'utf-8' | 'bom' | 'utf-16le' | 'windows-1252'
}

const style: fc.Arbitrary<Style> = fc.record<Style>({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  mark: fc.constantFrom('.', ','),
  date: fc.constantFrom('iso', 'eu', 'us', 'compact'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'bom', 'utf-16le', 'windows-1252'),
})

function write(rows: readonly (readonly string[])[], { delimiter, end, encoding }: Style): Uint8Array {
  const quoted = (cell: string): string =>
    cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell
  const text = rows.map((row) => row.map(quoted).join(delimiter)).join(end) + end
  if (encoding === 'utf-16le') return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
  if (encoding === 'windows-1252') return new Uint8Array(Buffer.from(text, 'latin1'))
  return new Uint8Array(Buffer.from((encoding === 'bom' ? '\ufeff' : '') + text))
}

const number = (value: string, { mark }: Style): string => value.replace('.', mark)

function date(at: number, { date: kind }: Style): string {
  const [year = '', month = '', day = ''] = new Date(at).toISOString().slice(0, 10).split('-')
  if (kind === 'eu') return `${day}.${month}.${year}`
  if (kind === 'us') return `${month}/${day}/${year}`
  return kind === 'iso' ? `${year}-${month}-${day}` : year + month + day
}

describe('a table of bars', () => {
  const bars = fc.array(
    fc.record({ low: cents(1, 4_000_000), spread: cents(0, 100_000), volume: fc.nat(1e9).map(String) }),
    { minLength: 14, maxLength: 40 },
  )

  it('gives the same decimals in every delimiter, decimal mark, date format, line end and encoding', () => {
    fc.assert(
      fc.property(bars, style, (drawn, how) => {
        const expected = drawn.map(({ low, spread, volume }, index) => {
          const high = plain((Number(low) + Number(spread)).toFixed(4))
          return { at: Date.UTC(2024, 0, 1) + index * DAY, open: low, high, low, close: high, volume }
        })
        const header = ['Date', 'Open', 'High', 'Low', 'Close', 'Volume']
        const rows = expected.map((bar) => [
          date(bar.at, how),
          ...[bar.open, bar.high, bar.low, bar.close].map((price) => number(price, how)),
          bar.volume,
        ])
        const reading = readFile('SAP.csv', write([header, ...rows], how), { decimalMark: how.mark })
        expect(reading.problems.filter(({ severity }) => severity !== 'warning')).toEqual([])
        expect(reading.bars.map(({ bar: { symbol, interval, ...bar } }) => [symbol, interval, bar])).toEqual(
          expected.map((bar) => ['SAP', '1d', bar]),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('guesses the decimal mark itself, or asks: no price is off by a power of ten', () => {
    fc.assert(
      fc.property(bars, style, (drawn, how) => {
        const header = ['Date', 'Close']
        const rows = drawn.map(({ low }, index) => [date(Date.UTC(2024, 0, 1) + index * DAY, how), number(low, how)])
        const reading = readFile('SAP.csv', write([header, ...rows], how))
        const asked = reading.problems.some(({ severity }) => severity === 'question')
        if (!asked) expect(reading.bars.map(({ bar }) => bar.close)).toEqual(drawn.map(({ low }) => low))
      }),
      { numRuns: 300 },
    )
  })

  it('leaves out a bar that contradicts itself, one told twice, and one that is not complete', () => {
    const reading = readFile(
      'SAP.csv',
      'Date,Open,High,Low,Close\n2024-01-01,1,2,0.5,1.5\n2024-01-02,1,0.9,0.5,1.5\n2024-01-03,1,2,0.5,1.5\n2024-01-03,1,2,0.5,1.5\n2024-01-03,1,2,0.5,1.6\n2026-11-19,1,2,0.5,1.5\n2026-11-20,1,2,0.5,1.5\n',
      { interval: '1d' },
    )
    expect(reading.bars.map(({ line }) => line)).toEqual([2, 4, 7])
    expect(reading.skipped.map(({ line }) => line).sort()).toEqual([3, 5, 6, 8])
  })
})

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

  it('gives the same decimals in every delimiter, decimal mark, date format, line end and encoding', () => {
    fc.assert(
      fc.property(fills, style, (drawn, how) => {
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
        const reading = readFile('fills.csv', write([header, ...rows], how), {
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

  it('asks for the order of day and month when no date tells it', () => {
    const text = 'Date,Symbol,Side,Quantity,Price\n02/03/2024,SAP,buy,1,2.50\n04/03/2024,SAP,sell,1,2.60\n'
    expect(readFile('f.csv', text).problems).toMatchObject([
      { severity: 'question', setting: 'dateOrder', choices: ['dmy', 'mdy'], line: 0 },
      {},
    ])
    const told = readFile('f.csv', text, { dateOrder: 'mdy', timeZone: 'UTC', currency: 'EUR' })
    expect(told.problems).toEqual([])
    expect(told.fills[0]?.at).toBe(Date.UTC(2024, 1, 3))
  })

  it('asks about one cell that does not fit the decimal mark of the file, and takes the answer', () => {
    const text =
      'Date,Symbol,Side,Quantity,Price\n2024-03-02,SAP,buy,"1,5",2.50\n2024-03-04,SAP,sell,1,2.60\n2024-03-05,SAP,buy,1,2.61\n2024-03-05,SAP,sell,1,2.62\n'
    const asked = readFile('f.csv', text, { currency: 'EUR' })
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
    const told = readFile('f.csv', text, { currency: 'EUR', corrections: { '2:4': '1.5' } })
    expect(told.fills.map(({ quantity }) => quantity)).toEqual(['1.5', '1', '1', '1'])
  })

  it('says which zone was taken when the file states none, and which time never was', () => {
    const text =
      'Time,Symbol,Side,Quantity,Price,Currency\n2026-03-29 02:30,FDAX,buy,1,18204.5,EUR\n2026-03-30 10:00,FDAX,sell,1,18204.5,EUR\n'
    const reading = readFile('f.csv', text)
    expect(reading.problems).toMatchObject([
      { severity: 'warning', setting: 'timeZone', line: 0 },
      { severity: 'error', line: 2 },
    ])
    expect(reading.problems[1]?.says).toContain('did not exist in Europe/Berlin')
    expect(reading.fills[0]?.at).toBe(Date.UTC(2026, 2, 30, 8))
  })

  it('reads signed quantities, negative fees as costs, and words of other languages', () => {
    const signed = readFile(
      'f.csv',
      'Date,Symbol,Quantity,Price,Commission,Currency\n2024-03-02,SAP,-5,2.5,-1.20,EUR\n',
    )
    expect(signed.fills).toMatchObject([{ side: 'sell', quantity: '5', fee: '1.2' }])
    const german = readFile(
      'f.csv',
      'Datum;Symbol;Art;Menge;Kurs;Gebühr;Währung\n02.03.2024;SAP;Verkauf;5;1.234,50;1,20;EUR\n',
    )
    expect(german.fills).toMatchObject([{ side: 'sell', quantity: '5', price: '1234.5', fee: '1.2', currency: 'EUR' }])
  })

  it('reads cash rows beside fills', () => {
    const text =
      'Date,Symbol,Type,Quantity,Price,Amount,Currency\n2024-03-02,SAP,Dividend,,,12.50,EUR\n2024-03-03,,Deposit,,,1000.00,EUR\n2024-03-04,,Withdrawal,,,200.00,EUR\n2024-03-05,SAP,Split,2,1,,EUR\n'
    const reading = readFile('f.csv', text)
    expect(reading.cashFlows.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['dividend', '12.5'],
      ['deposit', '1000'],
      ['withdrawal', '-200'],
    ])
    expect(reading.problems).toMatchObject([{ line: 5, severity: 'error' }])
  })
})

describe('a table of closed trades', () => {
  it('takes stated profits as net, unless they are what the prices give before fees', () => {
    const header = 'Entry time,Exit time,Symbol,Side,Qty,Entry price,Exit price,Profit,Fees,Currency,Stop\n'
    const row = (profit: string): string =>
      `2024-01-02 10:00,2024-01-03 11:00,AAPL,short,10,100,90,${profit},2,USD,105\n`
    expect(readFile('t.csv', header + row('98')).trades).toMatchObject([
      { side: 'short', profit: '98', fees: '2', stop: '105' },
    ])
    expect(readFile('t.csv', header + row('100')).trades).toMatchObject([{ profit: '98' }])
    expect(readFile('t.csv', header.replace('Profit', 'x') + row('')).trades).toMatchObject([{ profit: '98' }])
  })

  it('refuses a trade that ends before it begins', () => {
    const text = 'Entry time,Exit time,Symbol,Qty,Entry price,Exit price\n2024-01-03,2024-01-02,AAPL,10,100,90\n'
    expect(readFile('t.csv', text).problems.at(-1)).toMatchObject({ line: 2, severity: 'error' })
  })
})

describe('cells', () => {
  it('come back from RFC 4180 text whatever they hold', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '1', ' ', '"', ',', '\n', ';'), maxLength: 6 })
      .map((text) => text.trim())
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (table) => {
        const rows = table.filter((row) => row.some((each) => each !== ''))
        const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n')
        expect([...splitCells(text, ',')].map((row) => row.cells)).toEqual(rows)
      }),
      { numRuns: 1000 },
    )
  })

  it('lose one line to a lost quote, not the rest of the file', () => {
    const rows = [...splitCells('a,b\n"c,d\ne,f\n"g",h\n', ',')]
    expect(rows.map(({ line, fault }) => [line, fault === null])).toEqual([
      [1, true],
      [2, false],
      [3, true],
      [4, true],
    ])
  })
})
