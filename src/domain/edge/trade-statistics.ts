import { mean, median, standardDeviation } from '../stats/moments.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import { kellyBinary } from './kelly-binary.ts'

/** A closed trade as statistics see it: net profit in one currency, and its R-multiple where a stop was known. */
export interface TradeOutcome {
  readonly profit: number
  readonly r: number | null
}

/** How far a number of closed trades can be trusted. */
export type Confidence = 'VERY LOW' | 'LOW' | 'MODERATE' | 'HIGH'

/** What closed trades say of a strategy (SPEC 5). `null` stands for undefined: a ratio without a denominator is never made up. */
export interface TradeStatistics {
  readonly trades: number
  readonly wins: number
  readonly losses: number
  /** Profit exactly 0: counted apart, in no rate. */
  readonly scratches: number
  /** wins / (wins + losses). */
  readonly winRate: number | null
  /** 95 % Wilson interval of the win rate. */
  readonly winRateInterval: readonly [number, number] | null
  readonly meanWin: number | null
  readonly meanLoss: number | null
  readonly medianWin: number | null
  readonly medianLoss: number | null
  /** Mean win over mean loss. */
  readonly payoff: number | null
  /** Gross profit over gross loss. */
  readonly profitFactor: number | null
  /** Mean profit a trade, scratches included. */
  readonly expectancy: number | null
  /** Mean R of the trades that had a stop. */
  readonly expectancyR: number | null
  readonly tradesWithR: number
  /** Sample standard deviation of profit. */
  readonly deviation: number | null
  /** Mean over its standard error. */
  readonly tStatistic: number | null
  readonly longestLosingStreak: number
  /** Full Kelly as a risk fraction, negative without an edge. */
  readonly kelly: number | null
  readonly confidence: Confidence
}

/** Statistics of closed trades in time order; `minimum` is the count from which confidence is more than LOW. */
export function tradeStatistics(outcomes: readonly TradeOutcome[], minimum: number): TradeStatistics {
  const profits = outcomes.map(({ profit }) => profit)
  const won = profits.filter((profit) => profit > 0)
  const lost = profits.filter((profit) => profit < 0).map((profit) => -profit)
  const multiples = outcomes.flatMap(({ r }) => (r === null ? [] : [r]))
  const decided = won.length + lost.length
  const winRate = decided === 0 ? null : won.length / decided
  const meanWin = meanOrNone(won)
  const meanLoss = meanOrNone(lost)
  const payoff = meanWin === null || meanLoss === null ? null : meanWin / meanLoss
  const deviation = profits.length < 2 ? null : standardDeviation(profits)
  const expectancy = meanOrNone(profits)
  return {
    trades: profits.length,
    wins: won.length,
    losses: lost.length,
    scratches: profits.length - decided,
    winRate,
    winRateInterval: decided === 0 ? null : wilsonInterval(won.length, decided),
    meanWin,
    meanLoss,
    medianWin: won.length === 0 ? null : median(won),
    medianLoss: lost.length === 0 ? null : median(lost),
    payoff,
    profitFactor: lost.length === 0 ? null : total(won) / total(lost),
    expectancy,
    expectancyR: meanOrNone(multiples),
    tradesWithR: multiples.length,
    deviation,
    tStatistic:
      expectancy === null || deviation === null || deviation === 0
        ? null
        : expectancy / (deviation / Math.sqrt(profits.length)),
    longestLosingStreak: longestStreak(profits),
    kelly: winRate === null || payoff === null ? null : kellyBinary(winRate, payoff),
    confidence: confidenceOf(decided, minimum),
  }
}

/** Under 10 trades VERY LOW, under the minimum LOW, under 100 MODERATE, else HIGH. */
export function confidenceOf(trades: number, minimum: number): Confidence {
  if (trades < 10) return 'VERY LOW'
  if (trades < minimum) return 'LOW'
  return trades < 100 ? 'MODERATE' : 'HIGH'
}

function longestStreak(profits: readonly number[]): number {
  let longest = 0
  let run = 0
  for (const profit of profits) {
    run = profit < 0 ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function meanOrNone(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values)
}
