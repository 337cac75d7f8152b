import { LONGEST_CELL, MOST_COLUMNS } from './caps.ts'

/** One row of a table: its cells, or why they cannot be told apart. */
export interface CellRow {
  /** Line on which the row begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  readonly fault: string | null
}

/**
 * Rows of delimited text (RFC 4180, also with quotes inside unquoted cells), blank lines left out. A broken row costs
 * that row alone: reading goes on at the next line, so that one lost quote does not swallow the rest of the file.
 */
export function* splitCells(text: string, delimiter: string, fromLine = 1): Generator<CellRow> {
  let at = 0
  let line = 1
  // Where the next quote stands: looked for once, not anew for every row without one.
  let quote = text.indexOf('"')
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline
    if (line < fromLine) {
      at = end + 1
      line++
      continue
    }
    if (quote !== -1 && quote < at) quote = text.indexOf('"', at)
    if (quote === -1 || quote >= end) {
      const row = plainRow(text.slice(at, end), delimiter, line)
      if (row !== null) yield row
      at = end + 1
      line++
      continue
    }
    const quoted = quotedRow(text, at, delimiter)
    if (typeof quoted === 'string') {
      yield { line, cells: text.slice(at, Math.min(end, at + 1000)).split(delimiter, 64), fault: quoted }
      at = end + 1
      line++
      continue
    }
    yield { line, cells: quoted.cells, fault: tooWide(quoted.cells.length) }
    at = quoted.next
    line += quoted.lines
  }
}

function plainRow(text: string, delimiter: string, line: number): CellRow | null {
  if (text.trim() === '') return null
  const cells = text.split(delimiter, MOST_COLUMNS + 1)
  let fault = tooWide(cells.length)
  if (text.length > LONGEST_CELL && cells.some((cell) => cell.length > LONGEST_CELL)) fault = tooLong()
  return { line, cells: fault === null ? cells : cells.slice(0, 64).map((cell) => cell.slice(0, 1000)), fault }
}

interface Quoted {
  readonly cells: readonly string[]
  readonly next: number
  readonly lines: number
}

/** Reads one row with quotes from `start`; answers the fault of the row as a sentence. */
function quotedRow(text: string, start: number, delimiter: string): Quoted | string {
  const cells: string[] = []
  let at = start
  let lines = 1
  for (;;) {
    let cell: string
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1)
      if (close === -1) return `The quote that opens cell ${cells.length + 1} is never closed.`
      cell = text.slice(at + 1, close)
      if (cell.includes('""')) cell = cell.replaceAll('""', '"')
      for (let i = cell.indexOf('\n'); i !== -1; i = cell.indexOf('\n', i + 1)) lines++
      at = close + 1
      while (text[at] === ' ') at++
      if (at < text.length && text[at] !== '\n' && text[at] !== delimiter) {
        return `Text follows the closing quote of cell ${cells.length + 1}.`
      }
    } else {
      const ends = cellEnd(text, at, delimiter)
      cell = text.slice(at, ends)
      // A blank before an opening quote is not part of the cell.
      if (cell.startsWith(' ') && cell.trimStart().startsWith('"')) {
        at += cell.length - cell.trimStart().length
        continue
      }
      at = ends
    }
    if (cell.length > LONGEST_CELL) return tooLong()
    cells.push(cell)
    if (cells.length > MOST_COLUMNS) return { cells, next: lineEnd(text, at) + 1, lines }
    if (at >= text.length || text[at] === '\n') return { cells, next: at + 1, lines }
    at += 1
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (at - from > LONGEST_CELL) return -1
    if (text[at + 1] !== '"') return at
  }
  return -1
}

function cellEnd(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== delimiter) at++
  return at
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function tooWide(columns: number): string | null {
  return columns > MOST_COLUMNS ? `The row has more than ${MOST_COLUMNS} columns.` : null
}

function tooLong(): string {
  return `A cell is longer than ${LONGEST_CELL} characters.`
}
