import { describe, expect, it } from 'vitest'
import { NOW, position, rate, reading, share, size, type Told } from '../../support/sizing-fixtures.ts'
import { only, stepOf } from './one-rule.ts'

const FREE = only({})
/** Quoted in euros at 1.10, in lots of ten, with every cost. */
const ACME = share({
  currency: 'EUR',
  lotStep: '10',
  minQuantity: '10',
  spread: '0.02',
  commissionPerUnit: '0.01',
  commissionMinimum: '1',
  slippageTicks: '2',
})
const SHORT: Told = { instrument: ACME, request: { side: 'sell', stop: '104', target: '90' } }
const HELD = {
  positions: [
    position({ spec: ACME, quantity: '-100', stop: '55' }),
    position({ spec: share({ symbol: 'BOLT' }), stop: '45' }),
  ],
  rates: [rate('EUR', 'USD', '1.1')],
}

describe('a decision', () => {
  it('tells everything of an order that is approved as proposed', () => {
    const { steps, ...body } = size({ at: NOW, request: { strategy: undefined } }, {}, FREE)
    expect(body).toEqual({
      schema: 1,
      engine: '1.0.0',
      at: NOW,
      accountId: 'main',
      bookKind: 'paper',
      kind: 'entry',
      symbol: 'ACME',
      side: 'buy',
      strategy: null,
      method: 'fixed_risk',
      outcome: 'approved',
      quantity: '200',
      proposed: '200',
      entry: '100',
      stop: '95',
      target: null,
      currency: 'USD',
      notional: '20000',
      riskAmount: '1000',
      riskFraction: '0.01',
      weight: '0.2',
      r: '1',
      lossPerUnit: '5',
      rewardAmount: null,
      costs: { commission: '0', spread: '0', slippage: '0', total: '0' },
      exposure: {
        grossBefore: '0',
        grossAfter: '20000',
        netBefore: '0',
        netAfter: '20000',
        leverageBefore: '0',
        leverageAfter: '0.2',
        symbolBefore: '0',
        symbolAfter: '20000',
      },
      binding: null,
      ladder: [],
      reasons: [],
      says: 'Buy 200 ACME, as proposed; no limit cuts it.',
    })
    expect(steps.find(({ rule }) => rule === 'lot')).toEqual({
      stage: 'round',
      rule: 'lot',
      title: 'Lot',
      before: '200',
      after: '200',
      factor: null,
      ceiling: null,
      passed: true,
      code: null,
      facts: { lotStep: '1' },
      says: '200 units lie on the lot of 1.',
    })
    expect(steps.map(({ stage, rule }) => `${stage} ${rule}`)).toEqual([
      'validate request',
      'resolve inputs',
      'propose fixed_risk',
      'round lot',
      'gate account_enabled',
      'gate instrument_enabled',
      'gate spec_check',
      'gate stop_side',
      'gate short_allowed',
      'gate market_data',
    ])
  })

  it('tells each step of an order that is rounded, with the numbers it was made from', () => {
    const { steps } = size(SHORT, HELD, FREE)
    const blank = { before: '0', after: '0', factor: null, ceiling: null, passed: true, code: null, facts: {} }
    expect(steps.slice(0, 4)).toEqual([
      {
        ...blank,
        stage: 'validate',
        rule: 'request',
        title: 'Request',
        says: 'Every value of the request is read and in range.',
      },
      {
        ...blank,
        stage: 'resolve',
        rule: 'inputs',
        title: 'Inputs',
        facts: { equity: '100000', entry: '100', rate: '1.1', spread: '0.02', multiplier: '1' },
        says: 'Equity 100000 USD, entry 100 (typed), rate by EUR/USD.',
      },
      {
        ...blank,
        stage: 'propose',
        rule: 'fixed_risk',
        title: 'Fixed risk at the stop',
        after: '224.466891133557',
        facts: { risk: '0.01', units: '224.466891133558' },
        says: '1.00 % of equity may be lost at the stop. That is 224.4669 units.',
      },
      {
        ...blank,
        stage: 'round',
        rule: 'lot',
        title: 'Lot',
        before: '224.466891133557',
        after: '220',
        passed: false,
        code: 'LOT_ROUNDING',
        facts: { lotStep: '10' },
        says: 'Rounded down from 224.466891 to the lot of 10.',
      },
    ])
  })

  it('tells value, risk, reward, costs and exposure of a short sale in another currency', () => {
    // A unit loses 4 × 1.10, half a spread of 0.011, 0.022 slippage and 0.011 commission each way: 4.455.
    const { steps, ...body } = size(SHORT, HELD, FREE)
    expect(steps.map(({ passed }) => passed)).toEqual([true, true, true, false, true, true, true, true, true, true])
    expect(body).toEqual({
      schema: 1,
      engine: '1.0.0',
      at: NOW,
      accountId: 'main',
      bookKind: 'paper',
      kind: 'entry',
      symbol: 'ACME',
      side: 'sell',
      strategy: null,
      method: 'fixed_risk',
      outcome: 'reduced',
      quantity: '220',
      proposed: '224.466891133557',
      entry: '100',
      stop: '104',
      target: '90',
      currency: 'USD',
      notional: '24200',
      // 220 × 4.433 and 2.42 each way.
      riskAmount: '980.1',
      riskFraction: '0.009801',
      weight: '-0.242',
      r: '0.9801',
      lossPerUnit: '4.455',
      // 220 × (10 × 1.10 − 0.011) less 2.42 each way.
      rewardAmount: '2412.74',
      costs: { commission: '4.84', spread: '2.42', slippage: '4.84', total: '12.1' },
      exposure: {
        grossBefore: '10500',
        grossAfter: '34700',
        netBefore: '-500',
        netAfter: '-24700',
        leverageBefore: '0.105',
        leverageAfter: '0.347',
        symbolBefore: '-5500',
        symbolAfter: '-29700',
      },
      binding: 'lot',
      ladder: [],
      reasons: [{ code: 'LOT_ROUNDING', says: 'Rounded down from 224.466891 to the lot of 10.' }],
      says: 'Sell 220 ACME, cut from 224.4669 by LOT_ROUNDING: Rounded down from 224.466891 to the lot of 10.',
    })
  })

  it('charges the reward with the smallest commission where that is more', () => {
    const { rewardAmount, costs } = size(
      { instrument: ACME, request: { quantity: '20', target: '101' } },
      { rates: [rate('EUR', 'USD', '1.1')] },
      FREE,
    )
    // 20 × (1.10 − 0.011) less 1.10 each way.
    expect([rewardAmount, costs.commission]).toEqual(['19.58', '2.2'])
  })

  it('measures R by the risk asked for, by that of the method, and not where the method has none', () => {
    expect(size({ request: { risk: '0.02', quantity: '100' } }, {}, FREE).r).toBe('0.25')
    expect(size({ request: { quantity: '100' } }, {}, FREE).r).toBe('0.5')
    expect(size({ request: { method: 'fixed_qty', quantity: '100' } }, {}, FREE).r).toBeNull()
  })

  it('counts in gross only what is more than the other side could be already', () => {
    const working = (side: 'buy' | 'sell', quantity: string) => ({
      orderId: side,
      symbol: 'ACME',
      strategy: null,
      side,
      quantity,
      price: '50',
      stop: side === 'buy' ? '45' : '55',
      spec: share(),
    })
    const { exposure } = size(
      { request: { quantity: '10' } },
      { working: [working('sell', '100'), working('buy', '20')] },
      FREE,
    )
    expect(exposure).toMatchObject({
      grossBefore: '5000',
      grossAfter: '5000',
      netBefore: '1000',
      netAfter: '2000',
      symbolBefore: '1000',
      symbolAfter: '2000',
    })
  })

  it('says where a price at the market came from', () => {
    const decision = size({ last: reading('100'), request: { entry: 'market' } }, {}, FREE)
    expect(stepOf(decision, 'inputs').says).toBe('Equity 100000 USD, entry 100 (test), rate by same currency.')
    expect(decision.entry).toBe('100')
  })
})
