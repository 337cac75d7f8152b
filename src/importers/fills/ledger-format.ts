import { err, ok, type Result } from '../../domain/kernel/result.ts'
import { MOST_ROWS } from '../caps.ts'
import { finishedReading } from '../finished-reading.ts'
import type {
  ImportFormat,
  ImportReading,
  ImportSettings,
  ReadingContext,
  Recognition,
  SourceFile,
  StatementTotals,
} from '../format.ts'
import { ReadingLog } from '../reading-log.ts'
import { RowReader } from '../row-reader.ts'
import { notMine, seenColumns } from '../seen-columns.ts'
import { guessMapping, missingRoles, planTable, type TableRole } from '../table-plan.ts'
import { openTable, plainHeader, type TableSheet } from '../table-sheet.ts'
import { LedgerRows } from './ledger-rows.ts'

/** What one layout of executions and cash adds to the reading of a table. */
export interface LedgerLayout {
  readonly id: string
  readonly title: string
  readonly found: string
  readonly roles: readonly TableRole[]
  /** Column names, as `plainHeader` writes them, that together tell this layout from all others. */
  readonly signature: readonly string[]
  /** What is known of every file of this layout. */
  readonly fixed: ImportSettings
  /** What the rows above the column names state. */
  preamble?(sheet: TableSheet): { readonly baseCurrency: string | null; readonly statement: StatementTotals | null }
  /** Currency that amounts of the account are in. */
  baseCurrency?(reader: RowReader): string
  readRow(reader: RowReader, rows: LedgerRows, log: ReadingLog): void
}

/** The format of one known layout: recognised by its column names, with nothing for the user to map. */
export function ledgerFormat(layout: LedgerLayout): ImportFormat {
  return {
    id: layout.id,
    title: layout.title,
    kinds: ['fills', 'cashFlows'],
    found: layout.found,
    roles: [],
    recognise: (file) => recognise(layout, file),
    read: (file, settings, context) => readLedger(layout, file, settings, context),
  }
}

function recognise(layout: LedgerLayout, file: SourceFile): Recognition {
  const sheet = openTable(file, {})
  if (!sheet.ok) return notMine(sheet.error)
  const headers = new Set(sheet.value.headers.map(plainHeader))
  if (!layout.signature.every((name) => headers.has(name)))
    return notMine(`This is not a table as in "${layout.title}".`)
  const { encoding, delimiter, headerLine } = sheet.value
  return {
    confidence: 0.97,
    says: `${layout.title}.`,
    settings: { ...layout.fixed, encoding, delimiter, headerLine },
    columns: seenColumns(sheet.value),
    fingerprint: null,
  }
}

/** Reads a table of executions and cash by its layout; `settings.mapping` stands instead of the column names. */
export function readLedger(
  layout: LedgerLayout,
  file: SourceFile,
  settings: ImportSettings,
  context: ReadingContext,
): Result<ImportReading, string> {
  const opened = openTable(file, settings, context.tell)
  if (!opened.ok) return opened
  const sheet = opened.value
  const log = new ReadingLog()
  const mapping = settings.mapping ?? guessMapping(sheet.headers, layout.roles)
  const unmapped = missingRoles(layout.roles, mapping)
  if (unmapped !== null) return err(unmapped)
  const above = layout.preamble?.(sheet)
  const wanted = { ...layout.fixed, ...settings }
  const plan = planTable(sheet, layout.roles, mapping, wanted, context, log)
  const reader = new RowReader({
    plan,
    headers: sheet.headers,
    corrections: settings.corrections,
    log,
    now: context.now,
  })
  const based = above?.baseCurrency ?? null
  const rows = new LedgerRows(layout.id, based === null ? wanted : { currency: based, ...wanted }, context, log)
  let count = 0
  let baseCurrency = based
  for (const row of sheet.rows()) {
    if (++count > MOST_ROWS || log.full) break
    if (!reader.take(row)) continue
    baseCurrency ??= layout.baseCurrency?.(reader) ?? null
    layout.readRow(reader, rows, log)
  }
  if (plan.datesOnly)
    log.note('Rows have a date and no time: they are placed at the start of the day, in the order of the file.')
  log.note(`Times are in ${plan.timeZone}.`)
  return ok(
    finishedReading({
      title: layout.title,
      settings: {
        ...wanted,
        encoding: sheet.encoding,
        delimiter: sheet.delimiter,
        headerLine: sheet.headerLine,
        mapping,
        decimalMark: plan.decimalMark,
        dateOrder: plan.dateOrder,
        timeZone: plan.timeZone,
      },
      rows: count,
      log,
      baseCurrency,
      statement: above?.statement ?? null,
      ...rows.finish(),
    }),
  )
}
