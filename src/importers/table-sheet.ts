import { err, ok, type Result } from '../domain/kernel/result.ts'
import { decodeText } from './decode-text.ts'
import { isBlank, markEvidence } from './decimal-text.ts'
import type { ImportSettings, SourceFile } from './format.ts'
import { orderEvidence, readTimeOfDay } from './moment-text.ts'
import { splitCells, type CellRow } from './split-cells.ts'

/** A text file seen as a table. `rows` starts anew with each call and leaves out the header and what precedes it. */
export interface TableSheet {
  readonly encoding: NonNullable<ImportSettings['encoding']>
  readonly delimiter: NonNullable<ImportSettings['delimiter']>
  /** Line of the column names, from 1; 0 where there are none. */
  readonly headerLine: number
  /** Column names; of a table without, `column 1` and so on. */
  readonly headers: readonly string[]
  /** Rows above the column names. */
  readonly preamble: readonly CellRow[]
  /** The first rows of data. */
  readonly head: readonly CellRow[]
  rows(): Iterable<CellRow>
}

const seen = new WeakMap<SourceFile, Map<string, Result<TableSheet, string>>>()

const DELIMITERS = ['\t', ';', '|', ','] as const
const HEAD_CHARACTERS = 256 * 1024
const HEAD_ROWS = 200

/**
 * Sees a file as a table: encoding, delimiter and header are taken from the settings, else guessed from its beginning.
 * `tell` hears the share that was read of the two times a table is gone through.
 */
export function openTable(
  file: SourceFile,
  settings: ImportSettings,
  tell?: (share: number) => void,
): Result<TableSheet, string> {
  if (tell !== undefined) return seeTable(file, settings, tell)
  // Every format looks at the file to recognise it.
  const known = seen.get(file) ?? new Map<string, Result<TableSheet, string>>()
  seen.set(file, known)
  const key = JSON.stringify([settings.encoding, settings.delimiter, settings.headerLine])
  const before = known.get(key)
  if (before !== undefined) return before
  const sheet = seeTable(file, settings)
  known.set(key, sheet)
  return sheet
}

function seeTable(
  file: SourceFile,
  settings: ImportSettings,
  tell?: (share: number) => void,
): Result<TableSheet, string> {
  const decoded = decodeText(file, settings.encoding)
  if (!decoded.ok) return decoded
  const { text, encoding } = decoded.value
  const start = text.slice(0, 2000).trimStart()
  if (start.startsWith('<')) {
    const page = /^<(?:!doctype\s+html|html|head|body|table)/i.test(start)
    return err(page ? 'This is a web page, not a table: save the export itself, as CSV.' : 'This is XML, not a table.')
  }
  if (/^[[{]/.test(start)) return err('This is JSON, not a table: export CSV instead.')
  const head = beginning(text)
  const delimiter = settings.delimiter ?? guessDelimiter(head)
  const whole = head.length === text.length ? [...splitCells(text, delimiter)] : null
  const first = whole?.slice(0, HEAD_ROWS) ?? [...take(splitCells(head, delimiter), HEAD_ROWS)]
  const headerLine = settings.headerLine ?? guessHeader(first)
  const header = headerLine === 0 ? undefined : first.find((row) => row.line === headerLine)
  if (headerLine > 0 && header === undefined)
    return err(`Line ${headerLine} holds no column names: choose the line that does.`)
  const dataHead = first.filter((row) => row.line > headerLine)
  const width = Math.max(header?.cells.length ?? 0, ...dataHead.map((row) => row.cells.length))
  const headers = Array.from({ length: width }, (_, index) => headerName(header?.cells[index], index))
  let times = 0
  const rows = (): Iterable<CellRow> => {
    if (whole !== null) return whole.filter((row) => row.line > headerLine)
    const before = times++
    return splitCells(text, delimiter, headerLine + 1, (share) => tell?.(Math.min((before + share) / 2, 1)))
  }
  const preamble = first.filter((row) => row.line < headerLine)
  return ok({ encoding, delimiter, headerLine, headers, preamble, head: dataHead, rows })
}

/** A header as it is compared: lower case, letters and digits alone. */
export function plainHeader(header: string): string {
  return header.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

function headerName(cell: string | undefined, index: number): string {
  const name = (cell ?? '').trim()
  return name === '' ? `column ${index + 1}` : name
}

function beginning(text: string): string {
  if (text.length <= HEAD_CHARACTERS) return text
  const end = text.lastIndexOf('\n', HEAD_CHARACTERS)
  return text.slice(0, end === -1 ? HEAD_CHARACTERS : end)
}

/** The delimiter that cuts most lines into the same number of cells; where two do, the one that numbers never hold. */
function guessDelimiter(head: string): (typeof DELIMITERS)[number] {
  let best: { readonly delimiter: (typeof DELIMITERS)[number]; readonly score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const widths = new Map<number, number>()
    let rows = 0
    for (const row of take(splitCells(head, delimiter), 100)) {
      widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1)
      rows++
    }
    const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    if (width < 2) continue
    const score = count / rows
    if (score > best.score + 0.05) best = { delimiter, score }
  }
  return best.delimiter
}

/** The header is the first row as wide as most, without a number or date in it, above one that has some. */
function guessHeader(rows: readonly CellRow[]): number {
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1)
  const usual = [...widths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 1
  const likely = rows.slice(0, 40)
  for (const [at, row] of likely.entries()) {
    if (row.cells.length < Math.max(1, usual - 1) || row.fault !== null) continue
    if (row.cells.some((cell) => isValue(cell.trim()))) {
      // Column names may be digits, as in a table of Asian prices: then the first cell tells a header from data.
      return /^(?:date|time|datetime|timestamp|datum)$/i.test(row.cells[0]?.trim() ?? '') ? row.line : 0
    }
    const next = rows[at + 1]
    if (next === undefined || next.cells.some((cell) => isValue(cell.trim())) || at === 0) {
      if (row.cells.filter((cell) => cell.trim() !== '').length * 2 >= row.cells.length) return row.line
    }
  }
  return 0
}

function isValue(cell: string): boolean {
  if (cell === '' || isBlank(cell)) return false
  return markEvidence(cell) !== 'not-a-number' || orderEvidence(cell) !== 'not-a-date' || readTimeOfDay(cell) !== null
}

function* take<T>(items: Iterable<T>, most: number): Generator<T> {
  let taken = 0
  for (const item of items) {
    if (taken++ >= most) return
    yield item
  }
}
