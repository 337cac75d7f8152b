import { dec, text } from '../../domain/kernel/money.ts'
import { ledgerFormat } from '../fills/ledger-format.ts'
import { opposite, type LedgerRows } from '../fills/ledger-rows.ts'
import type { ImportFormat } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { RowReader } from '../row-reader.ts'

/** Ghostfolio's activities: day first, one currency per row, fees beside prices. */
export const ghostfolioCsv: ImportFormat = ledgerFormat({
  id: 'ghostfolio-csv',
  title: 'Ghostfolio activities',
  found: 'Ghostfolio: Portfolio, Activities, Export.',
  signature: ['date', 'code', 'datasource', 'currency', 'price', 'quantity', 'action', 'fee'],
  fixed: { decimalMark: '.', dateOrder: 'dmy' },
  roles: [
    { role: 'time', title: 'Date', required: true, holds: 'moment', names: ['date'] },
    { role: 'symbol', title: 'Code', required: true, holds: 'text', names: ['code'] },
    { role: 'currency', title: 'Currency', required: true, holds: 'text', names: ['currency'] },
    { role: 'price', title: 'Price', required: true, holds: 'number', names: ['price'] },
    { role: 'quantity', title: 'Quantity', required: true, holds: 'number', names: ['quantity'] },
    { role: 'action', title: 'Action', required: true, holds: 'text', names: ['action'] },
    { role: 'fee', title: 'Fee', required: false, holds: 'number', names: ['fee'] },
    { role: 'note', title: 'Note', required: false, holds: 'text', names: ['note'] },
  ],
  readRow,
})

function readRow(reader: RowReader, rows: LedgerRows, log: ReadingLog): void {
  const action = reader.text('action').toLowerCase()
  const instant = reader.instant('time')
  const symbol = reader.text('symbol')
  const currency = reader.text('currency')
  const trade = action === 'buy' || action === 'sell'
  const quantity = reader.number('quantity', trade ? 'positive' : 'not-negative')
  const price = reader.number('price', 'not-negative')
  const fee = reader.optional('fee', 'not-negative') ?? '0'
  if (action === 'item' || action === 'liability') {
    log.skip(reader.line, `A Ghostfolio ${action} is neither a trade nor cash.`)
    return
  }
  if (!trade && action !== 'dividend' && action !== 'interest' && action !== 'fee') {
    reader.failRole(
      'action',
      `"${clip(action)}" is not an action that is known.`,
      'Write buy, sell, dividend, interest or fee.',
    )
  }
  if (reader.failed || instant === undefined || quantity === undefined || price === undefined) return
  if (trade) {
    rows.addFill(reader, { instant, symbol, side: action, quantity, price, fee, currency, tag: reader.text('note') })
    return
  }
  const value = dec(quantity).times(dec(price))
  const amount = action === 'fee' ? opposite(text(value.plus(dec(fee)))) : text(value.minus(dec(fee)))
  const kind = action === 'dividend' || action === 'interest' ? action : 'fee'
  rows.addFlow(reader, { instant, kind, amount, currency, note: symbol })
}
