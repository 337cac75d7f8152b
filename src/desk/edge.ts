import type { EdgeHistory, EdgeView, TradeFilter } from '../contract/edge.ts'
import { edgeHistory } from '../domain/edge/edge-history.ts'
import type { EdgeIntervals } from '../domain/edge/edge-intervals.ts'
import { rDistribution } from '../domain/edge/r-distribution.ts'
import { edgeDecay } from '../domain/edge/rolling-edge.ts'
import { seededIntervals, tradeSeed } from '../domain/edge/seeded-intervals.ts'
import { tradeStatistics, type TradeStatistics } from '../domain/edge/trade-statistics.ts'
import { add, fromFloat, readDecimal, rounded, text, ZERO } from '../domain/kernel/money.ts'
import type { Trade } from '../domain/ledger/records.ts'
import { feeOf } from './edge-input.ts'
import { closedOutcomes } from './edge-outcomes.ts'
import { stakingOf } from './edge-staking.ts'
import { DAY_MS, sayFilter, tradesUnder, tradingDays, windowOf } from './edge-trades.ts'
import type { Workspace } from './workspace.ts'

/** Trades of a rolling edge, and of the recent part that a decay is judged by. */
export const ROLLING_WINDOW = 50

/** Which trades an edge is asked of. */
export interface EdgeQuery extends TradeFilter {
  readonly days?: number | undefined
  readonly last?: number | undefined
}

/** Whose history, and over windows of how many days; all trades and the profile's window where left out. */
export interface HistoryQuery {
  readonly strategy?: string | undefined
  readonly days?: number | undefined
}

/** What closed trades say: of a strategy, symbol, tag and window of days or trades. */
export function estimateEdge(workspace: Workspace, { days, last, ...filter }: EdgeQuery = {}): EdgeView {
  const to = filter.to ?? workspace.now()
  const from = days === undefined ? filter.from : Math.max(filter.from ?? 0, to - days * DAY_MS)
  const found = tradesUnder(workspace, { ...filter, ...(from === undefined ? {} : { from }) })
  const trades = last === undefined ? found : found.slice(-last)
  const window = [...(days === undefined ? [] : [`${days} days`]), ...(last === undefined ? [] : [`last ${last}`])]
  return edgeView(workspace, trades, [sayFilter(filter), ...window].join(', '))
}

/** Statistics of given trades as they are shown; the bootstrap is seeded by the trades, so that equal trades show equal figures. */
export function edgeView(workspace: Workspace, trades: readonly Trade[], scope: string): EdgeView {
  const { profile } = workspace.activeProfile()
  const { currency } = workspace.account()
  const { minimumTrades } = windowOf(profile, profile.method)
  const { outcomes, withoutRate } = closedOutcomes(trades)
  const statistics = tradeStatistics(outcomes, minimumTrades)
  const intervals = workspace.remember(`intervals:${tradeSeed(outcomes)}:${outcomes.length}`, () =>
    seededIntervals(outcomes),
  )
  const multiples = rDistribution(outcomes)
  const decay = edgeDecay(outcomes, ROLLING_WINDOW)
  const sum = (values: readonly (string | null)[]): string =>
    text(
      values.reduce((total, value) => {
        const read = readDecimal(value, 'amount')
        return read.ok ? add(total, read.value) : total
      }, ZERO),
    )
  return {
    scope,
    at: workspace.now(),
    firstAt: trades[0]?.exitAt ?? null,
    lastAt: trades.at(-1)?.exitAt ?? null,
    currency,
    withoutRate,
    net: sum(trades.map(({ accountProfit }) => accountProfit)),
    fees: rounded(trades.flatMap((trade) => feeOf(trade, currency)).reduce((total, fee) => add(total, fee), ZERO)),
    ...statisticsView(statistics, intervals),
    expectancyRLow: statistic(multiples.interval?.[0]),
    expectancyRHigh: statistic(multiples.interval?.[1]),
    minimum: minimumTrades,
    decay:
      decay === null
        ? null
        : {
            recent: text(fromFloat(decay.recent)),
            history: text(fromFloat(decay.history)),
            decayed: decay.decayed,
            window: ROLLING_WINDOW,
          },
    says: verdict(statistics, intervals, minimumTrades),
  }
}

