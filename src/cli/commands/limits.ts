import type { DeskView } from '../../contract/limits.ts'
import { defineCommand } from '../define-command.ts'
import { instant, money, percent, plain } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { table } from '../table.ts'

interface Options {
  readonly desk?: boolean
}

export const limits = defineCommand<Options>({
  name: 'limits',
  says: 'Limits and exposure as they stand, nearest to breach first.',
  examples: ['limits', 'limits --json', 'limits --desk --json'],
  options: (command) =>
    void command.option('--desk', 'with --json: every limit, exposure and position, not only the exposure and budgets'),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const both = options.desk !== true && terminal.json
      if (both) return { document: await calls.limits.portfolio(), text: '' }
      const view = await calls.limits.desk()
      return { document: view, text: deskText(view) }
    }),
})

function deskText(view: DeskView): string {
  const { currency } = view
  const head = [
    `As of ${instant(view.at)}: equity ${money(view.equity)} ${currency}, today ${money(view.dayProfit)}, open risk ${money(view.openRisk)}`,
    `Exposure gross ${money(view.gross)}, net ${money(view.net)}`,
  ].join('\n')
  const right = { align: 'right' } as const
  const limitRows = view.limits.map((limit) => [
    limit.title,
    limit.subject ?? '',
    money(limit.used),
    money(limit.limit),
    money(limit.left),
    percent(limit.utilisation),
    limit.state,
  ])
  const limitTable = table(
    [
      { head: 'Limit' },
      { head: '' },
      { head: 'used', ...right },
      { head: 'limit', ...right },
      { head: 'left', ...right },
      { head: 'use', ...right },
      { head: 'state' },
    ],
    limitRows,
  )
  const positionRows = view.positions.map((position) => [
    position.symbol,
    position.strategy ?? '',
    plain(position.quantity),
    plain(position.averagePrice),
    plain(position.mark),
    plain(position.stop),
    money(position.notional),
    money(position.openRisk),
    money(position.profit),
    position.says ?? '',
  ])
  const positionTable = table(
    [
      { head: 'Position' },
      { head: 'strategy' },
      { head: 'quantity', ...right },
      { head: 'paid', ...right },
      { head: 'mark', ...right },
      { head: 'stop', ...right },
      { head: 'value', ...right },
      { head: 'risk', ...right },
      { head: 'profit', ...right },
      { head: '' },
    ],
    positionRows,
  )
  const unknown = view.unknown.map((says) => `  ! ${says}`).join('\n')
  return [head, unknown, limitTable, positionRows.length === 0 ? 'Nothing is held.' : positionTable]
    .filter((part) => part !== '')
    .join('\n\n')
}
