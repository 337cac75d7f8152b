/** The four bands every limit and every reading is in. */
export type StateName = 'ok' | 'near' | 'over' | 'stale'

/** The band of a share of a limit: below 0.7 fine, to 1 near, beyond it over; not a number is stale. */
export function bandOf(utilisation: number): StateName {
  if (!Number.isFinite(utilisation)) return 'stale'
  if (utilisation > 1) return 'over'
  return utilisation >= 0.7 ? 'near' : 'ok'
}
