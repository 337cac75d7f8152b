import type { Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import { reason } from '../../domain/kernel/reason.ts'
import type { PortfolioProblem } from '../../domain/portfolio/optimiser/portfolio-problem.ts'
import { readProblem } from '../../domain/portfolio/optimiser/read-problem.ts'
import { covarianceOf } from './covariance.ts'
import type { MarketFigures } from './market-figures.ts'
import type { WantedGroup, WantedPortfolio } from './wanted-portfolio.ts'

/** A problem for the optimiser with what was set aside to make it. */
export interface PosedProblem {
  readonly problem: PortfolioProblem
  /** Places in the figures, in the order of the problem. */
  readonly places: readonly number[]
  readonly leftOut: readonly { readonly symbol: string; readonly says: string }[]
  readonly notes: readonly string[]
}

const NEEDS_RETURNS = new Set(['kelly_mvo', 'max_sharpe'])

/**
 * Poses a portfolio to the optimiser. Without an expected return an instrument cannot be weighed by a method that needs one,
 * and is left out; what is held of those left out stays, and takes its part of budget, leverage and groups.
 */
export function problemOf(figures: MarketFigures, wanted: WantedPortfolio): Result<PosedProblem, Reason> {
  const needs = NEEDS_RETURNS.has(wanted.method)
  const returnOf = (i: number): number | null =>
    wanted.expected[figures.symbols[i] ?? ''] ?? figures.expected[i] ?? null
  const places = [...figures.symbols.keys()].filter((i) => !needs || returnOf(i) !== null)
  const names = places.map((i) => figures.symbols[i] ?? '')
  const leftOut = [
    ...figures.leftOut.map(({ symbol, says }) => ({ symbol, says: `${symbol} is left out: ${says}.` })),
    ...figures.symbols
      .filter((symbol) => !names.includes(symbol))
      .map((symbol) => ({
        symbol,
        says: `${symbol} is left out: its expected return is not known, as it has less than half a year of daily bars; give one.`,
      })),
  ]
  const strange = Object.keys({
    ...wanted.bounds,
    ...wanted.costs,
    ...wanted.expected,
    ...wanted.signals,
    ...wanted.riskBudgets,
  })
    .concat(wanted.groups.flatMap(({ members }) => members))
    .find((symbol) => !names.includes(symbol) && !leftOut.some((one) => one.symbol === symbol))
  if (strange !== undefined)
    return err(
      reason('INPUT_OUT_OF_RANGE', `${strange} is not among the instruments weighed: add it to symbols.`, 'symbols'),
    )
  if (names.length === 0)
    return err(
      reason('INPUT_MISSING', `Nothing is left to weigh: ${leftOut.map(({ says }) => says).join(' ')}`, 'symbols'),
    )
  const kept = Object.entries(wanted.present).filter(([symbol, weight]) => weight !== 0 && !names.includes(symbol))
  const keptNet = kept.reduce((sum, [, weight]) => sum + weight, 0)
  const keptGross = kept.reduce((sum, [, weight]) => sum + Math.abs(weight), 0)
  const read = readProblem(requestOf({ figures, wanted, places, names, returnOf, keptNet, keptGross }))
  if (!read.ok) {
    const [first] = read.error
    const says = read.error.slice(0, 5).map((fault) => fault.says)
    return err(reason(first?.code ?? 'INPUT_MALFORMED', [...new Set(says)].join(' '), first?.field))
  }
  return ok({
    problem: read.value,
    places,
    leftOut,
    notes: kept.map(
      ([symbol, weight]) =>
        `${symbol} is held at ${(weight * 100).toFixed(2)} % and stays so: it takes its part of budget, leverage and groups, and its risk is not counted.`,
    ),
  })
}

interface Parts {
  readonly figures: MarketFigures
  readonly wanted: WantedPortfolio
  readonly places: readonly number[]
  readonly names: readonly string[]
  readonly returnOf: (i: number) => number | null
  readonly keptNet: number
  readonly keptGross: number
}

function requestOf({ figures, wanted, places, names, returnOf, keptNet, keptGross }: Parts): Record<string, unknown> {
  const n = figures.symbols.length
  const volatility = places.map((i) => figures.volatility[i] ?? Number.NaN)
  const correlation = places.flatMap((i) => places.map((j) => figures.correlation[i * n + j] ?? Number.NaN))
  const sigma = covarianceOf(correlation, volatility)
  const order = names.length
  const returns = places.map(returnOf)
  const per = (values: Readonly<Record<string, number>>, usual: number): number[] =>
    names.map((symbol) => values[symbol] ?? usual)
  const given = <T>(name: string, value: T | null): Record<string, T> => (value === null ? {} : { [name]: value })
  return {
    method: wanted.method,
    names,
    sigma: Array.from({ length: order }, (_, i) => [...sigma.subarray(i * order, (i + 1) * order)]),
    ...(returns.every((value) => value !== null)
      ? { mu: returns, ...(Object.keys(wanted.signals).length === 0 ? {} : { signals: per(wanted.signals, 0) }) }
      : {}),
    w0: per(wanted.present, 0),
    lower: names.map((symbol) => wanted.bounds[symbol]?.lower ?? wanted.lower),
    upper: names.map((symbol) => wanted.bounds[symbol]?.upper ?? wanted.upper),
    groups: [...wanted.groups, ...wanted.clusters].flatMap((group) => groupOf(group, names, wanted.present)),
    cost: per(wanted.costs, wanted.cost),
    lambda: wanted.lambda,
    riskFree: wanted.riskFree,
    budget: { min: wanted.budget.min - keptNet, max: wanted.budget.max - keptNet },
    ...given('turnover', wanted.turnover),
    ...given('volatilityCap', wanted.volatilityCap),
    ...given('topK', wanted.topK === null ? null : { ...wanted.topK, k: Math.min(wanted.topK.k, order) }),
    ...given('gross', wanted.gross === null ? null : Math.max(0, wanted.gross - keptGross)),
    ...given('riskBudgets', wanted.riskBudgets === null ? null : per(wanted.riskBudgets, 1)),
  }
}

/** A group of those weighed: what is held of its other members stays, and takes its part of the sum. */
function groupOf(
  { name, members, min, max }: WantedGroup,
  names: readonly string[],
  present: WantedPortfolio['present'],
): Record<string, unknown>[] {
  const own = members.map((symbol) => names.indexOf(symbol)).filter((i) => i >= 0)
  if (own.length === 0) return []
  const kept = members.reduce((sum, symbol) => sum + (names.includes(symbol) ? 0 : (present[symbol] ?? 0)), 0)
  const end = (key: 'min' | 'max', bound: number | undefined): Record<string, number> =>
    bound === undefined ? {} : { [key]: bound - kept }
  return [{ name, members: own.sort((a, b) => a - b), ...end('min', min), ...end('max', max) }]
}
