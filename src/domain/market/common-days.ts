import type { CalendarId } from '../inputs.ts'

/** The days an instrument has a bar on, and the calendar it trades by. */
export interface TradedDays {
  readonly calendar: CalendarId
  /** Days since 1970; a map's keys serve. */
  readonly days: { keys(): Iterable<number> }
}

/**
 * Days on which every calendar traded, that is, on which at least one of its instruments has a bar; a calendar counts from
 * its first bar to its last. `rested` are the days with a bar on which another calendar rested. Both ascending.
 */
export function commonDays(instruments: readonly TradedDays[]): {
  readonly days: readonly number[]
  readonly rested: readonly number[]
} {
  const byCalendar = new Map<CalendarId, Set<number>>()
  for (const { calendar, days } of instruments) {
    const traded = byCalendar.get(calendar) ?? new Set<number>()
    for (const day of days.keys()) traded.add(day)
    byCalendar.set(calendar, traded)
  }
  const calendars = [...byCalendar.values()]
    .filter((traded) => traded.size > 0)
    .map((traded) => {
      let first = Infinity
      let last = -Infinity
      for (const day of traded) {
        first = Math.min(first, day)
        last = Math.max(last, day)
      }
      return { traded, first, last }
    })
  const all = [...new Set(calendars.flatMap(({ traded }) => [...traded]))].sort((a, b) => a - b)
  const isCommon = (day: number): boolean =>
    calendars.every(({ traded, first, last }) => day < first || day > last || traded.has(day))
  return { days: all.filter(isCommon), rested: all.filter((day) => !isCommon(day)) }
}
