import { describe, expect, it } from 'vitest'
import type { BookInput } from '../../../../src/domain/inputs.ts'
import { future, position, share, size } from '../../../support/sizing-fixtures.ts'
import { capped, only, rungOf } from '../one-rule.ts'

type Held = Partial<BookInput>
/** Units at 50. */
const holding = (...units: (readonly [string, string])[]): Held => ({
  positions: units.map(([symbol, quantity]) => position({ spec: share({ symbol }), quantity })),
})
const working = (symbol: string, side: 'buy' | 'sell', quantity: string, strategy: string) => ({
  orderId: `${symbol}-${side}`,
  symbol,
  strategy,
  side,
  quantity,
  price: '50',
  stop: side === 'buy' ? '45' : '55',
  spec: share({ symbol }),
})

describe('strategy_budget', () => {
  const strategy = { code: 'alpha', budget: '0.15', fixedQuantity: null, method: null, enabled: true }
  const of = (budget: string | null, held: Held = {}) =>
    capped(
      'strategy_budget',
      { fallback: '0.2' },
      { strategy: { ...strategy, budget }, request: { strategy: 'alpha' } },
      held,
    )

  it('counts the exposure of the strategy from its own positions and orders', () => {
    const held = {
      positions: [position({ strategy: 'alpha' }), position({ strategy: 'beta', spec: share({ symbol: 'BOLT' }) })],
      working: [working('BOLT', 'sell', '20', 'alpha')],
    }
    expect(of('0.15', held).rung).toMatchObject({
      code: 'BUDGET',
      allows: '90',
      limit: '15000',
      before: '6000',
      after: '15000',
      says: 'Strategy alpha may use 15,000.00 USD (15.00 % of equity); 6,000.00 is used.',
      facts: { strategy: 'alpha' },
    })
  })

  it('takes the fallback, and says so, where it has no budget of its own', () => {
    expect(of(null).rung).toMatchObject({
      allows: '200',
      before: '0',
      says: 'Strategy alpha may use 20,000.00 USD (20.00 % of equity, the fallback); 0.00 is used.',
    })
    const unknown = capped('strategy_budget', { fallback: '0.2' }, { request: { strategy: 'gamma' } })
    expect(unknown.rung.says).toContain('the fallback')
  })

  it('allows nothing for a budget of nothing, of less, or of no number', () => {
    expect(of('0').rung).toMatchObject({ allows: '0', limit: '0', code: 'BUDGET' })
    expect(of('-0.1').decision.reasons[0]).toMatchObject({ code: 'INPUT_OUT_OF_RANGE', field: 'strategy.budget' })
    expect(of('all').decision.reasons[0]).toMatchObject({ code: 'INPUT_MALFORMED', field: 'strategy.budget' })
  })

  it('does not limit an order without a strategy', () => {
    expect(capped('strategy_budget', { fallback: '0.2' }).rung).toMatchObject({
      allows: null,
      says: 'The order names no strategy, so no budget applies.',
    })
  })
})

describe('tier', () => {
  const S3 = {
    sniper: '0.05',
    hunter: '0.1',
    strategist: '0.15',
    sniperLeast: '0.02',
    hunterLeast: '0.01',
    strategistLeast: '0.005',
  }
  const small = share({ lotStep: '0.001', minQuantity: '0.001' })

  it.each([
    ['4000', 'SNIPER', '200', '5.00'],
    ['5000', 'HUNTER', '500', '10.00'],
    ['9999', 'HUNTER', '999.9', '10.00'],
    ['10000', 'STRATEGIST', '1500', '15.00'],
  ])('at an equity of %s is %s: a position of %s', (equity, name, limit, percent) => {
    const { rung } = capped('tier', S3, { equity, instrument: small })
    expect(rung).toMatchObject({ code: 'TIER', limit, before: '0', facts: { tier: name } })
    expect(rung.says).toContain(`At tier ${name} a position may be`)
    expect(rung.says).toContain(`(${percent} % of equity); 0.00 is held.`)
  })

  it('counts what is held of the symbol', () => {
    expect(capped('tier', S3, {}, holding(['ACME', '100'])).rung).toMatchObject({
      limit: '15000',
      before: '5000',
      allows: '100',
    })
  })

  it.each([
    ['4000', '0.8', '0.799', 'SNIPER', '2.00'],
    ['8000', '0.8', '0.799', 'HUNTER', '1.00'],
    ['20000', '1', '0.999', 'STRATEGIST', '0.50'],
  ])('at an equity of %s takes %s shares and refuses %s', (equity, enough, less, name, percent) => {
    const profile = only({ ceilings: { tier: S3 } })
    const ask = (quantity: string) => size({ equity, instrument: small, request: { quantity } }, {}, profile)
    expect(ask(enough).quantity).toBe(enough)
    const refused = ask(less)
    expect([refused.quantity, refused.binding]).toEqual(['0', 'minimum'])
    expect(refused.reasons).toEqual([
      {
        code: 'TIER',
        says: `At tier ${name} a position below ${percent} % of equity is rejected; it is never raised.`,
      },
    ])
  })
})

describe('buying_power', () => {
  const needs = (instrument = share(), held: Held = {}) =>
    capped('buying_power', { usable: '0.8' }, { instrument }, held).rung

  it('takes the margin per unit, the share of the value, or the whole value, and says which', () => {
    expect(needs(future('ACME', '0.01', '5', { marginPerUnit: '1520' }))).toMatchObject({
      code: 'MARGIN',
      allows: '52',
      limit: '80000',
      before: '0',
      after: '79040',
      says: 'Margin of 80,000.00 USD is usable, 0.00 is in use; this order needs 1,520.00 a unit.',
      facts: { perUnit: '1520' },
    })
    expect(needs(share({ marginRate: '0.25' }), holding(['BOLT', '100']))).toMatchObject({
      allows: '3000',
      before: '5000',
      says: 'Margin of 80,000.00 USD is usable, 5,000.00 is in use; this order needs 25.00 a unit, 25.00 % of its value.',
    })
    expect(needs()).toMatchObject({
      allows: '800',
      says: 'Margin of 80,000.00 USD is usable, 0.00 is in use; this order needs 100.00 a unit, fully paid.',
    })
    const both = future('ACME', '0.01', '5', { marginPerUnit: '1520', marginRate: '0.1' })
    expect(needs(both)).toMatchObject({ allows: '52', facts: { perUnit: '1520' } })
  })

  it('is what a limit of nothing left looks like on the ladder', () => {
    const decision = size(
      { request: { quantity: '10' } },
      holding(['BOLT', '1600']),
      only({ ceilings: { buying_power: { usable: '0.8' } } }),
    )
    expect(rungOf(decision, 'buying_power')).toMatchObject({
      before: '80000',
      allows: '0',
      utilisation: '1',
      state: 'near',
    })
  })
})
