import { describe, expect, it } from 'vitest'
import { reading, size } from '../../support/sizing-fixtures.ts'
import { EDGE } from './asking.ts'
import { only } from './one-rule.ts'

const FREE = only({})

describe('the reasons of a decision', () => {
  const BRAKE = { drawdown: { limit: '0.2', factor: '2' } }
  const peak = { peakEquity: reading('125000') }

  it('stand in the order of gate, proposal, ceilings, brakes, minimum and rounding; the first names the sentence', () => {
    const profile = only({ brakes: BRAKE, ceilings: { order_qty: { max: '50.5' }, single_asset: { max: '0.055' } } })
    const decision = size({ account: { ...peak, enabled: false } }, {}, profile)
    expect(decision.reasons.map(({ code }) => code)).toEqual([
      'NOT_ENABLED',
      'MAX_QTY',
      'SINGLE_ASSET',
      'DRAWDOWN',
      'LOT_ROUNDING',
    ])
    expect([decision.binding, decision.outcome]).toEqual(['account_enabled', 'rejected'])
    expect(decision.says).toBe('Size 0. Account Main is switched off for new risk: enable it in Settings.')
  })

  it.each([
    [
      'the tightest ceiling',
      { ceilings: { order_qty: { max: '60' }, single_asset: { max: '0.05' } } },
      'single_asset',
      '50',
    ],
    ['the ceiling before the brake', { brakes: BRAKE, ceilings: { order_qty: { max: '60' } } }, 'order_qty', '60'],
    ['the brake before the lot', { brakes: BRAKE }, 'drawdown', '100'],
  ])('name %s as binding', (_, rules, binding, quantity) => {
    const decision = size({ account: peak }, {}, only(rules))
    expect([decision.binding, decision.quantity, decision.outcome]).toEqual([binding, quantity, 'reduced'])
  })

  it('name the lot, the minimum, and the method that proposes nothing', () => {
    expect(size({ request: { quantity: '7.5' } }, {}, FREE)).toMatchObject({ binding: 'lot', quantity: '7' })
    const least = size({ request: { quantity: '0.5' } }, {}, FREE)
    expect([least.binding, least.quantity, least.proposed]).toEqual(['minimum', '0', '0.5'])
    expect(least.reasons.map(({ code }) => code)).toEqual(['BELOW_MIN_LOT'])
    const none = size({ request: { method: 'kelly_trades' } }, {}, FREE)
    expect(none).toMatchObject({ binding: 'kelly_trades', quantity: '0', proposed: null, outcome: 'rejected' })
    expect(none.reasons.map(({ code }) => code)).toEqual(['INPUT_MISSING', 'BELOW_MIN_LOT'])
  })

  it('of nothing proposed are not told against a proposal: no rung says what the whole would need', () => {
    const profile = only({ ceilings: { order_qty: { max: '0.5' } } })
    expect(size({ request: { method: 'kelly_trades' } }, {}, profile).ladder[0]?.whatWouldRelax).toEqual({
      oneMoreLot: '0.5',
      fullProposal: null,
      says: '0.5 more for order quantity allows 1 units.',
    })
    expect(size({ request: { quantity: '3' } }, {}, profile).ladder[0]?.whatWouldRelax).toMatchObject({
      fullProposal: '2.5',
    })
  })

  it('do not call a fallback what cut the order', () => {
    const settings = {
      readAs: 'risk',
      fraction: '0.5',
      cap: '0.5',
      minimumTrades: 200,
      windowDays: 30,
      fallbackRisk: '0.0051',
    }
    const told = { edge: { ...EDGE, wins: 60, losses: 40 }, request: { method: 'kelly_trades' } }
    const methods = { kelly_trades: settings }
    const decision = size(told, {}, only({ methods, ceilings: { order_qty: { max: '70' } } }))
    expect(decision.reasons.map(({ code }) => code)).toEqual(['FALLBACK', 'MAX_QTY'])
    expect(decision.says).toMatch(/^Buy 70 ACME, cut from 102 by MAX_QTY:/)
    const whole = size(told, {}, only({ methods }))
    expect([whole.says, whole.outcome]).toEqual(['Buy 102 ACME, as proposed; no limit cuts it.', 'approved'])
    const rounded = size({ ...told, equity: '99000' }, {}, only({ methods }))
    expect(rounded.says).toMatch(/^Buy 100 ACME, cut from 100.98 by LOT_ROUNDING/)
  })

  it('count what scalers left as wanted: a scaled order is approved in full', () => {
    const profile = only({ scalers: { signal: { least: '0.1' } } })
    const decision = size({ request: { signal: '0.5' } }, {}, profile)
    expect([decision.outcome, decision.quantity, decision.proposed]).toEqual(['approved', '100', '200'])
  })
})

describe('a request that cannot be read', () => {
  it('is refused with the reason of each value, the symbol told as far as it is one', () => {
    const decision = size({ request: { symbol: '  ACME ', side: 'up', quantity: '-1' } }, {}, FREE)
    expect(decision).toMatchObject({
      symbol: 'ACME',
      side: null,
      binding: 'validate',
      outcome: 'rejected',
      entry: null,
    })
    expect(decision.reasons.map(({ field }) => field)).toEqual(['request.side', 'request.quantity'])
    expect(decision.steps.map(({ stage, rule, title, code }) => [stage, rule, title, code])).toEqual([
      ['validate', 'request.side', 'Request', 'INPUT_MALFORMED'],
      ['validate', 'request.quantity', 'Request', 'INPUT_OUT_OF_RANGE'],
    ])
    expect(decision.says).toBe('Size 0. request.side is up: buy or sell.')
    expect(size({ request: { symbol: 7 } }, {}, FREE).symbol).toBe('')
    expect(size({ request: { symbol: 'A'.repeat(121), side: 'up' } }, {}, FREE).symbol).toBe('A'.repeat(120))
  })
})
