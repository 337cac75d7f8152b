import type { DecisionRow } from '../../contract/decisions.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { decisionText } from '../decision-text.ts'
import { defineCommand } from '../define-command.ts'
import { instant, plain } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { readInstant } from '../read-instant.ts'
import { table } from '../table.ts'

interface Options {
  readonly text?: string
  readonly symbol?: string
  readonly outcome?: string
  readonly strategy?: string
  readonly code?: string
  readonly from?: string
  readonly to?: string
  readonly before?: string
  readonly limit?: string
}

export const decisions = defineCommand<Options>({
  name: 'decisions',
  words: '[id]',
  says: 'List recorded decisions, newest first, or show one with its inputs.',
  examples: ['decisions --symbol AAPL --outcome reduced', 'decisions 01a1f842-21a0-7000-9e4c-6385f7d39a6b --json'],
  options: (command) =>
    void command
      .option('--text <words>', 'words in symbol, strategy, method, codes, sentence or id')
      .option('--symbol <symbol>', 'of one instrument')
      .option('--outcome <outcome>', 'approved, reduced or rejected')
      .option('--strategy <code>', 'of one strategy')
      .option('--code <code>', 'with this reason code')
      .option('--from <instant>', 'recorded at or after')
      .option('--to <instant>', 'recorded at or before')
      .option('--before <row>', 'rows before this one of the log, for the next page')
      .option('--limit <count>', 'most decisions, 100 where left out'),
  action: (terminal, options, decisionId) =>
    withBook(options, terminal, async ({ calls }) => {
      if (decisionId !== undefined) {
        const detail = await calls.decisions.get({ decisionId })
        return { document: detail, text: decisionText(detail.decision) }
      }
      const { text, symbol, strategy, code } = options
      const list = await calls.decisions.list({
        ...given({ text, symbol, strategy, code }),
        ...(options.outcome === undefined ? {} : { outcome: outcomeOf(options.outcome) }),
        ...(options.from === undefined ? {} : { from: readInstant(options.from, '--from') }),
        ...(options.to === undefined ? {} : { to: readInstant(options.to, '--to') }),
        ...(options.before === undefined ? {} : { beforeSeq: countOf(options.before, '--before') }),
        limit: options.limit === undefined ? 100 : countOf(options.limit, '--limit'),
      })
      return { document: list, text: listText(list) }
    }),
})

function listText({ rows, total }: { readonly rows: readonly DecisionRow[]; readonly total: number }): string {
  if (rows.length === 0) return 'No decision matches.'
  const cells = rows.map((row) => [
    instant(row.at),
    row.symbol,
    row.kind === 'exit' ? 'exit' : (row.side ?? '–'),
    plain(row.quantity),
    row.outcome,
    row.code ?? '',
    row.decisionId,
  ])
  const columns = [
    { head: 'for' },
    { head: 'symbol' },
    { head: 'side' },
    { head: 'quantity', align: 'right' as const },
    { head: 'outcome' },
    { head: 'code' },
    { head: 'decision' },
  ]
  const more =
    rows.length < total ? `\n${rows.length} of ${total}; --before ${rows.at(-1)?.seq ?? 0} shows the next.` : ''
  return `${table(columns, cells, '')}${more}`
}

function outcomeOf(word: string): 'approved' | 'reduced' | 'rejected' {
  if (word === 'approved' || word === 'reduced' || word === 'rejected') return word
  throw new CommandRefusal('USAGE', `--outcome is «${word}»: give approved, reduced or rejected.`, '--outcome')
}

function countOf(word: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(word)) return Number(word)
  throw new CommandRefusal('USAGE', `${option} is «${word}»: give a whole number from 1.`, option)
}

function given<T extends Readonly<Record<string, string | undefined>>>(
  values: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}
