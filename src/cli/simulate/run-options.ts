import type { Command } from 'commander'
import { CommandRefusal } from '../command-refusal.ts'
import type { Terminal } from '../terminal.ts'
import { jsonInput } from './json-input.ts'
import { modelFromJson, modelFromOptions, modelOptions, present, type ModelOptions } from './model-options.ts'

/** One simulation as options. */
export interface RunOptions extends ModelOptions {
  readonly staking?: string
  readonly fraction?: string
  readonly step?: string
  readonly cap?: string
  readonly drawdownLimit?: string
  readonly factor?: string
  readonly stop?: string
  readonly paths?: string
  readonly trades?: string
  readonly seed?: string
  readonly equity?: string
  readonly fee?: string
  readonly slippage?: string
  readonly floor?: string
  readonly trailingFloor?: string
  readonly stopAtFloor?: boolean
  readonly target?: string
  readonly limit?: string
  readonly detail?: string
  readonly record?: boolean
  readonly seconds?: string
  readonly megabytes?: string
  readonly workers?: string
}

/** Paths, trades and seed of a run that names none. */
const USUAL = { paths: 10_000, trades: 100, seed: 1 }

/** Adds the options of a simulation. */
export function runOptions(command: Command): Command {
  return boundOptions(
    modelOptions(command)
      .option(
        '--staking <method>',
        'fixed_fraction, kelly, fixed_amount, anti_martingale, drawdown_throttle, or a sizing method',
      )
      .option('--fraction <share>', 'share of equity staked; of kelly, of full Kelly')
      .option('--step <factor>', 'of anti_martingale: factor after a win')
      .option('--cap <share>', 'of anti_martingale: the most that is staked')
      .option('--drawdown-limit <share>', 'of drawdown_throttle: no stake beyond')
      .option('--factor <divisor>', 'of drawdown_throttle: divisor of the stake there')
      .option('--stop <share>', 'distance of the stop, where a method proposes a weight')
      .option('--trades <n>', `trades of a path (${USUAL.trades})`)
      .option('--equity <amount>', 'equity at the start (1)')
      .option('--floor <share>', 'ruin: ever at or below this share of the start')
      .option('--trailing-floor <share>', 'ruin: ever at or below this share of the peak')
      .option('--stop-at-floor', 'a ruined path trades no more')
      .option('--target <multiple>', 'success when reached before --limit')
      .option('--limit <share>', 'failure when reached before --target')
      .option('--detail <which>', 'full, or core: faster, without streaks, target and fan')
      .option('--record', 'keep a record of the run in the book'),
  )
}

/** Adds what every simulation takes. */
export function boundOptions(command: Command): Command {
  return command
    .option('--paths <n>', `paths (${USUAL.paths})`)
    .option('--seed <n>', `seed (${USUAL.seed})`)
    .option('--fee <r>', 'fee of a trade in R')
    .option('--slippage <r>', 'slippage of a trade in R')
    .option('--workers <n>', 'threads that simulate together; as many as cores')
    .option('--seconds <n>', 'time budget (60)')
    .option('--megabytes <n>', 'memory budget (1024)')
}

/** A run of the options, on top of one JSON object on stdin where no model is described by options. */
export async function readAskedRun(terminal: Terminal, options: RunOptions): Promise<Record<string, unknown>> {
  const model = modelFromOptions(options)
  const given = model === undefined ? await jsonInput(terminal) : {}
  const { staking, paths, trades, seed, equity, fee, slippage, floor, trailingFloor, target, limit } = options
  const asked = {
    ...USUAL,
    ...given,
    model: model ?? modelFromJson(given['model']),
    ...present({ paths, trades, seed, startingEquity: equity, fee, slippage, floor, trailingFloor, target, limit }),
    ...present({ stopAtFloor: options.stopAtFloor, detail: options.detail, record: options.record }),
    ...budgetOf(options),
    ...(staking === undefined ? {} : { staking: stakingOf(options) }),
  }
  if (asked.model === undefined)
    throw new CommandRefusal(
      'USAGE',
      'No model is given: name one with --model, such as --model winloss --p 0.55 --b 1.2, or send {model, staking, paths, trades, seed} as JSON on stdin.',
      '--model',
    )
  if (!('staking' in asked))
    throw new CommandRefusal(
      'USAGE',
      'No stake is given: name one with --staking, such as --staking fixed_fraction --fraction 0.02.',
      '--staking',
    )
  return asked
}

/** The budget of the options, where one is given. */
export function budgetOf({ seconds, megabytes }: Pick<RunOptions, 'seconds' | 'megabytes'>): object {
  const milliseconds = seconds === undefined ? undefined : Number(seconds) * 1000
  if (milliseconds !== undefined && !(milliseconds > 0))
    throw new CommandRefusal('USAGE', `--seconds is «${seconds ?? ''}»; give a number above 0.`, '--seconds')
  const budget = present({ milliseconds, megabytes })
  return Object.keys(budget).length === 0 ? {} : { budget }
}

/** How many threads simulate; `undefined` for all cores. */
export function workersOf({ workers }: Pick<RunOptions, 'workers'>): { readonly simulators?: number } {
  if (workers === undefined) return {}
  if (/^[1-9]\d{0,2}$/.test(workers)) return { simulators: Number(workers) }
  throw new CommandRefusal('USAGE', `--workers is «${workers}»; give a whole number from 1 to 999.`, '--workers')
}

function stakingOf({ staking, fraction, step, cap, drawdownLimit, factor, stop }: RunOptions): object {
  return present({ method: staking, fraction, step, cap, drawdownLimit, factor, stop })
}
