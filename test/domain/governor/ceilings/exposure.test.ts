import { describe, expect, it } from 'vitest'
import type { BookInput } from '../../../../src/domain/inputs.ts'
import { future, position, share, size, type Told } from '../../../support/sizing-fixtures.ts'
import { capped, only, rungOf } from '../one-rule.ts'

type Held = Partial<BookInput>
const SELL: Told = { request: { side: 'sell', stop: '105' } }
/** Units at 50. */
const holding = (...units: (readonly [string, string])[]): Held => ({
  positions: units.map(([symbol, quantity]) => position({ spec: share({ symbol }), quantity })),
})
const working = (symbol: string, side: 'buy' | 'sell', quantity: string, strategy: string | null = null) => ({
  orderId: `${symbol}-${side}`,
  symbol,
  strategy,
  side,
  quantity,
  price: '50',
  stop: side === 'buy' ? '45' : '55',
  spec: share({ symbol }),
})

describe('single_asset', () => {
  const of = (told: Told, held: Held = {}) => capped('single_asset', { max: '0.2' }, told, held).rung

  it('counts what is held and working on the order’s own side, for buys and for sells', () => {
    expect(of({}, { ...holding(['ACME', '100']), working: [working('ACME', 'buy', '60')] })).toMatchObject({
      code: 'SINGLE_ASSET',
      allows: '120',
      limit: '20000',
      before: '8000',
      after: '20000',
      says: 'ACME may be 20,000.00 USD (20.00 % of equity); 8,000.00 is held.',
    })
    expect(of(SELL, { ...holding(['ACME', '-100']), working: [working('ACME', 'sell', '60')] })).toMatchObject({
      allows: '120',
      before: '8000',
    })
  })

  it('does not count a working order of the other side, nor other symbols', () => {
    expect(of({}, { ...holding(['BOLT', '100']), working: [working('ACME', 'sell', '60')] })).toMatchObject({
      allows: '200',
      before: '0',
    })
    expect(of(SELL, { working: [working('ACME', 'buy', '60')] })).toMatchObject({ allows: '200', before: '0' })
  })
})

describe('cluster', () => {
  const ACME = share({ clusters: ['tech', 'us', 'tech'] })
  const of = (caps: Record<string, string>, held: Held = {}) =>
    capped('cluster', { max: '0.4', caps }, { instrument: ACME }, held).rung
  const member = (symbol: string, quantity: string, clusters: readonly string[]): Held => ({
    positions: [position({ spec: share({ symbol, clusters }), quantity })],
  })

  it('takes the tightest of the instrument’s clusters, in whatever order they stand', () => {
    expect(of({ us: '0.3' }, member('BOLT', '-200', ['us']))).toMatchObject({
      code: 'CLUSTER',
      allows: '200',
      limit: '30000',
      before: '10000',
      after: '30000',
      says: 'Cluster us may be 30,000.00 USD (30.00 % of equity); 10,000.00 is held.',
      facts: { cluster: 'us', perUnit: '100' },
    })
    expect(of({ us: '0.3' }, member('BOLT', '600', ['tech']))).toMatchObject({
      allows: '100',
      limit: '40000',
      facts: { cluster: 'tech' },
    })
  })

  it('names the first where two leave as much', () => {
    expect(of({}).facts).toMatchObject({ cluster: 'tech' })
  })

  it('lets a cluster’s own cap stand instead of the general one, the looser too', () => {
    expect(of({ us: '0.9', tech: '0.8' }).limit).toBe('80000')
  })

  it('does not limit an instrument that has none', () => {
    expect(capped('cluster', { max: '0.01', caps: {} }).rung).toMatchObject({
      allows: null,
      limit: null,
      says: 'ACME belongs to no cluster.',
    })
  })
})

describe('gross_exposure and net_exposure', () => {
  const mixed = holding(['BOLT', '-300'], ['CORD', '100'])

  it('gross: longs and shorts added, 160 % of equity at 0.8 and 2', () => {
    expect(capped('gross_exposure', { maxExposure: '0.8', maxLeverage: '2' }, {}, mixed).rung).toMatchObject({
      code: 'GROSS_EXPOSURE',
      allows: '1400',
      limit: '160000',
      before: '20000',
      says: 'All positions may be 160,000.00 USD (equity × 80.00 % × 2); 20,000.00 is held.',
    })
  })

  it('net: longs less shorts, towards the side of the order', () => {
    expect(capped('net_exposure', { max: '0.5' }, {}, mixed).rung).toMatchObject({
      code: 'NET_EXPOSURE',
      allows: '600',
      limit: '50000',
      before: '-10000',
      after: '50000',
      says: 'The book may lean 50,000.00 USD (50.00 % of equity) to one side; it leans -10,000.00 to the buy side.',
    })
    expect(capped('net_exposure', { max: '0.5' }, SELL, mixed).rung).toMatchObject({
      allows: '400',
      before: '10000',
      after: '50000',
    })
  })

  it('net: working orders count only where they add to the side', () => {
    const held = { working: [working('BOLT', 'buy', '100'), working('CORD', 'sell', '300')] }
    expect(capped('net_exposure', { max: '0.5' }, {}, held).rung).toMatchObject({ before: '5000', allows: '450' })
    expect(capped('net_exposure', { max: '0.5' }, SELL, held).rung).toMatchObject({ before: '15000', allows: '350' })
  })
})

describe('strategy_budget', () => {
  const strategy = { code: 'alpha', budget: '0.15', fixedQuantity: null, method: null, enabled: true }
  const of = (budget: string | null, held: Held = {}) =>
    capped('strategy_budget', { fallback: '0.2' }, { strategy: { ...strategy, budget }, request: { strategy: 'alpha' } }, held)

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
  const needs = (instrument = share(), held: Held = {}) => capped('buying_power', { usable: '0.8' }, { instrument }, held).rung

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
    const decision = size({ request: { quantity: '10' } }, holding(['BOLT', '1600']), only({ ceilings: { buying_power: { usable: '0.8' } } }))
    expect(rungOf(decision, 'buying_power')).toMatchObject({ before: '80000', allows: '0', utilisation: '1', state: 'near' })
  })
})
