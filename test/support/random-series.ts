import { RandomStream } from '../../src/domain/simulation/random/random-stream.ts'
import { runSeed } from '../../src/domain/simulation/random/run-seed.ts'

/** Independent standard normal numbers of a seed; the same for the same seed. */
export function noise(seed: number, count: number): Float64Array {
  const random = new RandomStream().start(runSeed(seed), 9, 0)
  return Float64Array.from({ length: count }, () => random.normal())
}

/** Series that share one factor with correlation `rho` between any two, one seed each. */
export function factorSeries(seed: number, series: number, count: number, rho: number): Float64Array[] {
  const factor = noise(seed, count)
  return Array.from({ length: series }, (_, i) => {
    const own = noise(seed * 1_000 + i + 1, count)
    return own.map((value, t) => Math.sqrt(rho) * (factor[t] ?? NaN) + Math.sqrt(1 - rho) * value)
  })
}

/** Prices that make these numbers, times `scale`, their log returns; one more than returns. */
export function pricesOf(returns: ArrayLike<number>, scale = 0.01): Float64Array {
  const prices = new Float64Array(returns.length + 1).fill(100)
  for (let t = 0; t < returns.length; t++) prices[t + 1] = (prices[t] ?? NaN) * Math.exp(scale * (returns[t] ?? NaN))
  return prices
}
