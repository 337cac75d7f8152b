import type { OptimiseInput, OptimiseResult } from '../../contract/portfolio/optimise.ts'
import type { PlanInput, PlanView } from '../../contract/portfolio/plan.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand, groupCommands } from '../define-command.ts'
import type { DeskClient } from '../desk-client.ts'
import { EXIT } from '../exit-code.ts'
import { money, percent, plain } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { listOf } from '../portfolio/asked-study.ts'
import { gather } from '../read-pairs.ts'
import { table } from '../table.ts'

interface Options {
  readonly method?: string
  readonly target?: readonly string[]
  readonly symbols?: string
  readonly others?: string
  readonly band?: string
  readonly horizon?: string
  readonly stop?: string
  readonly strategy?: string
  readonly lookback?: string
  readonly lambda?: string
  readonly lower?: string
  readonly upper?: string
  readonly turnover?: string
  readonly volatility?: string
  readonly invest?: string
  readonly record?: boolean
  readonly yes?: boolean
}

const METHODS = ['kelly_mvo', 'min_variance', 'max_sharpe', 'risk_parity', 'hrp', 'equal_weight'] as const

const plan = defineCommand<Options>({
  name: 'plan',
  says: 'Turn target weights into orders, each through the governor: given with --target, or weighed by --method from the book’s own bars. Nothing is recorded without --record.',
  examples: [
    'portfolio plan --target AAPL=0.1 --target SPY=0.3 --stop 0.05',
    'portfolio plan --method hrp --symbols AAPL,NVDA,SPY --upper 0.4 --json',
    'portfolio plan --method kelly_mvo --turnover 0.3 --record --yes',
  ],
  options: (command) =>
    void command
      .option('--target <symbol=weight>', 'a target weight, a share of equity; several times for several', gather)
      .option('--method <id>', `weigh by one of ${METHODS.join(', ')}`)
      .option('--symbols <list>', 'instruments to weigh, with commas between; all with daily bars where left out')
      .option('--others <what>', 'keep or close what is held beside the targets (keep)')
      .option('--band <share>', 'weights off by less are left alone (0.01)')
      .option('--horizon <days>', 'days over which a gain is set against its cost (90)')
      .option('--stop <share>', 'stop of new positions, as a share of the price')
      .option('--strategy <code>', 'strategy of the orders')
      .option('--lookback <periods>', 'common periods looked back on (60)')
      .option('--lambda <n>', 'aversion to variance (2; 1 is full Kelly)')
      .option('--lower <share>', 'least weight of each (0)')
      .option('--upper <share>', 'most weight of each (0.2)')
      .option('--turnover <share>', 'most that changes hands')
      .option('--volatility <share>', 'most volatility a year')
      .option('--invest <share>', 'most invested in all (1)')
      .option('--record', 'record every order of the plan as one group')
      .option('--yes', 'record without asking'),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const weighed = options.method === undefined ? null : await weigh(calls, options)
      if (weighed !== null && weighed.status !== 'optimal')
        throw new CommandRefusal('INPUT_OUT_OF_RANGE', weighed.says, 'method')
      const input = planInput(options, weighed)
      const view = await calls.portfolio.plan(input)
      const shown = { ...(weighed === null ? {} : { weights: weighed }), plan: view }
      const text = planText(view, weighed)
      if (options.record !== true || view.orders.length === 0) return { document: shown, text }
      terminal.show(text)
      const agreed = options.yes === true || (await terminal.confirm(`Record these ${view.orders.length} orders?`))
      if (!agreed) return { document: { ...shown, recorded: null }, text: '', exit: EXIT.notConfirmed }
      const recorded = await calls.portfolio.decidePlan({ plan: input, planId: view.planId })
      return { document: { ...shown, recorded }, text: recorded.says }
    }),
})

const risk = defineCommand<{ readonly lookback?: string; readonly from?: string; readonly to?: string }>({
  name: 'risk',
  says: 'Risk contributions of the positions, and what bad days would do.',
  examples: ['portfolio risk', 'portfolio risk --from 2020-02-19 --to 2020-03-23 --json'],
  options: (command) =>
    void command
      .option('--lookback <periods>', 'common periods looked back on (60)')
      .option('--from <day>', 'live through the past from this day, YYYY-MM-DD')
      .option('--to <day>', 'to this one'),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const { lookback, from, to } = options
      const view = await calls.portfolio.risk({
        ...(lookback === undefined ? {} : { lookback }),
        ...(from === undefined && to === undefined
          ? {}
          : { window: { from: dayOf(from, '--from'), to: dayOf(to, '--to') } }),
      })
      const rows = view.positions.map((own) => [
        own.symbol,
        share(own.weight),
        share(own.volatility),
        share(own.share),
        money(own.riskAtStop),
        own.says,
      ])
      const head = ['Weight', 'Volatility', 'Of the risk', 'At its stops'].map((title) => ({
        head: title,
        align: 'right' as const,
      }))
      const text = [
        `Volatility ${share(view.volatility)} a year, gross ${share(view.gross)}, net ${share(view.net)}`,
        '',
        table([{ head: 'Symbol' }, ...head, { head: '' }], rows),
        '',
        ...view.stress.map(({ title, loss, says }) => `${title}: ${money(loss)} ${view.currency}. ${says}`),
        ...view.unknown,
      ].join('\n')
      return { document: view, text }
    }),
})

