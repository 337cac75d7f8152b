/** An account's clock: its named zone and the local time at which its trading day begins. */
export interface AccountClock {
  /** IANA time zone. */
  readonly timeZone: string
  /** `HH:MM`. */
  readonly dayRoll: string
}

const DAY_MS = 86_400_000
// Offsets change at full quarters of an hour only; the last one is kept, since asking for it is slow.
const QUARTER_MS = 900_000
let last = { timeZone: '', quarter: 0, offset: 0 }
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * Start of the trading day, week (Monday's day) or month (the first's day) that `instant` falls in, UTC milliseconds.
 * A local time that a clock change skips begins at the first instant after the gap; one that happens twice begins the
 * second time, so that a limit holds longer rather than shorter.
 */
export function periodStart(instant: number, period: 'day' | 'week' | 'month', clock: AccountClock): number {
  const day = dayNumber(instant, clock)
  if (period === 'day') return startOf(day, clock)
  if (period === 'week') return startOf(day - ((((day + 3) % 7) + 7) % 7), clock)
  const date = new Date(day * DAY_MS)
  return startOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS, clock)
}

/** Start of the next trading day after `instant`, UTC milliseconds. */
export function nextDayStart(instant: number, clock: AccountClock): number {
  return startOf(dayNumber(instant, clock) + 1, clock)
}

/** Whether a name is a time zone this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch (unknown) {
    if (unknown instanceof RangeError) return false
    throw unknown
  }
}

/** Calendar day (days since 1970) of the trading day that `instant` falls in; it is named by the date it begins on. */
function dayNumber(instant: number, clock: AccountClock): number {
  const guess = Math.floor((instant + offsetAt(instant, clock.timeZone)) / DAY_MS)
  if (startOf(guess + 1, clock) <= instant) return guess + 1
  return startOf(guess, clock) <= instant ? guess : guess - 1
}

function startOf(day: number, { timeZone, dayRoll }: AccountClock): number {
  const [hours = 0, minutes = 0] = dayRoll.split(':').map(Number)
  const local = day * DAY_MS + hours * 3_600_000 + minutes * 60_000
  // The two offsets around the local time; where they differ a clock change is near.
  const before = offsetAt(local - DAY_MS, timeZone)
  const after = offsetAt(local + DAY_MS, timeZone)
  const late = local - Math.min(before, after)
  if (offsetAt(late, timeZone) === local - late) return late
  const early = local - Math.max(before, after)
  if (offsetAt(early, timeZone) === local - early) return early
  return firstInstantOf(early, late, timeZone)
}

/** The first instant after a gap in local time that lies between two instants. */
function firstInstantOf(from: number, to: number, timeZone: string): number {
  let low = from
  let high = to
  const offset = offsetAt(low, timeZone)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle, timeZone) === offset) low = middle
    else high = middle
  }
  return high
}

/** Local time less UTC, milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const quarter = Math.floor(instant / QUARTER_MS)
  if (last.timeZone === timeZone && last.quarter === quarter) return last.offset
  last = { timeZone, quarter, offset: readOffset(instant, timeZone) }
  return last.offset
}

function readOffset(instant: number, timeZone: string): number {
  const whole = Math.floor(instant / 1000) * 1000
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(whole)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** Minute of the local day at an instant, 0 to 1439. */
export function minuteOfDay(instant: number, timeZone: string): number {
  const local = instant + offsetAt(instant, timeZone)
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / 60_000)
}
