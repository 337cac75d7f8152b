import { dec, text } from '../../domain/kernel/money.ts'
import { opposite } from '../fills/ledger-rows.ts'
import type { CancelledFill, FillRow } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import { flexInstrument } from './flex-instrument.ts'
import type { FlexRow } from './flex-row.ts'
import type { InstrumentSaid } from '../assumed-instrument.ts'

/** A trade read: the fill, what it says of its instrument, and the id it cancels where it does. */
export interface FlexTrade {
  readonly fill: FillRow
  readonly said: InstrumentSaid
  readonly cancels: string | null
}

/** Name of this source in identities and on rows. */
export const FLEX_SOURCE = 'ibkr-flex'

/** Reads one `<Trade>`; rows above the level of executions are skipped, so that nothing is counted twice. */
export function readFlexTrade(row: FlexRow, log: ReadingLog): FlexTrade | undefined {
  const level = row.text('levelOfDetail')
  if (level !== '' && level !== 'EXECUTION') {
    log.skip(row.line, `A row of level ${clip(level)} sums up executions, which are read one by one.`)
    return undefined
  }
  const said = flexInstrument(row)
  if (said === null) {
    row.fail(
      'assetCategory',
      row.text('assetCategory'),
      `Instruments of kind "${clip(row.text('assetCategory'))}" cannot be held in a book.`,
    )
  }
  if (said?.symbol === '') row.fail('symbol', '', 'symbol is missing.')
  if (!/^[A-Z0-9]{2,8}$/.test(row.text('currency')))
    row.fail('currency', row.text('currency'), 'currency is missing or not a code.')
  const at = row.instant(['dateTime', 'tradeDate'], 'tradeTime')
  const signed = row.number('quantity')
  const price = row.number('tradePrice')
  const fee = feeOf(row, log)
  const profit = row.optional('fifoPnlRealized')
  const rate = row.optional('fxRateToBase')
  const cancelling = row.text('transactionType') === 'TradeCancel' || row.text('buySell').includes('(Ca.)')
  const told = row.text('buySell').replace(' (Ca.)', '')
  if (signed === '0') row.fail('quantity', signed, 'quantity is 0: nothing was traded.')
  if (price?.startsWith('-') === true) row.fail('tradePrice', price, `tradePrice is ${price}: a price is 0 or more.`)
  const side = signed?.startsWith('-') === true ? 'sell' : 'buy'
  if (!cancelling && told !== '' && told.toLowerCase() !== side) {
    row.fail('buySell', told, `buySell says ${clip(told)}, but the quantity is ${signed ?? 'missing'}.`)
  }
  if (
    row.failed ||
    said === null ||
    at === undefined ||
    signed === undefined ||
    price === undefined ||
    fee === undefined
  )
    return undefined
  const currency = row.text('currency')
  return {
    said,
    cancels: cancelling ? row.text('origTransactionID') : null,
    fill: {
      line: row.line,
      keyAt: at,
      at,
      symbol: said.symbol,
      side,
      quantity: signed.startsWith('-') ? opposite(signed) : signed,
      price,
      fee,
      feeCurrency: row.text('ibCommissionCurrency') || currency,
      fxRate: rate === undefined || rate === '0' || rate.startsWith('-') ? null : rate,
      currency,
      strategy: null,
      stop: null,
      tag: row.text('orderReference') || null,
      executionId: row.text('transactionID') || row.text('ibExecID') || row.text('tradeID') || null,
      statedProfit: profit ?? null,
      source: FLEX_SOURCE,
    },
  }
}

/** Commission and taxes as a cost: the statement writes both as negative amounts. */
function feeOf(row: FlexRow, log: ReadingLog): string | undefined {
  const commission = row.optional('ibCommission') ?? '0'
  const taxes = row.optional('taxes') ?? '0'
  if (row.failed) return undefined
  const sameCurrency = ['', row.text('currency')].includes(row.text('ibCommissionCurrency'))
  if (taxes !== '0' && !sameCurrency) {
    log.warn({
      line: row.line,
      column: 'taxes',
      value: taxes,
      says: `Taxes of ${taxes} ${row.text('currency')} are in another currency than the commission and are not added to it.`,
      proposal: 'Enter them as a cash flow.',
    })
    return opposite(commission)
  }
  return opposite(text(dec(commission).plus(dec(taxes))))
}

/** Takes a cancelled execution of the same file out together with its cancellation; one of an earlier file is kept for the book to decide. */
export function applyCancellations(
  trades: readonly FlexTrade[],
  log: ReadingLog,
): { readonly fills: readonly FillRow[]; readonly cancelled: readonly CancelledFill[] } {
  const cancelled = trades.flatMap((trade) =>
    trade.cancels === null ? [] : [{ executionId: trade.cancels, reversal: trade.fill }],
  )
  const gone = new Set(cancelled.map((each) => each.executionId))
  const fills: FillRow[] = []
  for (const { fill, cancels } of trades) {
    if (cancels !== null) log.skip(fill.line, `The row cancels transaction ${clip(cancels)}.`)
    else if (fill.executionId !== null && gone.has(fill.executionId))
      log.skip(fill.line, 'The execution was cancelled later in the statement.')
    else fills.push(fill)
  }
  return { fills, cancelled }
}
