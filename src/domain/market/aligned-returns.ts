import type { CalendarId } from '../inputs.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { commonDays } from './common-days.ts'

/** Daily closes of one instrument, oldest first. */
export interface DailyCloses {
  readonly symbol: string
  readonly calendar: CalendarId
  /** Starts of the bars, UTC milliseconds; one a UTC day. */
  readonly at: ArrayLike<number>
  /** Price units, positive. */
  readonly close: ArrayLike<number>
}

/** What one instrument has of the periods that were looked at. */
export interface AssetCoverage {
  readonly symbol: string
  /** Periods with a return. */
  readonly known: number
  /** Periods without: before its first bar, after its last, and because of days missing between them. */
  readonly before: number
  readonly after: number
  readonly gaps: number
}

/** Log returns of several instruments over the same periods. */
export interface AlignedReturns {
  readonly symbols: readonly string[]
  /** Last UTC day (since 1970) of each of the T periods, oldest first. */
  readonly days: readonly number[]
  /** Log returns of each instrument over the T periods; NaN where it has no close at one of their ends. */
  readonly returns: readonly Float64Array[]
  readonly coverage: readonly AssetCoverage[]
  /** Last day before the first period, and whether days or periods were left out, in words. */
  readonly from: number
  readonly says: string
}

const DAY_MS = 86_400_000
/** A step between two days longer than this is a hole in the data, not a period: no exchange closes for so long. */
const LONGEST_STEP_DAYS = 10

/**
 * Brings daily closes to common periods without filling anything. A period runs from one common day to the next: days on
 * which every calendar traded, so that a coin's return over the weekend is set against the share's from Friday to Monday.
 * Where an instrument has no close at one end of a period, that return is missing and counted. The last `lookBack` periods.
 * Refused: a close that is no positive number, days out of order, a symbol twice, no period at all.
 */
export function alignReturns(instruments: readonly DailyCloses[], lookBack: number): Result<AlignedReturns, Reason> {
  const twice = instruments.find(({ symbol }, i) => instruments.findIndex((other) => other.symbol === symbol) < i)
  if (twice !== undefined)
    return err(reason('INPUT_OUT_OF_RANGE', `${twice.symbol} is given twice: name every instrument once.`, 'symbols'))
  const closes: ReadonlyMap<number, number>[] = []
  for (const instrument of instruments) {
    const read = closesByDay(instrument)
    if (!read.ok) return read
    closes.push(read.value)
  }
  const { days: allDays, rested } = commonDays(
    instruments.map(({ calendar }, i) => ({ calendar, days: closes[i] ?? new Map<number, number>() })),
  )
  const days = allDays.slice(-lookBack - 1)
  const steps = days.slice(1).flatMap((to, i) => {
    const from = days[i] as number
    return to - from <= LONGEST_STEP_DAYS ? [{ from, to }] : []
  })
  const first = steps[0]
  if (first === undefined)
    return err(reason('INPUT_MISSING', 'No two days have bars: import daily bars of these instruments first.', 'bars'))
  const dropped = rested.filter((day) => day > first.from && day < (days.at(-1) ?? first.from)).length
  const holes = days.length - 1 - steps.length
  const returns = closes.map((byDay) =>
    Float64Array.from(steps, ({ from, to }) => Math.log((byDay.get(to) ?? NaN) / (byDay.get(from) ?? NaN))),
  )
  return ok({
    symbols: instruments.map(({ symbol }) => symbol),
    days: steps.map(({ to }) => to),
    returns,
    coverage: returns.map((column, i) => coverageOf(instruments[i]?.symbol ?? '', column)),
    from: first.from,
    says: saysOf(instruments, dropped, holes),
  })
}

function closesByDay({ symbol, at, close }: DailyCloses): Result<ReadonlyMap<number, number>, Reason> {
  const byDay = new Map<number, number>()
  let before = -Infinity
  for (let i = 0; i < at.length; i++) {
    const day = Math.floor((at[i] ?? NaN) / DAY_MS)
    const price = close[i] ?? NaN
    const field = `bars.${symbol}`
    if (!(day > before))
      return err(
        reason(
          'INPUT_MALFORMED',
          `Bar ${i + 1} of ${symbol} is not later than the one before it: give one bar a day, oldest first.`,
          field,
        ),
      )
    if (!(price > 0 && price < Infinity))
      return err(
        reason(
          Number.isFinite(price) ? 'INPUT_OUT_OF_RANGE' : 'INPUT_NOT_FINITE',
          `The close of ${symbol} on ${isoDay(day)} is ${price}: it must be a positive number. Mend or delete that bar.`,
          field,
        ),
      )
    byDay.set(day, price)
    before = day
  }
  return ok(byDay)
}

function coverageOf(symbol: string, column: Float64Array): AssetCoverage {
  const first = column.findIndex((value) => !Number.isNaN(value))
  if (first < 0) return { symbol, known: 0, before: column.length, after: 0, gaps: 0 }
  const last = column.findLastIndex((value) => !Number.isNaN(value))
  const known = column.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0)
  return { symbol, known, before: first, after: column.length - 1 - last, gaps: last - first + 1 - known }
}

function saysOf(instruments: readonly DailyCloses[], dropped: number, holes: number): string {
  const calendars = [...new Set(instruments.map(({ calendar }) => calendar))]
  const mixed =
    calendars.length < 2
      ? ''
      : ` Calendars differ (${calendars.join(', ')}): days on which one of them rests (${dropped}) are no end of a period, so returns over them run on to the next common day.`
  const hole = holes === 0 ? '' : ` Steps of more than ${LONGEST_STEP_DAYS} days (${holes}) are left out.`
  return `Log returns from one common day to the next; missing closes stay missing.${mixed}${hole}`
}

/** A day since 1970 as `YYYY-MM-DD`. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
