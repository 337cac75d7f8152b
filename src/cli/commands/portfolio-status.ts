import type { PortfolioStatus } from '../../contract/portfolio.ts'
import { defineCommand } from '../define-command.ts'
import { figure, percent } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { table } from '../table.ts'

interface Options {
  readonly budget?: string
  readonly target?: string
}

/** What the strategies of the book would stake by Kelly, together against one risk budget. */
export const portfolioStatus = defineCommand<Options>({
  name: 'portfolio-status',
  says: 'What the strategies stake by Kelly, together against one risk budget, and how to share it.',
  examples: ['portfolio-status', 'portfolio-status --budget 0.03 --target 0.005 --json'],
  options: (command) =>
    void command
      .option(
        '--budget <share>',
        'risk all strategies may take together, a share of equity (the profile’s where left out)',
      )
      .option('--target <share>', 'risk one strategy should take (the profile’s risk per order where left out)'),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const { budget, target } = options
      const status = await calls.limits.status({
        ...(budget === undefined ? {} : { budget }),
        ...(target === undefined ? {} : { target }),
      })
      return { document: status, text: statusText(status) }
    }),
})

const MARKS = { safe: '● SAFE', caution: '▲ CAUTION', danger: '■ DANGER' } as const

function statusText(status: PortfolioStatus): string {
  const rows = status.strategies.map((one) => [
    one.strategy,
    String(one.trades),
    share(one.kelly),
    share(one.raw_risk),
    share(one.scaled_risk),
    share(one.equal_share),
    share(one.performance_share),
    one.says,
  ])
  const right = ['Trades', 'Kelly', 'Raw', 'Scaled', 'Equal', 'By performance'].map((head) => ({
    head,
    align: 'right' as const,
  }))
  const pairs = status.correlations.map(({ a, b, correlation, days }) => [
    `${a}, ${b}`,
    correlation === null ? `not known, counts as 1 (${days} days)` : `${figure(correlation, 2)} (${days} days)`,
  ])
  return [
    `${MARKS[status.status]}  ${share(status.risk_utilization, 1)} of the budget of ${share(status.max_portfolio_risk)} is used`,
    `${status.bot_count} strategies would stake ${share(status.total_raw_risk)}, × ${figure(status.correlation_penalty, 3)} for a mean correlation of ${figure(status.mean_correlation, 2)}; scaled × ${figure(status.scale_factor, 3)} to ${share(status.total_scaled_risk)}`,
    status.recommendation,
    `The budget is enough for ${status.recommended_bot_limit} strategies of ${share(status.target_risk_per_bot)} each.`,
    '',
    table([{ head: 'Strategy' }, ...right, { head: 'Why' }], rows),
    ...(pairs.length === 0 ? [] : ['', table([{ head: 'Correlation of daily profits' }, { head: '' }], pairs)]),
  ].join('\n')
}

function share(value: number | null, places = 2): string {
  return percent(value === null ? null : value.toFixed(12), places)
}
