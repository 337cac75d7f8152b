const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** So many hours and days with a backup keep their newest one. */
const HOURS = 24
const DAYS = 30

/** Of backups made at these instants those worth keeping: the newest of each of the last 24 hours and 30 days that have one. */
export function backUpsToKeep(made: readonly number[]): ReadonlySet<number> {
  const newestFirst = [...made].sort((a, b) => b - a)
  return new Set([...newestOf(newestFirst, HOUR_MS, HOURS), ...newestOf(newestFirst, DAY_MS, DAYS)])
}

function newestOf(newestFirst: readonly number[], length: number, most: number): readonly number[] {
  const kept = new Map<number, number>()
  for (const at of newestFirst) {
    const span = Math.floor(at / length)
    if (!kept.has(span) && kept.size < most) kept.set(span, at)
  }
  return [...kept.values()]
}
