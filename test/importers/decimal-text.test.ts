import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markEvidence, readDecimalText } from '../../src/importers/decimal-text.ts'

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 10 }), fc.nat(9_999_999))
  .map(([negative, whole, places, fraction]) => {
    const digits = String(fraction).padStart(places, '0').slice(0, places).replace(/0+$/, '')
    const plain = digits === '' ? String(whole) : `${whole}.${digits}`
    return negative && plain !== '0' ? `-${plain}` : plain
  })

const styles = [
  { mark: '.', group: '' },
  { mark: '.', group: ',' },
  { mark: '.', group: ' ' },
  { mark: '.', group: '’' },
  { mark: ',', group: '' },
  { mark: ',', group: '.' },
  { mark: ',', group: '\u00a0' },
  { mark: ',', group: '\u202f' },
] as const

function write(plain: string, mark: string, group: string): string {
  const [whole = '', fraction] = plain.replace('-', '').split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  return `${plain.startsWith('-') ? '-' : ''}${grouped}${fraction === undefined ? '' : mark + fraction}`
}

describe('numbers of a file', () => {
  it('read back to the same decimal in every style', () => {
    fc.assert(
      fc.property(decimal, fc.constantFrom(...styles), (plain, { mark, group }) => {
        expect(readDecimalText(write(plain, mark, group), mark)).toEqual({ ok: true, value: plain })
      }),
      { numRuns: 2000 },
    )
  })

  it('never change by a power of ten when the mark is wrong: they are refused or asked about', () => {
    fc.assert(
      fc.property(decimal, fc.constantFrom(...styles), (plain, { mark, group }) => {
        const written = write(plain, mark, group)
        const other = mark === '.' ? ',' : '.'
        const read = readDecimalText(written, other)
        const evidence = markEvidence(written)
        // Shapes that fit both readings must be told as such, so that the column, or the trader, decides.
        if (read.ok && read.value !== plain) expect(['either-point', 'either-comma']).toContain(evidence)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['$1,234.50', '.', '1234.5'],
    ['-$12.50', '.', '-12.5'],
    ['$-12.50', '.', '-12.5'],
    ['(1,234.50)', '.', '-1234.5'],
    ['12.5-', '.', '-12.5'],
    ['1.234,50 €', ',', '1234.5'],
    ['USD 12.30', '.', '12.3'],
    ['0.5BTC', '.', '0.5'],
    ['-2.637591265E-4', '.', '-0.0002637591265'],
    ['12,34,567.8', '.', '1234567.8'],
    ['007.50', '.', '7.5'],
    ['-0.00', '.', '0'],
    ['.5', '.', '0.5'],
    ['−3', '.', '-3'],
  ] as const)('reads %s', (cell, mark, value) => {
    expect(readDecimalText(cell, mark)).toEqual({ ok: true, value })
  })

  it.each([
    '',
    ' ',
    '0x10',
    '12abc',
    '--1',
    '1e400',
    'Infinity',
    'NaN',
    '1.2.3',
    '1,23,4.5',
    '12 %',
    '5M',
    '9'.repeat(16),
    '1..2',
    '$',
    '()',
  ])('refuses %j', (cell) => {
    expect(readDecimalText(cell, '.').ok).toBe(false)
  })

  it('offers both readings of a mark that does not fit the file', () => {
    expect(readDecimalText('1,5', '.')).toMatchObject({ ok: false, choices: ['1.5', '15'] })
  })
})
