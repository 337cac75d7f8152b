import { readEntry } from '../kit/number-entry.ts'

/** One position as a terminal shows it. Signed units. */
export interface StatedRow {
  readonly symbol: string
  readonly quantity: string
}

/** A pasted list of positions as it was understood, and a sentence for each line that was not. */
export interface StatedList {
  readonly rows: readonly StatedRow[]
  readonly faults: readonly string[]
}

interface Columns {
  readonly symbol: number
  readonly quantity: number
  readonly side: number | undefined
}

const titles = {
  symbol: /^(symbol|ticker|instrument|contract|market|product)s?$/i,
  quantity: /^(quantity|qty|position|positions|size|units|amount|shares|contracts|lots|net)$/i,
  side: /^(side|direction|long ?\/? ?short|l ?\/ ?s|b ?\/ ?s|type)$/i,
}
const short = /^(short|sell|s|sold)$/i
const long = /^(long|buy|l|b|bought)$/i

/**
 * Reads positions copied from a terminal: a symbol and a quantity a line, with tabs, semicolons or commas between, or more
 * columns below a line of titles. A short side makes a quantity negative. Nothing is guessed: what is unclear is a fault.
 */
export function readStated(text: string): StatedList {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const mark = markOf(lines)
  const cells = lines.map((line) => cellsOf(line, mark))
  const titled = columnsOf(cells[0] ?? [])
  const rows: StatedRow[] = []
  const faults: string[] = []
  cells.slice(titled === undefined ? 0 : 1).forEach((row, index) => {
    const at = index + (titled === undefined ? 1 : 2)
    const read = rowOf(row, titled ?? plainColumns(row))
    if (typeof read === 'string') faults.push(`Line ${at}: ${read}`)
    else rows.push(read)
  })
  return { rows, faults }
}

function rowOf(row: readonly string[], columns: Columns | undefined): StatedRow | string {
  if (columns === undefined) return `“${row.join(' ')}” is not a symbol and a quantity; put titles above more columns.`
  const symbol = row[columns.symbol] ?? ''
  const typed = row[columns.quantity] ?? ''
  const side = columns.side === undefined ? '' : (row[columns.side] ?? '')
  if (symbol === '') return 'the symbol is missing.'
  const read = readEntry(typed)
  if (read.kind === 'empty') return `the quantity of ${symbol} is missing; 0 where nothing is held.`
  if (read.kind === 'wrong') return `the quantity of ${symbol}: ${read.why}`
  if (read.kind === 'ambiguous')
    return `the quantity “${typed}” of ${symbol} can be read as ${read.value} or ${read.other}: write it plainly.`
  if (side !== '' && !short.test(side) && !long.test(side))
    return `the side “${side}” of ${symbol} is neither long nor short.`
  const isTurned = short.test(side) && !read.value.startsWith('-') && /[1-9]/.test(read.value)
  return { symbol, quantity: isTurned ? `-${read.value}` : read.value }
}

function columnsOf(head: readonly string[]): Columns | undefined {
  const symbol = head.findIndex((title) => titles.symbol.test(title))
  const quantity = head.findIndex((title) => titles.quantity.test(title))
  const side = head.findIndex((title) => titles.side.test(title))
  if (symbol === -1 || quantity === -1) return undefined
  return { symbol, quantity, side: side === -1 ? undefined : side }
}

/** Without titles: symbol and quantity, and a side at most. */
function plainColumns(row: readonly string[]): Columns | undefined {
  const hasSide = row.length === 3 && (short.test(row[2] ?? '') || long.test(row[2] ?? ''))
  return row.length === 2 || hasSide ? { symbol: 0, quantity: 1, side: hasSide ? 2 : undefined } : undefined
}

function markOf(lines: readonly string[]): RegExp {
  if (lines.some((line) => line.includes('\t'))) return /\t/
  if (lines.some((line) => line.includes(';'))) return /;/
  // A comma inside quotes belongs to its number.
  return lines.every((line) => line.includes(',')) ? /,(?=(?:[^"]*"[^"]*")*[^"]*$)/ : /\s+/
}

function cellsOf(line: string, mark: RegExp): readonly string[] {
  return line
    .trim()
    .split(mark)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    )
}
