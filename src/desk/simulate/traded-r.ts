import type { TradesWanted } from '../../contract/simulation/input.ts'
import { readDecimal } from '../../domain/kernel/money.ts'
import type { Trade } from '../../domain/ledger/records.ts'
import { DAY_MS, sayFilter, tradesUnder } from '../edge-trades.ts'
import type { Workspace } from '../workspace.ts'
import { figureOr } from './read-figures.ts'

/** One closed trade whose stop was known. */
export interface TradeInR {
  readonly at: number
  readonly r: number
}

/** The closed trades that were asked for. */
export interface TradedR {
  /** In words. */
  readonly scope: string
  readonly trades: readonly Trade[]
  /** Those with an R, oldest first. */
  readonly inR: readonly TradeInR[]
}

/** The book's closed trades of a filter, of the last days, or the last so many, with their R-multiples. */
export function tradedR(workspace: Workspace, wanted: TradesWanted = {}): TradedR {
  const { filter = {} } = wanted
  const days = figureOr(wanted.days, 'trades.days', null, { from: 1, to: 36_500 })
  const last = figureOr(wanted.last, 'trades.last', null, { from: 1, to: 1_000_000, whole: true })
  const from = days === null ? filter.from : Math.max(filter.from ?? 0, Math.floor(workspace.now() - days * DAY_MS))
  const all = tradesUnder(workspace, { ...filter, from })
  const trades = last === null ? all : all.slice(-last)
  const words = [
    sayFilter(filter),
    ...(days === null ? [] : [`${days} days`]),
    ...(last === null ? [] : [`the last ${last}`]),
  ]
  return {
    scope: words.join(', '),
    trades,
    inR: trades.flatMap(({ r, exitAt }) => {
      const multiple = r === null ? undefined : readDecimal(r, 'r')
      return multiple?.ok === true ? [{ at: exitAt, r: multiple.value.toNumber() }] : []
    }),
  }
}

/** Why nothing can be drawn from trades; `undefined` when it can. */
export function missingTrades({ scope, trades, inR }: TradedR): string | undefined {
  const needed = `${FEWEST} are needed`
  if (trades.length === 0)
    return `There are no closed trades (${scope}): import or record some, or describe the model by its win rate and payoff.`
  if (inR.length >= FEWEST) return undefined
  return inR.length === 0
    ? `None of the ${trades.length} closed trades (${scope}) had a known stop, so none has an R: type the stops, or describe the model by its win rate and payoff.`
    : `Only ${inR.length} of ${trades.length} closed trades (${scope}) had a known stop; ${needed}: widen the filter, or describe the model by its win rate and payoff.`
}

/** Fewest R-multiples that are drawn from. */
const FEWEST = 10
