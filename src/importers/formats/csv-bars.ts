import { INTERVAL_MS, type BarInterval } from '../../domain/ledger/records.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import { assumedInstrument } from '../assumed-instrument.ts'
import { barInterval } from '../bars/bar-interval.ts'
import { BAR_ROLES, recogniseBars, type BarLayout } from '../bars/bar-layout.ts'
import { readBarRows, type LooseBar, type LooseBars } from '../bars/bar-rows.ts'
import { askSymbol, barInstrument, symbolFromName } from '../bars/bar-symbol.ts'
import { finishedReading } from '../finished-reading.ts'
import type {
  BarRow,
  ImportFormat,
  ImportReading,
  ImportSettings,
  ReadingContext,
  Recognition,
  SourceFile,
} from '../format.ts'
import { clip, ReadingLog } from '../reading-log.ts'
import { RowReader } from '../row-reader.ts'
import { mappable, notMine } from '../seen-columns.ts'
import { planTable } from '../table-plan.ts'
import { openTable, type TableSheet } from '../table-sheet.ts'

/** Prices as bars from any CSV: OHLCV, closing prices, one column per symbol, and LEAN's own layouts. */
export const csvBars: ImportFormat = {
  id: 'csv-bars',
  title: 'Prices (CSV bars)',
  kinds: ['bars'],
  found: 'A download of historical prices with date, open, high, low, close and volume, or a LEAN data file.',
  roles: BAR_ROLES.map(({ role, title, required }) => ({ role, title, required })),
  recognise,
  read,
}

function recognise(file: SourceFile): Recognition {
  const sheet = openTable(file, {})
  if (!sheet.ok) return notMine(sheet.error)
  const layout = recogniseBars(sheet.value, file)
  const symbol = symbolFromName(file)
  return mappable(sheet.value, layout, {
    ...(layout.confidence === 0 ? {} : { mapping: layout.mapping }),
    ...(symbol === null || layout.shape === 'wide' ? {} : { symbol }),
    ...(layout.shape === 'lean-trade' ? { priceScale: '10000' as const } : {}),
  })
}

function read(file: SourceFile, settings: ImportSettings, context: ReadingContext): Result<ImportReading, string> {
  const opened = openTable(file, settings, context.tell)
  if (!opened.ok) return opened
  const sheet = opened.value
  const guessed = recogniseBars(sheet, file)
  const layout =
    settings.mapping === undefined
      ? guessed
      : { ...guessed, mapping: settings.mapping, shape: shapeOf(settings.mapping, guessed) }
  if (layout.mapping['time'] === undefined) return err('No column of dates was found: this is not a table of prices.')
  const log = new ReadingLog()
  const planned = planTable(
    sheet,
    planRoles(sheet, layout),
    { ...layout.mapping, ...valueColumns(sheet, layout) },
    settings,
    context,
    log,
  )
  // Days without times are days everywhere: they are kept as UTC days, complete after any market has closed.
  const plan =
    planned.datesOnly && settings.timeZone === undefined
      ? { ...planned, mapping: layout.mapping, timeZone: 'UTC' }
      : { ...planned, mapping: layout.mapping }
  const reader = new RowReader({
    plan,
    headers: sheet.headers,
    corrections: settings.corrections,
    log,
    now: context.now,
  })
  const symbol = settings.symbol ?? symbolFromName(file) ?? ''
  if (symbol === '' && layout.shape !== 'wide' && layout.mapping['symbol'] === undefined) askSymbol(file, log)
  const scale = settings.priceScale ?? (layout.shape === 'lean-trade' ? '10000' : '1')
  const loose = readBarRows(sheet, reader, layout.shape, symbol === '' ? '?' : symbol, scale)
  if (loose.notPositive * 100 > loose.bars.length) {
    return err(
      `${loose.notPositive} of ${loose.notPositive + loose.bars.length} values are zero or below: these look like returns or differences, not prices.`,
    )
  }
  noteAssumptions(layout, loose.gaps, scale, plan.timeZone, log)
  const interval = settings.interval ?? guessInterval(loose.bars, log)
  const bars =
    interval === null || symbolMissing(loose.bars) ? [] : completeBars(loose.bars, interval, context.now, log)
  const symbols = [...new Set(bars.map((row) => row.bar.symbol))]
  return ok(
    finishedReading({
      title: layout.says === '' || guessed.confidence === 0 ? csvBars.title : layout.says.replace(/\.$/, ''),
      settings: {
        ...settings,
        encoding: sheet.encoding,
        delimiter: sheet.delimiter,
        headerLine: sheet.headerLine,
        mapping: layout.mapping,
        decimalMark: plan.decimalMark,
        dateOrder: plan.dateOrder,
        timeZone: plan.timeZone,
        priceScale: scale,
        ...(interval === null ? {} : { interval }),
        ...(symbol === '' || layout.shape === 'wide' ? {} : { symbol }),
      },
      rows: loose.rows,
      log,
      bars,
      instruments: symbols.map((each) =>
        assumedInstrument(
          { symbol: each, ...barInstrument(each, file, settings, context, log) },
          `Prices in ${file.name}`,
        ),
      ),
    }),
  )
}

