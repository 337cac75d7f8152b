import { dec, divide, text } from '../../domain/kernel/money.ts'
import type { Bar } from '../../domain/ledger/records.ts'
import { MOST_ROWS } from '../caps.ts'
import { isBlank } from '../decimal-text.ts'
import { clip } from '../reading-log.ts'
import type { RowReader } from '../row-reader.ts'
import type { TableSheet } from '../table-sheet.ts'
import type { BarShape } from './bar-layout.ts'

/** A bar before the length of its interval is known. */
export interface LooseBar {
  readonly line: number
  readonly bar: Omit<Bar, 'interval'>
}

/** All bars of a table, and how many rows, empty cells and values of zero or below were seen. */
export interface LooseBars {
  readonly bars: LooseBar[]
  readonly rows: number
  /** Empty cells by the symbol of their column. */
  readonly gaps: ReadonlyMap<string, number>
  readonly notPositive: number
}

/** Reads a table of prices. `symbol` is that of rows that name none. Stops at the cap on rows. */
export function readBarRows(
  sheet: TableSheet,
  reader: RowReader,
  shape: BarShape,
  symbol: string,
  scale: '1' | '10000',
): LooseBars {
  if (shape === 'wide') return readWide(sheet, reader)
  const bars: LooseBar[] = []
  let rows = 0
  for (const row of sheet.rows()) {
    if (++rows > MOST_ROWS) break
    if (!reader.take(row)) continue
    const bar = shape === 'lean-quote' ? readQuote(reader, symbol) : readTrade(reader, symbol, scale)
    if (bar !== undefined) bars.push(bar)
  }
  return { bars, rows, gaps: new Map(), notPositive: 0 }
}

function readTrade(reader: RowReader, fileSymbol: string, scale: '1' | '10000'): LooseBar | undefined {
  const instant = reader.instant('time', 'clock')
  const symbol = reader.has('symbol') ? reader.text('symbol') : fileSymbol
  if (symbol === '') reader.failRole('symbol', 'The row names no symbol.', 'Fill in the cell, or leave the row out.')
  const close = reader.number('close', 'positive')
  const price = (role: string): string | undefined => (reader.has(role) ? reader.number(role, 'positive') : close)
  const open = price('open')
  const high = price('high')
  const low = price('low')
  const volume = reader.optional('volume', 'not-negative') ?? null
  if (
    reader.failed ||
    instant === undefined ||
    open === undefined ||
    high === undefined ||
    low === undefined ||
    close === undefined
  )
    return undefined
  const by = scale === '1' ? (value: string): string => value : tenThousandth
  const bar = { symbol, at: instant.at, open: by(open), high: by(high), low: by(low), close: by(close), volume }
  return inOrder(bar, reader) ? { line: reader.line, bar } : undefined
}

/** LEAN quote bars: bid open, high, low, close, size, then the same of the ask. The bar is the middle of both. */
function readQuote(reader: RowReader, symbol: string): LooseBar | undefined {
  const instant = reader.instant('time')
  const middle = (index: number): string | undefined => {
    const bid = reader.decimalAt(index, 'positive')
    const ask = reader.decimalAt(index + 5, 'positive')
    if (bid === undefined || ask === undefined) {
      if (!reader.failed) reader.fail(index, reader.cell(index), 'Bid or ask is missing.', 'Leave the row out.')
      return undefined
    }
    return text(divide(dec(bid).plus(dec(ask)), dec(2)))
  }
  const [open, high, low, close] = [middle(1), middle(2), middle(3), middle(4)]
  if (
    reader.failed ||
    instant === undefined ||
    open === undefined ||
    high === undefined ||
    low === undefined ||
    close === undefined
  )
    return undefined
  const bar = { symbol, at: instant.at, open, high, low, close, volume: null }
  return inOrder(bar, reader) ? { line: reader.line, bar } : undefined
}

function readWide(sheet: TableSheet, reader: RowReader): LooseBars {
  const bars: LooseBar[] = []
  let rows = 0
  const gaps = new Map<string, number>()
  let notPositive = 0
  for (const row of sheet.rows()) {
    if (++rows > MOST_ROWS || bars.length > MOST_ROWS) break
    if (!reader.take(row)) continue
    const instant = reader.instant('time')
    if (instant === undefined) continue
    for (let index = 1; index < sheet.headers.length; index++) {
      if (isBlank(reader.cell(index))) {
        const missed = sheet.headers[index] ?? ''
        gaps.set(missed, (gaps.get(missed) ?? 0) + 1)
        continue
      }
      const close = reader.decimalAt(index, 'any')
      if (close === undefined) continue
      if (close === '0' || close.startsWith('-')) {
        notPositive++
        reader.fail(
          index,
          close,
          `${clip(sheet.headers[index] ?? '')} is ${close}: a price is greater than 0.`,
          'Leave the cell out.',
        )
        continue
      }
      const symbol = sheet.headers[index] ?? ''
      const bar = { symbol, at: instant.at, open: close, high: close, low: close, close, volume: null }
      bars.push({ line: row.line, bar })
    }
  }
  return { bars, rows, gaps, notPositive }
}

/** Comparing as floats is safe here: it is never wrong where it finds a difference. */
function inOrder(bar: LooseBar['bar'], reader: RowReader): boolean {
  const [open, high, low, close] = [Number(bar.open), Number(bar.high), Number(bar.low), Number(bar.close)]
  if (high >= open && high >= close && low <= open && low <= close) return true
  const wrong =
    high < Math.max(open, close)
      ? `the high ${bar.high} is below its open or close`
      : `the low ${bar.low} is above its open or close`
  reader.failRole(
    'close',
    `The bar contradicts itself: ${wrong}.`,
    'Check the order of the columns, or leave the row out.',
  )
  return false
}

/** The decimal point moved four places to the left. */
function tenThousandth(value: string): string {
  return text(divide(dec(value), dec(10_000)))
}
