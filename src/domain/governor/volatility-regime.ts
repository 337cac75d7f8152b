import { readFresh } from '../freshness.ts'
import { readPositive, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Sizing } from '../sizing/order.ts'

/** Where volatility stands against its thresholds. */
export interface VolatilityRegime {
  readonly word: 'low' | 'normal' | 'high'
  readonly sigma: Dec
  readonly low: Dec
  readonly high: Dec
}

/** Reads the volatility regime: against the instrument's own year, or fixed levels (SPEC 6). */
export function volatilityRegime(
  { inputs, now, closeMaxAge, instrument }: Sizing,
  levels: { readonly thresholds: 'relative' | 'absolute'; readonly low: Dec; readonly high: Dec },
): Result<VolatilityRegime, Reason> {
  const market = inputs.studies?.market
  if (market === undefined || market === null)
    return err(reason('INPUT_MISSING', 'The volatility of the instrument is not known.', 'market.volatility'))
  const sigma = readFresh(market.volatility, 'market.volatility', {
    now,
    maxAge: closeMaxAge,
    calendar: instrument.calendar,
  })
  if (!sigma.ok) return sigma
  const relative = levels.thresholds === 'relative'
  const low = relative ? readPositive(market.volatilityLow.value, 'market.volatilityLow') : ok(levels.low)
  const high = relative ? readPositive(market.volatilityHigh.value, 'market.volatilityHigh') : ok(levels.high)
  if (!low.ok) return low
  if (!high.ok) return high
  const word = sigma.value.gt(high.value) ? 'high' : sigma.value.lt(low.value) ? 'low' : 'normal'
  return ok({ word, sigma: sigma.value, low: low.value, high: high.value })
}
