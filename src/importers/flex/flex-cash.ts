import type { CashFlow } from '../../domain/ledger/records.ts'
import type { CashFlowRow } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { FlexRow } from './flex-row.ts'
import { FLEX_SOURCE } from './flex-trades.ts'

const KINDS: readonly (readonly [RegExp, CashFlow['kind']])[] = [
  [/withholding/i, 'tax'],
  [/dividend/i, 'dividend'],
  [/interest/i, 'interest'],
  [/deposits?.*withdrawals?/i, 'deposit'],
  [/fees?$/i, 'fee'],
  [/adjustments?$/i, 'adjustment'],
  [/other income/i, 'adjustment'],
]

/** Reads one `<CashTransaction>`; summaries are skipped, so that nothing is counted twice. */
export function readFlexCash(row: FlexRow, log: ReadingLog): CashFlowRow | undefined {
  if (/summary/i.test(row.text('levelOfDetail'))) {
    log.skip(row.line, 'A summary row repeats cash transactions that are read one by one.')
    return undefined
  }
  const type = row.text('type')
  const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1]
  if (kind === undefined) row.fail('type', type, `"${clip(type)}" is not a kind of cash transaction that is known.`)
  const amount = row.number('amount')
  const flow = flowRow(row, ['dateTime', 'settleDate', 'reportDate'], amount, row.text('description'))
  if (flow === undefined || kind === undefined) return undefined
  return { ...flow, kind: kind === 'deposit' && flow.amount.startsWith('-') ? 'withdrawal' : kind }
}

/** Reads one `<SalesTax>`: tax that the broker collects on its own fees. */
export function readFlexSalesTax(row: FlexRow): CashFlowRow | undefined {
  const amount = row.number('salesTax')
  return flowRow(row, ['date'], amount, `${row.text('taxType')} ${row.text('taxableDescription')}`.trim())
}

function flowRow(
  row: FlexRow,
  dates: readonly string[],
  amount: string | undefined,
  note: string,
): CashFlowRow | undefined {
  const at = row.instant(dates)
  const currency = row.text('currency')
  const rate = row.optional('fxRateToBase')
  if (!/^[A-Z0-9]{2,8}$/.test(currency)) row.fail('currency', currency, 'currency is missing or not a code.')
  if (amount === '0') row.fail('amount', amount, 'The amount is 0: no cash moved.')
  if (row.failed || at === undefined || amount === undefined) return undefined
  return {
    line: row.line,
    keyAt: at,
    at,
    kind: 'tax',
    amount,
    currency,
    fxRate: rate === undefined || rate === '0' || rate.startsWith('-') ? null : rate,
    note: note === '' ? null : note.slice(0, 120),
    sourceId: row.text('transactionID') || null,
    source: FLEX_SOURCE,
  }
}
