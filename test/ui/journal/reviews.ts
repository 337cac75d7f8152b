import type { EdgeView } from '../../../src/contract/edge.ts'
import type { JournalReview, TradeView } from '../../../src/contract/journal.ts'

const DAY = 86_400_000
/** Wednesday, 2026-03-04, 00:00 UTC. */
export const TODAY = Date.UTC(2026, 2, 4)

/** An edge of ten trades. */
export function anEdge(more: Partial<EdgeView> = {}): EdgeView {
  return {
    scope: 'all trades',
    at: TODAY,
    firstAt: TODAY - 10 * DAY,
    lastAt: TODAY - DAY,
    currency: 'USD',
    trades: 10,
    wins: 6,
    losses: 4,
    scratches: 0,
    withoutRate: 0,
    net: '800.5',
    fees: '12.4',
    winRate: '0.6',
    winRateLow: '0.312673769734',
    winRateHigh: '0.831819670294',
    meanWin: '200',
    meanLoss: '100',
    medianWin: '190',
    medianLoss: '95',
    payoff: '2',
    payoffLow: '1.2',
    payoffHigh: null,
    profitFactor: '3',
    expectancy: '80.05',
    expectancyR: '0.8',
    expectancyRLow: '0.1',
    expectancyRHigh: '1.5',
    tradesWithR: 9,
    deviation: '150',
    tStatistic: '1.7',
    longestLosingStreak: 2,
    kelly: '0.4',
    kellyLow: '-0.05',
    kellyHigh: '0.7',
    tradesNeeded: 4,
    confidence: 'LOW',
    minimum: 20,
    decay: null,
    says: 'The edge is not certain.',
    ...more,
  }
}

/** A review with five points of a balance that fell and rose again. */
export function aReview(more: Partial<JournalReview> = {}): JournalReview {
  const at = Array.from({ length: 5 }, (_, day) => TODAY - (5 - day) * DAY)
  return {
    edge: anEdge(),
    choices: { strategies: ['swing'], symbols: ['ABC', 'XYZ'], tags: [] },
    distribution: {
      from: -1,
      width: 0.5,
      counts: [3, 1, 2, 4],
      withR: 10,
      withoutStop: 2,
      mean: 0.3,
      low: 0.1,
      high: 0.5,
    },
    rolling: {
      window: 50,
      at: [TODAY - 2 * DAY, TODAY - DAY],
      trade: [50, 51],
      winRate: [0.5, 0.52],
      winRateLow: [0.36, 0.38],
      winRateHigh: [0.63, 0.65],
      expectancy: [10, 12.5],
      kelly: [0.1, null],
    },
    curve: {
      at,
      balance: [1000, 1100, 770, 1100, 1090],
      below: [0, 0, 0.3, 0, 0.0090909],
      deepest: { from: at[1] ?? 0, trough: at[2] ?? 0, recovered: at[3] ?? 0, amount: '330', share: '0.3' },
      last: '1090',
      withoutRate: 0,
      thinned: 0,
    },
    history: {
      strategy: null,
      windowDays: 30,
      method: 'kelly_trades',
      day: at,
      at,
      trades: [1, 2, 3, 4, 5],
      winRate: [1, 0.5, 0.66, 0.5, 0.6],
      winRateLow: [0.2, 0.1, 0.2, 0.15, 0.2],
      winRateHigh: [1, 0.9, 0.9, 0.85, 0.9],
      payoff: [null, 1, 1.5, 1.5, 2],
      kelly: [null, 0, 0.4, 0.16, 0.4],
      staked: [null, 0, 0.1, 0.04, 0.1],
    },
    ...more,
  }
}

/** One closed trade. */
export function aTrade(more: Partial<TradeView> = {}): TradeView {
  return {
    tradeId: 'a~b',
    symbol: 'ABC',
    strategy: 'swing',
    tag: null,
    side: 'long',
    quantity: '10',
    entryAt: TODAY - 2 * DAY,
    entryPrice: '100',
    exitAt: TODAY - DAY,
    exitPrice: '102',
    fees: '1',
    currency: 'USD',
    profit: '19',
    r: '1.9',
    origin: 'fills',
    ...more,
  }
}
