import { describe, expect, it } from 'vitest'
import { pair, reading, share, size, type Told } from '../../../support/sizing-fixtures.ts'
import { checked, market, only, stepOf } from '../one-rule.ts'

const SELL = { side: 'sell', stop: '105' }

describe('minimum_sharpe', () => {
  const of = (request: NonNullable<Told['request']>, told: Told = {}, least = '0.5') =>
    checked('minimum_sharpe', { least, riskFree: '0.03' }, { ...told, request })

  it('divides the forecast over the risk-free rate by the volatility, in the direction of the order', () => {
    expect(of({ expectedReturn: '0.13', volatility: '0.2' })).toMatchObject({
      passed: true,
      says: 'The forecast Sharpe ratio is 0.50.',
    })
    expect(of({ expectedReturn: '0.12', volatility: '0.2' })).toMatchObject({
      passed: false,
      code: 'SHARPE_TOO_LOW',
      says: 'The forecast Sharpe ratio is 0.45, at least 0.50 is required.',
    })
    expect(of({ ...SELL, expectedReturn: '-0.07', volatility: '0.2' })).toMatchObject({ passed: true })
    expect(of({ ...SELL, expectedReturn: '0.13', volatility: '0.2' })).toMatchObject({
      passed: false,
      says: 'The forecast Sharpe ratio is -0.50, at least 0.50 is required.',
    })
  })

  it('takes what was measured where the order forecasts nothing', () => {
    const measured = market({ expectedReturn: reading('0.13'), volatility: reading('0.2') })
    expect(of({}, measured)).toMatchObject({ passed: true })
    expect(of({ volatility: '0.3' }, measured)).toMatchObject({ passed: false })
  })

  it('blocks where return or volatility is not known, and asks for neither without a minimum', () => {
    expect(of({ volatility: '0.2' })).toMatchObject({ passed: false, code: 'INPUT_MISSING' })
    expect(of({ expectedReturn: '0.5' })).toMatchObject({ passed: false, code: 'INPUT_MISSING' })
    expect(of({}, {}, '0')).toMatchObject({ passed: true, says: 'No minimum is set.' })
  })
})

describe('fees_below_edge', () => {
  const of = (changes: Parameters<typeof share>[0], request: NonNullable<Told['request']> = {}) =>
    checked('fees_below_edge', {}, { instrument: share(changes), request: { target: '100.5', ...request } })

  it('wants commissions both ways and the spread to be less than the gain at the target', () => {
    // 200 shares gain 100; 0.2 each way is 80.
    expect(of({ commissionPerUnit: '0.2' }, { quantity: '200' })).toMatchObject({
      passed: true,
      says: 'Costs of 80.00 stand against a gain of 100.00 USD at the target.',
    })
    expect(of({ commissionPerUnit: '0.25' }, { quantity: '200' })).toMatchObject({
      passed: false,
      code: 'FEE_EXCEEDS_EDGE',
      says: 'Costs of 100.00 USD eat the whole gain of 100.00 at the target.',
    })
    expect(of({ spread: '0.4' }, { quantity: '200' }).says).toBe(
      'Costs of 80.00 stand against a gain of 100.00 USD at the target.',
    )
    expect(of({ spread: '0.5' }, { quantity: '200' }).passed).toBe(false)
  })

  it('charges the commission of the way out at the target, not at the stop', () => {
    // 1 % of 100 in and of 200 out: 3 of a gain of 100 for each of 10.
    expect(of({ commissionRate: '0.01' }, { target: '200', quantity: '10' }).says).toBe(
      'Costs of 30.00 stand against a gain of 1,000.00 USD at the target.',
    )
  })

  it('counts a sell, a point value and the rate at the target', () => {
    expect(of({ pointValue: '5', commissionPerUnit: '1' }, { ...SELL, target: '99', quantity: '4' }).says).toBe(
      'Costs of 8.00 stand against a gain of 20.00 USD at the target.',
    )
    const told = {
      instrument: pair('USDJPY', { commissionPerUnit: '350' }),
      request: { entry: '140', stop: '139', target: '160', quantity: '1' },
    }
    // One lot gains 20 × 100,000 yen, 12,500 USD at 160; 350 yen are 2.50 USD at 140 and 2.1875 at 160.
    expect(checked('fees_below_edge', {}, told).says).toBe(
      'Costs of 4.69 stand against a gain of 12,500.00 USD at the target.',
    )
  })

  it('looks at the smallest order where the size is nothing, so that the reason is told all the same', () => {
    const none = { quantity: '0.5' }
    expect(of({ commissionMinimum: '3' }, none).says).toBe(
      'Costs of 6.00 USD eat the whole gain of 0.50 at the target.',
    )
    expect(of({ commissionMinimum: '3', minQuantity: '20' }, none).says).toBe(
      'Costs of 6.00 stand against a gain of 10.00 USD at the target.',
    )
    expect(of({ commissionMinimum: '3', lotStep: '30' }, none).says).toBe(
      'Costs of 6.00 stand against a gain of 15.00 USD at the target.',
    )
  })

  it('checks nothing without a target', () => {
    expect(of({}, { target: undefined })).toMatchObject({ passed: true, says: 'Not checked: the order has no target.' })
  })
})

describe('the gate', () => {
  it('blocks with every reason, names the first as binding and keeps the size before', () => {
    const told: Told = { account: { enabled: false }, request: { target: '99' } }
    const decision = size(told, {}, only({ gate: { target_side: {} } }))
    expect(decision.reasons.map(({ code }) => code)).toEqual(['NOT_ENABLED', 'TARGET_WRONG_SIDE'])
    expect([decision.binding, decision.quantity, decision.outcome]).toEqual(['account_enabled', '0', 'rejected'])
    expect(stepOf(decision, 'target_side')).toMatchObject({ before: '200', after: '0' })
    expect(stepOf(decision, 'stop_side')).toMatchObject({ before: '200', after: '200' })
  })
})
