import { describe, expect, it } from 'vitest'
import { hierarchicalRiskParity } from '../../src/domain/portfolio/hierarchical/hierarchical-risk-parity.ts'
import { distance, solved, type Request } from '../domain/portfolio/solve-problem.ts'
import { hasShared, onShared, sharedOracle, sharedPrices } from './shared-oracle.ts'

interface Inputs {
  readonly bounds?: readonly [number, number] | null
  readonly lower?: readonly number[]
  readonly upper?: readonly number[]
  readonly sum?: number
  readonly rf?: number
  readonly rf_in_optimisation?: number
  readonly gamma?: number
  readonly target_vol?: number
  readonly target_ret?: number
  readonly risk_aversion?: number
  readonly k?: number
  readonly extra?: string
  readonly sector?: Readonly<Record<string, string>>
  readonly sector_upper?: Readonly<Record<string, number>>
  readonly sector_lower?: Readonly<Record<string, number>>
}

interface RealCase {
  readonly name: string
  readonly inputs: Inputs
  readonly expected: { readonly recomputed_weights: Readonly<Record<string, number>> }
}

interface RealPrices {
  readonly tickers: readonly string[]
  readonly mu: readonly number[]
  readonly cov: readonly (readonly number[])[]
  readonly cases: readonly RealCase[]
}

const read = <T>(name: string, none: T): T => (hasShared ? (sharedOracle(name) as T) : none)
const real = read<RealPrices>('optimisers-pypfopt_real20', { tickers: [], mu: [], cov: [], cases: [] })
const convex = real.cases.filter(({ name }) => !name.startsWith('HRP'))

/** What makes each published case: its objective, then its limits. */
function requestOf({ name, inputs }: RealCase): Request {
  const { bounds, gamma = 0, sum = 1, rf = 0, rf_in_optimisation: own } = inputs
  const sigma = real.cov.map((row, i) => row.map((value, j) => value + (i === j ? gamma : 0)))
  const request = {
    sigma,
    mu: real.mu,
    riskFree: own ?? rf,
    budget: { min: sum, max: sum },
    lower: inputs.lower ?? bounds?.[0] ?? -100,
    upper: inputs.upper ?? bounds?.[1] ?? 100,
    ...sectorsOf(inputs),
    ...(inputs.extra === undefined ? {} : extraLimits()),
    ...(inputs.k === undefined ? {} : { w0: real.mu.map(() => 1 / real.mu.length), cost: inputs.k / 2 }),
  }
  if (name.includes('max_sharpe')) return { ...request, method: 'max_sharpe' }
  if (inputs.target_vol !== undefined)
    return { ...request, method: 'kelly_mvo', lambda: 1e-6, volatilityCap: inputs.target_vol }
  if (inputs.risk_aversion !== undefined) return { ...request, method: 'kelly_mvo', lambda: inputs.risk_aversion }
  return { ...request, method: 'min_variance', lambda: 1, minimumReturn: inputs.target_ret ?? null }
}

function sectorsOf({ sector, sector_upper: most, sector_lower: least }: Inputs): Request {
  if (sector === undefined) return {}
  const names = [...new Set(Object.values(sector))]
  const groups = names.map((name) => ({
    name,
    members: real.tickers.flatMap((ticker, i) => (sector[ticker] === name ? [i] : [])),
    max: most?.[name] ?? null,
    min: least?.[name] ?? null,
  }))
  return { groups }
}

/** w₀ at least 0.2, w₂ exactly 0.15, w₃ and w₄ together at most 0.1. */
function extraLimits(): Request {
  const lower = real.mu.map((_, i) => [0.2, 0, 0.15][i] ?? 0)
  const upper = real.mu.map((_, i) => [1, 1, 0.15][i] ?? 1)
  return { lower, upper, groups: [{ members: [3, 4], max: 0.1 }] }
}

describe.skipIf(!hasShared)(onShared('twenty real shares, against PyPortfolioOpt and exact solutions'), () => {
  it.each(convex)('$name', (one) => {
    const { weights } = solved(requestOf(one))
    const expected = real.tickers.map((ticker) => one.expected.recomputed_weights[ticker] ?? Number.NaN)
    expect(distance(weights, expected)).toBeLessThan(1e-7)
  })

  it('are split by hierarchical risk parity as published', () => {
    const one = real.cases.find(({ name }) => name.startsWith('HRP')) as RealCase
    const { sigma, correlation } = pairwise(real.tickers)
    const weights = hierarchicalRiskParity(sigma, real.tickers.length, correlation)
    const expected = real.tickers.map((ticker) => one.expected.recomputed_weights[ticker] ?? Number.NaN)
    expect(distance(weights, expected)).toBeLessThan(1e-9)
  })
})

/** Covariance and correlation of daily returns, each pair over the days both were priced. */
function pairwise(tickers: readonly string[]): { readonly sigma: Float64Array; readonly correlation: Float64Array } {
  const { columns } = sharedPrices('pypfopt_stock_prices.csv')
  const returns = tickers.map((ticker) => {
    const prices = columns.get(ticker) ?? new Float64Array()
    return prices.map((price, day) => (day === 0 ? Number.NaN : price / (prices[day - 1] ?? Number.NaN) - 1))
  })
  const sigma = new Float64Array(tickers.length ** 2)
  const correlation = new Float64Array(tickers.length ** 2)
  returns.forEach((a, i) => {
    returns.forEach((b, j) => {
      const both = Array.from(a.keys()).filter((day) => !Number.isNaN((a[day] ?? Number.NaN) + (b[day] ?? Number.NaN)))
      const mean = (list: Float64Array): number => both.reduce((sum, day) => sum + (list[day] ?? 0), 0) / both.length
      const [meanA, meanB] = [mean(a), mean(b)]
      const moment = (x: Float64Array, xMean: number, y: Float64Array, yMean: number): number =>
        both.reduce((sum, day) => sum + ((x[day] ?? 0) - xMean) * ((y[day] ?? 0) - yMean), 0) / (both.length - 1)
      const together = moment(a, meanA, b, meanB)
      sigma[i * tickers.length + j] = together
      correlation[i * tickers.length + j] =
        together / Math.sqrt(moment(a, meanA, a, meanA) * moment(b, meanB, b, meanB))
    })
  })
  return { sigma, correlation }
}

interface RoncalliCase {
  readonly case: string
  readonly mu: readonly number[]
  readonly sigma: readonly number[]
  readonly rho: number
  readonly target_vol: number
  readonly recomputed_weights: readonly number[]
}

const roncalli = read<{ readonly expected: readonly RoncalliCase[] }>('optimisers-roncalli_5asset_efficient_risk', {
  expected: [],
})

describe.skipIf(!hasShared)(onShared('the most return at 10 % volatility of five assets (Roncalli)'), () => {
  it.each(roncalli.expected)('case $case', ({ mu, sigma, rho, target_vol, recomputed_weights }) => {
    const rows = sigma.map((a, i) => sigma.map((b, j) => a * b * (i === j ? 1 : rho)))
    const { weights } = solved({ method: 'kelly_mvo', lambda: 1e-9, mu, sigma: rows, volatilityCap: target_vol })
    expect(distance(weights, recomputed_weights)).toBeLessThan(1e-8)
  })
})
