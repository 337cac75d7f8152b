import { tradeStatistics, type TradeOutcome } from './trade-statistics.ts'

/** A closed trade with the instant it closed. */
export interface DatedOutcome extends TradeOutcome {
  readonly at: number
}

/** The Kelly parameters as they stood after the last trade of a day. `null` where they are undefined. */
export interface EdgeOnDay {
  /** Start of the trading day. */
  readonly day: number
  /** Instant of its last closed trade. */
  readonly at: number
  readonly trades: number
  readonly winRate: number | null
  readonly winRateInterval: readonly [number, number] | null
  readonly payoff: number | null
  readonly kelly: number | null
}

/** A trading day by an instant in it: its start, and the start of the next. */
export type DayOf = (at: number) => { readonly start: number; readonly next: number }

/**
 * The edge day by day, each over the trades of `windowMs` up to that day's last: what an estimate made then from these
 * trades gave. Trades in order of time; days without one are left out.
 */
export function edgeHistory(
  trades: readonly DatedOutcome[],
  dayOf: DayOf,
  windowMs: number,
  minimum: number,
): readonly EdgeOnDay[] {
  const history: EdgeOnDay[] = []
  let oldest = 0
  for (const { day, end } of days(trades, dayOf)) {
    const at = trades[end - 1]?.at ?? 0
    while ((trades[oldest]?.at ?? Infinity) <= at - windowMs) oldest += 1
    const { wins, losses, scratches, winRate, winRateInterval, payoff, kelly } = tradeStatistics(
      trades.slice(oldest, end),
      minimum,
    )
    history.push({ day, at, trades: wins + losses + scratches, winRate, winRateInterval, payoff, kelly })
  }
  return history
}

/** The days trades closed on, with how many had closed by the end of each. */
function* days(trades: readonly DatedOutcome[], dayOf: DayOf): Generator<{ day: number; end: number }> {
  for (let first = 0; first < trades.length;) {
    const { start, next } = dayOf(trades[first]?.at ?? 0)
    let end = first + 1
    while ((trades[end]?.at ?? Infinity) < next) end += 1
    yield { day: start, end }
    first = end
  }
}
