import { readDecimalText } from '../decimal-text.ts'
import { readMoment, readTimeOfDay, type DateOrder } from '../moment-text.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { ZoneTime } from '../zone-time.ts'
import { FLEX_ATTRIBUTES } from './flex-attributes.ts'
import type { FlexElement } from './flex-xml.ts'

const DAY = 86_400_000

/** How the dates of one statement are read. */
export interface FlexClock {
  readonly zone: ZoneTime
  readonly order: DateOrder
  readonly now: number
}

/** Reads the attributes of one element and tells the log what is wrong with them. */
export class FlexRow {
  failed = false
  readonly element: FlexElement
  private readonly clock: FlexClock
  private readonly log: ReadingLog

  constructor(element: FlexElement, clock: FlexClock, log: ReadingLog) {
    this.element = element
    this.clock = clock
    this.log = log
    const known = FLEX_ATTRIBUTES[element.name]
    if (known === undefined) return
    for (const name of Object.keys(element.attributes)) {
      if (known.has(name)) continue
      log.warnOnce(`${element.name}@${name}`, {
        line: element.line,
        column: name,
        says: `<${element.name}> has an attribute "${clip(name)}" that is not known; it is left unread.`,
        proposal: 'Nothing to do, unless it changes what the row means.',
      })
    }
  }

  get line(): number {
    return this.element.line
  }

  /** Trimmed text; empty where missing or `--`. */
  text(name: string): string {
    const value = (this.element.attributes[name] ?? '').trim()
    return value === '--' ? '' : value
  }

  /** A decimal that must be there. */
  number(name: string): string | undefined {
    const value = this.optional(name)
    if (value === undefined && !this.failed) this.fail(name, '', `${name} is missing.`)
    return value
  }

  /** A decimal, or nothing where the attribute is blank. */
  optional(name: string): string | undefined {
    const cell = this.text(name)
    if (cell === '') return undefined
    const read = readDecimalText(cell, '.')
    if (read.ok) return read.value
    this.fail(name, cell, `${name} "${clip(cell)}" ${read.says}.`)
    return undefined
  }

  /** Instant of the first of these attributes that is filled; `timeName` holds a time of day apart. */
  instant(names: readonly string[], timeName?: string): number | undefined {
    const name = names.find((each) => this.text(each) !== '')
    if (name === undefined) {
      this.fail(names[0] ?? 'dateTime', '', `${names[0] ?? 'dateTime'} is missing.`)
      return undefined
    }
    const local = this.local(name)
    if (local === undefined) return undefined
    const time = timeName === undefined ? null : readTimeOfDay(this.text(timeName))
    const found = this.clock.zone.instant(time !== null && local % DAY === 0 ? local + time.ms : local)
    if (found.kind === 'skipped') {
      this.fail(
        name,
        this.text(name),
        `${name} "${clip(this.text(name))}" did not exist in ${this.clock.zone.zone}: choose the zone of the statement.`,
      )
      return undefined
    }
    if (found.at > this.clock.now) {
      this.fail(name, this.text(name), `${name} "${clip(this.text(name))}" is in the future.`)
      return undefined
    }
    return found.at
  }

  /** The last millisecond of a day, or now where that day has not ended: when a figure of that day is known. */
  endOfDay(name: string): number | undefined {
    const local = this.local(name)
    if (local === undefined) return undefined
    const next = this.clock.zone.instant((Math.floor(local / DAY) + 1) * DAY)
    return Math.min((next.at ?? local + DAY) - 1, this.clock.now)
  }

  /** Notes a fault and marks the row failed. */
  fail(name: string, value: string, says: string): void {
    this.failed = true
    this.log.error({
      line: this.line,
      column: name,
      value,
      says,
      proposal: 'Leave the row out, or ask for the statement again.',
    })
  }

  private local(name: string): number | undefined {
    // The zone's own letters may follow the time; the zone is known already.
    const cell = this.text(name).replace(/ E[SD]?T$/, '')
    const read = readMoment(cell, this.clock.order)
    if (read.ok) return read.value.local
    this.fail(name, cell, `${name} "${clip(cell)}" ${read.says}.`)
    return undefined
  }
}
