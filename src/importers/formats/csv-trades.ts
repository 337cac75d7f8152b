import { dec, magnitude, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import { assumedInstrument, pairOf } from '../assumed-instrument.ts'
import { MOST_ROWS } from '../caps.ts'
import { ledgerWord } from '../fills/ledger-word.ts'
import { TRADE_ROLES } from '../fills/trade-roles.ts'
import { finishedReading } from '../finished-reading.ts'
import type {
  ImportFormat,
  ImportReading,
  ImportSettings,
  ReadingContext,
  Recognition,
  SourceFile,
  TradeRow,
} from '../format.ts'
import { clip, ReadingLog } from '../reading-log.ts'
import { RowReader } from '../row-reader.ts'
import { mappable, notMine } from '../seen-columns.ts'
import { guessMapping, missingRoles, planTable } from '../table-plan.ts'
import { openTable } from '../table-sheet.ts'

/** Closed trades from any CSV with entry and exit on one row. */
export const csvTrades: ImportFormat = {
  id: 'csv-trades',
  title: 'Closed trades (CSV)',
  kinds: ['trades'],
  found: 'A journal or backtest that lists entry and exit of each trade on one row.',
  roles: TRADE_ROLES.map(({ role, title, required }) => ({ role, title, required })),
  recognise,
  read,
}

function recognise(file: SourceFile): Recognition {
  const sheet = openTable(file, {})
  if (!sheet.ok) return notMine(sheet.error)
  const mapping = guessMapping(sheet.value.headers, TRADE_ROLES)
  const missing = TRADE_ROLES.filter((role) => role.required && mapping[role.role] === undefined)
  const says =
    missing.length === 0
      ? 'Closed trades with entry and exit.'
      : `Columns were not found for: ${missing.map((role) => role.title.toLowerCase()).join(', ')}.`
  return mappable(sheet.value, { confidence: missing.length === 0 ? 0.9 : 0, says }, { mapping })
}

function read(file: SourceFile, settings: ImportSettings, context: ReadingContext): Result<ImportReading, string> {
  const opened = openTable(file, settings, context.tell)
  if (!opened.ok) return opened
  const sheet = opened.value
  const log = new ReadingLog()
  const mapping = settings.mapping ?? guessMapping(sheet.headers, TRADE_ROLES)
  const unmapped = missingRoles(TRADE_ROLES, mapping)
  if (unmapped !== null) return err(unmapped)
  const plan = planTable(sheet, TRADE_ROLES, mapping, settings, context, log)
  const reader = new RowReader({
    plan,
    headers: sheet.headers,
    corrections: settings.corrections,
    log,
    now: context.now,
  })
  const trades: TradeRow[] = []
  let rows = 0
  for (const row of sheet.rows()) {
    if (++rows > MOST_ROWS || log.full) break
    if (!reader.take(row)) continue
    const trade = readTrade(reader, settings, context, log)
    if (trade !== undefined) trades.push(trade)
  }
  log.note(`Times are in ${plan.timeZone}.`)
  return ok(
    finishedReading({
      title: csvTrades.title,
      settings: {
        ...settings,
        encoding: sheet.encoding,
        delimiter: sheet.delimiter,
        headerLine: sheet.headerLine,
        mapping,
        decimalMark: plan.decimalMark,
        dateOrder: plan.dateOrder,
        timeZone: plan.timeZone,
      },
      rows,
      log,
      trades,
      instruments: instrumentsOf(trades, settings),
    }),
  )
}

function readTrade(
  reader: RowReader,
  settings: ImportSettings,
  context: ReadingContext,
  log: ReadingLog,
): TradeRow | undefined {
  const entry = reader.instant('entryTime')
  const exit = reader.instant('exitTime')
  const symbol = reader.text('symbol')
  if (symbol === '') reader.failRole('symbol', 'The row names no symbol.', 'Fill in the cell, or leave the row out.')
  const signed = reader.number('quantity')
  const entryPrice = reader.number('entryPrice', 'not-negative')
  const exitPrice = reader.number('exitPrice', 'not-negative')
  const stated = reader.optional('profit')
  const fee = reader.optional('fee') ?? '0'
  const stop = reader.optional('stop', 'positive') ?? null
  const side = sideOf(reader, signed)
  if (reader.failed || entry === undefined || exit === undefined || signed === undefined || side === undefined)
    return undefined
  if (entryPrice === undefined || exitPrice === undefined) return undefined
  if (signed === '0') {
    reader.failRole('quantity', 'The quantity is 0: nothing was traded.', 'Leave the row out.')
    return undefined
  }
  if (exit.at < entry.at) {
    reader.failRole('exitTime', 'The exit is before the entry.', 'Check the two columns, or leave the row out.')
    return undefined
  }
  const quantity = magnitude(dec(signed))
  const fees = magnitude(dec(fee))
  const move = side === 'long' ? dec(exitPrice).minus(dec(entryPrice)) : dec(entryPrice).minus(dec(exitPrice))
  const currency = currencyOf(reader, symbol, settings, context, log)
  return {
    line: reader.line,
    keyAt: exit.at,
    symbol,
    strategy: orNull(reader.text('strategy')),
    tag: orNull(reader.text('tag')),
    side,
    quantity: text(quantity),
    entryAt: entry.at,
    entryPrice,
    exitAt: exit.at,
    exitPrice,
    fees: text(fees),
    profit: text(netProfit(stated, move.times(quantity), fees, log)),
    currency,
    stop,
    sourceId: orNull(reader.text('id')),
  }
}

/** The stated profit is net, unless it is just what the prices give before fees. */
function netProfit(stated: string | undefined, gross: Dec, fees: Dec, log: ReadingLog): Dec {
  if (stated === undefined) {
    log.note('Profit is computed from prices, quantity and fees, at 1 money per point.')
    return gross.minus(fees)
  }
  const told = dec(stated)
  if (fees.eq(ZERO) || !told.eq(gross)) return told
  log.note('Stated profits are before fees; fees are taken off.')
  return gross.minus(fees)
}

function sideOf(reader: RowReader, signed: string | undefined): 'long' | 'short' | undefined {
  const word = reader.text('side')
  if (word === '') return signed?.startsWith('-') === true ? 'short' : 'long'
  if (/^(?:long|l|short)$/i.test(word)) return /^l/i.test(word) ? 'long' : 'short'
  const known = ledgerWord(word)
  if (known === 'buy' || known === 'sell') return known === 'buy' ? 'long' : 'short'
  reader.failRole('side', `"${clip(word)}" is not a side.`, 'Write long or short.')
  return undefined
}

function currencyOf(
  reader: RowReader,
  symbol: string,
  settings: ImportSettings,
  context: ReadingContext,
  log: ReadingLog,
): string {
  const written = reader.text('currency').toUpperCase()
  if (/^[A-Z0-9]{2,8}$/.test(written)) return written
  const known = settings.currency ?? context.currencyOf(symbol)
  if (known !== undefined) return known
  log.warnOnce('currency', {
    line: 0,
    says: `The file names no currency for some trades; their profits are read as ${context.accountCurrency}, the account's currency.`,
    proposal: 'Choose the currency if it is another.',
    setting: 'currency',
  })
  return pairOf(symbol)?.assetClass === 'crypto'
    ? (pairOf(symbol)?.currency ?? context.accountCurrency)
    : context.accountCurrency
}

function instrumentsOf(trades: readonly TradeRow[], settings: ImportSettings): ImportReading['instruments'] {
  const bySymbol = Map.groupBy(trades, (trade) => trade.symbol)
  return [...bySymbol].map(([symbol, own]) =>
    assumedInstrument(
      {
        symbol,
        assetClass: settings.assetClass ?? pairOf(symbol)?.assetClass ?? 'equity',
        currency: own[0]?.currency ?? '',
        quantities: own.map((trade) => trade.quantity),
      },
      'Closed trades from a CSV',
    ),
  )
}

function orNull(value: string): string | null {
  return value === '' || value === '-' ? null : value.slice(0, 120)
}
