/** Units traded a day, the mean of the last `days`; NaN with fewer days, or where one of them does not state its volume. */
export function averageDailyVolume(volumes: readonly (number | null)[], days: number): number {
  if (volumes.length < days) return Number.NaN
  let sum = 0
  for (const volume of volumes.slice(-days)) sum += volume !== null && volume >= 0 ? volume : Number.NaN
  return sum / days
}
