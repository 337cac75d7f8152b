import type { Command } from 'commander'
import { CommandRefusal } from '../command-refusal.ts'
import { isGroup } from './json-input.ts'
import { numberList, numberRows } from './number-list.ts'

/** What draws the outcomes, as options. */
export interface ModelOptions {
  readonly model?: string
  readonly p?: string
  readonly b?: string
  readonly returns?: string
  readonly block?: string
  readonly uncertain?: boolean
  readonly mu?: string
  readonly sigma?: string
  readonly correlation?: string
  readonly weights?: string
  readonly degreesOfFreedom?: string
  readonly strategy?: string
  readonly symbol?: string
  readonly tag?: string
  readonly days?: string
  readonly last?: string
}

/** Adds the options that describe a model. */
export function modelOptions(command: Command): Command {
  return tradeOptions(
    command
      .option('--model <kind>', 'winloss, bootstrap, gaussian, student-t, or book (its closed trades)')
      .option('--p <chance>', 'of winloss: chance of a win')
      .option('--b <payoff>', 'of winloss: what a win pays, in R')
      .option('--returns <list>', 'of bootstrap: R-multiples, or a file of them')
      .option('--block <length>', 'of bootstrap: mean length of the runs drawn, or auto')
      .option('--uncertain', 'every path draws its own edge from the evidence')
      .option('--mu <list>', 'of gaussian: mean return of each asset')
      .option('--sigma <list>', 'of gaussian: standard deviations, or rows of a covariance parted by ;')
      .option('--correlation <rows>', 'of gaussian: rows parted by ;')
      .option('--weights <list>', 'of gaussian: weights of the portfolio')
      .option('--degrees-of-freedom <n>', 'of student-t'),
  )
}

/** Adds the options that choose closed trades of a book. */
export function tradeOptions(command: Command): Command {
  return command
    .option('--strategy <code>', 'of book: trades of this strategy')
    .option('--symbol <symbol>', 'of book: trades in this instrument')
    .option('--tag <tag>', 'of book: trades with this tag')
    .option('--days <n>', 'of book: trades of so many days')
    .option('--last <n>', 'of book: only the last n')
}

/** The closed trades of the options; `undefined` where none are chosen. */
export function tradesOf({ strategy, symbol, tag, days, last }: ModelOptions): object | undefined {
  const filter = present({ strategy, symbol, tag })
  const chosen = present({ filter: Object.keys(filter).length === 0 ? undefined : filter, days, last })
  return Object.keys(chosen).length === 0 ? undefined : chosen
}

/** The model of the options; `undefined` where none is described. */
export function modelFromOptions(options: ModelOptions): object | undefined {
  const { p, b, block, uncertain, degreesOfFreedom } = options
  const kind =
    options.model ?? (p === undefined ? (options.returns === undefined ? undefined : 'bootstrap') : 'winloss')
  if (kind === undefined) return undefined
  const list = (name: 'returns' | 'mu' | 'weights'): string[] | undefined =>
    options[name] === undefined ? undefined : numberList(options[name], `--${name}`)
  const rows = (name: 'sigma' | 'correlation'): string[][] | undefined =>
    options[name] === undefined ? undefined : numberRows(options[name], `--${name}`)
  const sigma = rows('sigma')
  return present({
    kind,
    p,
    b,
    returns: list('returns'),
    block,
    uncertain,
    mu: list('mu'),
    sigma: sigma?.length === 1 && (sigma[0]?.length ?? 0) > 1 ? sigma[0] : sigma?.length === 1 ? sigma.flat() : sigma,
    correlation: rows('correlation'),
    weights: list('weights'),
    degreesOfFreedom,
    trades: tradesOf(options),
  })
}

/** A model of a JSON request: `{kind, …}`, or `{winloss: {…}}`; single numbers of a one-asset portfolio become lists. */
export function modelFromJson(given: unknown): unknown {
  if (!isGroup(given)) {
    if (given === undefined) return undefined
    throw new CommandRefusal(
      'INPUT_MALFORMED',
      'model must be an object such as {"kind": "winloss", "p": 0.55, "b": 1.2}.',
      'model',
    )
  }
  const [only, ...others] = Object.entries(given)
  const wrapped = only !== undefined && others.length === 0 && isGroup(only[1]) ? { kind: only[0], ...only[1] } : given
  const { type, ...rest } = wrapped
  const named = type === undefined || 'kind' in rest ? wrapped : { kind: type, ...rest }
  return Object.fromEntries(
    Object.entries(named).map(([key, value]) => [key, LISTS.has(key) && !Array.isArray(value) ? [value] : value]),
  )
}

const LISTS = new Set(['mu', 'sigma', 'weights'])

/** Without the members that are not given. */
export function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
