import type { DecisionRow } from '../../contract/decisions.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { csvText } from '../format/csv-text.ts'
import { numberText } from '../format/number-text.ts'
import { saveFile } from '../kit/save-file.ts'
import { answer, type DeskClient } from '../rpc.ts'
import type { DecisionFilter } from './search-tokens.ts'

/** What a list of decisions is exported as. */
export type ExportForm = 'csv' | 'json'

const columns = [
  'seq',
  'recordedAt',
  'at',
  'accountId',
  'kind',
  'symbol',
  'side',
  'strategy',
  'method',
  'outcome',
  'quantity',
  'proposed',
  'notional',
  'riskAmount',
  'binding',
  'code',
  'says',
  'decisionId',
  'hash',
] as const satisfies readonly (keyof DecisionRow)[]

const pageSize = 500

/** Offers every decision the filter finds as a file of the day; answers with the sentence to show. */
export async function exportDecisions(
  client: Pick<DeskClient, 'decisions'>,
  filter: DecisionFilter,
  form: ExportForm,
  day: string,
): Promise<string> {
  const found = await allDecisions(client, filter)
  if ('refusal' in found) return `Nothing was exported: ${found.refusal.says}`
  const name = `ballast-decisions-${day}.${form}`
  const content =
    form === 'csv'
      ? new Blob(['\uFEFF', decisionsCsv(found.rows)], { type: 'text/csv;charset=utf-8' })
      : new Blob([decisionsJson(found.rows)], { type: 'application/json' })
  saveFile(name, content)
  return `${numberText(String(found.rows.length))} decisions exported as ${name}`
}

/** Every decision the filter finds, newest first, or the refusal that stopped the reading: never a part of them. */
export async function allDecisions(
  client: Pick<DeskClient, 'decisions'>,
  filter: DecisionFilter,
): Promise<{ readonly rows: readonly DecisionRow[] } | { readonly refusal: RefusalBody }> {
  const rows: DecisionRow[] = []
  for (;;) {
    const last = rows.at(-1)
    const page = await answer(
      client.decisions.list({ ...filter, limit: pageSize, ...(last === undefined ? {} : { beforeSeq: last.seq }) }),
    )
    if (!page.ok) return { refusal: page.refusal }
    rows.push(...page.value.rows)
    if (page.value.rows.length < pageSize) return { rows }
  }
}

/** Decisions as CSV: plain numbers, times as ISO 8601 in UTC, text guarded against spreadsheet formulas. */
export const decisionsCsv = (rows: readonly DecisionRow[]): string =>
  csvText([columns, ...rows.map((row) => columns.map((column) => cellOf(row, column)))])

/** Decisions as JSON: decimals stay text, times are ISO 8601 in UTC. */
export const decisionsJson = (rows: readonly DecisionRow[]): string =>
  `${JSON.stringify(
    rows.map((row) => ({ ...row, recordedAt: iso(row.recordedAt), at: iso(row.at) })),
    null,
    2,
  )}\n`

function cellOf(row: DecisionRow, column: (typeof columns)[number]): string {
  if (column === 'recordedAt' || column === 'at') return iso(row[column])
  const value = row[column]
  return value === null ? '' : String(value)
}

const iso = (at: number): string => new Date(at).toISOString()
