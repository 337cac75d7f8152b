/** Two-sided 95 % standard normal quantile. */
export const Z_95 = 1.959963984540054

/** Wilson score interval of a proportion of `successes` in `trials` at normal quantile `z` (Wilson 1927); `trials` ≥ 1, both in [0, 1]. */
export function wilsonInterval(successes: number, trials: number, z = Z_95): readonly [low: number, high: number] {
  const p = successes / trials
  const square = z * z
  const scale = 1 + square / trials
  const centre = (p + square / (2 * trials)) / scale
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / trials + square / (4 * trials * trials))
  return [successes === 0 ? 0 : Math.max(0, centre - half), successes === trials ? 1 : Math.min(1, centre + half)]
}
