import { CsvError, parse, type Options } from 'csv-parse/sync'
import { LONGEST_ROW, MOST_COLUMNS } from './caps.ts'

/** One row of a table: its cells, or why they cannot be told apart. */
export interface CellRow {
  /** Line on which the row begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  readonly fault: string | null
}

/** Characters given to the parser at a time: few after a fault, since those before the next one are read again. */
const FEWEST = 256
const FIRST = 4096
const MOST = 1024 * 1024

/** Lines end in `\n` alone here, and every line is a record, so that records tell their line numbers. */
const STRICT: Options = {
  record_delimiter: '\n',
  bom: false,
  trim: true,
  relax_column_count: true,
  max_record_size: LONGEST_ROW,
}

/**
 * Rows of delimited text (RFC 4180, also with quotes inside unquoted cells), blank lines left out. csv-parse tells the
 * cells apart. It gives up at a fault and reads no further, and so this goes piece by piece and begins anew at the next
 * line: a lost quote costs its own row, not the rest of the file. `tell` is called with the share that is behind.
 */
export function* splitCells(
  text: string,
  delimiter: string,
  fromLine = 1,
  tell?: (share: number) => void,
): Generator<CellRow> {
  let at = 0
  let line = 1
  for (; line < fromLine; line++) at = lineEnd(text, at) + 1
  let size = FIRST
  while (at < text.length) {
    const end = lineEnd(text, Math.min(at + size, text.length))
    const piece = text.slice(at, end)
    const { records, fault } = recordsOf(piece, { ...STRICT, delimiter })
    for (const cells of records) {
      const row = rowOf(line, cells)
      if (row !== null) yield row
      line += linesOf(cells)
    }
    tell?.(Math.min(end / text.length, 1))
    if (fault === null) {
      at = end + 1
      size = Math.min(size * 2, MOST)
      continue
    }
    at += lengthOf(piece, records)
    // A cell that only this piece cuts off is read with what follows it.
    if (fault.code === 'CSV_QUOTE_NOT_CLOSED' && end < text.length && end - at < LONGEST_ROW) {
      size = Math.max((end - at) * 2, FEWEST)
      continue
    }
    const relaxed = fault.code === BARE_QUOTE ? recordWithBareQuotes(text.slice(at, end), delimiter) : null
    yield relaxed === null ? { line, cells: [], fault: sentence(fault) } : { line, cells: relaxed, fault: null }
    const lines = relaxed === null ? 1 : linesOf(relaxed)
    line += lines
    for (let read = 0; read < lines; read++) at = lineEnd(text, at) + 1
    size = FEWEST
  }
}

interface Parsed {
  readonly records: readonly (readonly string[])[]
  readonly fault: CsvError | null
}

/** The records before a fault, and the fault. The parser throws the records away with it, so they are read again. */
function recordsOf(text: string, options: Options): Parsed {
  // csv-parse makes an error of every row of another width than the one before; what costs is its stack.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return { records: parse(text, options), fault: null }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const before = Number(error['records'])
    return { records: before === 0 ? [] : parse(text, { ...options, to: before }), fault: error }
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** What csv-parse calls a quote inside an unquoted cell. */
const BARE_QUOTE = 'INVALID_OPENING_QUOTE'

/** The first record with bare quotes as they stand; `null` where one opens a cell and does not close it. */
function recordWithBareQuotes(text: string, delimiter: string): readonly string[] | null {
  const { records } = recordsOf(text, { ...STRICT, delimiter, relax_quotes: true, to: 1 })
  return records[0] ?? null
}

function rowOf(line: number, cells: readonly string[]): CellRow | null {
  if (cells.length === 1 && cells[0] === '') return null
  if (cells.length <= MOST_COLUMNS) return { line, cells, fault: null }
  return { line, cells: [], fault: `The row has more than ${MOST_COLUMNS} columns.` }
}

function sentence({ code, ...fault }: CsvError): string {
  const cell = Number(fault['index']) + 1
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `The quote that opens cell ${cell} is never closed.`
  if (code === 'CSV_MAX_RECORD_SIZE') return `The row is longer than ${LONGEST_ROW} characters.`
  return `Text stands beside the quotes of cell ${cell}.`
}

function lengthOf(text: string, records: readonly (readonly string[])[]): number {
  let at = 0
  for (const cells of records) for (let left = linesOf(cells); left > 0; left--) at = lineEnd(text, at) + 1
  return at
}

function linesOf(cells: readonly string[]): number {
  let lines = 1
  for (const cell of cells) for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) lines++
  return lines
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
