import { describe, expect, it } from 'vitest'
import { position, share, type Told } from '../../../support/sizing-fixtures.ts'
import { capped, correlations } from '../one-rule.ts'
import { working } from '../working-order.ts'

/** Positions at 50, by units. */
const holding = (units: Readonly<Record<string, number>>) => ({
  positions: Object.entries(units).map(([symbol, quantity]) =>
    position({ spec: share({ symbol }), quantity: String(quantity), stop: quantity > 0 ? '45' : '55' }),
  ),
})
const SELL: Told = { request: { side: 'sell', stop: '105' } }

describe('concentration', () => {
  const of = (units: Readonly<Record<string, number>>, told: Told = {}) =>
    capped('concentration', { max: '0.6' }, told, holding(units)).rung

  it('leaves the order what the two largest others leave of 60 %, shorts counted by size', () => {
    // 20,000 and 15,000 of others and 10,000 held of the symbol: 15,000 are left.
    expect(of({ BOLT: 400, CORD: -300, DUNE: 100, ACME: 200 })).toMatchObject({
      code: 'CONCENTRATION',
      unit: 'money',
      allows: '150',
      limit: '60000',
      before: '45000',
      after: '60000',
      says: 'The three largest may be 60,000.00 USD (60.00 % of equity); they are 45,000.00.',
      facts: { twoOthers: '35000', third: '5000', held: '10000', capacity: '150' },
    })
  })

  it('finds the largest in whatever order they stand', () => {
    expect(of({ DUNE: 100, CORD: -300, EAST: 10, BOLT: 400 })).toMatchObject({
      before: '40000',
      allows: '250',
      facts: { twoOthers: '35000', third: '5000', held: '0' },
    })
  })

  it('counts the third of the others until the order is larger: the use rises only from there', () => {
    const held = { BOLT: 400, CORD: 300, DUNE: 200 }
    const { rung } = capped('concentration', { max: '0.6' }, { request: { quantity: '90' } }, holding(held))
    expect(rung).toMatchObject({ before: '45000', after: '45000', facts: { third: '10000' } })
    expect(of(held)).toMatchObject({ allows: '250', after: '60000' })
  })

  it('has the whole limit for the first position, and what one leaves for the second', () => {
    expect(of({})).toMatchObject({ before: '0', allows: '600', facts: { twoOthers: '0', third: '0', held: '0' } })
    expect(of({ BOLT: 400 })).toMatchObject({ before: '20000', allows: '400' })
  })

  it('allows nothing once the others use it up, and exactly up to it', () => {
    expect(of({ BOLT: 800, CORD: 401 })).toMatchObject({ before: '60050', allows: '0', state: 'over' })
    expect(of({ BOLT: 800, CORD: 400 })).toMatchObject({ before: '60000', allows: '0', utilisation: '1' })
    expect(of({ BOLT: 400, CORD: 400, DUNE: 401 })).toMatchObject({ before: '60050', allows: '0' })
    expect(of({ BOLT: 400, CORD: 400, DUNE: 400 })).toMatchObject({ before: '60000', allows: '200' })
  })

  it('counts what is held on the order’s own side', () => {
    expect(of({ ACME: -200, BOLT: 400 }, SELL)).toMatchObject({ before: '30000', facts: { held: '10000' } })
  })
})

