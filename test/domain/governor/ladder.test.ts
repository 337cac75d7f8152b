import { describe, expect, it } from 'vitest'
import { position, reading, share, size } from '../../support/sizing-fixtures.ts'
import { capped, correlations, only, rungOf, stepOf } from './one-rule.ts'

describe('a rung', () => {
  it('tells everything of a limit in money: its use with and without the order, and what would relax it', () => {
    const held = { positions: [position({ spec: share({ symbol: 'BOLT' }), quantity: '1000' })] }
    const { rung, step, decision } = capped('gross_exposure', { maxExposure: '1', maxLeverage: '1.0005' }, {}, held)
    expect(rung).toEqual({
      rule: 'gross_exposure',
      title: 'Gross exposure',
      code: 'GROSS_EXPOSURE',
      allows: '500',
      unit: 'money',
      limit: '100050',
      before: '50000',
      after: '100000',
      utilisationBefore: '0.499750124938',
      utilisation: '0.999500249875',
      state: 'near',
      whatWouldRelax: {
        oneMoreLot: '50',
        fullProposal: '449950',
        says: '50.00 USD more for gross exposure allows 501 units.',
      },
      says: 'All positions may be 100,050.00 USD (equity × 100.00 % × 1.0005); 50,000.00 is held.',
      facts: { perUnit: '100', capacity: '500.5' },
    })
    expect(step).toEqual({
      stage: 'ceiling',
      rule: 'gross_exposure',
      title: 'Gross exposure',
      before: '5000',
      after: '500.5',
      factor: null,
      ceiling: '500.5',
      passed: false,
      code: 'GROSS_EXPOSURE',
      facts: { perUnit: '100' },
      says: rung.says,
    })
    expect(stepOf(decision, 'lot')).toMatchObject({ before: '500.5', after: '500' })
  })

  it('of a limit that does not cut leaves the size as it is, and asks for nothing', () => {
    const { rung, step } = capped('order_qty', { max: '6000' })
    expect(step).toMatchObject({ before: '5000', after: '5000', ceiling: '6000', passed: true, code: null })
    expect(rung).toMatchObject({ allows: '6000', after: '5000', state: 'near', whatWouldRelax: null })
    const exact = capped('order_qty', { max: '5000' })
    expect(exact.step).toMatchObject({ after: '5000', passed: true, code: null })
    expect(exact.rung.whatWouldRelax).toEqual({
      oneMoreLot: '1',
      fullProposal: null,
      says: '1 more for order quantity allows 5,001 units.',
    })
    expect(exact.decision.outcome).toBe('approved')
  })

  it('that does not bind tells what the whole proposal would need of it', () => {
    const profile = only({ ceilings: { order_qty: { max: '100' }, single_asset: { max: '0.15' } } })
    const decision = size({ request: { quantity: '200' } }, {}, profile)
    expect(rungOf(decision, 'single_asset').whatWouldRelax).toEqual({
      oneMoreLot: null,
      fullProposal: '5000',
      says: '5,000.00 USD more for single asset allows the whole proposal.',
    })
    const whole = capped('order_qty', { max: '100' }, { request: { quantity: '100.9' } })
    expect(whole.rung.whatWouldRelax).toMatchObject({ oneMoreLot: '1', fullProposal: null })
  })

  it('of a limit as a share tells it in per cent', () => {
    const study = correlations({ ACME: 0.2 }, {})
    const { rung } = capped('portfolio_vol', { max: '0.15' }, { ...study, request: { quantity: '760' } })
    expect(rung.whatWouldRelax).toEqual({
      oneMoreLot: '0',
      fullProposal: '0.002',
      says: '0.00 % more for portfolio volatility allows 750 units.',
    })
  })

  it('of a limit that does not concern the order has no figures', () => {
    const { rung, step } = capped('cluster', { max: '0.1', caps: {} })
    expect(rung).toEqual({
      rule: 'cluster',
      title: 'Cluster',
      code: 'CLUSTER',
      allows: null,
      unit: 'money',
      limit: null,
      before: null,
      after: null,
      utilisationBefore: null,
      utilisation: null,
      state: 'ok',
      whatWouldRelax: null,
      says: 'ACME belongs to no cluster.',
      facts: {},
    })
    expect(step).toEqual({
      stage: 'ceiling',
      rule: 'cluster',
      title: 'Cluster',
      before: '5000',
      after: '5000',
      factor: null,
      ceiling: null,
      passed: true,
      code: null,
      facts: {},
      says: 'ACME belongs to no cluster.',
    })
  })

  it('of a limit that could not be measured allows nothing and says what is missing', () => {
    const { rung, step } = capped('trailing_drawdown', { max: '0.1' }, { account: { peakEquity: reading(null) } })
    const says = 'account.peakEquity is missing: give a decimal number.'
    expect(rung).toEqual({
      rule: 'trailing_drawdown',
      title: 'Drawdown from the peak',
      code: 'INPUT_MISSING',
      allows: '0',
      unit: 'money',
      limit: null,
      before: null,
      after: null,
      utilisationBefore: null,
      utilisation: null,
      state: 'unknown',
      whatWouldRelax: { oneMoreLot: null, fullProposal: null, says },
      says,
      facts: {},
    })
    expect(step).toMatchObject({ before: '5000', after: '0', ceiling: '0', passed: false, code: 'INPUT_MISSING', says })
  })

  it('counts from the smallest order on, where that is more than a lot', () => {
    const told = { instrument: share({ minQuantity: '50' }), request: { quantity: '60' } }
    expect(capped('order_qty', { max: '10' }, told).rung.whatWouldRelax).toMatchObject({
      oneMoreLot: '40',
      fullProposal: '50',
    })
  })
})

describe('the ladder', () => {
  it('stands from the tightest on, equal ones in the order of the audit trail, those that do not limit last', () => {
    const profile = only({
      ceilings: {
        order_notional: { max: '20000' },
        order_qty: { max: '300' },
        cluster: { max: '1', caps: {} },
        strategy_budget: { fallback: '1' },
        kelly_cap: { max: '0.2' },
        single_asset: { max: '0.2' },
        risk_per_trade: { max: '0.005' },
      },
    })
    expect(size({}, {}, profile).ladder.map(({ rule, allows }) => [rule, allows])).toEqual([
      ['risk_per_trade', '100'],
      ['kelly_cap', '200'],
      ['single_asset', '200'],
      ['order_notional', '200'],
      ['order_qty', '300'],
      ['cluster', null],
      ['strategy_budget', null],
    ])
  })

  it('names reasons tightest first, and only of what cuts', () => {
    const profile = only({
      ceilings: { order_qty: { max: '150' }, kelly_cap: { max: '0.1' }, single_asset: { max: '0.2' } },
    })
    expect(size({}, {}, profile).reasons.map(({ code }) => code)).toEqual(['KELLY_CAP', 'MAX_QTY'])
  })
})
