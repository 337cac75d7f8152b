/** Growth-optimal notional weight of a diffusion: f* = (μ − r)/σ², all for the same horizon, sign kept (Merton 1969; Thorp 2006). `volatility` > 0. */
export function kellyContinuous(expectedReturn: number, riskFree: number, volatility: number): number {
  return (expectedReturn - riskFree) / (volatility * volatility)
}

/**
 * Growth-optimal leverage where the part above 1 pays `cost` a year: maximises f·μ − max(|f| − 1, 0)·c − ½f²σ². That is
 * μ/σ² while at most 1, (μ − c)/σ² where that is at least 1, and exactly 1 in between; mirrored for a negative μ.
 */
export function growthOptimalLeverage(expectedReturn: number, volatility: number, cost: number): number {
  const size = Math.abs(expectedReturn)
  const variance = volatility * volatility
  const free = size / variance
  const paid = (size - cost) / variance
  return Math.sign(expectedReturn) * (free <= 1 ? free : paid >= 1 ? paid : 1)
}
