import type { ImportPlan } from './plan-import.ts'
import type { Preview } from './types.ts'

type PreviewRow = Preview['first'][number]

const MOST_ROWS = 200

/** The first rows of the file as they would be written, in words. */
export function previewRows(plan: ImportPlan): readonly PreviewRow[] {
  const first = <Row extends { readonly line: number }>(rows: readonly Row[]): readonly Row[] =>
    [...rows.slice(0, 5000)].sort((a, b) => a.line - b.line).slice(0, MOST_ROWS)
  const rows: readonly PreviewRow[] = [
    ...first(plan.fills).map(({ line, status, row }) => ({
      line,
      kind: 'fills' as const,
      status,
      symbol: row.symbol,
      at: row.at,
      says: `${row.side} ${row.quantity} at ${row.price}, fee ${row.fee} ${row.feeCurrency}`,
    })),
    ...first(plan.trades).map(({ line, status, row }) => ({
      line,
      kind: 'trades' as const,
      status,
      symbol: row.symbol,
      at: row.exitAt,
      says: `${row.side} ${row.quantity}, ${row.entryPrice} to ${row.exitPrice}, profit ${row.profit} ${row.currency}`,
    })),
    ...first(plan.cashFlows).map(({ line, status, row }) => ({
      line,
      kind: 'cashFlows' as const,
      status,
      symbol: null,
      at: row.at,
      says: `${row.kind} ${row.amount} ${row.currency}${row.note === null ? '' : `, ${row.note}`}`,
    })),
    ...first(plan.bars).map(({ line, status, row }) => ({
      line,
      kind: 'bars' as const,
      status,
      symbol: row.symbol,
      at: row.at,
      says: `${row.interval} open ${row.open}, high ${row.high}, low ${row.low}, close ${row.close}${row.volume === null ? '' : `, volume ${row.volume}`}`,
    })),
    ...first(plan.marks).map(({ line, status, row }) => ({
      line,
      kind: 'marks' as const,
      status,
      symbol: row.symbol,
      at: row.at,
      says: `price ${row.price}`,
    })),
    ...first(plan.rates).map(({ line, status, row }) => ({
      line,
      kind: 'rates' as const,
      status,
      symbol: null,
      at: row.at,
      says: `1 ${row.from} is ${row.rate} ${row.to}`,
    })),
  ]
  return [...rows].sort((a, b) => a.line - b.line).slice(0, MOST_ROWS)
}
