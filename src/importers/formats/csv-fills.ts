import type { CashFlow } from '../../domain/ledger/records.ts'
import { dec, text } from '../../domain/kernel/money.ts'
import { EXECUTION_ROLES } from '../fills/execution-roles.ts'
import { readLedger, type LedgerLayout } from '../fills/ledger-format.ts'
import { opposite, type LedgerRows } from '../fills/ledger-rows.ts'
import { ledgerWord, signedAmount } from '../fills/ledger-word.ts'
import type { ImportFormat, Recognition, SourceFile } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { RowInstant, RowReader } from '../row-reader.ts'
import { mappable, notMine } from '../seen-columns.ts'
import { guessMapping } from '../table-plan.ts'
import { openTable, plainHeader } from '../table-sheet.ts'

const layout: LedgerLayout = {
  id: 'csv-fills',
  title: 'Executions (CSV)',
  found: 'Any list of executions or transactions with date, symbol, quantity and price.',
  roles: EXECUTION_ROLES,
  signature: [],
  fixed: {},
  readRow,
}

/** Executions and cash from any CSV with date, symbol, quantity and price, by a mapping that is guessed and shown. */
export const csvFills: ImportFormat = {
  id: layout.id,
  title: layout.title,
  kinds: ['fills', 'cashFlows'],
  found: layout.found,
  roles: EXECUTION_ROLES.map(({ role, title, required }) => ({ role, title, required })),
  recognise,
  read: (file, settings, context) => readLedger(layout, file, settings, context),
}

function recognise(file: SourceFile): Recognition {
  const sheet = openTable(file, {})
  if (!sheet.ok) return notMine(sheet.error)
  const mapping = guessMapping(sheet.value.headers, EXECUTION_ROLES)
  const has = (role: string): boolean => mapping[role] !== undefined
  const closed = sheet.value.headers.some((header) => /^(?:exit|close)(?:price|time|date)$/.test(plainHeader(header)))
  const mine = !closed && ['time', 'symbol', 'quantity', 'price'].every(has)
  const says = closed
    ? 'These are closed trades, not executions.'
    : mine
      ? 'Executions with date, symbol, quantity and price.'
      : 'Columns for date, symbol, quantity and price were not all found.'
  return mappable(sheet.value, { confidence: !mine ? 0 : has('side') ? 0.8 : 0.65, says }, { mapping })
}

function readRow(reader: RowReader, rows: LedgerRows, log: ReadingLog): void {
  const word = reader.text('side')
  const kind = ledgerWord(word)
  if (word !== '' && kind === null) {
    reader.failRole(
      'side',
      `"${clip(word)}" is neither a side nor a kind of cash that is known.`,
      'Write buy, sell, dividend, interest, deposit, withdrawal, fee or tax.',
    )
  }
  const instant = reader.instant('time', 'clock')
  if (kind !== null && kind !== 'buy' && kind !== 'sell') readFlow(reader, rows, kind, instant)
  else readFill(reader, rows, kind, instant, log)
}

function readFill(
  reader: RowReader,
  rows: LedgerRows,
  told: 'buy' | 'sell' | null,
  instant: RowInstant | undefined,
  log: ReadingLog,
): void {
  const symbol = reader.text('symbol')
  if (symbol === '') reader.failRole('symbol', 'The row names no symbol.', 'Fill in the cell, or leave the row out.')
  const signed = reader.number('quantity')
  const price = reader.number('price', 'not-negative')
  const fee = reader.optional('fee')
  const stop = reader.optional('stop', 'positive')
  const profit = reader.optional('profit')
  if (reader.failed || instant === undefined || signed === undefined || price === undefined) return
  if (signed === '0') {
    reader.failRole('quantity', 'The quantity is 0: nothing was traded.', 'Leave the row out.')
    return
  }
  if (told === 'buy' && signed.startsWith('-')) {
    reader.failRole('quantity', `The row says buy, but its quantity is ${signed}.`, 'Correct the side or the sign.')
    return
  }
  if (told === null) log.note('Rows without a side are read by the sign of their quantity: negative is a sale.')
  const text = (role: string): string => reader.text(role)
  rows.addFill(reader, {
    instant,
    symbol,
    side: told ?? (signed.startsWith('-') ? 'sell' : 'buy'),
    quantity: signed.startsWith('-') ? opposite(signed) : signed,
    price,
    fee,
    feeCurrency: text('feeCurrency'),
    currency: text('currency'),
    id: text('id'),
    strategy: text('strategy'),
    stop,
    tag: text('tag'),
    profit,
  })
}

function readFlow(reader: RowReader, rows: LedgerRows, kind: CashFlow['kind'], instant: RowInstant | undefined): void {
  const stated = reader.optional('amount')
  const quantity = reader.optional('quantity')
  const price = reader.optional('price')
  const fee = reader.optional('fee')
  if (reader.failed || instant === undefined) return
  const product = quantity !== undefined && price !== undefined ? text(dec(quantity).times(dec(price))) : undefined
  const amount = stated ?? (product !== '0' ? product : undefined) ?? (kind === 'fee' ? fee : undefined)
  if (amount === undefined) {
    reader.failRole('amount', 'The row has no amount.', 'Map the column with the amount, or leave the row out.')
    return
  }
  const cost = (kind === 'fee' || kind === 'tax') && stated === undefined && !amount.startsWith('-')
  rows.addFlow(reader, {
    instant,
    kind: kind === 'deposit' && amount.startsWith('-') ? 'withdrawal' : kind,
    amount: cost ? opposite(amount) : signedAmount(kind, amount),
    currency: reader.text('currency'),
    note: [reader.text('symbol'), reader.text('tag')].filter((part) => part !== '').join(': '),
    id: reader.text('id'),
  })
}