/** Portfolios: the risk of what is held, and orders towards target weights. */
export const portfolio = groupCommands('portfolio', 'Portfolios: their risk, and plans to rebalance them.', [
  plan,
  risk,
])

function weigh(calls: DeskClient, options: Options): Promise<OptimiseResult> {
  const method = METHODS.find((id) => id === options.method)
  if (method === undefined)
    throw new CommandRefusal(
      'USAGE',
      `--method is «${options.method ?? ''}»: give one of ${METHODS.join(', ')}.`,
      '--method',
    )
  if (options.target !== undefined)
    throw new CommandRefusal('USAGE', 'Give --target or --method, not both.', '--target')
  const symbols = listOf(options.symbols)
  const { lookback, lambda, lower, upper, turnover, volatility, invest } = options
  const input: OptimiseInput = {
    method,
    ...(symbols === null ? {} : { symbols }),
    ...(lookback === undefined ? {} : { lookback }),
    ...(lambda === undefined ? {} : { lambda }),
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    ...(turnover === undefined ? {} : { turnover }),
    ...(volatility === undefined ? {} : { volatilityCap: volatility }),
    ...(invest === undefined ? {} : { budget: { min: method === 'min_variance' ? invest : 0, max: invest } }),
  }
  return calls.portfolio.optimise(input)
}

function planInput(options: Options, weighed: OptimiseResult | null): PlanInput {
  const { others, band, horizon, stop, strategy, lookback, lambda } = options
  if (others !== undefined && others !== 'keep' && others !== 'close')
    throw new CommandRefusal('USAGE', `--others is «${others}»: give keep or close.`, '--others')
  const targets = weighed === null ? targetsOf(options.target ?? []) : proposed(weighed)
  return {
    targets,
    ...(others === undefined ? {} : { others }),
    ...(band === undefined ? {} : { band }),
    ...(horizon === undefined ? {} : { horizon }),
    ...(stop === undefined ? {} : { stop }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(lookback === undefined ? {} : { lookback }),
    ...(lambda === undefined ? {} : { lambda }),
  }
}

function proposed({ assets }: OptimiseResult): PlanInput['targets'] {
  return assets.flatMap(({ symbol, proposed: weight, inLots }) =>
    weight === null ? [] : [{ symbol, weight: inLots ?? weight }],
  )
}

function targetsOf(pairs: readonly string[]): PlanInput['targets'] {
  if (pairs.length === 0)
    throw new CommandRefusal(
      'USAGE',
      'No weights are given: name them with --target SYMBOL=WEIGHT, or a --method.',
      '--target',
    )
  return pairs.map((pair) => {
    const [symbol, weight, ...more] = pair.split('=')
    if (symbol === undefined || symbol === '' || weight === undefined || weight === '' || more.length > 0)
      throw new CommandRefusal('USAGE', `--target is «${pair}»: write SYMBOL=WEIGHT, such as AAPL=0.1.`, '--target')
    return { symbol, weight }
  })
}

function planText(view: PlanView, weighed: OptimiseResult | null): string {
  const right = { align: 'right' } as const
  const rows = view.orders.map((order) => [
    `${order.side} ${plain(order.quantity)} ${order.symbol}`,
    share(order.present),
    share(order.target),
    share(order.after),
    money(order.notional),
    money(order.cost),
    order.decision.outcome,
    order.decision.says,
  ])
  return [
    ...(weighed === null ? [] : [weighed.says, '']),
    view.says,
    '',
    table(
      [
        { head: 'Order' },
        { head: 'now', ...right },
        { head: 'target', ...right },
        { head: 'after', ...right },
        { head: view.currency, ...right },
        { head: 'cost', ...right },
        { head: 'governor' },
        { head: '' },
      ],
      rows,
    ),
    ...view.kept.map(({ says }) => says),
    `Cost ${money(view.cost)} ${view.currency}${view.benefit === null ? '; the gain is not known' : `, gain ${money(view.benefit)}`}; volatility ${share(view.present?.volatility ?? null)} now, ${share(view.target?.volatility ?? null)} at the targets, ${share(view.after?.volatility ?? null)} after what the governor allows`,
    ...view.notes,
  ].join('\n')
}

function share(value: number | null): string {
  return percent(value === null ? null : value.toFixed(12))
}

function dayOf(word: string | undefined, option: string): number {
  const at = word !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(word) ? Date.parse(`${word}T00:00:00Z`) : Number.NaN
  if (Number.isFinite(at)) return at
  throw new CommandRefusal('USAGE', `${option} is «${word ?? ''}»: write a day as YYYY-MM-DD.`, option)
}
