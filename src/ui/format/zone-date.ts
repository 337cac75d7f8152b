const day = 86_400_000

/** The instant a day such as 2026-08-01 starts in a named zone, or undefined where that is no day. */
export function startOfDay(text: string, zone: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (parts === null) return undefined
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number]
  const asUtc = Date.UTC(year, month - 1, date)
  if (new Date(asUtc).toISOString().slice(0, 10) !== text) return undefined
  const first = asUtc - offsetAt(asUtc, zone)
  return asUtc - offsetAt(first, zone)
}

/** The instant the day after starts, for ranges that include their last day. */
export function endOfDay(text: string, zone: string): number | undefined {
  const start = startOfDay(text, zone)
  if (start === undefined) return undefined
  const next = new Date(Date.parse(`${text}T00:00:00Z`) + day).toISOString().slice(0, 10)
  return startOfDay(next, zone)
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at
}
