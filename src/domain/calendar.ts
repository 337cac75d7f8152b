import type { CalendarId } from './inputs.ts'

const DAY_MS = 86_400_000

/** Periods a year of each calendar: trading days of equities and futures, days of crypto, weekdays of FX. */
export const DAYS_PER_YEAR: Readonly<Record<CalendarId, number>> = { equity: 252, futures: 252, fx: 260, crypto: 365 }

/**
 * Age of a price in market time: milliseconds from `at` to `now` less the Saturdays and Sundays (UTC) between, so that
 * Friday's close is one day old on Monday. Crypto has no weekend. Negative where `at` lies in the future.
 */
export function marketAge(at: number, now: number, calendar: CalendarId): number {
  const age = now - at
  if (calendar === 'crypto' || age <= 0) return age
  return age - weekendBetween(at, now)
}

function weekendBetween(from: number, to: number): number {
  return weekendBefore(to) - weekendBefore(from)
}

/** Weekend milliseconds from Thursday 1970-01-01 to `instant`. */
function weekendBefore(instant: number): number {
  // Shift so that weeks begin on a Saturday: 1970-01-01 was a Thursday, two days before one.
  const shifted = instant - 2 * DAY_MS
  const week = Math.floor(shifted / (7 * DAY_MS))
  const into = shifted - week * 7 * DAY_MS
  return week * 2 * DAY_MS + Math.min(into, 2 * DAY_MS)
}

/** Whether `now` falls on a weekend of the calendar: Saturday and Sunday in UTC; FX and futures open Sunday 22:00 UTC. */
export function weekendOf(now: number, calendar: CalendarId): boolean {
  if (calendar === 'crypto') return false
  const day = Math.floor(now / DAY_MS)
  const weekday = (((day + 4) % 7) + 7) % 7
  if (weekday === 6) return true
  if (weekday !== 0) return false
  return calendar === 'equity' || now - day * DAY_MS < 22 * 3_600_000
}
