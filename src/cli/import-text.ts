import type { ImportPreview } from '../contract/imports.ts'
import { instant, money, plain } from './figures.ts'
import { table } from './table.ts'

/** Most rows of each kind a terminal is filled with; `--json` has them all. */
const SHOWN = 20

/** What an import would do, as a person reads it. */
export function previewText(preview: ImportPreview): string {
  return [
    head(preview),
    rows(preview),
    effect(preview),
    statement(preview),
    problems(preview),
    skipped(preview),
    notes(preview),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function head({ fileName, title, rows: found, counts, from, to, settings, kinds }: ImportPreview): string {
  const span = from === null ? '' : `, ${instant(from)} to ${instant(to)}`
  const read = Object.entries(settings).flatMap(([key, value]) =>
    typeof value === 'object' ? [] : `${key}=${value === '\t' ? 'tab' : value}`,
  )
  const { mapping } = settings
  const columns =
    mapping === undefined
      ? []
      : [
          `columns ${Object.entries(mapping)
            .map(([role, index]) => `${role}=${index}`)
            .join(' ')}`,
        ]
  const kindLines = kinds.map(
    ({ kind, found: all, fresh, known }) => `  ${kind}: ${all} found, ${fresh} new, ${known} known already`,
  )
  return [
    `${fileName}: ${title}, ${found} rows${span}`,
    `  read with ${[...read, ...columns].join(', ') || 'no settings'}`,
    ...kindLines,
    `  ${counts.fresh} new, ${counts.known} known, ${counts.twins} real twins, ${counts.conflicts} conflicts, ${counts.rejected} rejected, ${counts.questions} questions`,
  ].join('\n')
}

function rows({ first }: ImportPreview): string {
  const shown = first
    .slice(0, SHOWN)
    .map((row) => [String(row.line), instant(row.at), row.symbol ?? '', row.status, row.says])
  if (shown.length === 0) return ''
  const columns = [
    { head: 'line', align: 'right' as const },
    { head: 'time' },
    { head: 'symbol' },
    { head: '' },
    { head: 'would be written' },
  ]
  return table(columns, shown)
}

function effect({ effect: { symbols, cash } }: ImportPreview): string {
  const right = { align: 'right' } as const
  const fees = (amounts: readonly { readonly currency: string; readonly amount: string }[]): string =>
    amounts.map(({ currency, amount }) => `${money(amount)} ${currency}`).join(', ')
  const bySymbol = symbols.map((one) => [
    one.symbol,
    String(one.fills),
    `${plain(one.quantityBefore)} → ${plain(one.quantityAfter)}`,
    `${money(one.realisedBefore)} → ${money(one.realisedAfter)} ${one.currency}`,
    fees(one.feesAfter),
  ])
  const parts = []
  if (bySymbol.length > 0) {
    const columns = [
      { head: 'Symbol' },
      { head: 'fills', ...right },
      { head: 'position', ...right },
      { head: 'realised', ...right },
      { head: 'fees', ...right },
    ]
    parts.push(table(columns, bySymbol))
  }
  if (cash.length > 0) {
    const byCurrency = cash.map((one) => [one.currency, `${money(one.before)} → ${money(one.after)}`])
    parts.push(table([{ head: 'Cash' }, { head: 'before → after', ...right }], byCurrency))
  }
  return parts.join('\n\n')
}

function statement({ statement: checks }: ImportPreview): string {
  const lines = checks.map((check) => `  ${check.matches ? 'agrees ' : 'DIFFERS'}  ${check.says}`)
  return lines.length === 0 ? '' : `The file's own totals\n${lines.join('\n')}`
}

function problems({ problems: all, problemCounts }: ImportPreview): string {
  if (all.length === 0) return ''
  const lines = all.map((problem) => {
    const where =
      problem.line === 0 ? 'file' : `line ${problem.line}${problem.column === null ? '' : `, ${problem.column}`}`
    const found = problem.value === null ? '' : ` «${problem.value}»`
    const answer = problem.setting === null ? '' : ` [--set ${problem.setting}=${problem.choices.join('|') || '…'}]`
    return `  ${problem.severity}  ${where}${found}: ${problem.says} ${problem.proposal}${answer}`
  })
  const { error, warning, question } = problemCounts
  return `Problems: ${error} errors, ${question} questions, ${warning} warnings\n${lines.join('\n')}`
}

function skipped({ skipped: all, skippedCount }: ImportPreview): string {
  if (all.length === 0) return ''
  return `Left out: ${skippedCount} rows\n${all.map(({ line, says }) => `  line ${line}: ${says}`).join('\n')}`
}

function notes({ notes: all, instruments }: ImportPreview): string {
  const added = instruments.map((one) => `  ${one.symbol} (${one.assetClass}, ${one.currency}) is added: ${one.source}`)
  return [...all.map((says) => `  ${says}`), ...added].join('\n')
}
