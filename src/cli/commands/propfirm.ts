import type { Odds, OddsInput, OddsResult } from '../../contract/simulation/odds.ts'
import { defineCommand } from '../define-command.ts'
import { jsonInput } from '../simulate/json-input.ts'
import { present, tradeOptions, tradesOf, type ModelOptions } from '../simulate/model-options.ts'
import { chanceText, share } from '../simulate/run-answer.ts'
import { boundOptions, budgetOf, workersOf, type RunOptions } from '../simulate/run-options.ts'
import { followed, withSimulator } from '../simulate/with-simulator.ts'
import { table } from '../table.ts'

interface Options
  extends
    Pick<ModelOptions, 'strategy' | 'symbol' | 'tag' | 'days' | 'last'>,
    Pick<RunOptions, 'paths' | 'seed' | 'fee' | 'slippage' | 'workers' | 'seconds' | 'megabytes'> {
  readonly program?: string
  readonly initial?: string
  readonly risk?: string
  readonly orderRisk?: string
  readonly orderChance?: string
  readonly orderReward?: string
  readonly horizon?: string
  readonly dayBlock?: string
  readonly stdin?: boolean
}

/** Odds of a prop-firm challenge from where the account stands. */
export const propfirm = defineCommand<Options>({
  name: 'propfirm',
  says: 'Odds of passing a prop-firm challenge from where the account stands, and what an order does to them. More, such as your own days, comes as JSON with --stdin.',
  examples: [
    'propfirm --program ftmo-2-step --initial 100000 --risk 0.005',
    'propfirm --order-risk 0.01 --order-chance 0.5 --order-reward 2 --json',
    'propfirm --stdin --json < odds.json',
  ],
  options: (command) =>
    void boundOptions(
      tradeOptions(command)
        .option('--program <id>', 'program of a prop firm; the account’s own where left out')
        .option('--initial <amount>', 'a fresh account of this balance, instead of the one of the book')
        .option('--risk <share>', 'risk of each trade, of the initial balance; the profile’s where left out')
        .option('--order-risk <share>', 'risk of the next order, of the initial balance')
        .option('--order-chance <share>', 'its chance of winning; drawn from the trades where left out')
        .option('--order-reward <r>', 'what it wins, in R')
        .option('--horizon <days>', 'trading days looked at (60)')
        .option('--day-block <days>', 'mean number of days drawn together (1)')
        .option('--stdin', 'read the rest as JSON from stdin'),
    ),
  action: async (terminal, options) => {
    const given = options.stdin === true ? await jsonInput(terminal) : {}
    const { program, initial, risk, horizon, dayBlock, paths, seed, fee, slippage } = options
    const order = present({ risk: options.orderRisk, p: options.orderChance, b: options.orderReward })
    const asked = {
      ...given,
      ...present({ programId: program, initial, riskPerTrade: risk, horizon, dayBlock, paths, seed, fee, slippage }),
      ...present({ order: Object.keys(order).length === 0 ? undefined : order, trades: tradesOf(options) }),
      ...budgetOf(options),
    } as OddsInput
    const needsBook = asked.days === undefined || asked.programId === undefined || asked.initial === undefined
    return withSimulator(options, terminal, { needsBook, ...workersOf(options) }, async (calls) => {
      const odds = await followed(terminal, await calls.simulation.propFirm(asked))
      return { document: odds, text: oddsText(odds) }
    })
  },
})

function oddsText(odds: OddsResult): string {
  const { without, withOrder, effect } = odds
  const right = { align: 'right' } as const
  const columns = [
    { head: 'risk', ...right },
    { head: 'passes', ...right },
    { head: 'fails', ...right },
    { head: 'open', ...right },
  ]
  const rows = (curve: readonly Odds[], of: (one: Odds) => number, best: Odds | null): string[][] =>
    curve.map((one) => [
      `${best !== null && of(one) === of(best) ? '> ' : ''}${share(of(one))}`,
      share(one.pass.probability),
      share(one.breach.probability),
      share(one.open.probability),
    ])
  return [
    `${odds.program}, ${odds.phase ?? 'funded'}. ${odds.from.says}`,
    `${odds.tradesUsed} trades of ${odds.daysUsed} days; ${odds.paths.toLocaleString('en')} paths of ${odds.horizon} days, seed ${odds.seed}, ${odds.milliseconds} ms`,
    '',
    `  Passes ${chanceText(without.pass)}`,
    `  Fails ${chanceText(without.breach)}: ${without.failBy.map(({ rule, chance }) => `${rule} ${share(chance.probability)}`).join(', ')}`,
    ...(without.daysToPass === null ? [] : [`  Days to pass ${without.daysToPass.join(', ')} (10, 50 and 90 %)`]),
    ...(withOrder === null || effect === null
      ? []
      : [
          `  With the order: passes ${chanceText(withOrder.pass)}, ${signed(effect.pass)}`,
          `                  fails ${chanceText(withOrder.breach)}, ${signed(effect.breach)}`,
        ]),
    '',
    'Risk of each trade',
    table(
      columns,
      rows(odds.tradeCurve, (one) => one.riskPerTrade, odds.bestTrade),
    ),
    ...(withOrder === null
      ? []
      : [
          '',
          'Risk of the order',
          table(
            columns,
            rows(odds.orderCurve, (one) => one.orderRisk, odds.bestOrder),
          ),
        ]),
    '',
    odds.says,
  ].join('\n')
}

function signed(change: number): string {
  return `${change > 0 ? '+' : ''}${share(change)}`
}
