import type { TradeFilter } from '../contract/edge.ts'
import type { JournalReview, TradeOrder, TradeView } from '../contract/journal.ts'
import { balanceCurve, type BalanceChange, type BalancePoint } from '../domain/edge/balance-curve.ts'
import { rDistribution } from '../domain/edge/r-distribution.ts'
import { rollingEdge } from '../domain/edge/rolling-edge.ts'
import { add, readDecimal, text, ZERO } from '../domain/kernel/money.ts'
import type { Trade } from '../domain/ledger/records.ts'
import { edgeView, historyOf, ROLLING_WINDOW } from './edge.ts'
import { closedOutcomes } from './edge-outcomes.ts'
import { sayFilter, tradesUnder } from './edge-trades.ts'
import { isCapital } from './gather-account.ts'
import type { Workspace } from './workspace.ts'

/** Most points of a line that are sent to be drawn. */
const MOST_POINTS = 2_000

/** Which trades, and in which order. */
export interface TradeQuery {
  readonly filter: TradeFilter
  readonly order: TradeOrder
  readonly way: 'ascending' | 'descending'
  readonly limit: number
}

/** Closed trades of the account in the asked order; one without the figure it is ordered by comes last. */
export function listTrades(
  workspace: Workspace,
  { filter, order, way, limit }: TradeQuery,
): {
  rows: TradeView[]
  total: number
} {
  const trades = tradesUnder(workspace, filter).map(tradeView)
  const sign = way === 'ascending' ? 1 : -1
  const ranked = trades
    .map((trade, place) => ({ trade, place, key: keyOf(trade, order) }))
    .sort((a, b) => compare(a.key, b.key, sign) || sign * (a.place - b.place))
  return { rows: ranked.slice(0, limit).map(({ trade }) => trade), total: trades.length }
}

/** Closed trades reviewed: statistics, spread of R, rolling edge, closed balance and the history of the edge. */
export function reviewTrades(workspace: Workspace, filter: TradeFilter = {}): JournalReview {
  const trades = tradesUnder(workspace, filter)
  const all = tradesUnder(workspace, {})
  const { outcomes } = closedOutcomes(trades)
  const spread = rDistribution(outcomes)
  const rolling = everyOne(rollingEdge(outcomes, ROLLING_WINDOW))
  return {
    edge: edgeView(workspace, trades, sayFilter(filter)),
    choices: {
      strategies: named(all.map(({ strategy }) => strategy)),
      symbols: named(all.map(({ symbol }) => symbol)),
      tags: named(all.map(({ tag }) => tag)),
    },
    distribution: {
      from: spread.bins?.from ?? 0,
      width: spread.bins?.width ?? 1,
      counts: [...(spread.bins?.counts ?? [])],
      withR: spread.withR,
      withoutStop: spread.withoutStop,
      mean: spread.mean,
      low: spread.interval?.[0] ?? null,
      high: spread.interval?.[1] ?? null,
    },
    rolling: {
      window: ROLLING_WINDOW,
      at: rolling.map(({ index }) => outcomes[index]?.at ?? 0),
      trade: rolling.map(({ index }) => index + 1),
      winRate: rolling.map(({ winRate }) => winRate),
      winRateLow: rolling.map(({ winRateLow }) => winRateLow),
      winRateHigh: rolling.map(({ winRateHigh }) => winRateHigh),
      expectancy: rolling.map(({ expectancy }) => expectancy),
      kelly: rolling.map(({ kelly }) => kelly),
    },
    curve: curveOf(workspace, filter, trades),
    history: historyOf(workspace, filter.strategy === undefined ? {} : { strategy: filter.strategy }),
  }
}

function tradeView(trade: Trade): TradeView {
  return {
    tradeId: trade.tradeId,
    symbol: trade.symbol,
    strategy: trade.strategy,
    tag: trade.tag,
    side: trade.side,
    quantity: trade.quantity,
    entryAt: trade.entryAt,
    entryPrice: trade.entryPrice,
    exitAt: trade.exitAt,
    exitPrice: trade.exitPrice,
    fees: trade.fees,
    currency: trade.currency,
    profit: trade.accountProfit,
    r: trade.r,
    origin: trade.origin,
  }
}

