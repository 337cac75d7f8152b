import { BAR_INTERVALS, INTERVAL_MS, type BarInterval } from '../../domain/ledger/records.ts'

const DAY = INTERVAL_MS['1d']

/** The bar length that the distances between these instants show; `null` where they fit none. */
export function barInterval(instants: readonly number[]): BarInterval | null {
  const sorted = [...new Set(instants)].sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((at, index) => at - (sorted[index] ?? at))
  if (gaps.length === 0) return null
  const middle = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
  if (middle >= 27 * DAY && middle <= 32 * DAY) return '1mo'
  const usual = mostFrequent(gaps)
  if (usual >= 6 * DAY && usual <= 8 * DAY) return '1w'
  return BAR_INTERVALS.find((interval) => INTERVAL_MS[interval] === usual) ?? null
}

function mostFrequent(gaps: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
}
