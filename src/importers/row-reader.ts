import { isBlank, readDecimalText } from './decimal-text.ts'
import { readMoment, readTimeOfDay } from './moment-text.ts'
import { clip, type ReadingLog } from './reading-log.ts'
import type { CellRow } from './split-cells.ts'
import type { TablePlan } from './table-plan.ts'
import { ZoneTime } from './zone-time.ts'

/** An instant read from a row; `keyAt` is the start of its day where the row has a date alone. */
export interface RowInstant {
  readonly at: number
  readonly hasTime: boolean
}

/** What a number must be. */
export type NumberRule = 'any' | 'positive' | 'not-negative'

/** Reads the cells of one row after another by role, and tells the log what is wrong. A row with a fault is `failed`. */
export class RowReader {
  failed = false
  line = 0
  private cells: readonly string[] = []
  private readonly plan: TablePlan
  private readonly headers: readonly string[]
  private readonly corrections: Readonly<Record<string, string>> | undefined
  private readonly log: ReadingLog
  private readonly zone: ZoneTime
  private readonly now: number

  constructor(parts: {
    readonly plan: TablePlan
    readonly headers: readonly string[]
    readonly corrections: Readonly<Record<string, string>> | undefined
    readonly log: ReadingLog
    readonly now: number
  }) {
    this.plan = parts.plan
    this.headers = parts.headers
    this.corrections = parts.corrections
    this.log = parts.log
    this.zone = new ZoneTime(parts.plan.timeZone)
    this.now = parts.now
  }

  /** Takes the next row; `false` when it cannot be read at all. */
  take(row: CellRow): boolean {
    this.failed = false
    this.line = row.line
    this.cells = row.cells
    if (row.fault === null) return true
    this.log.error({ line: row.line, says: row.fault, proposal: 'Mend the line in the file, or leave it out.' })
    this.failed = true
    return false
  }

  has(role: string): boolean {
    return this.plan.mapping[role] !== undefined
  }

  /** The trimmed text of a role; empty where the column or the cell is. */
  text(role: string): string {
    const index = this.plan.mapping[role]
    return index === undefined ? '' : this.cell(index)
  }

  /** The trimmed text of a column. */
  cell(index: number): string {
    if (this.corrections !== undefined) {
      const corrected = this.corrections[`${this.line}:${index + 1}`]
      if (corrected !== undefined) return corrected.trim()
    }
    return (this.cells[index] ?? '').trim()
  }

  /** A plain decimal that must be there. */
  number(role: string, rule: NumberRule = 'any'): string | undefined {
    const value = this.optional(role, rule)
    if (value === undefined && !this.failed) this.missing(role)
    return value
  }

  /** A plain decimal, or nothing where the cell is blank. */
  optional(role: string, rule: NumberRule = 'any'): string | undefined {
    const index = this.plan.mapping[role]
    return index === undefined ? undefined : this.decimalAt(index, rule)
  }

  /** As `optional`, by column. */
  decimalAt(index: number, rule: NumberRule): string | undefined {
    const cell = this.cell(index)
    if (isBlank(cell)) return undefined
    const corrected = this.corrections?.[`${this.line}:${index + 1}`] !== undefined
    const read = readDecimalText(cell, corrected ? '.' : this.plan.decimalMark)
    if (!read.ok) {
      this.unreadable(index, cell, read.says, read.choices)
      return undefined
    }
    if (rule === 'any' || !read.value.startsWith('-')) {
      if (rule !== 'positive' || read.value !== '0') return read.value
    }
    const says = `${this.name(index)} is ${clip(cell)}: it must be ${rule === 'positive' ? 'greater than 0' : '0 or more'}.`
    this.fail(index, cell, says, 'Correct the cell, or leave the row out.')
    return undefined
  }

