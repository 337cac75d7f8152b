import type { EdgeHistory, EdgeView } from '../../contract/edge.ts'
import { defineCommand } from '../define-command.ts'
import { figure, instant, money, percent } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { readInstant } from '../read-instant.ts'
import { table } from '../table.ts'

interface Options {
  readonly strategy?: string
  readonly symbol?: string
  readonly tag?: string
  readonly days?: string
  readonly last?: string
  readonly from?: string
  readonly to?: string
  readonly history?: boolean
}

/** What closed trades say of an edge, or how its Kelly parameters moved day by day. */
export const edge = defineCommand<Options>({
  name: 'edge',
  says: 'What closed trades say of an edge: win rate, payoff, expectancy, Kelly and how far to trust them.',
  examples: [
    'edge --strategy breakout --days 90',
    'edge --symbol AAPL --last 50 --json',
    'edge --strategy breakout --history',
  ],
  options: (command) =>
    void command
      .option('--strategy <code>', 'trades of this strategy')
      .option('--symbol <symbol>', 'trades in this instrument')
      .option('--tag <tag>', 'trades with this tag')
      .option('--days <n>', 'trades closed within so many days before the end')
      .option('--last <n>', 'only the last n of them')
      .option('--from <instant>', 'closed from this instant on')
      .option('--to <instant>', 'closed up to this instant')
      .option('--history', 'Kelly parameters of the strategy by day instead'),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const { strategy, symbol, tag, days, last, from, to } = options
      const ofStrategy = { ...(strategy === undefined ? {} : { strategy }), ...(days === undefined ? {} : { days }) }
      if (options.history === true) {
        const history = await calls.edge.history(ofStrategy)
        return { document: history, text: historyText(history) }
      }
      const found = await calls.edge.estimate({
        ...ofStrategy,
        ...(symbol === undefined ? {} : { symbol }),
        ...(tag === undefined ? {} : { tag }),
        ...(last === undefined ? {} : { last }),
        ...(from === undefined ? {} : { from: readInstant(from, 'from') }),
        ...(to === undefined ? {} : { to: readInstant(to, 'to') }),
      })
      return { document: found, text: edgeText(found) }
    }),
})

function edgeText(view: EdgeView): string {
  const { currency } = view
  const span = (low: string | null, high: string | null, of: (value: string | null) => string): string =>
    `${of(low)} to ${of(high)}`
  const plain = (value: string | null): string => figure(value, 2)
  const rows = [
    ['Won, lost, scratched', `${view.wins}, ${view.losses}, ${view.scratches}`, ''],
    ['Win rate', percent(view.winRate), `95 %: ${span(view.winRateLow, view.winRateHigh, percent)}`],
    ['Payoff', plain(view.payoff), `90 %: ${span(view.payoffLow, view.payoffHigh, plain)}`],
    ['Profit factor', plain(view.profitFactor), ''],
    ['Expectancy', `${money(view.expectancy)} ${currency}`, `t ${plain(view.tStatistic)}`],
    [
      'Expectancy in R',
      plain(view.expectancyR),
      `95 %: ${span(view.expectancyRLow, view.expectancyRHigh, plain)}, ${view.tradesWithR} trades had a stop`,
    ],
    ['Longest losing streak', String(view.longestLosingStreak), ''],
    ['Kelly', percent(view.kelly, 2), `90 %: ${span(view.kellyLow, view.kellyHigh, (value) => percent(value, 2))}`],
    ['Net profit', `${money(view.net)} ${currency}`, `${money(view.fees)} of fees taken off`],
  ]
  const left = view.withoutRate === 0 ? [] : [`${view.withoutRate} trades were left out: no rate is known for them.`]
  const decay = view.decay?.decayed === true ? [decayText(view.decay)] : []
  return [
    `${view.scope}: ${view.trades} trades, ${instant(view.firstAt)} to ${instant(view.lastAt)}, confidence ${view.confidence}`,
    '',
    table([{ head: '' }, { head: '', align: 'right' }, { head: '' }], rows).replace(/^\s*\n/, ''),
    '',
    view.says,
    ...decay,
    ...left,
  ].join('\n')
}

function decayText({ recent, history, window }: NonNullable<EdgeView['decay']>): string {
  return `The edge is fading: the last ${window} trades won ${percent(recent)}, those before ${percent(history)}.`
}

function historyText(history: EdgeHistory): string {
  if (history.day.length === 0) return 'No trade of it has closed yet, so it has no history.'
  const share = (value: number | null | undefined): string => percent(value == null ? null : value.toFixed(12), 2)
  const rows = history.day.map((day, index) => [
    instant(day).slice(0, 10),
    String(history.trades[index] ?? 0),
    share(history.winRate[index]),
    figure(history.payoff[index] ?? null, 2),
    share(history.kelly[index]),
    share(history.staked[index]),
  ])
  const right = ['Trades', 'Win rate', 'Payoff', 'Kelly', 'Staked'].map((head) => ({ head, align: 'right' as const }))
  const of = history.strategy === null ? 'All trades' : `Strategy ${history.strategy}`
  return `${of}, windows of ${history.windowDays} days, staked by ${history.method}\n\n${table([{ head: 'Day' }, ...right], rows)}`
}
