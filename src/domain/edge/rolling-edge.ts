import { mean } from '../stats/moments.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import { kellyBinary } from './kelly-binary.ts'
import type { TradeOutcome } from './trade-statistics.ts'

/** The edge over the trades up to one of them. `null` where it is undefined. */
export interface RollingPoint {
  /** Index of the last trade of the window. */
  readonly index: number
  readonly winRate: number | null
  readonly winRateLow: number | null
  readonly winRateHigh: number | null
  readonly expectancy: number
  readonly kelly: number | null
}

/** Whether the edge has been fading: the recent win rate stands this share below its history. */
export interface EdgeDecay {
  readonly recent: number
  readonly history: number
  readonly decayed: boolean
}

/** A fall of the recent win rate by this share of its history is a decay (SPEC 5). */
export const DECAY_SHARE = 0.15

/** The edge over a moving window of trades in time order; nothing before the first full window. */
export function rollingEdge(outcomes: readonly TradeOutcome[], window: number): readonly RollingPoint[] {
  const points: RollingPoint[] = []
  for (let end = window; end <= outcomes.length; end++) {
    const profits = outcomes.slice(end - window, end).map(({ profit }) => profit)
    const won = profits.filter((profit) => profit > 0)
    const lost = profits.filter((profit) => profit < 0)
    const decided = won.length + lost.length
    const interval = decided === 0 ? null : wilsonInterval(won.length, decided)
    const winRate = decided === 0 ? null : won.length / decided
    points.push({
      index: end - 1,
      winRate,
      winRateLow: interval?.[0] ?? null,
      winRateHigh: interval?.[1] ?? null,
      expectancy: mean(profits),
      kelly:
        winRate === null || won.length === 0 || lost.length === 0
          ? null
          : kellyBinary(winRate, mean(won) / -mean(lost)),
    })
  }
  return points
}

/** Compares the win rate of the last `window` trades with that of all before them; `null` while either is undefined. */
export function edgeDecay(outcomes: readonly TradeOutcome[], window: number): EdgeDecay | null {
  const recent = winRateOf(outcomes.slice(-window))
  const history = winRateOf(outcomes.slice(0, -window))
  if (recent === null || history === null) return null
  return { recent, history, decayed: recent < history * (1 - DECAY_SHARE) }
}

function winRateOf(outcomes: readonly TradeOutcome[]): number | null {
  const wins = outcomes.filter(({ profit }) => profit > 0).length
  const losses = outcomes.filter(({ profit }) => profit < 0).length
  return wins + losses === 0 ? null : wins / (wins + losses)
}
