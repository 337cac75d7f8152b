import type { SourceFile } from '../format.ts'
import { orderEvidence, readMoment } from '../moment-text.ts'
import { isBlank, markEvidence } from '../decimal-text.ts'
import { guessMapping, type TableRole } from '../table-plan.ts'
import { plainHeader, type TableSheet } from '../table-sheet.ts'

/** How a table holds prices: one bar per row, one column per symbol, or LEAN's trade and quote bars. */
export type BarShape = 'rows' | 'wide' | 'lean-trade' | 'lean-quote'

/** Shape and columns of a table of prices; confidence 0 where it is none. */
export interface BarLayout {
  readonly shape: BarShape
  readonly mapping: Readonly<Record<string, number>>
  readonly confidence: number
  readonly says: string
  /** Whether the four prices of every row of the beginning are whole numbers. */
  readonly whole: boolean
}

/** Columns of a table of bars, with the names they go by. */
export const BAR_ROLES: readonly TableRole[] = [
  {
    role: 'time',
    title: 'Date or start of the bar',
    required: true,
    holds: 'moment',
    names: [
      'datetime',
      'timestamp',
      'dateutc',
      'timeutc',
      'opentime',
      'date',
      'datum',
      'day',
      'time',
      'unix',
      'unixtimestamp',
      'zeit',
      'gmttime',
    ],
  },
  {
    role: 'clock',
    title: 'Time of day, in a column of its own',
    required: false,
    holds: 'time-of-day',
    names: ['time', 'zeit', 'uhrzeit'],
  },
  {
    role: 'symbol',
    title: 'Symbol',
    required: false,
    holds: 'text',
    names: ['symbol', 'ticker', 'instrument', 'pair'],
  },
  {
    role: 'open',
    title: 'Open',
    required: false,
    holds: 'number',
    names: ['open', 'o', 'openprice', 'first', 'eröffnung'],
  },
  { role: 'high', title: 'High', required: false, holds: 'number', names: ['high', 'h', 'highprice', 'hoch', 'max'] },
  { role: 'low', title: 'Low', required: false, holds: 'number', names: ['low', 'l', 'lowprice', 'tief', 'min'] },
  {
    role: 'close',
    title: 'Close',
    required: true,
    holds: 'number',
    names: [
      'close',
      'c',
      'closeprice',
      'closelast',
      'last',
      'price',
      'schluss',
      'schlusskurs',
      'settle',
      'adjclose',
      'adjustedclose',
      'value',
    ],
  },
  {
    role: 'volume',
    title: 'Volume in units',
    required: false,
    holds: 'number',
    names: ['volume', 'vol', 'v', 'tickvol', 'tickvolume', 'volumen', 'basevolume'],
  },
]

const NONE: BarLayout = {
  shape: 'rows',
  mapping: {},
  confidence: 0,
  says: 'This is not a table of prices.',
  whole: false,
}

/** Recognises the shape of a table of prices by its header, or without one by its cells. */
export function recogniseBars(sheet: TableSheet, file: SourceFile): BarLayout {
  return sheet.headerLine > 0 ? byHeader(sheet) : byCells(sheet, file)
}

function byHeader(sheet: TableSheet): BarLayout {
  const mapping = guessMapping(sheet.headers, BAR_ROLES)
  const first = sheet.headers[0] ?? ''
  const prices = ['open', 'high', 'low', 'close'].filter((role) => mapping[role] !== undefined).length
  if (prices >= 3 && mapping['time'] !== undefined) {
    return { shape: 'rows', mapping, confidence: prices === 4 ? 0.9 : 0.7, says: 'Bars, one per row.', whole: false }
  }
  // A table of prices often leaves its first header empty.
  const time = mapping['time'] ?? (first === 'column 1' || first === 'index' ? 0 : undefined)
  if (time === undefined || !holdsDates(sheet, time)) return NONE
  if (prices >= 3)
    return { shape: 'rows', mapping: { ...mapping, time }, confidence: 0.85, says: 'Bars, one per row.', whole: false }
  if (
    mapping['close'] !== undefined &&
    !isLedger(sheet) &&
    (sheet.headers.length === 2 || mapping['symbol'] !== undefined)
  ) {
    return {
      shape: 'rows',
      mapping: { ...mapping, time },
      confidence: 0.6,
      says: 'Closing prices, one per row.',
      whole: false,
    }
  }
  const numeric = sheet.headers.filter((_, index) => index !== time && holdsNumbers(sheet, index)).length
  if (numeric >= sheet.headers.length - 1 && numeric > 0) {
    return {
      shape: 'wide',
      mapping: { time },
      confidence: 0.6,
      says: `Closing prices of ${numeric} symbols, one column each.`,
      whole: false,
    }
  }
  return NONE
}

