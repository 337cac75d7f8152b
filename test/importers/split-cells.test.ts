import { parse } from 'csv-parse/sync'
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

  it('are those that another reader of CSV finds, with bare and quoted cells mixed', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '1', '.', '-', '$'), minLength: 1, maxLength: 5 }),
      fc
        .string({ unit: fc.constantFrom('a', ',', '"', '\n', ' '), minLength: 1, maxLength: 5 })
        .map((text) => `"${text.replaceAll('"', '""')}"`),
    )
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(table, fc.boolean(), (rows, ended) => {
        const text = rows.map((row) => row.join(',')).join('\n') + (ended ? '\n' : '')
        const others: string[][] = parse(text, { relax_column_count: true })
        expect([...splitCells(text, ',')].map((row) => row.cells)).toEqual(others)
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
