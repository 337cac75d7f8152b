import type { ImportReading, ImportSettings } from './format.ts'
import type { ReadingLog } from './reading-log.ts'

type Rows = Pick<
  ImportReading,
  'fills' | 'cancelled' | 'trades' | 'cashFlows' | 'bars' | 'marks' | 'rates' | 'instruments'
>

/** A reading with what the log gathered; kinds of rows that are not given are empty. */
export function finishedReading(
  parts: {
    readonly title: string
    readonly settings: ImportSettings
    readonly rows: number
    readonly log: ReadingLog
    readonly baseCurrency?: string | null
    readonly statement?: ImportReading['statement']
  } & Partial<Rows>,
): ImportReading {
  const { title, settings, rows, log } = parts
  if (log.full) {
    log.problems.push({
      line: 0,
      column: null,
      value: null,
      says: `More than ${log.problems.length} problems were found, and no more are listed: this may not be the format it was read as.`,
      proposal: 'Choose another format or other columns.',
      severity: 'question',
      setting: null,
      choices: [],
    })
  }
  return {
    title,
    settings,
    rows,
    baseCurrency: parts.baseCurrency ?? null,
    fills: parts.fills ?? [],
    cancelled: parts.cancelled ?? [],
    trades: parts.trades ?? [],
    cashFlows: parts.cashFlows ?? [],
    bars: parts.bars ?? [],
    marks: parts.marks ?? [],
    rates: parts.rates ?? [],
    instruments: parts.instruments ?? [],
    problems: log.problems,
    skipped: log.skipped,
    notes: log.notes,
    statement: parts.statement ?? null,
  }
}
