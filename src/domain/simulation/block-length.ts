import { mean } from '../stats/moments.ts'

/**
 * Mean block length of the stationary bootstrap for a series of at least 2 values, from 1 up (Politis and White 2004,
 * corrected by Patton, Politis and White 2009): flat-top spectral estimates at zero, cut where autocorrelation ends.
 */
export function blockLength(series: readonly number[]): number {
  const count = series.length
  const longest = Math.ceil(Math.min(3 * Math.sqrt(count), count / 3))
  const quiet = Math.max(5, Math.ceil(Math.sqrt(Math.log10(count))))
  const lags = Math.min(count - 1, Math.ceil(Math.sqrt(count)) + quiet)
  const covariances = autocovariances(series, lags)
  const variance = covariances[0] ?? 0
  if (variance <= 0) return 1
  const bandwidth = Math.min(2 * lastLoudLag(covariances, quiet, count), lags)
  let spectrum = variance
  let slope = 0
  for (let lag = 1; lag <= bandwidth; lag++) {
    const weight = flatTop(lag / bandwidth) * (covariances[lag] ?? 0)
    spectrum += 2 * weight
    slope += 2 * weight * lag
  }
  if (spectrum === 0) return 1
  const best = Math.cbrt((2 * slope * slope * count) / (2 * spectrum * spectrum))
  return Math.min(Math.max(best, 1), Math.max(longest, 1))
}

function autocovariances(series: readonly number[], lags: number): number[] {
  const centre = mean(series)
  return Array.from({ length: lags + 1 }, (_, lag) => {
    let sum = 0
    for (let at = lag; at < series.length; at++) {
      sum += ((series[at] ?? 0) - centre) * ((series[at - lag] ?? 0) - centre)
    }
    return sum / series.length
  })
}

/** The lag before the first `quiet` lags in a row that are within noise; the last significant one when none are. */
function lastLoudLag(covariances: readonly number[], quiet: number, count: number): number {
  const noise = 2 * Math.sqrt(Math.log10(count) / count)
  const loud = covariances.map((covariance) => Math.abs(covariance / (covariances[0] ?? 1)) >= noise)
  for (let lag = 0; lag + quiet < loud.length; lag++) {
    if (!loud.slice(lag + 1, lag + 1 + quiet).includes(true)) return Math.max(lag, 1)
  }
  return Math.max(loud.lastIndexOf(true), 1)
}

function flatTop(share: number): number {
  return share <= 0.5 ? 1 : 2 * (1 - share)
}
