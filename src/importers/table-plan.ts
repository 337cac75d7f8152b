import type { ImportRole, ImportSettings, ReadingContext } from './format.ts'
import { isBlank, markEvidence, type DecimalMark } from './decimal-text.ts'
import { orderEvidence, readMoment, readTimeOfDay, type DateOrder } from './moment-text.ts'
import { clip, type ReadingLog } from './reading-log.ts'
import { plainHeader, type TableSheet } from './table-sheet.ts'
import { isTimeZone } from './zone-time.ts'

/** A column role, the header names it goes by, and what its cells hold. */
export interface TableRole extends ImportRole {
  readonly names: readonly string[]
  readonly holds: 'moment' | 'time-of-day' | 'number' | 'text'
}

/** How the cells of one table are read: decided once, from the whole of each column. */
export interface TablePlan {
  readonly mapping: Readonly<Record<string, number>>
  readonly decimalMark: DecimalMark
  readonly dateOrder: DateOrder
  /** Zone of times that state none. */
  readonly timeZone: string
  /** Whether any time states no zone of its own. */
  readonly zoneAssumed: boolean
  /** Whether no row has a time of day other than midnight. */
  readonly datesOnly: boolean
}

/** The columns of these headers that the roles name; each column is taken once. */
export function guessMapping(
  headers: readonly string[],
  roles: readonly TableRole[],
): Readonly<Record<string, number>> {
  const plain = headers.map(plainHeader)
  const mapping: Record<string, number> = {}
  const taken = new Set<number>()
  for (const { role, names } of roles) {
    for (const name of names) {
      const index = plain.findIndex((header, at) => header === name && !taken.has(at))
      if (index === -1) continue
      mapping[role] = index
      taken.add(index)
      break
    }
  }
  return mapping
}

/** A sentence that names the required roles without a column; `null` where all have one. */
export function missingRoles(roles: readonly TableRole[], mapping: Readonly<Record<string, number>>): string | null {
  const missing = roles.filter(({ role, required }) => required && mapping[role] === undefined)
  if (missing.length === 0) return null
  return `No column is chosen for: ${missing.map(({ title }) => title.toLowerCase()).join(', ')}. Say what the columns hold.`
}

/** Looks at every cell of the mapped columns and decides decimal mark, date order and zone; what stays open becomes a question. */
export function planTable(
  sheet: TableSheet,
  roles: readonly TableRole[],
  mapping: Readonly<Record<string, number>>,
  settings: ImportSettings,
  context: ReadingContext,
  log: ReadingLog,
): TablePlan {
  const numbers = columnsThat('number', roles, mapping)
  const moments = columnsThat('moment', roles, mapping)
  const times = columnsThat('time-of-day', roles, mapping)
  const marks = { point: 0, comma: 0, either: [] as string[] }
  const orders = { dmy: 0, mdy: 0, either: [] as string[] }
  const zones = { stated: 0, silent: 0, clocked: false }
  for (const row of sheet.rows()) {
    if (row.fault !== null) continue
    for (const index of numbers) countMark(row.cells[index]?.trim() ?? '', marks)
    for (const index of moments) countMoment(row.cells[index]?.trim() ?? '', orders, zones)
    for (const index of times) {
      const read = readTimeOfDay(row.cells[index]?.trim() ?? '')
      if (read !== null && read.ms !== 0) zones.clocked = true
    }
  }
  const zoneAssumed = zones.silent > 0
  return {
    mapping,
    decimalMark: settings.decimalMark ?? decideMark(marks, log),
    dateOrder: settings.dateOrder ?? decideOrder(orders, log),
    timeZone: decideZone(
      settings,
      context,
      log,
      zoneAssumed && zones.clocked,
      headerZone(sheet, [...moments, ...times]),
    ),
    zoneAssumed,
    datesOnly: !zones.clocked,
  }
}

function columnsThat(
  holds: TableRole['holds'],
  roles: readonly TableRole[],
  mapping: Readonly<Record<string, number>>,
): readonly number[] {
  return roles.flatMap((role) => {
    const index = mapping[role.role]
    return role.holds === holds && index !== undefined ? [index] : []
  })
}

