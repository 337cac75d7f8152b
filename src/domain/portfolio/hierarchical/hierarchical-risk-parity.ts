import { quasiDiagonal } from './quasi-diagonal.ts'

/**
 * Hierarchical risk parity (López de Prado 2016): assets in the order of a single-linkage tree over √((1 − ρ)/2), then
 * halved again and again, each half getting weight in inverse proportion to its inverse-variance portfolio's variance.
 * Long-only, summing to 1. Every variance is above zero; the correlations are those of Σ where not given.
 */
export function hierarchicalRiskParity(
  sigma: Float64Array,
  order: number,
  correlation: Float64Array = correlationOf(sigma, order),
): Float64Array {
  const weights = new Float64Array(order).fill(1)
  split(sigma, order, quasiDiagonal(correlation, order), weights)
  return weights
}

/** Correlations of a covariance whose variances are above zero, row-major. */
export function correlationOf(sigma: Float64Array, order: number): Float64Array {
  const correlation = new Float64Array(order * order)
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      const scale = Math.sqrt((sigma[i * order + i] as number) * (sigma[j * order + j] as number))
      correlation[i * order + j] = (sigma[i * order + j] as number) / scale
    }
  }
  return correlation
}

function split(sigma: Float64Array, order: number, assets: readonly number[], weights: Float64Array): void {
  if (assets.length < 2) return
  const half = assets.length >> 1
  const [left, right] = [assets.slice(0, half), assets.slice(half)]
  const [leftVariance, rightVariance] = [clusterVariance(sigma, order, left), clusterVariance(sigma, order, right)]
  const share = 1 - leftVariance / (leftVariance + rightVariance)
  for (const asset of left) weights[asset] = (weights[asset] as number) * share
  for (const asset of right) weights[asset] = (weights[asset] as number) * (1 - share)
  split(sigma, order, left, weights)
  split(sigma, order, right, weights)
}

/** Variance of the inverse-variance portfolio of some assets. */
function clusterVariance(sigma: Float64Array, order: number, assets: readonly number[]): number {
  const inverse = assets.map((asset) => 1 / (sigma[asset * order + asset] as number))
  const total = inverse.reduce((sum, one) => sum + one, 0)
  let variance = 0
  for (const [a, first] of assets.entries())
    for (const [b, second] of assets.entries())
      variance += (inverse[a] as number) * (inverse[b] as number) * (sigma[first * order + second] as number)
  return variance / (total * total)
}
