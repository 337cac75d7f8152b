import * as fc from 'fast-check'

/** Any positive amount of so many ten-thousandths, as a plain decimal. */
export const cents = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .integer({ min: least, max: most })
    .map((value) => plain(`${Math.floor(value / 10_000)}.${String(value % 10_000).padStart(4, '0')}`))
/** Without trailing zeros. */
export const plain = (text: string): string => text.replace(/\.?0+$/, '')

/** How a table is written. */
export interface Style {
  readonly delimiter: ',' | ';' | '\t' | '|'
  readonly mark: '.' | ','
  readonly date: 'iso' | 'eu' | 'us' | 'compact'
  readonly end: '\n' | '\r\n' | '\r'
  readonly encoding: 'utf-8' | 'bom' | 'utf-16le' | 'windows-1252'
}

/** Any way a table may be written. */
export const style: fc.Arbitrary<Style> = fc.record<Style>({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  mark: fc.constantFrom('.', ','),
  date: fc.constantFrom('iso', 'eu', 'us', 'compact'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'bom', 'utf-16le', 'windows-1252'),
})

/** Writes rows in a style. */
export function write(rows: readonly (readonly string[])[], { delimiter, end, encoding }: Style): Uint8Array {
  const quoted = (cell: string): string =>
    cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell
  const text = rows.map((row) => row.map(quoted).join(delimiter)).join(end) + end
  if (encoding === 'utf-16le') return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
  if (encoding === 'windows-1252') return new Uint8Array(Buffer.from(text, 'latin1'))
  return new Uint8Array(Buffer.from((encoding === 'bom' ? '\ufeff' : '') + text))
}

/** Writes a number in a style. */
export const number = (value: string, { mark }: Style): string => value.replace('.', mark)

/** Writes the day of an instant in a style. */
export function date(at: number, { date: kind }: Style): string {
  const [year = '', month = '', day = ''] = new Date(at).toISOString().slice(0, 10).split('-')
  if (kind === 'eu') return `${day}.${month}.${year}`
  if (kind === 'us') return `${month}/${day}/${year}`
  return kind === 'iso' ? `${year}-${month}-${day}` : year + month + day
}
