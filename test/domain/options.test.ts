import { describe, expect, it } from 'vitest'
import type { InstrumentSpec } from '../../src/domain/inputs.ts'
import { codes, onlyRules, position, share, size } from '../support/sizing-fixtures.ts'

const FREE = onlyRules({})
const option = (changes: Partial<InstrumentSpec> = {}) =>
  share({
    symbol: 'ACME X',
    assetClass: 'option',
    pointValue: '100',
    optionRight: 'call',
    optionDelta: '0.5',
    optionStrike: '110',
    optionUnderlying: '100',
    ...changes,
  })
const buy = { entry: '3', stop: '1', quantity: '2' }
const short = { side: 'sell', entry: '3', stop: '6', quantity: '2' }

describe('the exposure of an option', () => {
  it.each([
    ['a long call is its delta notional', option(), buy, '10000'],
    [
      'a long put is its delta notional, whatever the sign of the delta',
      option({ optionRight: 'put', optionDelta: '-0.5' }),
      buy,
      '10000',
    ],
    ['far out of the money, at least the premium', option({ optionDelta: '0.001' }), buy, '600'],
    ['without any delta, the premium', option({ optionDelta: '0' }), buy, '600'],
    [
      'a short put is its strike less the premium, if that is more',
      option({ optionRight: 'put', optionDelta: '-0.2', optionStrike: '90' }),
      short,
      '17400',
    ],
    [
      'a short put deep in the money is its delta notional, if that is more',
      option({ optionRight: 'put', optionDelta: '-0.99', optionStrike: '60' }),
      short,
      '19800',
    ],
  ])('of %s', (_, instrument, request, notional) => {
    expect(size({ instrument, request }, {}, FREE).notional).toBe(notional)
  })

  it('of a held short call is the whole underlying: its loss has no bound', () => {
    const held = position({
      spec: option(),
      quantity: '-2',
      averagePrice: '3',
      mark: { value: '3', source: 'test', at: size().at },
      stop: null,
    })
    const decision = size(
      {},
      { positions: [held] },
      onlyRules({ ceilings: { gross_exposure: { maxExposure: '1', maxLeverage: '1' } } }),
    )
    expect(decision.ladder[0]?.before).toBe('22000')
  })
})

describe('an option', () => {
  it('risks premium × point value to its stop', () => {
    const decision = size({ instrument: option(), request: { entry: '3', stop: '1' } }, {}, FREE)
    expect([decision.quantity, decision.riskAmount]).toEqual(['5', '1000'])
  })

  it('is never sold as a naked call', () => {
    const decision = size({ instrument: option(), request: short }, {}, FREE)
    expect([decision.quantity, codes(decision)[0]]).toEqual(['0', 'SHORT_NOT_ALLOWED request.side'])
  })

  it.each(['optionDelta', 'optionStrike', 'optionUnderlying', 'optionRight'] as const)(
    'without its %s is refused',
    (key) => {
      expect(codes(size({ instrument: option({ [key]: null }), request: buy }, {}, FREE))).toEqual([
        `INPUT_MISSING instrument.${key}`,
      ])
    },
  )
})
