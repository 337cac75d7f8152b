import { describe, expect, it } from 'vitest'
import { future, reading, share, size, type Told } from '../../support/sizing-fixtures.ts'
import { EDGE } from './asking.ts'
import { only, stepOf } from './one-rule.ts'

const FREE = only({})
const strategy = (method: string | null) => ({ code: 'alpha', budget: null, fixedQuantity: '3', method, enabled: true })
const withStrategy = (method: string | null, own?: string): Told => ({
  strategy: strategy(method),
  request: { strategy: 'alpha', ...(own === undefined ? {} : { method: own }) },
})

describe('the method', () => {
  it('is the order’s, else its strategy’s, else the profile’s', () => {
    expect(size(withStrategy('fixed_qty', 'fixed_risk'), {}, FREE).method).toBe('fixed_risk')
    expect(size(withStrategy('fixed_qty'), {}, FREE)).toMatchObject({ method: 'fixed_qty', quantity: '3' })
    expect(size(withStrategy(null), {}, FREE).method).toBe('fixed_risk')
    expect(size({}, {}, only({ method: 'fixed_fraction' })).method).toBe('fixed_fraction')
  })

  it('that does not exist is refused in the name of who asked for it', () => {
    const own = size({ request: { method: 'martingale' } }, {}, FREE)
    expect(own.reasons).toEqual([
      { code: 'INPUT_OUT_OF_RANGE', field: 'request.method', says: 'martingale is not a sizing method.' },
    ])
    expect(own).toMatchObject({ binding: 'validate', method: 'martingale', side: 'buy', entry: '100', stop: '95' })
    expect(own.steps).toHaveLength(1)
    expect(own.steps[0]).toMatchObject({ stage: 'validate', rule: 'request.method', title: 'Request', passed: false })
    expect(size(withStrategy('martingale'), {}, FREE).reasons[0]?.field).toBe('strategy.method')
    expect(size(withStrategy('martingale', 'roulette'), {}, FREE).reasons[0]).toMatchObject({
      field: 'request.method',
      says: 'roulette is not a sizing method.',
    })
  })

  const tiered = only({ general: { kellyFromHunter: true } })
  const kelly = (equity: string): Told => ({ equity, edge: EDGE, request: { method: 'kelly_trades' } })

  it('of Kelly is a fixed fraction below the tier HUNTER where the profile says so, and the step says so', () => {
    const decision = size(kelly('4999.99'), {}, tiered)
    expect(decision.method).toBe('fixed_fraction')
    expect(stepOf(decision, 'tier')).toEqual({
      stage: 'validate',
      rule: 'tier',
      title: 'Account tier',
      before: '0',
      after: '0',
      factor: null,
      ceiling: null,
      passed: false,
      code: 'TIER',
      facts: {},
      says: 'Tier SNIPER (equity below 5,000): fixed fraction of equity stands in for Kelly from closed trades.',
    })
    expect(decision.steps.map(({ rule }) => rule).slice(0, 3)).toEqual(['request', 'tier', 'inputs'])
  })

  it.each([
    ['from the tier HUNTER on', kelly('5000'), tiered, 'kelly_trades'],
    ['where the profile does not say so', kelly('4000'), FREE, 'kelly_trades'],
    ['where it is no Kelly', { equity: '4000' }, tiered, 'fixed_risk'],
  ] as const)('stays %s', (_, told, profile, method) => {
    const decision = size(told, {}, profile)
    expect(decision.method).toBe(method)
    expect(decision.steps.slice(0, 2).map(({ rule }) => rule)).toEqual(['request', 'inputs'])
  })

  it('of Kelly stays where equity cannot be read, which is the reason then', () => {
    const decision = size({ ...kelly('4000'), account: { equity: reading('much') } }, {}, tiered)
    expect(decision).toMatchObject({ method: 'kelly_trades', quantity: '0' })
    expect(decision.reasons[0]).toMatchObject({ code: 'INPUT_MALFORMED', field: 'account.equity' })
  })
})

