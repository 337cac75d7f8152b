/**
 * Realised volatility a year, a fraction: the sample standard deviation (n − 1) of log returns times √periods. NaN for
 * fewer than two returns or where one of them is not finite.
 */
export function closeToCloseVolatility(returns: ArrayLike<number>, periodsPerYear: number): number {
  const count = returns.length
  if (count < 2) return Number.NaN
  let sum = 0
  for (let i = 0; i < count; i++) sum += returns[i] ?? Number.NaN
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += ((returns[i] ?? Number.NaN) - mean) ** 2
  return Math.sqrt((periodsPerYear * squares) / (count - 1))
}
