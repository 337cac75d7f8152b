import type { CalendarId } from '../inputs.ts'
import { DAYS_PER_YEAR } from '../calendar.ts'
import { averageDailyVolume } from './average-daily-volume.ts'
import { averageTrueRange } from './atr.ts'
import { closeToCloseVolatility } from './close-to-close-volatility.ts'
import { ewmaVolatility, RISKMETRICS_DECAY } from './ewma-volatility.ts'
import { expectedReturn, type ExpectedReturn } from './expected-return.ts'
import { garmanKlassVolatility, type BarPrices } from './garman-klass-volatility.ts'
import { logReturns } from './log-returns.ts'
import { meanRange } from './mean-range.ts'
import { meanReversionScore } from './mean-reversion-score.ts'
import { momentumScore } from './momentum-score.ts'
import { parkinsonVolatility } from './parkinson-volatility.ts'
import { volatilityLevels, type VolatilityLevels } from './volatility-levels.ts'

/** Returns that a volatility looks back on (S0). */
export const LOOK_BACK = 30
/** Bars over which a range and a volume are averaged. */
export const AVERAGED = 20

/** Daily bars of one instrument, oldest first. */
export interface DailyBars extends BarPrices {
  readonly close: Float64Array
  readonly volume: readonly (number | null)[]
}

/** What daily bars say of an instrument; `undefined` where there are too few of them or one is broken. Fractions a year. */
export interface AssetMetrics {
  /** Exponentially weighted, λ 0.94, over 30 returns. */
  readonly volatility: number | undefined
  /** The same by other estimators over 30 bars, for comparison. */
  readonly realised: number | undefined
  readonly parkinson: number | undefined
  readonly garmanKlass: number | undefined
  readonly levels: VolatilityLevels | undefined
  readonly expected: ExpectedReturn | undefined
  /** Expected return less the risk-free rate over volatility. */
  readonly sharpe: number | undefined
  /** Mean of the average true range over the last 20 bars, price units. */
  readonly meanRange: number | undefined
  /** Units a day, mean of 20 days. */
  readonly averageDailyVolume: number | undefined
  /** From −1 to 1. */
  readonly momentum: number | undefined
  /** From −1 to 1, positive below the mean of 20 closes. */
  readonly meanReversion: number | undefined
  /** Returns of the year that were looked at. */
  readonly returns: number
}

/** Measures an instrument by its daily bars; `riskFree` a year, `rangePeriod` in bars. */
export function assetMetrics(
  bars: DailyBars,
  calendar: CalendarId,
  riskFree: number,
  rangePeriod: number,
): AssetMetrics {
  const year = DAYS_PER_YEAR[calendar]
  const returns = logReturns(bars.close)
  const ofYear = returns.subarray(Math.max(0, returns.length - year))
  const recent = returns.subarray(Math.max(0, returns.length - LOOK_BACK))
  const tail = lastBars(bars, LOOK_BACK)
  const enough = returns.length >= LOOK_BACK
  const volatility = enough ? known(ewmaVolatility(recent, RISKMETRICS_DECAY, year)) : undefined
  const expected = ofYear.length >= year / 2 ? expectedReturn(ofYear, year) : undefined
  return {
    volatility,
    realised: enough ? known(closeToCloseVolatility(recent, year)) : undefined,
    parkinson: enough ? known(parkinsonVolatility(tail.high, tail.low, year)) : undefined,
    garmanKlass: enough ? known(garmanKlassVolatility(tail, year)) : undefined,
    levels: volatilityLevels(returns, LOOK_BACK, RISKMETRICS_DECAY, year),
    expected,
    sharpe: expected === undefined || volatility === undefined ? undefined : (expected.value - riskFree) / volatility,
    meanRange: known(meanRange(averageTrueRange(bars.high, bars.low, bars.close, rangePeriod), AVERAGED)),
    averageDailyVolume: known(averageDailyVolume(bars.volume, AVERAGED)),
    momentum: momentumScore(returns, year),
    meanReversion: meanReversionScore(bars.close),
    returns: ofYear.length,
  }
}

/** A movement that cannot be measured, and none at all, are both not known: nothing is divided by it. */
function known(value: number): number | undefined {
  return Number.isFinite(value) && value > 0 ? value : undefined
}

function lastBars({ open, high, low, close }: BarPrices, count: number): BarPrices {
  const from = Math.max(0, close.length - count)
  const last = (values: ArrayLike<number>): number[] => Array.from(values).slice(from)
  return { open: last(open), high: last(high), low: last(low), close: last(close) }
}