function countMark(cell: string, marks: { point: number; comma: number; either: string[] }): void {
  const evidence = markEvidence(cell)
  if (evidence === 'point') marks.point++
  else if (evidence === 'comma') marks.comma++
  else if ((evidence === 'either-point' || evidence === 'either-comma') && marks.either.length < 3)
    marks.either.push(cell)
}

function countMoment(
  cell: string,
  orders: { dmy: number; mdy: number; either: string[] },
  zones: { stated: number; silent: number; clocked: boolean },
): void {
  if (isBlank(cell)) return
  const evidence = orderEvidence(cell)
  if (evidence === 'not-a-date') return
  if (evidence === 'dmy') orders.dmy++
  else if (evidence === 'mdy') orders.mdy++
  else if (evidence === 'either' && orders.either.length < 3) orders.either.push(cell)
  if (zones.clocked && zones.silent > 0) return
  const read = readMoment(cell, evidence === 'mdy' ? 'mdy' : 'dmy')
  if (!read.ok) return
  if (read.value.offset === null) zones.silent++
  else zones.stated++
  if (read.value.hasTime && read.value.local % 86_400_000 !== 0) zones.clocked = true
}

function decideMark(
  marks: { readonly point: number; readonly comma: number; readonly either: readonly string[] },
  log: ReadingLog,
): DecimalMark {
  if (marks.point > 0 || marks.comma > 0) {
    // A file has one writer: a few cells of the other kind are asked about one by one.
    const [more, less] = marks.point >= marks.comma ? [marks.point, marks.comma] : [marks.comma, marks.point]
    if (less * 4 > more) {
      log.question({
        line: 0,
        says: `Some numbers have a decimal point and others a decimal comma (${marks.point} and ${marks.comma}).`,
        proposal: 'Choose the decimal mark of this file; cells that do not fit it are then asked about one by one.',
        setting: 'decimalMark',
        choices: ['.', ','],
      })
    }
    return marks.point >= marks.comma ? '.' : ','
  }
  const example = marks.either[0]
  if (example === undefined) return '.'
  log.question({
    line: 0,
    value: example,
    says: `"${clip(example)}" may be a fraction or thousands, and nothing else in the file tells which.`,
    proposal: 'Choose the character that stands before the fraction.',
    setting: 'decimalMark',
    choices: ['.', ','],
  })
  return '.'
}

function decideOrder(
  orders: { readonly dmy: number; readonly mdy: number; readonly either: readonly string[] },
  log: ReadingLog,
): DateOrder {
  if (orders.dmy > 0 && orders.mdy === 0) return 'dmy'
  if (orders.mdy > 0 && orders.dmy === 0) return 'mdy'
  const example = orders.either[0]
  if (orders.dmy === 0 && orders.mdy === 0 && example === undefined) return 'ymd'
  log.question({
    line: 0,
    ...(example === undefined ? {} : { value: example }),
    says:
      orders.dmy > 0
        ? `Some dates can only be day first and others only month first (${orders.dmy} and ${orders.mdy}).`
        : `Dates such as "${clip(example ?? '')}" may be day first or month first, and no date in the file tells which.`,
    proposal: 'Choose the order of day and month.',
    setting: 'dateOrder',
    choices: ['dmy', 'mdy'],
  })
  return orders.mdy > orders.dmy ? 'mdy' : 'dmy'
}

function headerZone(sheet: TableSheet, columns: readonly number[]): string | null {
  return columns.some((index) => /\b(?:utc|gmt)\b/i.test(sheet.headers[index] ?? '')) ? 'UTC' : null
}

function decideZone(
  settings: ImportSettings,
  context: ReadingContext,
  log: ReadingLog,
  matters: boolean,
  stated: string | null,
): string {
  const wanted = settings.timeZone ?? stated
  if (wanted !== null && isTimeZone(wanted)) return wanted
  if (wanted !== null) {
    log.question({
      line: 0,
      value: wanted,
      says: `"${clip(wanted)}" is not a time zone.`,
      proposal: 'Choose an IANA zone such as America/New_York or UTC.',
      setting: 'timeZone',
    })
  } else if (matters) {
    log.warn({
      line: 0,
      says: `The file's times state no zone; they are read as ${context.accountTimeZone}, the account's zone.`,
      proposal: 'Choose another zone if the file was written in one.',
      setting: 'timeZone',
      choices: [context.accountTimeZone, 'UTC', 'America/New_York'],
    })
  }
  return context.accountTimeZone
}
