/** A clock time such as 10:18:40 in a named zone. */
export const clockText = (at: number, zone: string): string =>
  formatter(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)

/** A date such as 2026-11-20 in a named zone. */
export const dateText = (at: number, zone: string): string =>
  formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** Date and clock time, 2026-11-20 10:18:40, in a named zone. */
export const momentText = (at: number, zone: string): string => `${dateText(at, zone)} ${clockText(at, zone)}`

/** An age in the largest useful unit: `0.4 s`, `41 s`, `12 min`, `3 h`, `2 d`; never negative. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

/** Time left as 06:41:12, or `2 d 06:41` beyond a day; 00:00:00 once it is over. */
export function countdownText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d ${two(hours)}:${two(minutes)}`
  return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}`
}

const made = new Map<string, Intl.DateTimeFormat>()

/** Sweden writes dates as ISO does, which no other English locale is sure to. */
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.keys(options).join()}`
  let format = made.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: zone, hourCycle: 'h23' })
    made.set(key, format)
  }
  return format
}