/** Executions have prices too, but also quantities or sides. */
function isLedger(sheet: TableSheet): boolean {
  const told = /^(?:quantity|qty|shares|side|action|buysell|type|transactiontype|amount)$/
  return sheet.headers.some((header) => told.test(plainHeader(header)))
}

function byCells(sheet: TableSheet, file: SourceFile): BarLayout {
  const width = sheet.headers.length
  if (!holdsDates(sheet, 0)) return NONE
  const lean = sheet.head.every((row) => /^\d{8} \d{2}:\d{2}$|^\d{5,8}$/.test(row.cells[0]?.trim() ?? ''))
  if (width === 11 && lean) {
    return {
      shape: 'lean-quote',
      mapping: { time: 0 },
      confidence: 0.9,
      says: 'LEAN quote bars: bid and ask, read as their middle.',
      whole: false,
    }
  }
  const bars = { time: 0, open: 1, high: 2, low: 3, close: 4 }
  const numbers = (from: number, to: number): boolean => {
    for (let index = from; index <= to; index++) if (!holdsNumbers(sheet, index)) return false
    return true
  }
  if (width === 6 && numbers(1, 5)) {
    const whole = sheet.head.every((row) => row.cells.slice(1, 5).every((cell) => /^\d+$/.test(cell.trim())))
    const hinted = /(?:^|[^a-z])(?:crypto|forex|cfd)|_trade|_quote/i.test(`${file.receivedName} ${file.name}`)
    const shape = lean && whole && !hinted ? 'lean-trade' : 'rows'
    return {
      shape,
      mapping: { ...bars, volume: 5 },
      confidence: lean ? 0.9 : 0.7,
      says: lean ? 'LEAN trade bars.' : 'Bars without column names.',
      whole,
    }
  }
  if (width === 5 && numbers(1, 4))
    return { shape: 'rows', mapping: bars, confidence: 0.6, says: 'Bars without column names.', whole: false }
  if (width === 7 && /^\d{1,2}:\d{2}/.test(sheet.head[0]?.cells[1]?.trim() ?? '') && numbers(2, 6)) {
    const mapping = { time: 0, clock: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 }
    return { shape: 'rows', mapping, confidence: 0.7, says: 'Bars without column names.', whole: false }
  }
  if (width === 2 && numbers(1, 1)) {
    return {
      shape: 'rows',
      mapping: { time: 0, close: 1 },
      confidence: 0.5,
      says: 'Closing prices without column names.',
      whole: false,
    }
  }
  return NONE
}

function holdsDates(sheet: TableSheet, index: number): boolean {
  const cells = sheet.head.map((row) => row.cells[index]?.trim() ?? '').filter((cell) => cell !== '')
  const dates = cells.filter(
    (cell) =>
      orderEvidence(cell) !== 'not-a-date' && readMoment(cell, orderEvidence(cell) === 'mdy' ? 'mdy' : 'dmy').ok,
  )
  return cells.length > 0 && dates.length >= cells.length * 0.8
}

function holdsNumbers(sheet: TableSheet, index: number): boolean {
  const cells = sheet.head.map((row) => row.cells[index]?.trim() ?? '')
  return cells.filter((cell) => isBlank(cell) || markEvidence(cell) !== 'not-a-number').length >= cells.length * 0.8
}
