import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCells } from '../../src/importers/split-cells.ts'

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

  const bare = fc.string({ unit: fc.constantFrom('a', '1', '.', '-', '$', 'é'), minLength: 1, maxLength: 5 })
  const quoted = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', '€'), minLength: 1, maxLength: 5 })
  const cell = fc.oneof(
    bare.map((value) => ({ value, written: value })),
    quoted.map((value) => ({ value, written: `"${value.replaceAll('"', '""')}"` })),
  )
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })

  it('are those that were written, bare and quoted, each row with the line it begins on', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (rows, ended) => {
        const lines = rows.map((row) => row.map(({ written }) => written).join(','))
        let line = 1
        const expected = rows.map((row, at) => {
          const begins = line
          line += (lines[at] ?? '').split('\n').length
          return { line: begins, cells: row.map(({ value }) => value), fault: null }
        })
        expect([...splitCells(lines.join('\n') + (ended ? '\n' : ''), ',')]).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  it('are found again from any line on, however long the file is', () => {
    const long = Array.from({ length: 5000 }, (_, n) => `${n},"a, of ""${n}""",x`)
    const rows = [...splitCells(long.join('\n'), ',', 1001)]
    expect(rows).toHaveLength(4000)
    expect(rows[0]).toEqual({ line: 1001, cells: ['1000', 'a, of "1000"', 'x'], fault: null })
    expect(rows.at(-1)).toEqual({ line: 5000, cells: ['4999', 'a, of "4999"', 'x'], fault: null })
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

  it('lose only the lines with a lost quote among any others', () => {
    const row = fc.array(bare, { minLength: 2, maxLength: 3 }).map((cells) => ({ text: cells.join(','), cells }))
    const lost = fc.constantFrom('"lost,1', 'x,"lost', '"a"b,1', '5" x,"lost').map((text) => ({ text, cells: null }))
    fc.assert(
      fc.property(fc.array(fc.oneof(row, lost), { minLength: 1, maxLength: 30 }), (drawn) => {
        const rows = [...splitCells(drawn.map(({ text }) => text).join('\n'), ',')]
        expect(rows.map(({ line, cells, fault }) => [line, fault === null ? cells : null])).toEqual(
          drawn.map(({ cells }, at) => [at + 1, cells]),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('keep quotes inside unquoted cells, and leave out blanks around quotes', () => {
    const rows = [...splitCells('5" pipe,"two\nlines",2\n "a" , b\n\n  \nx"y"z,1\n2","""b"""\n', ',')]
    expect(rows.map(({ line, cells }) => [line, cells])).toEqual([
      [1, ['5" pipe', 'two\nlines', '2']],
      [3, ['a', 'b']],
      [6, ['x"y"z', '1']],
      [7, ['2"', '"b"']],
    ])
  })

  it('are refused beyond the caps, at the cost of that row alone', () => {
    const long = 'x'.repeat(1024 * 1024 + 1)
    const rows = [...splitCells(`a,b\n${long},1\n"${long}",1\n${'1,'.repeat(10_000)}1\nc,d`, ',')]
    expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
      [1, null],
      [2, 'The row is longer than 1048576 characters.'],
      [3, 'The row is longer than 1048576 characters.'],
      [4, 'The row has more than 10000 columns.'],
      [5, null],
    ])
  })
})
