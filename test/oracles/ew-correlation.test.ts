import { describe, expect, it } from 'vitest'
import { logReturns } from '../../src/domain/market/log-returns.ts'
import { correlationPairs, matrixOfPairs } from '../../src/domain/stats/correlation-pairs.ts'
import { periodWeights } from '../../src/domain/stats/period-weights.ts'
import { hasShared, onShared, sharedOracle, sharedPrices } from './shared-oracle.ts'

interface Case {
  readonly lambda_: number | null
  readonly halflife: number | null
  readonly adjust: boolean
  readonly corr_last_block_8x8: readonly (readonly number[])[]
  readonly corr_row199_block_8x8: readonly (readonly number[])[]
  readonly zero_mean_corr_last_block_8x8: readonly (readonly number[])[]
}
interface Oracle {
  readonly inputs: { readonly columns: readonly string[] }
  readonly expected: {
    readonly ewm: readonly Case[]
    readonly rolling60_last_block_8x8: readonly (readonly number[])[]
  }
  readonly tolerance: number
}

const load = () => {
  const oracle = sharedOracle('indicators-ew_correlation') as Oracle
  const { columns } = sharedPrices('skfolio_sp500_dataset.csv.gz')
  const returns = oracle.inputs.columns.map((name) => logReturns(columns.get(name) ?? []).slice(-400))
  return { oracle, returns }
}

/** The weights of pandas: with `adjust` off the first period carries all the weight before it. */
function weightsOf(count: number, { lambda_, halflife, adjust }: Case): Float64Array {
  const halfLife = halflife ?? Math.log(0.5) / Math.log(lambda_ ?? NaN)
  const weights = periodWeights(count, halfLife)
  if (!adjust) weights[0] = (weights[0] ?? NaN) / (1 - 0.5 ** (1 / halfLife))
  return weights
}

function furthest(found: Float64Array, expected: readonly (readonly number[])[]): number {
  return Math.max(...expected.flat().map((value, k) => Math.abs(value - (found[k] ?? NaN))))
}

describe('the exponentially weighted correlation of real returns', () => {
  it.skipIf(!hasShared)(onShared('is that of pandas: four decays, both adjustments, about mean and zero'), () => {
    const { oracle, returns } = load()
    const upTo = (count: number) => returns.map((column) => column.slice(0, count))
    expect(oracle.expected.ewm).toHaveLength(8)
    for (const known of oracle.expected.ewm) {
      const matrix = (count: number, centre: 'mean' | 'zero') =>
        matrixOfPairs(correlationPairs(upTo(count), weightsOf(count, known), { centre }), 8)
      expect(furthest(matrix(400, 'mean'), known.corr_last_block_8x8)).toBeLessThanOrEqual(oracle.tolerance)
      expect(furthest(matrix(200, 'mean'), known.corr_row199_block_8x8)).toBeLessThanOrEqual(oracle.tolerance)
      expect(furthest(matrix(400, 'zero'), known.zero_mean_corr_last_block_8x8)).toBeLessThanOrEqual(oracle.tolerance)
    }
  })

  it.skipIf(!hasShared)(onShared('with equal weights over 60 days is the rolling one of pandas'), () => {
    const { oracle, returns } = load()
    const last = returns.map((column) => column.slice(-60))
    const matrix = matrixOfPairs(correlationPairs(last, periodWeights(60, Infinity)), 8)
    expect(furthest(matrix, oracle.expected.rolling60_last_block_8x8)).toBeLessThanOrEqual(oracle.tolerance)
  })
})
