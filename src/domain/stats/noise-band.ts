import { invariant } from '../kernel/invariant.ts'

/** Where the eigenvalues of a sample correlation of uncorrelated series lie. */
export interface NoiseBand {
  /** λ₋ = (1 − √(N/T))². */
  readonly low: number
  /** λ₊ = (1 + √(N/T))², the edge above which an eigenvalue says more than noise. */
  readonly high: number
}

/**
 * The band of Marchenko and Pastur (1967) for `series` N ≥ 1 over `periods` T > 0, which may be an effective number: with
 * √(N/T), so that the edge falls to 1 as the periods grow.
 */
export function noiseBand(series: number, periods: number): NoiseBand {
  invariant(series >= 1 && periods > 0, 'a noise band is of at least one series over some periods')
  const ratio = Math.sqrt(series / periods)
  return { low: (1 - ratio) ** 2, high: (1 + ratio) ** 2 }
}
