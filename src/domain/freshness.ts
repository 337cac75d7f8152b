import { marketAge } from './calendar.ts'
import type { CalendarId, Reading } from './inputs.ts'
import { readPositive, type Dec } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import { err, ok, type Result } from './kernel/result.ts'

/** Clocks may differ by this much before a time stamp counts as from the future. */
export const CLOCK_TOLERANCE_MS = 2_000

/** How old a reading may be, in market time of a calendar. */
export interface Freshness {
  readonly now: number
  readonly maxAge: number
  readonly calendar: CalendarId
}

/** Reads a positive value that must be present, finite, not from the future and no older than allowed. */
export function readFresh(reading: Reading, field: string, fresh: Freshness): Result<Dec, Reason> {
  const value = readPositive(reading.value, field)
  if (!value.ok) return value
  const dated = checkAge(reading.at, field, reading.source, fresh)
  return dated.ok ? value : dated
}

/** Reads a positive value with a time that is present and not in the future; old is fine, as for a peak or an opening. */
export function readDated(reading: Reading, field: string, now: number): Result<Dec, Reason> {
  return readFresh(reading, field, { now, maxAge: Number.POSITIVE_INFINITY, calendar: 'crypto' })
}

/** Whether a time stamp is present, not in the future and young enough. */
export function checkAge(
  at: number | null,
  field: string,
  source: string,
  { now, maxAge, calendar }: Freshness,
): Result<number, Reason> {
  if (at === null || !Number.isFinite(at))
    return err(reason('INPUT_MISSING', `${field} has no time: its age is not known.`, field))
  if (at > now + CLOCK_TOLERANCE_MS) {
    return err(
      reason(
        'CLOCK_ANOMALY',
        `${field} is dated ${sayAge(at - now)} in the future (${source}): check the clock and the time zone of the data.`,
        field,
      ),
    )
  }
  const age = marketAge(at, now, calendar)
  if (age > maxAge) {
    return err(
      reason(
        'QUOTE_STALE',
        `${field} (${source}) is ${sayAge(age)} old, the limit is ${sayAge(maxAge)}: bring newer data, type a price, or decide as of then.`,
        field,
      ),
    )
  }
  return ok(age)
}

/** An age in words: `41 s`, `3.5 h`, `12.0 days`. */
export function sayAge(ms: number): string {
  if (ms < 120_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
  if (ms < 7_200_000) return `${(ms / 60_000).toFixed(0)} min`
  if (ms < 172_800_000) return `${(ms / 3_600_000).toFixed(1)} h`
  return `${(ms / 86_400_000).toFixed(1)} days`
}
