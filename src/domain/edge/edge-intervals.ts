import { quantileOfSorted } from '../stats/quantile.ts'
import { kellyBinary } from './kelly-binary.ts'
import { tradeStatistics, type TradeOutcome } from './trade-statistics.ts'

/** Percentile bootstrap intervals of payoff and Kelly, and how many more trades an edge needs to show itself. */
export interface EdgeIntervals {
  readonly payoff: readonly [number, number] | null
  readonly kelly: readonly [number, number] | null
  /** More trades until the interval of Kelly excludes zero at the present edge; 0 when it does, `null` without an edge. */
  readonly tradesNeeded: number | null
  readonly resamples: number
}

/** A source of uniform numbers in [0, 1), seeded by the caller so that equal trades give equal intervals. */
export type Uniform = () => number

/** Resamples a bootstrap draws. */
export const RESAMPLES = 1_000

/** 90 % percentile bootstrap of payoff and Kelly over wins and losses (Efron 1979); the lower ends are the 5 % quantiles. */
export function edgeIntervals(outcomes: readonly TradeOutcome[], uniform: Uniform): EdgeIntervals {
  const decided = outcomes.map(({ profit }) => profit).filter((profit) => profit !== 0)
  const point = tradeStatistics(outcomes, 30)
  if (point.kelly === null) return { payoff: null, kelly: null, tradesNeeded: null, resamples: 0 }
  const payoffs: number[] = []
  const kellys: number[] = []
  for (let sample = 0; sample < RESAMPLES; sample++) {
    let wins = 0
    let won = 0
    let lost = 0
    for (let draw = 0; draw < decided.length; draw++) {
      const profit = decided[Math.floor(uniform() * decided.length)] ?? 0
      if (profit > 0) {
        wins += 1
        won += profit
      } else lost -= profit
    }
    const losses = decided.length - wins
    // A resample without losses has no payoff and one without wins no edge: the ends it stands for are kept.
    const payoff = losses === 0 ? Number.POSITIVE_INFINITY : wins === 0 ? 0 : won / wins / (lost / losses)
    payoffs.push(payoff)
    kellys.push(
      payoff === 0 ? -1 : payoff === Number.POSITIVE_INFINITY ? 1 : kellyBinary(wins / decided.length, payoff),
    )
  }
  payoffs.sort((a, b) => a - b)
  kellys.sort((a, b) => a - b)
  const kelly = [quantileOfSorted(kellys, 0.05), quantileOfSorted(kellys, 0.95)] as const
  const high = quantileOfSorted(payoffs, 0.95)
  return {
    payoff: [quantileOfSorted(payoffs, 0.05), Number.isFinite(high) ? high : Number.MAX_VALUE],
    kelly,
    tradesNeeded: moreTrades(point.kelly, kelly[0], decided.length),
    resamples: RESAMPLES,
  }
}

/** The half-width below the point shrinks with the root of the count: trades until it no longer reaches zero. */
function moreTrades(point: number, low: number, count: number): number | null {
  if (point <= 0) return null
  if (low > 0) return 0
  const ratio = (point - low) / point
  return Math.max(1, Math.ceil(count * ratio * ratio) - count)
}
