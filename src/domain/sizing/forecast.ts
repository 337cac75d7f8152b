import { readFresh } from '../freshness.ts'
import { readDecimal, readPositive, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { BeforeStop } from './method.ts'

/** Annualised volatility of the order: its own forecast, else the instrument's measured one, fresh and positive. */
export function volatilityOf(sizing: BeforeStop): Result<Dec, Reason> {
  const { order, inputs, now, closeMaxAge, instrument } = sizing
  if (order.volatility !== null) {
    if (order.volatility.gt(0)) return ok(order.volatility)
    return err(reason('INPUT_OUT_OF_RANGE', 'request.volatility must be greater than 0.', 'request.volatility'))
  }
  const measured = inputs.studies?.market?.volatility
  if (measured !== undefined)
    return readFresh(measured, 'market.volatility', { now, maxAge: closeMaxAge, calendar: instrument.calendar })
  return readPositive(null, 'request.volatility')
}

/** Annualised expected return of the order: its own forecast, else the instrument's estimate. Either sign. */
export function expectedReturnOf({ order, inputs }: BeforeStop): Result<Dec, Reason> {
  if (order.expectedReturn !== null) return ok(order.expectedReturn)
  return readDecimal(inputs.studies?.market?.expectedReturn.value ?? null, 'request.expectedReturn')
}
