/** Order of day, month and year in dates of digits. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

/** A date, with time where one is written, before its zone is known. */
export interface Moment {
  /** Wall clock written as if it were UTC epoch milliseconds. */
  readonly local: number
  /** Minutes east of UTC where the text states it, else `null`. */
  readonly offset: number | null
  readonly hasTime: boolean
}

/** What the shape of a date says of its order; `either` fits day first and month first. */
export type OrderEvidence = 'fixed' | 'dmy' | 'mdy' | 'either' | 'not-a-date'

/** A moment read, or why not. */
export type MomentRead = { readonly ok: true; readonly value: Moment } | { readonly ok: false; readonly says: string }

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[T;]|,?\s+)${TIME})?$`)
const COMPACT = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})(?:[T; ,]\s*(?:(\d{2})(\d{2})(\d{2})?|${TIME}))?$`)
const COMPACT_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/
const DIGITS = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})(?:(?:[T;]|,?\s+)${TIME})?$`)
const DAY_MONTH_NAME = new RegExp(
  String.raw`^(\d{1,2})[- .]+([A-Za-z]{3,9})[-., ]+(\d{4}|\d{2})(?:(?:[T;]|,?\s+)${TIME})?$`,
)
const MONTH_NAME_DAY = new RegExp(
  String.raw`^([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?:(?:[T;]|,?\s+)${TIME})?$`,
)
const EPOCH = /^(\d{10})(?:\.\d+)?$|^(\d{13})$|^(\d{16})$|^(\d{19})$/
const TIME_ALONE = new RegExp(`^${TIME}$`)
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const EARLIEST = 1900
const LATEST = 2200

/** What one cell says of the order of day and month in its file. */
export function orderEvidence(cell: string): OrderEvidence {
  const digits = DIGITS.exec(cell)
  if (digits === null) return readMoment(cell, 'ymd').ok ? 'fixed' : 'not-a-date'
  const first = Number(digits[1])
  const second = Number(digits[3])
  if (first > 31 || second > 31 || (first > 12 && second > 12)) return 'not-a-date'
  if (first > 12) return 'dmy'
  if (second > 12) return 'mdy'
  // Points between day and month are written day first wherever they are used.
  if (digits[2] === '.') return 'dmy'
  return first === second ? 'fixed' : 'either'
}

/** Reads a date with an optional time. `order` decides dates such as 03/04/2024; a two-digit year means 1970 to 2069. */
export function readMoment(cell: string, order: DateOrder): MomentRead {
  let match = YEAR_FIRST.exec(cell)
  if (match !== null) return built(num(match, 1), num(match, 2), num(match, 3), timeFrom(match, 4))
  match = COMPACT.exec(cell)
  if (match !== null) {
    const packed = match[4] === undefined ? timeFrom(match, 7) : clock(num(match, 4), num(match, 5), num(match, 6), 0)
    return built(num(match, 1), num(match, 2), num(match, 3), packed)
  }
  match = DIGITS.exec(cell)
  if (match !== null) {
    const monthFirst = order === 'mdy' && match[2] !== '.'
    const [day, month] = monthFirst ? [num(match, 3), num(match, 1)] : [num(match, 1), num(match, 3)]
    return built(fullYear(match[4] ?? ''), month, day, timeFrom(match, 5))
  }
  match = DAY_MONTH_NAME.exec(cell)
  if (match !== null)
    return built(fullYear(match[3] ?? ''), monthNumber(match[2] ?? ''), num(match, 1), timeFrom(match, 4))
  match = MONTH_NAME_DAY.exec(cell)
  if (match !== null) return built(num(match, 3), monthNumber(match[1] ?? ''), num(match, 2), timeFrom(match, 4))
  match = COMPACT_TIME.exec(cell)
  if (match !== null && num(match, 1) <= LATEST && num(match, 1) >= EARLIEST) {
    return built(num(match, 1), num(match, 2), num(match, 3), clock(num(match, 4), num(match, 5), num(match, 6), 0))
  }
  return epoch(cell)
}

/** Reads a time of day from a column of its own, as milliseconds of the day and the offset it states. */
export function readTimeOfDay(cell: string): { readonly ms: number; readonly offset: number | null } | null {
  const match = TIME_ALONE.exec(cell)
  if (match !== null) {
    const read = timeFrom(match, 1)
    return read === null || read === 'impossible' ? null : read
  }
  const packed = /^(\d{2})(\d{2})(\d{2})$/.exec(cell)
  if (packed === null) return null
  const read = clock(num(packed, 1), num(packed, 2), num(packed, 3), 0)
  return read === 'impossible' ? null : read
}

interface Clock {
  readonly ms: number
  readonly offset: number | null
}

function built(year: number, month: number, day: number, time: Clock | 'impossible' | null): MomentRead {
  if (month < 1 || month > 12) return { ok: false, says: `has no month ${month}` }
  const local = Date.UTC(year, month - 1, day)
  if (day < 1 || new Date(local).getUTCDate() !== day) return { ok: false, says: 'is a day that does not exist' }
  if (year < EARLIEST || year > LATEST) return { ok: false, says: `has the year ${year}` }
  if (time === 'impossible') return { ok: false, says: 'has a time that does not exist' }
  return { ok: true, value: { local: local + (time?.ms ?? 0), offset: time?.offset ?? null, hasTime: time !== null } }
}

function epoch(cell: string): MomentRead {
  const match = EPOCH.exec(cell)
  if (match === null) {
    const serial = /^[2-6]\d{4}(?:\.\d+)?$/.test(cell)
    return { ok: false, says: serial ? "is a spreadsheet's day number, not a date" : 'is not a date' }
  }
  const ms =
    match[1] !== undefined
      ? Math.round(Number(cell) * 1000)
      : Number(match[2] ?? (match[3] !== undefined ? cell.slice(0, 13) : cell.slice(0, 13)))
  return { ok: true, value: { local: ms, offset: 0, hasTime: true } }
}

function timeFrom(match: RegExpExecArray, at: number): Clock | 'impossible' | null {
  if (match[at] === undefined) return null
  let hour = num(match, at)
  const half = match[at + 4]?.toLowerCase()
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return 'impossible'
    hour = (hour % 12) + (half.startsWith('p') ? 12 : 0)
  }
  const fraction = match[at + 3] === undefined ? 0 : Math.floor(Number(`0.${match[at + 3] ?? '0'}`) * 1000 + 1e-9)
  const read = clock(hour, num(match, at + 1), num(match, at + 2), fraction)
  const zone = match[at + 5]
  if (read === 'impossible' || zone === undefined) return read
  return { ms: read.ms, offset: offsetOf(zone) }
}

function clock(hour: number, minute: number, second: number, ms: number): Clock | 'impossible' {
  if (hour > 23 || minute > 59 || second > 59) return 'impossible'
  return { ms: ((hour * 60 + minute) * 60 + second) * 1000 + ms, offset: null }
}

function offsetOf(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0
  const digits = zone.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || '0')
  return zone.startsWith('-') ? -minutes : minutes
}

function monthNumber(name: string): number {
  const at = MONTHS.indexOf(name.slice(0, 3).toLowerCase())
  return at + 1
}

function fullYear(year: string): number {
  if (year.length === 4) return Number(year)
  const short = Number(year)
  return short >= 70 ? 1900 + short : 2000 + short
}

function num(match: RegExpExecArray, at: number): number {
  return Number(match[at] ?? '0')
}
