import type { ValidInput } from './hostile-payloads.ts'

const WEIGHED = {
  method: 'kelly_mvo',
  symbols: ['AAPL', 'MSFT'],
  lookback: 60,
  asOf: 1,
  correlation: 'denoised',
  lambda: '2',
  riskFree: 0,
  cost: 0.001,
  costs: { AAPL: 0.002 },
  lower: 0,
  upper: 0.2,
  bounds: [{ symbol: 'AAPL', lower: 0, upper: 0.1 }],
  groups: [{ name: 'g', members: ['AAPL'], min: null, max: 0.5 }],
  clusterCaps: true,
  turnover: 0.5,
  volatilityCap: 0.2,
  topK: { k: 3, max: 0.6 },
  gross: 1,
  budget: { min: 0, max: 1 },
  riskBudgets: { AAPL: 0.5 },
  expected: { AAPL: 0.1 },
  signals: { AAPL: 1 },
  start: 'cash',
} as const
const WEIGHED_MAY = Object.keys(WEIGHED).filter((name) => name !== 'method')
const PLANNED = {
  targets: [{ symbol: 'AAPL', weight: 0.1 }],
  others: 'keep',
  band: 0.01,
  horizon: 90,
  lambda: 2,
  lookback: 60,
  correlation: 'raw',
  expected: { AAPL: 0.1 },
  stop: 0.05,
  strategy: 's',
} as const

/** A valid input of every portfolio call, by its path. */
export const PORTFOLIO_INPUTS: Readonly<Record<string, ValidInput>> = {
  'portfolio.study': {
    valid: { symbols: ['AAPL', 'MSFT'], lookback: 60, asOf: 1, interval: '1d', linkage: 'single' },
    optional: ['symbols', 'lookback', 'asOf', 'interval', 'linkage'],
  },
  'portfolio.sensors': { valid: { symbol: 'AAPL', history: 'none' }, optional: ['symbol', 'history'] },
  'portfolio.risk': { valid: { lookback: 60, window: { from: 1, to: 2 } }, optional: ['lookback', 'window'] },
  'portfolio.optimise': { valid: WEIGHED, optional: WEIGHED_MAY },
  'portfolio.frontier': { valid: { ...WEIGHED, points: 20 }, optional: [...WEIGHED_MAY, 'points'] },
  'portfolio.plan': { valid: PLANNED, optional: Object.keys(PLANNED).filter((name) => name !== 'targets') },
  'portfolio.decidePlan': {
    valid: { plan: PLANNED, planId: '0123456789abcdef', groupId: 'group-001' },
    optional: ['groupId'],
  },
  'portfolio.basket': {
    valid: {
      orders: [{ symbol: 'AAPL', side: 'buy', entry: '200', stop: '190', quantity: null, note: 'n' }],
      lookback: 60,
    },
    optional: ['lookback'],
  },
}
