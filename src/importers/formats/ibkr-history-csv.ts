import { dec, divide, magnitude, text } from '../../domain/kernel/money.ts'
import { readDecimalText } from '../decimal-text.ts'
import { ledgerFormat } from '../fills/ledger-format.ts'
import { opposite, type LedgerRows } from '../fills/ledger-rows.ts'
import { ledgerWord } from '../fills/ledger-word.ts'
import type { ImportFormat, StatementTotals } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { RowInstant, RowReader } from '../row-reader.ts'
import type { TableSheet } from '../table-sheet.ts'

/** Interactive Brokers' transaction history: sections marked in the first column, amounts in the base currency. */
export const ibkrHistoryCsv: ImportFormat = ledgerFormat({
  id: 'ibkr-history-csv',
  title: 'Interactive Brokers transaction history (CSV)',
  found: 'IBKR Portal: Performance & Reports, Transaction History, download as CSV.',
  signature: ['transactionhistory', 'header', 'transactiontype', 'grossamount', 'netamount', 'commission'],
  fixed: { decimalMark: '.', dateOrder: 'ymd' },
  roles: [
    { role: 'section', title: 'Section', required: true, holds: 'text', names: ['transactionhistory'] },
    { role: 'time', title: 'Date', required: true, holds: 'moment', names: ['date'] },
    { role: 'name', title: 'Description', required: false, holds: 'text', names: ['description'] },
    { role: 'type', title: 'Transaction Type', required: true, holds: 'text', names: ['transactiontype'] },
    { role: 'symbol', title: 'Symbol', required: true, holds: 'text', names: ['symbol'] },
    { role: 'quantity', title: 'Quantity', required: true, holds: 'number', names: ['quantity'] },
    { role: 'price', title: 'Price', required: true, holds: 'number', names: ['price'] },
    { role: 'gross', title: 'Gross Amount', required: true, holds: 'number', names: ['grossamount'] },
    { role: 'fee', title: 'Commission', required: false, holds: 'number', names: ['commission'] },
    { role: 'net', title: 'Net Amount', required: true, holds: 'number', names: ['netamount'] },
  ],
  preamble,
  readRow,
})

function preamble(sheet: TableSheet): {
  readonly baseCurrency: string | null
  readonly statement: StatementTotals | null
} {
  const stated = new Map(sheet.preamble.map((row) => [row.cells[2]?.trim() ?? '', row.cells[3]?.trim() ?? '']))
  const baseCurrency = stated.get('Base Currency') ?? null
  const start = readDecimalText(stated.get('Starting Cash') ?? '', '.')
  const end = readDecimalText(stated.get('Ending Cash') ?? '', '.')
  if (baseCurrency === null || !start.ok || !end.ok) return { baseCurrency, statement: null }
  return {
    baseCurrency,
    statement: {
      cash: [{ currency: baseCurrency, start: start.value, end: end.value }],
      commissions: [],
      positions: [],
      realised: [],
      opening: null,
    },
  }
}

function readRow(reader: RowReader, rows: LedgerRows, log: ReadingLog): void {
  if (reader.text('section') !== 'Transaction History') {
    log.skip(reader.line, `The section "${clip(reader.text('section'))}" holds no transactions.`)
    return
  }
  const type = reader.text('type')
  if (/^adjustment$/i.test(type) && /fx translation/i.test(reader.text('name'))) {
    log.skip(reader.line, 'A currency translation moves no cash.')
    return
  }
  const instant = reader.instant('time')
  if (/^forex trade component$/i.test(type)) {
    readForex(reader, rows, instant)
    return
  }
  const word = ledgerWord(type)
  if (word === null) {
    reader.failRole(
      'type',
      `"${clip(type)}" is not a kind of transaction that is known.`,
      'Leave the row out, and enter its effect by hand.',
    )
  } else if (word === 'buy' || word === 'sell') readFill(reader, rows, word, instant)
  else {
    const amount = reader.number('net')
    if (!reader.failed && instant !== undefined && amount !== undefined)
      rows.addFlow(reader, { instant, kind: word, amount, note: reader.text('name') })
  }
}

function readFill(reader: RowReader, rows: LedgerRows, side: 'buy' | 'sell', instant: RowInstant | undefined): void {
  const signed = reader.number('quantity')
  const price = reader.number('price', 'not-negative')
  const gross = reader.number('gross')
  const fee = reader.optional('fee')
  if (reader.failed || instant === undefined || signed === undefined || price === undefined || gross === undefined)
    return
  const quantity = signed.startsWith('-') ? opposite(signed) : signed
  if (!sameMoney(quantity, price, gross)) {
    reader.failRole(
      'price',
      `Price times quantity is not the gross amount: the price of ${clip(reader.text('symbol'))} is in another currency than the account's, and the file does not name it.`,
      'Import this trade from a Flex statement, which names it.',
    )
    return
  }
  rows.addFill(reader, {
    instant,
    symbol: reader.text('symbol'),
    side,
    quantity,
    price,
    fee,
    name: reader.text('name'),
  })
}

/** `GBP.USD` with quantity in the first and price in the second currency; its amounts are translation alone. */
function readForex(reader: RowReader, rows: LedgerRows, instant: RowInstant | undefined): void {
  const symbol = reader.text('symbol')
  const currency = /^[A-Z]{3}\.([A-Z]{3})$/.exec(symbol)?.[1]
  if (currency === undefined)
    reader.failRole('symbol', `"${clip(symbol)}" is not a currency pair.`, 'Leave the row out.')
  const signed = reader.number('quantity')
  const price = reader.number('price', 'positive')
  const fee = reader.optional('fee')
  if (reader.failed || instant === undefined || signed === undefined || price === undefined || currency === undefined)
    return
  const side = signed.startsWith('-') ? 'sell' : 'buy'
  rows.addFill(reader, {
    instant,
    symbol,
    side,
    quantity: side === 'sell' ? opposite(signed) : signed,
    price,
    fee,
    currency,
    instrument: { assetClass: 'fx' },
  })
}

/** Whether the gross amount is in the currency of the price, allowing for a rounded price. */
function sameMoney(quantity: string, price: string, gross: string): boolean {
  const value = dec(quantity).times(dec(price))
  const stated = magnitude(dec(gross))
  if (value.isZero()) return stated.isZero()
  return Number(text(magnitude(divide(stated.minus(value), value)))) < 0.005
}
