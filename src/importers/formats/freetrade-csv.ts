import { ledgerFormat } from '../fills/ledger-format.ts'
import type { LedgerRows } from '../fills/ledger-rows.ts'
import { cashWord, ledgerWord } from '../fills/ledger-word.ts'
import { inverseRate, sumOf } from '../fills/ledger-sums.ts'
import type { ImportFormat } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { RowInstant, RowReader } from '../row-reader.ts'

/** Freetrade's activity feed: prices in the share's currency, fees and totals in the account's. */
export const freetradeCsv: ImportFormat = ledgerFormat({
  id: 'freetrade-csv',
  title: 'Freetrade activity',
  found: 'Freetrade: Activity, Export, all activity as CSV.',
  signature: ['title', 'type', 'timestamp', 'accountcurrency', 'totalamount', 'buysell', 'ticker', 'basefxrate'],
  fixed: { decimalMark: '.', dateOrder: 'ymd' },
  roles: [
    { role: 'title', title: 'Title', required: false, holds: 'text', names: ['title'] },
    { role: 'type', title: 'Type', required: true, holds: 'text', names: ['type'] },
    { role: 'time', title: 'Timestamp', required: true, holds: 'moment', names: ['timestamp'] },
    { role: 'accountCurrency', title: 'Account Currency', required: true, holds: 'text', names: ['accountcurrency'] },
    { role: 'total', title: 'Total Amount', required: true, holds: 'number', names: ['totalamount'] },
    { role: 'side', title: 'Buy / Sell', required: false, holds: 'text', names: ['buysell'] },
    { role: 'symbol', title: 'Ticker', required: true, holds: 'text', names: ['ticker'] },
    { role: 'stampDuty', title: 'Stamp Duty', required: false, holds: 'number', names: ['stampduty'] },
    { role: 'quantity', title: 'Quantity', required: true, holds: 'number', names: ['quantity'] },
    { role: 'currency', title: 'Instrument Currency', required: true, holds: 'text', names: ['instrumentcurrency'] },
    { role: 'price', title: 'Price per Share', required: true, holds: 'number', names: ['pricepershare'] },
    { role: 'rate', title: 'Base FX Rate', required: false, holds: 'number', names: ['basefxrate'] },
    { role: 'fxFee', title: 'FX Fee Amount', required: false, holds: 'number', names: ['fxfeeamount'] },
    { role: 'id', title: 'Order ID', required: false, holds: 'text', names: ['orderid'] },
  ],
  baseCurrency: (reader) => reader.text('accountCurrency'),
  readRow,
})

function readRow(reader: RowReader, rows: LedgerRows, log: ReadingLog): void {
  const type = reader.text('type')
  const instant = reader.instant('time')
  if (type === 'ORDER' || type === 'FREESHARE_ORDER') {
    readFill(reader, rows, instant)
    if (type === 'FREESHARE_ORDER') readGift(reader, rows, instant, log)
    return
  }
  const kind = cashWord(type.replace(/_/g, ' '))
  if (kind === null) {
    reader.failRole(
      'type',
      `"${clip(type)}" is not a kind of entry that is known.`,
      'Leave the row out, and enter its effect by hand.',
    )
    return
  }
  const amount = reader.number('total')
  if (reader.failed || instant === undefined || amount === undefined) return
  const out = kind === 'withdrawal' && !amount.startsWith('-')
  const note = [type, reader.text('symbol')].filter((part) => part !== '').join(': ')
  rows.addFlow(reader, {
    instant,
    kind,
    amount: out ? `-${amount}` : amount,
    currency: reader.text('accountCurrency'),
    note,
  })
}

function readFill(reader: RowReader, rows: LedgerRows, instant: RowInstant | undefined): void {
  const side = ledgerWord(reader.text('side'))
  if (side !== 'buy' && side !== 'sell')
    reader.failRole('side', `"${clip(reader.text('side'))}" is not a side.`, 'Write BUY or SELL.')
  const quantity = reader.number('quantity', 'positive')
  const price = reader.number('price', 'not-negative')
  const rate = reader.optional('rate', 'not-negative')
  const fees = [reader.optional('stampDuty'), reader.optional('fxFee')].filter((fee) => fee !== undefined)
  if (reader.failed || instant === undefined || quantity === undefined || price === undefined) return
  if (side !== 'buy' && side !== 'sell') return
  rows.addFill(reader, {
    instant,
    symbol: reader.text('symbol'),
    side,
    quantity,
    price,
    fee: sumOf(fees),
    feeCurrency: reader.text('accountCurrency'),
    currency: reader.text('currency'),
    // The file states units of the share's currency per unit of the account's.
    fxRate: rate === undefined || rate === '0' ? undefined : inverseRate(rate),
    id: reader.text('id'),
    name: reader.text('title'),
  })
}

/** A share given for free is bought at its price with money that comes with it. */
function readGift(reader: RowReader, rows: LedgerRows, instant: RowInstant | undefined, log: ReadingLog): void {
  const amount = reader.optional('total', 'positive')
  if (reader.failed || instant === undefined || amount === undefined) return
  log.note('Free shares are booked as bought, with an adjustment of the same value.')
  rows.addFlow(reader, {
    instant,
    kind: 'adjustment',
    amount,
    currency: reader.text('accountCurrency'),
    note: `Free share: ${reader.text('symbol')}`,
  })
}
