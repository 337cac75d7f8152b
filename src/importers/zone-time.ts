/** A local time in a zone, told as UTC; `skipped` did not exist, `twice` occurred two times and is read as the first. */
export type ZonedInstant =
  { readonly kind: 'once' | 'twice'; readonly at: number } | { readonly kind: 'skipped'; readonly at: null }

const DAY = 86_400_000

/** Whether `zone` names a time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Turns wall-clock time of one zone into UTC. `local` is the wall clock written as if it were UTC epoch milliseconds. */
export class ZoneTime {
  readonly zone: string
  private readonly format: Intl.DateTimeFormat
  private readonly dayOffsets = new Map<number, number>()

  constructor(zone: string) {
    this.zone = zone
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  instant(local: number): ZonedInstant {
    if (this.zone === 'UTC') return { kind: 'once', at: local }
    const day = Math.floor(local / DAY)
    const before = this.offsetOfDay(day - 1)
    const after = this.offsetOfDay(day + 2)
    if (before === after) return { kind: 'once', at: local - before }
    // The clock changes within these days: an instant is right when its own offset leads back to it.
    const found = [...new Set([local - before, local - after])]
      .filter((at) => at + this.offset(at) === local)
      .sort((a, b) => a - b)
    const first = found[0]
    if (first === undefined) return { kind: 'skipped', at: null }
    return { kind: found.length > 1 ? 'twice' : 'once', at: first }
  }

  private offsetOfDay(day: number): number {
    const known = this.dayOffsets.get(day)
    if (known !== undefined) return known
    const offset = this.offset(day * DAY)
    this.dayOffsets.set(day, offset)
    return offset
  }

  private offset(at: number): number {
    const parts: Record<string, number> = {}
    for (const part of this.format.formatToParts(at)) parts[part.type] = Number(part.value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
  }
}
