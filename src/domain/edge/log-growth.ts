/**
 * Growth-optimal share of equity over actual R-multiples: the f in [0, 1/|worst R|) that maximises mean ln(1 + f·R).
 * Concave with one root, found by bisection of its derivative to 1e-12 of its range. 0 where the mean R is not positive;
 * `undefined` where no trade lost, since growth is then unbounded (Kelly 1956; Vince 1990 for the empirical form).
 */
export function growthOptimalFraction(rMultiples: readonly number[]): number | undefined {
  const worst = Math.min(...rMultiples)
  if (!(worst < 0)) return undefined
  if (mean(rMultiples, (r) => r) <= 0) return 0
  const slope = (f: number): number => mean(rMultiples, (r) => r / (1 + f * r))
  return rootOf(slope, 0, 1 / -worst)
}

/**
 * Risk-constrained Kelly: maximises E ln(1 + fR) subject to E (1 + fR)^(−λ) ≤ 1 with λ = ln β / ln α, which keeps the
 * probability of wealth ever falling below α under β (Busseti, Ryu and Boyd 2016). 0 and `undefined` as above.
 */
export function riskConstrainedFraction(
  rMultiples: readonly number[],
  alpha: number,
  beta: number,
): number | undefined {
  const free = growthOptimalFraction(rMultiples)
  if (free === undefined || free === 0) return free
  const lambda = Math.log(beta) / Math.log(alpha)
  const excess = (f: number): number => mean(rMultiples, (r) => (1 + f * r) ** -lambda) - 1
  if (excess(free) <= 0) return free
  // Convex, 0 at f = 0 and falling there: it is positive exactly beyond its second root.
  let low = 0
  let high = free
  while (high - low > 1e-14 * free) {
    const middle = (low + high) / 2
    if (excess(middle) > 0) high = middle
    else low = middle
  }
  return low
}

/** Mean log growth per trade at a share `f` of equity: mean ln(1 + f·R). */
export function meanLogGrowth(rMultiples: readonly number[], f: number): number {
  return mean(rMultiples, (r) => Math.log1p(f * r))
}

function rootOf(falling: (f: number) => number, from: number, to: number): number {
  let low = from
  let high = to
  while (high - low > 1e-14 * to) {
    const middle = (low + high) / 2
    if (falling(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function mean(values: readonly number[], of: (value: number) => number): number {
  let sum = 0
  for (const value of values) sum += of(value)
  return sum / values.length
}