function shapeOf(mapping: Readonly<Record<string, number>>, guessed: BarLayout): BarLayout['shape'] {
  if (mapping['close'] !== undefined) return guessed.shape === 'lean-trade' ? 'lean-trade' : 'rows'
  return guessed.shape === 'lean-quote' ? 'lean-quote' : 'wide'
}

/** Price columns that have no role of their own, under names for planning. */
function valueColumns(sheet: TableSheet, layout: BarLayout): Readonly<Record<string, number>> {
  if (layout.shape !== 'wide' && layout.shape !== 'lean-quote') return {}
  return Object.fromEntries(sheet.headers.map((_, index) => [`value${index}`, index] as const).slice(1))
}

function planRoles(sheet: TableSheet, layout: BarLayout): typeof BAR_ROLES {
  const values = Object.keys(valueColumns(sheet, layout)).map((role) => ({
    role,
    title: role,
    required: false,
    names: [],
    holds: 'number' as const,
  }))
  return [...BAR_ROLES, ...values]
}

function noteAssumptions(
  layout: BarLayout,
  gaps: LooseBars['gaps'],
  scale: string,
  zone: string,
  log: ReadingLog,
): void {
  if (scale === '10000') {
    log.warn({
      line: 0,
      says: 'Prices are whole ten-thousandths, as LEAN writes US equities: 136300 is read as 13.63.',
      proposal: 'Choose scale 1 if the file holds plain prices.',
      setting: 'priceScale',
      choices: ['10000', '1'],
    })
  }
  if (layout.shape === 'lean-quote') log.note('Each bar is the middle of its bid and its ask; sizes are not kept.')
  if (layout.mapping['open'] === undefined && layout.shape !== 'lean-quote')
    log.note(
      'The file has closing prices alone: open, high and low are taken equal to the close, so ranges are understated.',
    )
  if (gaps.size > 0) log.note(gapsNote(gaps))
  log.note(`Times are in ${zone}.`)
}

/** Columns with empty cells that are named; the others are counted. */
const NAMED = 8

function gapsNote(gaps: LooseBars['gaps']): string {
  const worst = [...gaps].sort((a, b) => b[1] - a[1])
  const total = worst.reduce((sum, [, count]) => sum + count, 0)
  const named = worst.slice(0, NAMED).map(([symbol, count]) => `${clip(symbol)} ${count}`)
  const others = worst.length > NAMED ? ` and ${worst.length - NAMED} more columns` : ''
  return `${total} empty cells are missing prices and stay missing, none is filled: ${named.join(', ')}${others}.`
}

function guessInterval(bars: readonly LooseBar[], log: ReadingLog): BarInterval | null {
  const first = bars[0]?.bar.symbol
  const interval = barInterval(bars.filter(({ bar }) => bar.symbol === first).map(({ bar }) => bar.at))
  if (interval === null && bars.length > 0) {
    log.question({
      line: 0,
      says: 'The distance between the rows is none of the known bar lengths.',
      proposal: 'Choose the length of these bars.',
      setting: 'interval',
      choices: Object.keys(INTERVAL_MS),
    })
  }
  return interval
}

function symbolMissing(bars: readonly LooseBar[]): boolean {
  return bars[0]?.bar.symbol === '?'
}

/** Bars that are complete and not told twice; of two that differ for one instant, the second is refused. */
function completeBars(
  loose: readonly LooseBar[],
  interval: BarInterval,
  now: number,
  log: ReadingLog,
): readonly BarRow[] {
  const seen = new Map<string, Map<number, LooseBar>>()
  const rows: BarRow[] = []
  for (const found of loose) {
    const { line, bar } = found
    if (bar.at + INTERVAL_MS[interval] > now) {
      log.skip(line, 'The bar is not complete yet.')
      continue
    }
    const ofSymbol = seen.get(bar.symbol) ?? new Map<number, LooseBar>()
    seen.set(bar.symbol, ofSymbol)
    const before = ofSymbol.get(bar.at)
    if (before === undefined) {
      ofSymbol.set(bar.at, found)
      // Not a copy: a file may hold millions.
      rows.push({ line, bar: Object.assign(bar, { interval }) })
    } else if (sameBar(before.bar, bar)) log.skip(line, `Line ${before.line} says the same.`)
    else
      log.error({
        line,
        says: `Line ${before.line} has other prices for the same time.`,
        proposal: 'Keep one of the two lines.',
      })
  }
  return rows
}

function sameBar(a: LooseBar['bar'], b: LooseBar['bar']): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume
}
