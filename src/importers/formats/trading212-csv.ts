import { ledgerFormat } from '../fills/ledger-format.ts'
import { opposite, type LedgerRows } from '../fills/ledger-rows.ts'
import { ledgerWord } from '../fills/ledger-word.ts'
import { inverseRate, sumOf } from '../fills/ledger-sums.ts'
import type { ImportFormat } from '../format.ts'
import { clip } from '../reading-log.ts'
import type { RowInstant, RowReader } from '../row-reader.ts'

const FEES = ['conversionFee', 'transactionFee', 'stampDuty', 'finraFee'] as const

/** Trading 212's account history: prices in the share's currency, totals in the account's, times in UTC. */
export const trading212Csv: ImportFormat = ledgerFormat({
  id: 'trading212-csv',
  title: 'Trading 212 history',
  found: 'Trading 212: History, Download, with all kinds of entries chosen.',
  signature: ['action', 'time', 'isin', 'ticker', 'noofshares', 'priceshare', 'exchangerate', 'total'],
  fixed: { timeZone: 'UTC', decimalMark: '.', dateOrder: 'ymd' },
  roles: [
    { role: 'action', title: 'Action', required: true, holds: 'text', names: ['action'] },
    { role: 'time', title: 'Time', required: true, holds: 'moment', names: ['time'] },
    { role: 'symbol', title: 'Ticker', required: true, holds: 'text', names: ['ticker'] },
    { role: 'name', title: 'Name', required: false, holds: 'text', names: ['name'] },
    { role: 'quantity', title: 'No. of shares', required: true, holds: 'number', names: ['noofshares'] },
    { role: 'price', title: 'Price / share', required: true, holds: 'number', names: ['priceshare'] },
    { role: 'currency', title: 'Currency of the price', required: true, holds: 'text', names: ['currencypriceshare'] },
    { role: 'rate', title: 'Exchange rate', required: false, holds: 'number', names: ['exchangerate'] },
    { role: 'result', title: 'Result', required: false, holds: 'number', names: ['result'] },
    {
      role: 'resultCurrency',
      title: 'Currency of the result',
      required: false,
      holds: 'text',
      names: ['currencyresult'],
    },
    { role: 'total', title: 'Total', required: true, holds: 'number', names: ['total'] },
    { role: 'totalCurrency', title: 'Currency of the total', required: true, holds: 'text', names: ['currencytotal'] },
    {
      role: 'conversionFee',
      title: 'Currency conversion fee',
      required: false,
      holds: 'number',
      names: ['currencyconversionfee'],
    },
    { role: 'transactionFee', title: 'Transaction fee', required: false, holds: 'number', names: ['transactionfee'] },
    { role: 'stampDuty', title: 'Stamp duty', required: false, holds: 'number', names: ['stampdutyreservetax'] },
    { role: 'finraFee', title: 'FINRA fee', required: false, holds: 'number', names: ['finrafee'] },
    { role: 'note', title: 'Notes', required: false, holds: 'text', names: ['notes'] },
    { role: 'id', title: 'ID', required: false, holds: 'text', names: ['id'] },
  ],
  baseCurrency: (reader) => reader.text('totalCurrency'),
  readRow,
})

function readRow(reader: RowReader, rows: LedgerRows): void {
  const action = reader.text('action')
  const word = ledgerWord(action)
  const instant = reader.instant('time')
  if (word === null) {
    reader.failRole(
      'action',
      `"${clip(action)}" is not a kind of entry that is known.`,
      'Leave the row out, and enter its effect by hand.',
    )
  } else if (word === 'buy' || word === 'sell') readFill(reader, rows, word, instant)
  else {
    const amount = reader.number('total')
    if (reader.failed || instant === undefined || amount === undefined) return
    const note = [action, reader.text('symbol'), reader.text('note')].filter((part) => part !== '').join(': ')
    rows.addFlow(reader, {
      instant,
      kind: word,
      amount,
      currency: reader.text('totalCurrency'),
      note,
      id: reader.text('id'),
    })
  }
}

function readFill(reader: RowReader, rows: LedgerRows, side: 'buy' | 'sell', instant: RowInstant | undefined): void {
  const quantity = reader.number('quantity', 'positive')
  const price = reader.number('price', 'not-negative')
  const rate = reader.optional('rate', 'positive')
  const result = reader.optional('result')
  const fees = FEES.map((role) => reader.optional(role)).filter((fee) => fee !== undefined)
  if (reader.failed || instant === undefined || quantity === undefined || price === undefined) return
  const currency = reader.text('currency')
  const total = reader.text('totalCurrency')
  rows.addFill(reader, {
    instant,
    symbol: reader.text('symbol'),
    side,
    quantity,
    price,
    // Fees are stated in the account's currency.
    fee: sumOf(fees.map((fee) => (fee.startsWith('-') ? opposite(fee) : fee))),
    feeCurrency: total,
    currency,
    // The file states units of the share's currency per unit of the account's.
    fxRate: rate === undefined || currency === total ? undefined : inverseRate(rate),
    id: reader.text('id'),
    profit: reader.text('resultCurrency') === currency ? result : undefined,
    name: reader.text('name'),
  })
}
