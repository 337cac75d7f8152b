import type { PortfolioFigures } from '../../contract/portfolio/optimise.ts'
import { covarianceOf, figuresOfWeights } from './covariance.ts'
import type { MarketFigures } from './market-figures.ts'

/** Weights by symbol in figures; `null` where one of them was not studied: a part is not the whole. */
export function bookFigures(
  weights: Readonly<Record<string, number>>,
  market: MarketFigures | undefined,
  expected: Readonly<Record<string, number>>,
  riskFree: number,
): PortfolioFigures | null {
  if (market === undefined) return null
  const { symbols } = market
  if (Object.entries(weights).some(([symbol, weight]) => weight !== 0 && !symbols.includes(symbol))) return null
  const row = Float64Array.from(symbols, (symbol) => weights[symbol] ?? 0)
  const returns = symbols.map((symbol, i) => expected[symbol] ?? market.expected[i] ?? null)
  return figuresOfWeights(row, covarianceOf(market.correlation, market.volatility), returns, riskFree)
}
