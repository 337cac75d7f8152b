import type { InstrumentSaid } from '../assumed-instrument.ts'
import { ledgerFormat } from '../fills/ledger-format.ts'
import { opposite, type LedgerRows } from '../fills/ledger-rows.ts'
import { ledgerWord } from '../fills/ledger-word.ts'
import type { ImportFormat } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { RowInstant, RowReader } from '../row-reader.ts'

/** Charles Schwab's transaction history: days in US order, amounts in dollars. */
export const schwabCsv: ImportFormat = ledgerFormat({
  id: 'schwab-csv',
  title: 'Charles Schwab transactions',
  found: 'Schwab: Accounts, History, choose the account, Export, CSV.',
  signature: ['date', 'action', 'symbol', 'description', 'quantity', 'price', 'feescomm', 'amount'],
  fixed: { dateOrder: 'mdy', currency: 'USD', decimalMark: '.' },
  roles: [
    { role: 'time', title: 'Date', required: true, holds: 'moment', names: ['date'] },
    { role: 'action', title: 'Action', required: true, holds: 'text', names: ['action'] },
    { role: 'symbol', title: 'Symbol', required: true, holds: 'text', names: ['symbol'] },
    { role: 'name', title: 'Description', required: false, holds: 'text', names: ['description'] },
    { role: 'quantity', title: 'Quantity', required: true, holds: 'number', names: ['quantity'] },
    { role: 'price', title: 'Price', required: true, holds: 'number', names: ['price'] },
    { role: 'fee', title: 'Fees & Comm', required: false, holds: 'number', names: ['feescomm'] },
    { role: 'amount', title: 'Amount', required: true, holds: 'number', names: ['amount'] },
  ],
  baseCurrency: () => 'USD',
  readRow,
})

function readRow(reader: RowReader, rows: LedgerRows, log: ReadingLog): void {
  if (/^transactions total/i.test(reader.text('time'))) {
    log.skip(reader.line, "The row is the file's own total.")
    return
  }
  const action = reader.text('action')
  const word = /split|merger|spin.?off|stock plan|reverse|exchange or exercise|expired|assigned/i.test(action)
    ? null
    : ledgerWord(action)
  const instant = reader.instant('time')
  if (word === null) {
    reader.failRole(
      'action',
      `"${clip(action)}" is not read: it changes positions in a way that executions do not show.`,
      'Enter its effect by hand.',
    )
  } else if (word === 'buy' || word === 'sell') readFill(reader, rows, word, instant)
  else {
    const amount = reader.number('amount')
    if (reader.failed || instant === undefined || amount === undefined) return
    const kind = word === 'deposit' && amount.startsWith('-') ? 'withdrawal' : word
    rows.addFlow(reader, {
      instant,
      kind,
      amount,
      note: [action, reader.text('symbol'), reader.text('name')].filter((part) => part !== '').join(' '),
    })
  }
}

function readFill(reader: RowReader, rows: LedgerRows, side: 'buy' | 'sell', instant: RowInstant | undefined): void {
  const symbol = reader.text('symbol')
  if (symbol === '') reader.failRole('symbol', 'The row names no symbol.', 'Fill in the cell, or leave the row out.')
  const quantity = reader.number('quantity')
  const price = reader.number('price', 'not-negative')
  const fee = reader.optional('fee')
  if (reader.failed || instant === undefined || quantity === undefined || price === undefined) return
  rows.addFill(reader, {
    instant,
    symbol,
    side,
    quantity: quantity.startsWith('-') ? opposite(quantity) : quantity,
    price,
    fee,
    name: reader.text('name'),
    instrument: optionOf(symbol),
  })
}

/** Schwab writes options as `AAPL 01/19/2024 150.00 C`. */
function optionOf(symbol: string): Partial<InstrumentSaid> | undefined {
  const match = /^\S+ (\d{2})\/(\d{2})\/(\d{4}) ([\d.]+) ([CP])$/.exec(symbol)
  if (match === null) return undefined
  const [, month = '', day = '', year = '', strike = '', right = ''] = match
  return {
    assetClass: 'option',
    multiplier: '100',
    expires: `${year}-${month}-${day}`,
    strike,
    right: right === 'C' ? 'call' : 'put',
  }
}
