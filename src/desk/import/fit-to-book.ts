import type { InstrumentSpec } from '../../domain/inputs.ts'
import { dec } from '../../domain/kernel/money.ts'
import type { AccountRecord, BookReader } from '../ports.ts'
import type { BarRow, CashFlowRow, FillRow, ImportProblem, ImportReading, SkippedRow, TradeRow } from './ports.ts'

/** What of a reading can go into one book, and what stands against the rest. */
export interface FittingRows {
  readonly fills: readonly FillRow[]
  readonly trades: readonly TradeRow[]
  readonly cashFlows: readonly CashFlowRow[]
  readonly bars: readonly BarRow[]
  readonly marks: ImportReading['marks']
  readonly instruments: readonly InstrumentSpec[]
  readonly problems: readonly ImportProblem[]
  readonly skipped: readonly SkippedRow[]
  pointValue(symbol: string): string
}

/**
 * Leaves out what contradicts the book or itself: rows of an instrument that the book holds with another currency or
 * point value, and rows that repeat an id of the file, with other values or the same.
 */
export function fitToBook(book: BookReader, account: AccountRecord, reading: ImportReading): FittingRows {
  const problems: ImportProblem[] = []
  const skipped: SkippedRow[] = []
  const contrary = contradictions(book, reading, problems)
  const fits = (symbol: string, line: number): boolean => {
    const says = contrary.get(symbol)
    if (says !== undefined) skipped.push({ line, says })
    return says === undefined
  }
  const once = <Row extends { readonly line: number }>(
    rows: readonly Row[],
    id: (row: Row) => string | null,
    same: (a: Row, b: Row) => boolean,
  ): readonly Row[] => rowsOnce(rows, id, same, problems, skipped)
  const fills = once(
    reading.fills.filter((row) => fits(row.symbol, row.line)),
    (row) => row.executionId,
    (a, b) =>
      a.symbol === b.symbol &&
      a.at === b.at &&
      a.side === b.side &&
      a.quantity === b.quantity &&
      a.price === b.price &&
      a.fee === b.fee,
  )
  const trades = once(
    reading.trades.filter((row) => fits(row.symbol, row.line)),
    (row) => (row.sourceId === null ? null : `${row.symbol}\n${row.sourceId}`),
    (a, b) => a.entryAt === b.entryAt && a.exitAt === b.exitAt && a.quantity === b.quantity && a.profit === b.profit,
  )
  const cashFlows = once(
    reading.cashFlows,
    (row) => (row.sourceId === null ? null : `${row.kind}\n${row.sourceId}`),
    (a, b) => a.at === b.at && a.amount === b.amount && a.currency === b.currency,
  )
  if (reading.baseCurrency !== null && reading.baseCurrency !== account.currency) {
    problems.push({
      line: 0,
      column: null,
      value: reading.baseCurrency,
      says: `The file's account is kept in ${reading.baseCurrency} and this one in ${account.currency}: its rates to ${reading.baseCurrency} are not used.`,
      proposal: `Check that this is the right account; rates to ${account.currency} must come from elsewhere.`,
      severity: 'warning',
      setting: null,
      choices: [],
    })
  }
  const used = new Set(
    [...fills, ...trades, ...reading.marks].map((row) => row.symbol).concat(reading.bars.map((row) => row.bar.symbol)),
  )
  const specs = new Map(reading.instruments.map((spec) => [spec.symbol, spec]))
  return {
    fills,
    trades,
    cashFlows,
    bars: reading.bars,
    marks: reading.marks,
    instruments: reading.instruments.filter(
      (spec) => used.has(spec.symbol) && book.instrument(spec.symbol) === undefined,
    ),
    problems,
    skipped,
    pointValue: (symbol) => (book.instrument(symbol) ?? specs.get(symbol))?.pointValue ?? '1',
  }
}

/** Symbols whose rows cannot be valued as the file means them, with the reason. */
function contradictions(
  book: BookReader,
  reading: ImportReading,
  problems: ImportProblem[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const traded = new Map<string, string>([...reading.fills, ...reading.trades].map((row) => [row.symbol, row.currency]))
  for (const spec of reading.instruments) {
    const held = book.instrument(spec.symbol)
    const currency = traded.get(spec.symbol)
    if (held === undefined || currency === undefined) continue
    const says =
      held.currency !== currency
        ? `${spec.symbol} is priced in ${currency} in the file and in ${held.currency} in the book.`
        : spec.contractSize !== null && !dec(held.pointValue).eq(dec(spec.pointValue))
          ? `${spec.symbol} has ${spec.pointValue} money per point in the file and ${held.pointValue} in the book.`
          : undefined
    if (says === undefined) continue
    found.set(spec.symbol, says)
    problems.push({
      line: 0,
      column: null,
      value: spec.symbol,
      says: `${says} Its rows are left out.`,
      proposal: 'Mend the instrument in Settings, or rename the symbol in the file.',
      severity: 'error',
      setting: null,
      choices: [],
    })
  }
  return found
}

function rowsOnce<Row extends { readonly line: number }>(
  rows: readonly Row[],
  id: (row: Row) => string | null,
  same: (a: Row, b: Row) => boolean,
  problems: ImportProblem[],
  skipped: SkippedRow[],
): readonly Row[] {
  const seen = new Map<string, Row>()
  return rows.filter((row) => {
    const key = id(row)
    if (key === null) return true
    const before = seen.get(key)
    if (before === undefined) {
      seen.set(key, row)
      return true
    }
    if (same(before, row)) {
      skipped.push({ line: row.line, says: `Line ${before.line} has the same id and says the same.` })
      return false
    }
    const says = `Line ${before.line} has the same id with other values.`
    problems.push({
      line: row.line,
      column: null,
      value: key.split('\n').at(-1) ?? key,
      says,
      proposal: 'If the column holds order ids rather than execution ids, map no column as the id.',
      severity: 'error',
      setting: 'mapping',
      choices: [],
    })
    skipped.push({ line: row.line, says })
    return false
  })
}
