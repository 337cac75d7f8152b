import { RandomStream, STREAMS } from '../random/random-stream.ts'
import { runSeed } from '../random/run-seed.ts'
import type { LabAsset, LabMarket } from './lab-market.ts'

const ASSETS: readonly (LabAsset & { readonly volatility: number })[] = [
  { symbol: 'BTCUSD', kind: 'crypto', volatility: 0.6 },
  { symbol: 'ETHUSD', kind: 'crypto', volatility: 0.75 },
  { symbol: 'NVDA', kind: 'equity', volatility: 0.5 },
  { symbol: 'MSFT', kind: 'equity', volatility: 0.25 },
  { symbol: 'GOOG', kind: 'equity', volatility: 0.3 },
  { symbol: 'AAPL', kind: 'equity', volatility: 0.28 },
]
const PERIODS = 252

/**
 * The famous set-up: synthetic prices of two crypto and four equity symbols, and forecasts that contain `skill` times the
 * return they forecast and noise for the rest. At 0.6 it earns the absurd; at 0 nothing is left.
 */
export function skillExample(skill: number, days: number, seed: number): LabMarket {
  const stream = new RandomStream().start(runSeed(seed), STREAMS.outcomes, 0)
  const noise = new RandomStream().start(runSeed(seed), STREAMS.edge, 0)
  const daily = ASSETS.map(({ volatility }) => volatility / Math.sqrt(PERIODS))
  const returns = Array.from({ length: days }, () => daily.map((sigma) => Math.max(-0.99, sigma * stream.normal())))
  const blur = 1 - skill
  return {
    assets: ASSETS.map(({ symbol, kind }) => ({ symbol, kind })),
    periodsPerYear: PERIODS,
    returns,
    forecasts: returns.map((row) =>
      row.map((came, asset) => skill * came + blur * (daily[asset] ?? 0) * noise.normal()),
    ),
    volatilities: returns.map(() => daily),
  }
}
