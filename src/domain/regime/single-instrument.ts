import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { MarketView, Measured } from './sensor.ts'

/** The abstention of a sensor of several instruments where the market is one of them; refused where it is none. */
export function singleInstrument({ market }: MarketView, sensor: string): Result<Measured, Reason> {
  const [only] = market
  if (only === undefined)
    return err(
      reason('INPUT_MISSING', 'No instrument with daily bars is held, traded or watched: import daily bars.', 'bars'),
    )
  return ok({
    value: null,
    multiplier: 1,
    level: 'abstains',
    abstains: true,
    pValue: null,
    error: null,
    periods: Math.max(0, only.close.length - 1),
    symbols: [only.symbol],
    asOf: (only.at[only.at.length - 1] ?? Number.NaN) + 86_400_000,
    calendar: only.calendar,
    facts: {},
    says: `${sensor} abstains: ${only.symbol} is the only instrument, and it compares several.`,
  })
}