  /** The instant of a role, with a time of day from `timeRole` where the file has that column. Refuses the future. */
  instant(role: string, timeRole?: string): RowInstant | undefined {
    const index = this.plan.mapping[role]
    // Schwab writes both days of a late booking: `02/15/2024 as of 02/13/2024`.
    const cell = index === undefined ? '' : this.cell(index).replace(/ as of .+$/, '')
    if (index === undefined || isBlank(cell)) {
      this.missing(role)
      return undefined
    }
    const read = readMoment(cell, this.plan.dateOrder)
    if (!read.ok) {
      this.fail(
        index,
        cell,
        `${this.name(index)} "${clip(cell)}" ${read.says}.`,
        'Write it as YYYY-MM-DD HH:MM:SS, or leave the row out.',
      )
      return undefined
    }
    let { local, offset, hasTime } = read.value
    const timeIndex = timeRole === undefined ? undefined : this.plan.mapping[timeRole]
    const timeCell = timeIndex === undefined ? '' : this.cell(timeIndex)
    if (timeIndex !== undefined && timeIndex !== index && !isBlank(timeCell)) {
      const time = readTimeOfDay(timeCell)
      if (time === null) {
        this.fail(
          timeIndex,
          timeCell,
          `${this.name(timeIndex)} "${clip(timeCell)}" is not a time of day.`,
          'Write it as HH:MM:SS.',
        )
        return undefined
      }
      local = Math.floor(local / 86_400_000) * 86_400_000 + time.ms
      offset = time.offset
      hasTime = true
    }
    return this.placed(index, cell, local, offset, hasTime)
  }

  /** Notes a fault of a column and marks the row failed. */
  fail(index: number, value: string, says: string, proposal: string): void {
    this.failed = true
    this.log.error({
      line: this.line,
      column: this.name(index),
      value,
      says,
      proposal,
      setting: `corrections.${this.line}:${index + 1}`,
    })
  }

  /** Notes a fault of a role and marks the row failed. */
  failRole(role: string, says: string, proposal: string): void {
    const index = this.plan.mapping[role]
    if (index !== undefined) {
      this.fail(index, this.cell(index), says, proposal)
      return
    }
    this.failed = true
    this.log.error({ line: this.line, says, proposal })
  }

  private placed(
    index: number,
    cell: string,
    local: number,
    offset: number | null,
    hasTime: boolean,
  ): RowInstant | undefined {
    const found = offset === null ? this.zone.instant(local) : { kind: 'once' as const, at: local - offset * 60_000 }
    if (found.kind === 'skipped') {
      this.fail(
        index,
        cell,
        `${this.name(index)} "${clip(cell)}" did not exist in ${this.zone.zone}: the clocks went forward that day.`,
        'Choose the zone the file was written in.',
      )
      return undefined
    }
    if (found.at > this.now) {
      this.fail(
        index,
        cell,
        `${this.name(index)} "${clip(cell)}" is in the future.`,
        'Correct the date, or leave the row out.',
      )
      return undefined
    }
    if (found.kind === 'twice') {
      this.log.warn({
        line: this.line,
        column: this.name(index),
        value: cell,
        says: `This time occurred twice in ${this.zone.zone} that day; the first is taken.`,
        proposal: 'State the offset in the file if the second was meant.',
      })
    }
    return { at: found.at, hasTime }
  }

  private missing(role: string): void {
    const index = this.plan.mapping[role]
    this.failRole(
      role,
      `${index === undefined ? role : this.name(index)} is missing.`,
      'Fill in the cell, or leave the row out.',
    )
  }

  private unreadable(index: number, cell: string, says: string, choices: readonly string[]): void {
    this.failed = true
    const found = {
      line: this.line,
      column: this.name(index),
      value: cell,
      says: `${this.name(index)} "${clip(cell)}" ${says}.`,
      setting: `corrections.${this.line}:${index + 1}`,
    }
    if (choices.length === 0) this.log.error({ ...found, proposal: 'Correct the cell, or leave the row out.' })
    else this.log.question({ ...found, proposal: `Choose ${choices.join(' or ')}, or leave the row out.`, choices })
  }

  private name(index: number): string {
    return this.headers[index] ?? `column ${index + 1}`
  }
}
