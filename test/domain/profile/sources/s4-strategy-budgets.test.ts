import { describe, expect, it } from 'vitest'
import { future, position, reading, share } from '../../../support/sizing-fixtures.ts'
import { example, onThePage, printed } from './example.ts'

const RUPEES = { currency: 'INR' } as const
const STOCK = share({ symbol: 'RELIANCE', ...RUPEES, tickSize: '0.05' })
const NIFTY = future('NIFTY', '0.05', '1', {
  ...RUPEES,
  lotStep: '25',
  minQuantity: '25',
  calendar: 'equity',
  marginPerUnit: '2500',
})
const EMA = { code: 'ema20_50_intraday', budget: '0.3', fixedQuantity: '1', method: null, enabled: true }
const account = { currency: 'INR' }
const held = (symbol: string, strategy: string, quantity: string) =>
  position({
    spec: share({ symbol, ...RUPEES }),
    strategy,
    quantity,
    averagePrice: '100',
    stop: null,
    mark: reading('100'),
  })
/** The book of the source's answer: 50,000 in one strategy, 100,000 in the other, of 500,000. */
const BOOK = {
  currency: 'INR',
  positions: [held('INFY', 'ema20_50_intraday', '500'), held('TCS', 'expiry_scalper', '1000')],
}

const fixed = (quantity: string | null) =>
  example(
    'strategy-budgets',
    {
      instrument: STOCK,
      equity: '500000',
      account,
      strategy: EMA,
      request: { strategy: EMA.code, entry: '2500', stop: '2475', quantity },
    },
    BOOK,
  )
const byRange = (equity: string, range: string, spec = STOCK, entry = '500') =>
  example(
    'strategy-budgets',
    {
      instrument: spec,
      equity,
      account,
      atr: reading(range),
      request: { entry, stop: null, method: 'fixed_risk_atr' },
    },
    { currency: 'INR' },
  )

describe('S4, quantities within budgets', () => {
  it('a fixed quantity is the strategy’s own', () => {
    const decided = fixed(null)
    expect([decided.quantity, decided.outcome]).toEqual(['1', 'approved'])
    expect(onThePage('s4-fixed', decided)).toBe(printed(decided))
  })

  it('a quantity of its own is clamped by what the strategy’s budget has left: 100,000 of 150,000', () => {
    const decided = fixed('100')
    expect(decided.quantity).toBe(String((0.3 * 500_000 - 50_000) / 2_500))
    expect(decided.binding).toBe('strategy_budget')
    const gross = decided.ladder.find(({ rule }) => rule === 'gross_exposure')
    expect([gross?.limit, gross?.before, gross?.utilisationBefore]).toEqual(['800000', '150000', '0.1875'])
    expect(onThePage('s4-budget', decided)).toBe(printed(decided))
  })

  it.each([
    ['500000', '12.5', 200],
    ['100000', '35.7', 14],
    ['500000', '250', 10],
  ])('ATR: equity %s and range %s give floor(risk / (2·ATR)) = %i shares', (equity, range, quantity) => {
    expect(quantity).toBe(Math.floor((Number(equity) * 0.01) / (2 * Number(range))))
    expect(byRange(equity, range, STOCK, '700').quantity).toBe(String(quantity))
  })

  it('ATR: the first of them as printed', () => {
    const decided = byRange('500000', '12.5')
    expect(onThePage('s4-atr', decided)).toBe(printed(decided))
  })

  it('trap 19: lots are not units: equity 500,000, ATR 50, lot 25 is 2 lots, which is 50 units', () => {
    const lots = Math.floor((500_000 * 0.01) / (2 * 50 * 25))
    expect(lots).toBe(2)
    const decided = byRange('500000', '50', NIFTY, '8000')
    expect(decided.quantity).toBe(String(lots * 25))
    expect(onThePage('s4-fno', decided)).toBe(printed(decided))
  })

  it.each([
    ['500000', '12.5', '200'],
    ['100000', '35.7', '0'],
    ['500000', '250', '0'],
  ])('FnO: equity %s and range %s give whole lots of 25 only: %s', (equity, range, quantity) => {
    expect(byRange(equity, range, NIFTY, '700').quantity).toBe(quantity)
  })

  it('trap 4: less than one lot is zero with a reason, never a minimum of 1', () => {
    const decided = byRange('100000', '35.7', NIFTY, '700')
    expect(decided.reasons.map(({ code }) => code)).toContain('BELOW_MIN_LOT')
  })
})