function keyOf(trade: TradeView, order: TradeOrder): number | string | null {
  const value = trade[order]
  if (value === null || typeof value === 'number' || order === 'symbol' || order === 'strategy') return value
  return Number(value)
}

/** Rows without a key come last, whichever way the others are ordered. */
function compare(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)
}

/** What was paid in and the filtered trades' profits; what the account had earned before a first day is in its beginning. */
function curveOf(workspace: Workspace, filter: TradeFilter, trades: readonly Trade[]): JournalReview['curve'] {
  const { accountId } = workspace.account()
  const until = Math.min(filter.to ?? Number.MAX_SAFE_INTEGER, workspace.now())
  const isWhole = filter.strategy === undefined && filter.symbol === undefined && filter.tag === undefined
  const flows = workspace.book.cashFlows(accountId, until).filter((flow) => isWhole || isCapital(flow))
  const known = flows.flatMap((flow) =>
    flow.accountAmount === null ? [] : [{ at: flow.at, amount: flow.accountAmount, isFlow: isCapital(flow) }],
  )
  const profits = trades.flatMap(({ exitAt, accountProfit }) =>
    accountProfit === null ? [] : [{ at: exitAt, amount: accountProfit, isFlow: false }],
  )
  const begin = filter.from ?? Number.NEGATIVE_INFINITY
  const earlier = filter.from === undefined ? [] : beginning(workspace, known, filter.from)
  const changes: BalanceChange[] = [...earlier, ...known.filter(({ at }) => at >= begin), ...profits].sort(
    (a, b) => a.at - b.at || Number(b.isFlow) - Number(a.isFlow),
  )
  const { points, deepest, last } = balanceCurve(changes)
  const shown = thinned(points)
  return {
    at: shown.map(({ at }) => at),
    balance: shown.map(({ balance }) => balance),
    below: shown.map(({ below }) => below),
    deepest,
    last,
    withoutRate: flows.length - known.length,
    thinned: points.length - shown.length,
  }
}

/** The closed balance at an instant as one payment: what was paid in and earned before. */
function beginning(workspace: Workspace, flows: readonly BalanceChange[], from: number): BalanceChange[] {
  const before = flows.filter(({ at }) => at < from).map(({ amount }) => amount)
  if (before.length === 0) return []
  const earned = tradesUnder(workspace, { to: from - 1 }).map(({ accountProfit }) => accountProfit)
  const amount = [...before, ...earned].reduce((sum, value) => {
    const read = readDecimal(value, 'amount')
    return read.ok ? add(sum, read.value) : sum
  }, ZERO)
  return [{ at: from, amount: text(amount), isFlow: true }]
}

/** At most so many points: of each stretch the lowest and the highest balance, and the last point. */
function thinned(points: readonly BalancePoint[]): readonly BalancePoint[] {
  if (points.length <= MOST_POINTS) return points
  const stretch = Math.ceil(points.length / (MOST_POINTS / 2 - 1))
  const kept = new Set<BalancePoint>()
  for (let from = 0; from < points.length; from += stretch) {
    const part = points.slice(from, from + stretch)
    const low = part.reduce((a, b) => (b.balance < a.balance ? b : a))
    const high = part.reduce((a, b) => (b.balance > a.balance ? b : a))
    for (const point of part) if (point === low || point === high) kept.add(point)
  }
  return points.filter((point, index) => kept.has(point) || index === points.length - 1)
}

/** Every n-th of many, the last among them. */
function everyOne<T>(points: readonly T[]): readonly T[] {
  const step = Math.ceil(points.length / MOST_POINTS)
  return step <= 1 ? points : points.filter((_, index) => (points.length - 1 - index) % step === 0)
}

function named(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))].sort()
}
