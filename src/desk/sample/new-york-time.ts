const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** The instant (UTC milliseconds) of a New York wall time: a calendar day, as days since 1970, and minutes after its midnight. */
export function newYorkInstant(day: number, minutes: number): number {
  return day * DAY_MS + minutes * 60_000 + (isSummer(day) ? 4 : 5) * HOUR_MS
}

/** Day of the week of a calendar day: 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** Summer time from the second Sunday of March to the first of November; the night of the change itself counts as the new time. */
function isSummer(day: number): boolean {
  const year = new Date(day * DAY_MS).getUTCFullYear()
  return day >= sundayFrom(Date.UTC(year, 2, 8) / DAY_MS) && day < sundayFrom(Date.UTC(year, 10, 1) / DAY_MS)
}

function sundayFrom(day: number): number {
  return day + ((7 - weekdayOf(day)) % 7)
}