/**
 * Kelly parameters after each day's last trade. They follow from the closed trades, so that nothing is kept twice: the same
 * trades give the same history, and what a decision was made with is in its own snapshot.
 */
export function historyOf(workspace: Workspace, { strategy, days }: HistoryQuery = {}): EdgeHistory {
  const { profile } = workspace.activeProfile()
  const own = workspace.book.strategies().find(({ code }) => code === strategy)?.method
  const staking = stakingOf(profile, own ?? profile.method)
  const windowDays = days ?? staking.windowDays
  const trades = tradesUnder(workspace, strategy === undefined ? {} : { strategy })
  const points = edgeHistory(
    closedOutcomes(trades).outcomes,
    tradingDays(workspace.account()),
    windowDays * DAY_MS,
    staking.minimumTrades,
  )
  return {
    strategy: strategy ?? null,
    windowDays,
    method: staking.method,
    day: points.map(({ day }) => day),
    at: points.map(({ at }) => at),
    trades: points.map((point) => point.trades),
    winRate: points.map(({ winRate }) => winRate),
    winRateLow: points.map(({ winRateInterval }) => winRateInterval?.[0] ?? null),
    winRateHigh: points.map(({ winRateInterval }) => winRateInterval?.[1] ?? null),
    payoff: points.map(({ payoff }) => payoff),
    kelly: points.map(({ kelly }) => kelly),
    staked: points.map(({ kelly }) => (kelly === null ? null : staking.staked(kelly))),
  }
}

type Shown = Pick<
  EdgeView,
  | Extract<keyof EdgeView, keyof TradeStatistics>
  | 'winRateLow'
  | 'winRateHigh'
  | 'payoffLow'
  | 'payoffHigh'
  | 'kellyLow'
  | 'kellyHigh'
  | 'tradesNeeded'
>

function statisticsView(of: TradeStatistics, { payoff, kelly, tradesNeeded }: EdgeIntervals): Shown {
  const top = payoff?.[1]
  return {
    trades: of.trades,
    wins: of.wins,
    losses: of.losses,
    scratches: of.scratches,
    winRate: statistic(of.winRate),
    winRateLow: statistic(of.winRateInterval?.[0]),
    winRateHigh: statistic(of.winRateInterval?.[1]),
    meanWin: statistic(of.meanWin),
    meanLoss: statistic(of.meanLoss),
    medianWin: statistic(of.medianWin),
    medianLoss: statistic(of.medianLoss),
    payoff: statistic(of.payoff),
    payoffLow: statistic(payoff?.[0]),
    payoffHigh: statistic(top === Number.MAX_VALUE ? undefined : top),
    profitFactor: statistic(of.profitFactor),
    expectancy: statistic(of.expectancy),
    expectancyR: statistic(of.expectancyR),
    tradesWithR: of.tradesWithR,
    deviation: statistic(of.deviation),
    tStatistic: statistic(of.tStatistic),
    longestLosingStreak: of.longestLosingStreak,
    kelly: statistic(of.kelly),
    kellyLow: statistic(kelly?.[0]),
    kellyHigh: statistic(kelly?.[1]),
    tradesNeeded,
    confidence: of.confidence,
  }
}

/** What to make of it, in one sentence. */
function verdict(of: TradeStatistics, { kelly, tradesNeeded }: EdgeIntervals, minimum: number): string {
  const decided = of.wins + of.losses
  if (decided === 0) return 'No trade has won or lost yet, so nothing is known of the edge.'
  if (of.losses === 0) return `All ${of.wins} decided trades won: without a loss the payoff and Kelly are not defined.`
  if (of.wins === 0) return `All ${of.losses} decided trades lost: there is no edge.`
  if (of.kelly === null || of.kelly <= 0) return `The ${decided} decided trades show no edge.`
  if (kelly !== null && kelly[0] > 0)
    return decided < minimum
      ? `The trades show an edge, but there are ${decided} of the ${minimum} the profile asks for.`
      : `The trades show an edge: the whole interval of Kelly lies above zero.`
  return `The edge is not certain: the interval of Kelly includes zero; ${tradesNeeded ?? 'more'} more trades like these would tell.`
}

function statistic(value: number | null | undefined): string | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : text(fromFloat(value))
}
