import { count, fraction } from '../kernel/setting.ts'

/** Settings shared by the methods that size from closed trades. */
export const KELLY_SETTINGS = {
  fraction: fraction({
    title: 'Kelly fraction',
    help: 'Share of full Kelly that is staked: 0.25 is quarter Kelly.',
    least: '0',
    most: '1',
    above: true,
  }),
  cap: fraction({
    title: 'Cap on full Kelly',
    help: 'Full Kelly is cut to this before the fraction is applied.',
    least: '0',
    most: '1',
    above: true,
  }),
  minimumTrades: count({
    title: 'Least closed trades',
    help: 'With fewer wins and losses than this the fallback risk stands in.',
    least: 1,
    most: 10_000,
  }),
  windowDays: count({ title: 'Window', help: 'Days of closed trades that count.', least: 1, most: 36_500 }),
  fallbackRisk: fraction({
    title: 'Fallback risk',
    help: 'Share of equity at the stop while there are too few trades.',
    least: '0',
    most: '0.05',
  }),
} as const

/** Settings of the methods that size a position from forecasts. */
export const RISK_FREE = fraction({
  title: 'Risk-free rate',
  help: 'A year, as a fraction: 0.03 is 3 %.',
  least: '-0.1',
  most: '1',
  stricter: 'neither',
})
