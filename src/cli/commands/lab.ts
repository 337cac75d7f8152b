import { readFileSync } from 'node:fs'
import type { LabInput, LabResult } from '../../contract/simulation/lab.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { present, tradeOptions, tradesOf, type ModelOptions } from '../simulate/model-options.ts'
import { share } from '../simulate/run-answer.ts'
import { workersOf, type RunOptions } from '../simulate/run-options.ts'
import { withSimulator } from '../simulate/with-simulator.ts'
import { table } from '../table.ts'

interface Options
  extends
    Pick<ModelOptions, 'strategy' | 'symbol' | 'tag' | 'days' | 'last'>,
    Pick<RunOptions, 'seed' | 'paths' | 'workers'> {
  readonly csv?: string
  readonly example?: boolean
  readonly skill?: string
  readonly interest?: string
  readonly cost?: string
  readonly variants?: string
}

/** Largest file of forecasts, in characters. */
const MOST_TEXT = 900_000

/** Compares sizing methods on one history. */
export const lab = defineCommand<Options>({
  name: 'lab',
  says: 'Compare sizing methods on the closed trades of the book, on a CSV of forecasts and returns, or on the bundled example.',
  examples: ['lab --strategy breakout', 'lab --csv forecasts.csv --cost 0.0005 --json', 'lab --example --skill 0'],
  options: (command) =>
    void tradeOptions(command)
      .option('--csv <file>', 'date,symbol,forecast,return and optionally volatility,kind; «-» reads stdin')
      .option('--example', 'forecasts that contain part of the answer, on synthetic prices')
      .option('--skill <share>', 'of the example: how much of the return a forecast contains (0.6)')
      .option('--seed <n>', 'of the example (1)')
      .option('--paths <days>', 'of the example: how many days (1008)')
      .option('--interest <rate>', 'a year, on what is held overnight above equity (0.065)')
      .option('--cost <share>', 'of what is traded (0)')
      .option('--variants <n>', 'variants that were tried in all, for the deflated Sharpe ratio')
      .option('--workers <n>', 'threads; one history needs one'),
  action: async (terminal, options) => {
    const { csv, example = options.skill !== undefined, skill = '0.6', seed, paths } = options
    if (csv !== undefined && example)
      throw new CommandRefusal('USAGE', '--csv and --example are both given: choose one.', '--csv')
    const on = example
      ? { from: 'example', ...present({ skill, seed, days: paths }) }
      : csv === undefined
        ? { from: 'trades', ...present({ trades: tradesOf(options) }) }
        : { from: 'csv', text: await textOf(csv, () => terminal.input(MOST_TEXT)) }
    const terms = present({ interest: options.interest, cost: options.cost })
    const { variants } = options
    const asked = {
      on,
      ...present({ variants, terms: Object.keys(terms).length === 0 ? undefined : terms }),
    } as LabInput
    return withSimulator(
      options,
      terminal,
      { needsBook: on.from === 'trades', ...workersOf(options) },
      async (calls) => {
        const found = await calls.simulation.lab(asked)
        return { document: found, text: labText(found) }
      },
    )
  },
})

async function textOf(
  file: string,
  stdin: () => Promise<{ readonly text: string; readonly whole: boolean } | undefined>,
): Promise<string> {
  if (file === '-') {
    const given = await stdin()
    if (given?.whole === true) return given.text
    throw new CommandRefusal('INPUT_MALFORMED', `stdin holds no CSV, or more than ${MOST_TEXT} bytes.`, 'stdin')
  }
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandRefusal('NOT_FOUND', `${file} cannot be read: ${why}.`, '--csv')
  }
}

function labText(found: LabResult): string {
  const right = { align: 'right' } as const
  const heads = [
    'total',
    'CAGR',
    'vol',
    'Sharpe',
    'Sortino',
    'max DD',
    'Calmar',
    'squant',
    'deflated',
    'leverage',
    'interest',
  ]
  const ratio = (value: number | null): string => (value === null ? '–' : value.toFixed(2))
  const rows = found.rows.map((row) => [
    row.title,
    share(row.totalReturn),
    share(row.cagr),
    share(row.volatility),
    ratio(row.sharpe),
    ratio(row.sortino),
    share(row.maxDrawdown),
    ratio(row.calmar),
    ratio(row.squantified),
    ratio(row.deflatedSharpe),
    ratio(row.averageLeverage),
    row.interestPaid === null ? '–' : share(row.interestPaid),
  ])
  const warned = found.lookAhead?.suspected === true ? ['', 'LOOK-AHEAD SUSPECTED', ...found.lookAhead.says] : []
  const left = found.leftOut.map(({ method, says }) => `${method}: ${says}`)
  return [
    found.says,
    '',
    table([{ head: '' }, ...heads.map((head) => ({ head, ...right }))], rows),
    ...rebalancingText(found),
    ...warned,
    ...(left.length === 0 ? [] : ['', 'Left out', ...left]),
  ].join('\n')
}

function rebalancingText({ rebalancing, rows }: LabResult): string[] {
  if (rebalancing === null || rebalancing.every.length === 0) return []
  const heads = rebalancing.every.map((days) => ({
    head: days === 1 ? 'daily' : `every ${days} d`,
    align: 'right' as const,
  }))
  const title = new Map(rows.map((row) => [row.id, row.title]))
  const lines = rebalancing.rows.map(({ id, growth }) => [
    title.get(id) ?? id,
    ...growth.map((value) => (value === null ? 'ruin' : share(value))),
  ])
  return [
    '',
    `Growth a year by how often the weights are set, after a cost of ${share(rebalancing.cost)} of what is traded`,
    table([{ head: '' }, ...heads], lines),
  ]
}
