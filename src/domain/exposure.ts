import type { Instrument } from './instrument.ts'
import { larger, ZERO, type Dec, type Price } from './kernel/money.ts'

/**
 * Exposure of one unit in the instrument's currency, not negative. Price × point value; for an option its delta
 * notional, at least the premium, when long, and the worst-case loss when short: a put down to zero, a call as the whole
 * underlying, since its loss has no bound (SPEC 1).
 */
export function notionalPerUnit(instrument: Instrument, price: Price, side: 'buy' | 'sell'): Dec {
  const { option, pointValue } = instrument
  if (option === null) return price.times(pointValue)
  const delta = larger(option.delta.abs().times(option.underlying), price).times(pointValue)
  if (side === 'buy') return delta
  const worst = (
    option.right === 'put' ? larger(option.strike.minus(price), ZERO) : larger(option.strike, option.underlying)
  ).times(pointValue)
  return larger(delta, worst)
}
