import type { InstrumentSaid } from '../assumed-instrument.ts'
import type { CashFlowRow, ImportReading } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import { readFlexCash, readFlexSalesTax } from './flex-cash.ts'
import { flexInstrument, flexSymbol } from './flex-instrument.ts'
import { flexReason, mattersByHand } from './flex-reasons.ts'
import { FlexRow, type FlexClock } from './flex-row.ts'
import { FlexTotals } from './flex-totals.ts'
import { readFlexTrade, type FlexTrade } from './flex-trades.ts'
import type { FlexElement } from './flex-xml.ts'

/** Everything gathered from a statement's elements. */
export interface GatheredFlex {
  readonly trades: FlexTrade[]
  readonly cashFlows: CashFlowRow[]
  readonly marks: ImportReading['marks'][number][]
  readonly rates: ImportReading['rates'][number][]
  readonly said: Map<string, InstrumentSaid>
  readonly totals: FlexTotals
  rows: number
}

const FRAME = new Set(['FlexQueryResponse', 'FlexStatements', 'FlexStatement', 'AccountInformation'])

/** Reads every row of a statement; rows that bring nothing are skipped with their reason. */
export function gatherFlex(elements: readonly FlexElement[], clock: FlexClock, log: ReadingLog): GatheredFlex {
  const into: GatheredFlex = {
    trades: [],
    cashFlows: [],
    marks: [],
    rates: [],
    said: new Map(),
    totals: new FlexTotals(),
    rows: 0,
  }
  for (const element of elements) {
    if (log.full) break
    if (element.name === 'FlexStatement') into.totals.begin(new FlexRow(element, clock, log))
    if (!FRAME.has(element.name) && Object.keys(element.attributes).length > 0) readElement(element, clock, into, log)
  }
  return into
}

function readElement(element: FlexElement, clock: FlexClock, into: GatheredFlex, log: ReadingLog): void {
  into.rows++
  const row = new FlexRow(element, clock, log)
  switch (element.name) {
    case 'Trade': {
      const trade = readFlexTrade(row, log)
      if (trade !== undefined) into.trades.push(trade)
      return
    }
    case 'CashTransaction':
    case 'SalesTax': {
      const flow = element.name === 'SalesTax' ? readFlexSalesTax(row) : readFlexCash(row, log)
      if (flow !== undefined) into.cashFlows.push(flow)
      return
    }
    case 'SecurityInfo':
      remember(row, into, log)
      return
    case 'OpenPosition':
      readPosition(row, into, log)
      return
    case 'ConversionRate':
      readRate(row, into, log)
      return
    case 'CashReportCurrency':
      into.totals.addCash(row)
      return
    case 'FIFOPerformanceSummaryUnderlying':
      into.totals.addRealised(row)
      return
    case 'MTMPerformanceSummaryUnderlying':
      into.totals.addPrevious(row)
      break
    case 'ChangeInNAV':
      into.totals.addWorth(row)
      break
  }
  leaveOut(element, log)
}

function remember(row: FlexRow, into: GatheredFlex, log: ReadingLog): boolean {
  const said = flexInstrument(row)
  if (said === null || said.symbol === '') {
    log.skip(row.line, `Instruments of kind "${clip(row.text('assetCategory'))}" cannot be held in a book.`)
    return false
  }
  if (/^[A-Z0-9]{2,8}$/.test(said.currency) && (row.element.name === 'SecurityInfo' || !into.said.has(said.symbol)))
    into.said.set(said.symbol, said)
  return true
}

function readPosition(row: FlexRow, into: GatheredFlex, log: ReadingLog): void {
  if (row.text('levelOfDetail') === 'LOT') {
    log.skip(row.line, 'A lot is part of a position whose sum is read.')
    return
  }
  if (!remember(row, into, log)) return
  into.totals.addPosition(row)
  const price = row.number('markPrice')
  const at = row.endOfDay('reportDate')
  if (row.failed || price === undefined || at === undefined) return
  into.marks.push({ line: row.line, symbol: flexSymbol(row), price, at, source: 'statement' })
}

function readRate(row: FlexRow, into: GatheredFlex, log: ReadingLog): void {
  const from = row.text('fromCurrency')
  const to = row.text('toCurrency')
  const rate = row.number('rate')
  const at = row.endOfDay('reportDate')
  if (row.failed || rate === undefined || at === undefined) return
  if (rate.startsWith('-') || rate === '0')
    log.skip(row.line, `The statement has no rate for ${clip(from)} on that day.`)
  else if (from === to) log.skip(row.line, 'A currency needs no rate to itself.')
  else into.rates.push({ line: row.line, from, to, rate, at, source: 'IBKR Flex statement' })
}

function leaveOut(element: FlexElement, log: ReadingLog): void {
  const says = `<${element.name}>: ${flexReason(element.name)}`
  if (mattersByHand(element.name)) {
    const what = element.attributes['description'] ?? element.attributes['symbol'] ?? element.name
    log.warn({ line: element.line, value: what, says, proposal: 'Check the position after the import.' })
  }
  log.skip(element.line, says)
}