describe('the proposal', () => {
  it('typed by the trader is a step of its own', () => {
    const decision = size({ request: { quantity: '1234.5' } }, {}, FREE)
    expect(stepOf(decision, 'request.quantity')).toEqual({
      stage: 'propose',
      rule: 'request.quantity',
      title: 'Typed quantity',
      before: '0',
      after: '1234.5',
      factor: null,
      ceiling: null,
      passed: true,
      code: null,
      facts: { units: '1234.5' },
      says: 'The trader asks for 1,234.5 units.',
    })
    expect(decision).toMatchObject({ proposed: '1234.5', quantity: '1234', method: 'fixed_risk' })
  })

  it('of a weight is its share of equity over the value of a unit', () => {
    const decision = size(
      { request: { method: 'fixed_fraction' } },
      {},
      only({ methods: { fixed_fraction: { fraction: '0.07' } } }),
    )
    expect(stepOf(decision, 'fixed_fraction')).toMatchObject({ after: '70', code: null, facts: { units: '70' } })
    expect(decision.weight).toBe('0.07')
  })

  it('of a weight that points the other way is no edge', () => {
    const told = { request: { method: 'growth_optimal', stop: undefined, expectedReturn: '-0.02', volatility: '0.2' } }
    const decision = size(told, {}, FREE)
    expect(decision.reasons[0]).toEqual({
      code: 'NO_EDGE',
      says: 'The method asks for -25.00 % of equity, not for a buy: the size is zero.',
    })
    expect(stepOf(decision, 'growth_optimal')).toMatchObject({
      stage: 'propose',
      title: 'Growth-optimal leverage',
      before: '0',
      after: '0',
      passed: false,
      code: 'NO_EDGE',
      facts: { optimum: '-0.5', units: '0' },
    })
    expect(decision).toMatchObject({ binding: 'growth_optimal', proposed: null })
    const along = size({ request: { ...told.request, side: 'sell' } }, {}, FREE)
    expect([along.weight, along.quantity]).toEqual(['-0.25', '250'])
    const nothing = size({ request: { ...told.request, expectedReturn: '0' } }, {}, FREE)
    expect(nothing.reasons[0]?.code).toBe('NO_EDGE')
  })

  it('that the method refuses is told with its reason', () => {
    const decision = size({ request: { method: 'kelly_trades' } }, {}, FREE)
    expect(stepOf(decision, 'kelly_trades')).toMatchObject({
      title: 'Kelly from closed trades',
      after: '0',
      passed: false,
      code: 'INPUT_MISSING',
      facts: { units: '0' },
      says: decision.reasons[0]?.says,
    })
  })

  it('of a fallback carries its code', () => {
    const decision = size({ edge: { ...EDGE, wins: 6, losses: 4 }, request: { method: 'kelly_trades' } }, {}, FREE)
    expect(stepOf(decision, 'kelly_trades')).toMatchObject({ passed: true, code: 'FALLBACK' })
    expect(decision.reasons.map(({ code }) => code)).toEqual(['FALLBACK'])
  })

  it('of a method with its own stop risks to that stop', () => {
    const told = { atr: reading('2'), request: { method: 'fixed_risk_atr', stop: undefined } }
    expect(size(told, {}, FREE)).toMatchObject({ quantity: '250', stop: '96', lossPerUnit: '4' })
  })
})

describe('a size too small to send', () => {
  const small = (told: Told, general: Record<string, unknown> = {}) => size(told, {}, only({ general }))

  it('of less than a lot is told so', () => {
    const decision = small({ instrument: share({ lotStep: '50', minQuantity: '50' }), request: { quantity: '49' } })
    expect(decision.reasons).toEqual([
      { code: 'BELOW_MIN_LOT', says: 'Less than one lot of 50 is allowed; it is never rounded up.' },
    ])
    expect(stepOf(decision, 'lot')).toMatchObject({ before: '49', after: '0', code: 'BELOW_MIN_LOT', passed: false })
  })

  it.each([
    ['5', '5', '5'],
    ['4', '5', '0'],
  ])('of %s units where the least is %s is %s', (quantity, minQuantity, gives) => {
    const decision = small({ instrument: share({ minQuantity }), request: { quantity } })
    expect(decision.quantity).toBe(gives)
    if (gives === '0')
      expect(decision.reasons).toEqual([
        { code: 'BELOW_MIN_LOT', says: '4 is below the smallest order of 5 units; it is never raised.' },
      ])
  })

  it('compares its value with the least in the instrument’s currency', () => {
    const told = (minNotional: string): Told => ({
      instrument: share({ currency: 'EUR', minNotional }),
      request: { quantity: '4' },
    })
    const rates = [{ from: 'EUR', to: 'USD', rate: '1.1', at: 0, source: 'test' }]
    const at = (minNotional: string) =>
      size(told(minNotional), { rates: rates.map((one) => ({ ...one, at: size().at })) }, FREE)
    expect(at('400').quantity).toBe('4')
    expect(at('400.01').reasons).toEqual([
      { code: 'BELOW_MIN_SIZE', says: 'The order is worth less than the smallest of 400.01 EUR; it is never raised.' },
    ])
  })

  it('compares its value with the least share of equity', () => {
    expect(small({ request: { quantity: '4' } }, { minimumWeight: '0.004' }).quantity).toBe('4')
    expect(small({ request: { quantity: '4' } }, { minimumWeight: '0.00401' }).reasons).toEqual([
      {
        code: 'BELOW_MIN_SIZE',
        says: 'The position is below the smallest share of equity of the profile; it is never raised.',
      },
    ])
  })

  it('is told by the tier only where the profile has its ceiling', () => {
    expect(small({ request: { quantity: '1' } }).quantity).toBe('1')
  })

  it('of a future is counted with its point value', () => {
    const instrument = future('ACME', '0.01', '50', { minNotional: '5000' })
    expect(small({ instrument, request: { quantity: '1' } }).quantity).toBe('1')
    expect(small({ instrument: { ...instrument, minNotional: '5001' }, request: { quantity: '1' } }).quantity).toBe('0')
  })
})
