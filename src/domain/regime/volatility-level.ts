import { DAYS_PER_YEAR } from '../calendar.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { CalendarId } from '../inputs.ts'
import { LOOK_BACK } from '../market/asset-metrics.ts'
import { ewmaVolatility, RISKMETRICS_DECAY } from '../market/ewma-volatility.ts'
import { volatilityLevels } from '../market/volatility-levels.ts'
import { ownReturns } from './own-returns.ts'
import type { MarketView } from './sensor.ts'

/** Where the volatility of the traded instrument stands; fractions a year. */
export interface VolatilityLevel {
  readonly word: 'low' | 'normal' | 'high'
  readonly sigma: number
  /** Standard error of sigma were the returns normal: σ/√(2n) with the effective number n of returns. */
  readonly error: number
  readonly low: number
  readonly high: number
  readonly symbol: string
  readonly returns: number
  readonly asOf: number
  readonly calendar: CalendarId
}

/** Fixed levels, or `null` for the 33rd and 80th percentile of the instrument's own year. */
export type FixedLevels = { readonly low: number; readonly high: number } | null

/** EWMA volatility (λ 0.94, 30 returns) against fixed levels or the instrument's own year (SPEC 6); refused without enough bars. */
export function volatilityLevel(view: MarketView, fixed: FixedLevels): Result<VolatilityLevel, Reason> {
  const year = view.own === null ? 0 : DAYS_PER_YEAR[view.own.calendar]
  const most = Math.max(0, (view.own?.close.length ?? 0) - 1)
  const least = fixed === null ? LOOK_BACK - 1 + Math.ceil(year / 2) : LOOK_BACK
  const own = ownReturns(view, Math.max(least, Math.min(most, fixed === null ? LOOK_BACK - 1 + year : LOOK_BACK)))
  if (!own.ok) return own
  const { instrument, returns, asOf } = own.value
  const sigma = ewmaVolatility(returns.subarray(-LOOK_BACK), RISKMETRICS_DECAY, year)
  const levels = fixed ?? volatilityLevels(returns, LOOK_BACK, RISKMETRICS_DECAY, year)
  if (!(sigma > 0) || levels === undefined || !(levels.high > 0))
    return err(
      reason(
        'INPUT_MISSING',
        `The volatility of ${instrument.symbol} is not known: its price did not move, or its year is not complete.`,
        `bars.${instrument.symbol}`,
      ),
    )
  const { low, high } = levels
  return ok({
    word: sigma > high ? 'high' : sigma < low ? 'low' : 'normal',
    sigma,
    error: sigma / Math.sqrt(2 * EFFECTIVE_RETURNS),
    low,
    high,
    symbol: instrument.symbol,
    returns: returns.length,
    asOf,
    calendar: instrument.calendar,
  })
}

/** (Σw)²/Σw² of the weights 0.94^age over 30 returns. */
const EFFECTIVE_RETURNS =
  ((1 - RISKMETRICS_DECAY ** LOOK_BACK) / (1 - RISKMETRICS_DECAY)) ** 2 /
  ((1 - RISKMETRICS_DECAY ** (2 * LOOK_BACK)) / (1 - RISKMETRICS_DECAY ** 2))
