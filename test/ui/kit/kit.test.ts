import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { csvText } from '../../../src/ui/format/csv-text.ts'
import { decimalText, over, ratio } from '../../../src/ui/format/ratio.ts'
import { ageText, clockText, countdownText, dateText } from '../../../src/ui/format/time-text.ts'
import { entryText, nudged, readEntry } from '../../../src/ui/kit/number-entry.ts'
import { bandOf } from '../../../src/ui/kit/state-words.ts'
import { ordered, type TableColumn } from '../../../src/ui/kit/table-order.ts'

chooseLocale('en-US')

describe('a number field', () => {
  it('moves by ticks and lands on the grid', () => {
    expect(nudged('5012.25', '0.25', 1)).toBe('5012.5')
    expect(nudged('5012.25', '0.25', -10)).toBe('5009.75')
    expect(nudged('5012.3', '0.25', 1)).toBe('5012.5')
    expect(nudged('5012.3', '0.25', -1)).toBe('5012.25')
    expect(nudged('', '0.25', 1)).toBe('0.25')
    expect(nudged('0.25', '0.25', -10, '0.25')).toBe('0.25')
  })

  it('stays on the grid for every start, tick and number of steps, and moves the right way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.constantFrom('0.25', '0.01', '0.0001', '5', '0.03125'),
        fc.integer({ min: -20, max: 20 }).filter((steps) => steps !== 0),
        (hundredths, tick, steps) => {
          const from = decimalText({ top: BigInt(hundredths), bottom: 100n }, 2)
          const to = nudged(from, tick, steps)
          expect(decimalText(over(ratio(to), ratio(tick)), 12)).toMatch(/^-?\d+$/)
          expect(Math.sign(Number(to) - Number(from))).toBe(Math.sign(steps))
        },
      ),
    )
  })

  it('takes arithmetic after =, and an = alone for nothing', () => {
    expect(readEntry('=2*(3+4)')).toEqual({ kind: 'number', value: '14' })
    expect(readEntry('=')).toEqual({ kind: 'empty' })
    expect(readEntry('=2*').kind).toBe('wrong')
  })

  it('shows the digits of its tick, and more where the value has more', () => {
    expect(entryText('5012', '0.25')).toBe('5,012.00')
    expect(entryText('5012.125', '0.25')).toBe('5,012.125')
    expect(entryText('', '0.25')).toBe('')
  })
})

describe('a limit', () => {
  it('is near from 70 %, over beyond 100 %, and stale where its share is no number', () => {
    expect([0.699, 0.7, 0.9, 1, 1.0001, Number.NaN].map(bandOf)).toEqual([
      'ok',
      'near',
      'near',
      'near',
      'over',
      'stale',
    ])
  })
})

describe('a table', () => {
  const columns: readonly TableColumn<{ name: string; size: string }>[] = [
    { id: 'name', title: 'Name', text: ({ name }) => name, key: ({ name }) => name },
    { id: 'size', title: 'Size', text: ({ size }) => size, key: ({ size }) => size, numeric: true },
  ]
  const rows = [
    { name: 'b', size: '10' },
    { name: 'a', size: '9' },
    { name: 'c', size: '-2' },
  ]

  it('orders decimal text as numbers, not as letters', () => {
    expect(ordered(rows, columns, { column: 'size', way: 'ascending' }).map(({ size }) => size)).toEqual([
      '-2',
      '9',
      '10',
    ])
    expect(ordered(rows, columns, { column: 'name', way: 'descending' }).map(({ name }) => name)).toEqual([
      'c',
      'b',
      'a',
    ])
  })

  it('leaves the rows as they are without an order', () => {
    expect(ordered(rows, columns, undefined)).toBe(rows)
    expect(ordered(rows, columns, { column: 'none', way: 'ascending' })).toBe(rows)
  })
})

describe('export', () => {
  it('guards text against formulas and leaves negative numbers numbers', () => {
    expect(csvText([['=SUM(A1)', '\u2212368.70', '@x', 'a "b", c']])).toBe(`'=SUM(A1),-368.70,'@x,"a ""b"", c"\r\n`)
  })
})

describe('times', () => {
  const at = Date.UTC(2026, 10, 20, 16, 18, 40)

  it('are written in the named zone', () => {
    expect(clockText(at, 'America/Chicago')).toBe('10:18:40')
    expect(dateText(Date.UTC(2026, 10, 20, 3), 'America/Chicago')).toBe('2026-11-19')
  })

  it('age in the largest useful unit and count down without going below zero', () => {
    expect([400, 41_000, 90_000, 7_200_000, 200_000_000].map(ageText)).toEqual(['0.4 s', '41 s', '1 min', '2 h', '2 d'])
    expect(countdownText(24_072_000)).toBe('06:41:12')
    expect(countdownText(-5)).toBe('00:00:00')
  })
})
