import { invariant } from '../kernel/invariant.ts'
import { Z_95 } from './wilson.ts'

/**
 * 95 % interval of a correlation measured on `count` > 3 independent observations: tanh(atanh ρ ± 1.96 / √(count − 3))
 * (Fisher 1921). Within [−1, 1]; exactly ρ at ±1.
 */
export function correlationInterval(
  correlation: number,
  count: number,
): { readonly low: number; readonly high: number } {
  invariant(count > 3 && Math.abs(correlation) <= 1, 'an interval needs more than three periods and |ρ| at most 1')
  const centre = Math.atanh(correlation)
  const half = Z_95 / Math.sqrt(count - 3)
  return { low: Math.tanh(centre - half), high: Math.tanh(centre + half) }
}