describe('correlated_pair', () => {
  const S0 = { threshold: '0.8', max: '0.2' }
  const study = (pairs: Readonly<Record<string, number>>) =>
    correlations({ ACME: 0.2, BOLT: 0.2, CORD: 0.2 }, { 'ACME/CORD': 0, 'BOLT/CORD': 0, 'ACME/BOLT': 0, ...pairs })
  const of = (units: Readonly<Record<string, number>>, told: Told, settings = S0) =>
    capped('correlated_pair', settings, told, holding(units)).rung

  it('counts a held position that moves with the order as one with it', () => {
    expect(of({ BOLT: 100, ACME: 40 }, study({ 'ACME/BOLT': 0.81 }))).toMatchObject({
      code: 'CORRELATION',
      allows: '130',
      limit: '20000',
      before: '7000',
      after: '20000',
      says: 'ACME and BOLT (correlation 0.81) may be 20,000.00 USD (20.00 % of equity) together; they are 7,000.00.',
      facts: { pair: 'BOLT', correlation: '0.81', held: '5000' },
    })
  })

  it.each([
    ['at the threshold', { BOLT: 100 }, 0.8],
    ['a hedge', { BOLT: -100 }, 0.9],
    ['the opposite of what moves the other way', { BOLT: 100 }, -0.9],
  ] as const)('does not limit %s', (_, units, correlation) => {
    expect(of(units, study({ 'ACME/BOLT': correlation }))).toMatchObject({
      allows: null,
      says: 'No held position moves together with ACME above a correlation of 0.8.',
    })
  })

  it('signs the correlation by the directions of both', () => {
    const short = { ...study({ 'ACME/BOLT': 0.9 }), ...SELL }
    expect(of({ BOLT: -100 }, short)).toMatchObject({ allows: '150', before: '5000' })
    expect(of({ BOLT: 100 }, short).allows).toBeNull()
    const inverse = { ...study({ 'ACME/BOLT': -0.9 }), ...SELL }
    expect(of({ BOLT: 100 }, inverse)).toMatchObject({ allows: '150', facts: { correlation: '-0.9' } })
    expect(of({ BOLT: -100 }, study({ 'ACME/BOLT': -0.9 }))).toMatchObject({ allows: '150' })
  })

  it('takes the pair that leaves least, in whatever order they stand', () => {
    const both = study({ 'ACME/BOLT': 0.9, 'ACME/CORD': 0.9 })
    expect(of({ BOLT: 100, CORD: 300 }, both)).toMatchObject({ allows: '50', facts: { pair: 'CORD' } })
    expect(of({ BOLT: 300, CORD: 100 }, both)).toMatchObject({ allows: '50', facts: { pair: 'BOLT' } })
    expect(of({ BOLT: 100, CORD: 100 }, both)).toMatchObject({ facts: { pair: 'BOLT' } })
  })

  it('counts a pair that was not studied as moving together where both lean the same way', () => {
    const unknown = {
      allows: '150',
      says: 'ACME and BOLT (not studied, so counted as moving together) may be 20,000.00 USD (20.00 % of equity) together; they are 5,000.00.',
      facts: { pair: 'BOLT', correlation: 'unknown', held: '5000' },
    }
    for (const told of [{}, correlations({ ACME: 0.2 }, {}), study({ 'ACME/BOLT': NaN }), study({ 'ACME/BOLT': 1.1 })])
      expect(of({ BOLT: 100 }, told)).toMatchObject(unknown)
    expect(of({ BOLT: -100 }, {}).allows).toBeNull()
    expect(of({ BOLT: 100 }, SELL).allows).toBeNull()
    expect(of({ BOLT: -100 }, SELL)).toMatchObject({ allows: '150' })
  })

  it('does not pair a symbol with itself, nor with what is held of nothing', () => {
    expect(of({ ACME: 100 }, {}).allows).toBeNull()
    expect(of({ BOLT: 0 }, {}).allows).toBeNull()
  })

  it.each([
    ['a buy counts as held', {}, { BOLT: 100 }, 0.9, '150', '5000'],
    ['a sell does not free what a long takes', { BOLT: 100 }, { BOLT: -100 }, 0.9, '150', '5000'],
    ['nor where it would turn it round', { BOLT: 100 }, { BOLT: -300 }, 0.9, '150', '5000'],
    ['a sell that turns a long round counts as a short', { BOLT: 100 }, { BOLT: -300 }, -0.9, '100', '10000'],
    ['a sell that only closes a long is no short', { BOLT: 100 }, { BOLT: -100 }, -0.9, null, null],
    ['a buy that turns a short round counts as a long', { BOLT: -100 }, { BOLT: 300 }, 0.9, '100', '10000'],
    ['a sell is a hedge', {}, { BOLT: -100 }, 0.9, null, null],
    ['what was not studied counts where it may lean the same way', { BOLT: -100 }, { BOLT: 300 }, NaN, '100', '10000'],
    ['what was not studied and can only lean the other way is none', {}, { BOLT: -100 }, NaN, null, null],
    ['the short that is held counts where the buys would turn it', { BOLT: -100 }, { BOLT: 300 }, -0.9, '150', '5000'],
  ] as const)('with working orders: %s', (_, units, orders, correlation, allows, before) => {
    const held = { ...holding(units), working: working(orders) }
    const { rung } = capped('correlated_pair', S0, study({ 'ACME/BOLT': correlation }), held)
    expect(rung).toMatchObject(before === null ? { allows } : { allows, before })
  })

  it('counts a buy and a sell of one symbol each in its direction', () => {
    const [buy, sell] = [...working({ BOLT: 100 }), ...working({ BOLT: -101 })]
    if (buy === undefined || sell === undefined) throw new Error('no orders')
    const held = { working: [buy, { ...sell, orderId: 'other' }] }
    const room = (told: Told) => capped('correlated_pair', S0, told, held).rung.allows
    expect([room({}), room(SELL)]).toEqual(['150', '149'])
  })
})
