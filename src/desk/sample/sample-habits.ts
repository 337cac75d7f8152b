import type { StrategyInput } from '../../domain/inputs.ts'
import type { SampleHabit, SampleHolding } from './sample-fills.ts'

/** The strategies of the sample book; budgets are shares of equity. */
export const SAMPLE_STRATEGIES: readonly StrategyInput[] = [
  { code: 'breakout', budget: '0.25', fixedQuantity: null, method: null, enabled: true },
  { code: 'pullback', budget: '0.5', fixedQuantity: null, method: null, enabled: true },
  { code: 'macro', budget: '0.8', fixedQuantity: null, method: null, enabled: true },
]

const BREAKOUT = { strategy: 'breakout', skill: 0.61, stopRanges: 1.6, targetR: 2.2, hold: 9 } as const
const PULLBACK = { strategy: 'pullback', skill: 0.61, stopRanges: 1.2, targetR: 1.5, hold: 5 } as const
const MACRO = { strategy: 'macro', skill: 0.58, stopRanges: 2, targetR: 2, hold: 14 } as const
const DOLLARS = { rate: 1, risk: 420 } as const

/** Who trades what: between them some four hundred closed trades. */
export const SAMPLE_HABITS: readonly SampleHabit[] = [
  { ...BREAKOUT, ...DOLLARS, symbol: 'AAPL', frequency: 0.19 },
  { ...BREAKOUT, ...DOLLARS, symbol: 'NVDA', frequency: 0.19 },
  { ...BREAKOUT, ...DOLLARS, symbol: 'MESZ6', frequency: 0.19, risk: 900 },
  { ...BREAKOUT, ...DOLLARS, symbol: 'BTCUSD', frequency: 0.22 },
  { ...PULLBACK, ...DOLLARS, symbol: 'AAPL', frequency: 0.19 },
  { ...PULLBACK, ...DOLLARS, symbol: 'SPY', frequency: 0.19 },
  { ...PULLBACK, ...DOLLARS, symbol: 'XAUUSD', frequency: 0.17 },
  { ...PULLBACK, ...DOLLARS, symbol: 'SPY261218C00640000', frequency: 0.06, risk: 700 },
  { ...MACRO, ...DOLLARS, symbol: 'EURUSD', frequency: 0.22 },
  { ...MACRO, ...DOLLARS, symbol: 'GBPJPY', frequency: 0.23, rate: 1 / 150 },
]

/** What is held at the clock. */
export const SAMPLE_HOLDINGS: readonly SampleHolding[] = [
  { symbol: 'NVDA', strategy: 'breakout', daysAgo: 6, side: 'buy', lots: 140, stopRanges: 1.6 },
  { symbol: 'EURUSD', strategy: 'macro', daysAgo: 8, side: 'sell', lots: 20, stopRanges: 2 },
  { symbol: 'XAUUSD', strategy: 'pullback', daysAgo: 3, side: 'buy', lots: 4, stopRanges: 1.2 },
  { symbol: 'BTCUSD', strategy: 'breakout', daysAgo: 11, side: 'buy', lots: 100, stopRanges: null },
]
