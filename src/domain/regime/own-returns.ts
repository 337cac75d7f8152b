import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { DailyCloses } from '../market/aligned-returns.ts'
import { logReturns } from '../market/log-returns.ts'
import type { MarketView } from './sensor.ts'

const DAY_MS = 86_400_000

/** The last returns of one instrument. */
export interface OwnReturns {
  readonly instrument: DailyCloses
  /** Log returns from close to close, oldest first, finite. */
  readonly returns: Float64Array
  /** When the last bar was complete, UTC milliseconds. */
  readonly asOf: number
}

/** The last `count` log returns of the traded instrument; refused where there are fewer, or a close is no price. */
export function ownReturns({ own }: MarketView, count: number): Result<OwnReturns, Reason> {
  if (own === null) return err(reason('INPUT_MISSING', 'No instrument is chosen: choose the one you trade.', 'symbol'))
  const all = logReturns(own.close)
  if (all.length < count)
    return err(
      reason(
        'INPUT_MISSING',
        `${own.symbol} has ${all.length} daily returns and ${count} are needed: import more daily bars of it.`,
        `bars.${own.symbol}`,
      ),
    )
  const returns = all.slice(all.length - count)
  if (!returns.every(Number.isFinite))
    return err(
      reason(
        'INPUT_NOT_FINITE',
        `One of the last ${count + 1} closes of ${own.symbol} is no positive number: mend or delete that bar.`,
        `bars.${own.symbol}`,
      ),
    )
  return ok({ instrument: own, returns, asOf: (own.at[own.at.length - 1] ?? Number.NaN) + DAY_MS })
}
