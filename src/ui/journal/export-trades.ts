import type { TradeView } from '../../contract/journal.ts'
import { csvText } from '../format/csv-text.ts'

/** Closed trades as CSV: plain decimals, ISO instants in UTC, text guarded against spreadsheet formulas. */
export function tradesCsv(rows: readonly TradeView[], accountCurrency: string): string {
  const head = [
    ...['Trade', 'Symbol', 'Strategy', 'Tag', 'Side', 'Quantity', 'Entered', 'Entry price', 'Exited', 'Exit price'],
    ...['Fees', 'Currency of prices and fees', `Net profit, ${accountCurrency}`, 'R', 'Origin'],
  ]
  return csvText([
    head,
    ...rows.map((row) => [
      ...[row.tradeId, row.symbol, row.strategy ?? '', row.tag ?? '', row.side, row.quantity],
      ...[new Date(row.entryAt).toISOString(), row.entryPrice, new Date(row.exitAt).toISOString(), row.exitPrice],
      ...[row.fees, row.currency, row.profit ?? '', row.r ?? '', row.origin],
    ]),
  ])
}
