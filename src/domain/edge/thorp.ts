/**
 * Growth over that of full Kelly when a share `c` of it is staked, of a diffusion rebalanced all the time: c·(2 − c)
 * (Thorp 2006, section 7.3). Wealth relative to the riskless rate.
 */
export function relativeGrowth(c: number): number {
  return c * (2 - c)
}

/**
 * Chance that wealth ever falls to the share `x` of where it stands, staking a share `c` > 0 of full Kelly without end:
 * x^(2/c − 1), and 1 from twice Kelly on (Thorp 2006, section 7.3). `x` in (0, 1].
 */
export function everFallsTo(x: number, c: number): number {
  return c >= 2 ? 1 : x ** (2 / c - 1)
}

/**
 * Chance that wealth reaches `upper` before `lower`, both multiples of where it stands, with 0 < lower < 1 < upper: by the
 * scale function w^(1 − 2/c) (Chin and Ingenoso 2006, equation 2.1); by the logarithm at c = 2.
 */
export function reachesFirst(lower: number, upper: number, c: number): number {
  const exponent = 1 - 2 / c
  if (exponent === 0) return Math.log(lower) / (Math.log(lower) - Math.log(upper))
  const [low, high] = [lower ** exponent, upper ** exponent]
  return (1 - low) / (high - low)
}
