import { describe, expect, it } from 'vitest'
import { isPair } from '../../../src/domain/governor/resolve.ts'
import { codes, DAY, NOW, pair, rate, reading, share, size, type Told } from '../../support/sizing-fixtures.ts'
import { only, stepOf } from './one-rule.ts'

const FREE = only({})
const EURO = share({ currency: 'EUR' })
const at = (value: string, when: number) => reading(value, when)

describe('what an entry is resolved from', () => {
  it('needs an instrument that is known and whole, and says all that is missing beside it', () => {
    const none = size({ instrument: null, request: { symbol: 'ZZZ' } }, {}, FREE)
    expect(none.reasons).toEqual([
      {
        code: 'INPUT_MISSING',
        field: 'instrument',
        says: 'ZZZ is not a known instrument: import it or add it in Settings.',
      },
    ])
    expect(none).toMatchObject({ binding: 'resolve', symbol: 'ZZZ', side: 'buy', method: 'fixed_risk', entry: '100' })
    expect(none.steps.map(({ stage, title, passed }) => [stage, title, passed])).toEqual([
      ['validate', 'Request', true],
      ['resolve', 'Inputs', false],
    ])
    const broken = size({ instrument: share({ tickSize: '0', lotStep: 'x' }) }, {}, FREE)
    expect(codes(broken)).toEqual(['INPUT_OUT_OF_RANGE instrument.tickSize', 'INPUT_MALFORMED instrument.lotStep'])
    const unknown = { positions: [{ symbol: 'BOLT', spec: null } as never] }
    expect(codes(size({ instrument: null, request: { symbol: 'ZZZ' } }, unknown, FREE)).at(-1)).toBe(
      'INPUT_MISSING instrument',
    )
    expect(codes(size({ instrument: share({ tickSize: '0' }) }, unknown, FREE)).at(-1)).toBe(
      'INPUT_OUT_OF_RANGE instrument.tickSize',
    )
    expect(codes(size({}, unknown, FREE))).toContain('INPUT_MISSING positions.BOLT.spec')
  })

  it('needs equity and a price at the market that are there, young and not of the future', () => {
    const told = { request: { entry: 'market' } }
    expect(codes(size({ ...told, account: { equity: at('1', NOW - 3 * DAY) } }, {}, FREE))).toEqual([
      'QUOTE_STALE account.equity',
      'INPUT_MISSING last',
    ])
    expect(codes(size({ ...told, last: at('100', NOW - 3 * DAY) }, {}, FREE))).toEqual(['QUOTE_STALE last'])
    expect(codes(size({ ...told, last: at('100', NOW + 60_000) }, {}, FREE))).toEqual(['CLOCK_ANOMALY last'])
    expect(size({ ...told, last: at('100', NOW - DAY) }, {}, FREE).quantity).toBe('200')
    // A typed entry needs no last price.
    expect(size({ last: at('100', NOW - 9 * DAY) }, {}, FREE).quantity).toBe('200')
  })

  it('refuses a stop at the entry, typed or at the market', () => {
    const says = 'The stop equals the entry: there is no distance to size by.'
    expect(size({ request: { stop: '100.00' } }, {}, FREE).reasons).toEqual([
      { code: 'STOP_TOO_NEAR', field: 'request.stop', says },
    ])
    expect(codes(size({ last: reading('95'), request: { entry: 'market' } }, {}, FREE))).toEqual([
      'STOP_TOO_NEAR request.stop',
    ])
    expect(codes(size({ request: { entry: 'market', stop: '95' } }, {}, FREE))).toEqual(['INPUT_MISSING last'])
  })

  it('needs a stop only for a method that sizes by its distance', () => {
    expect(size({ request: { stop: undefined } }, {}, FREE).reasons).toEqual([
      {
        code: 'INPUT_MISSING',
        field: 'request.stop',
        says: 'request.stop is missing: Fixed risk at the stop sizes by the distance to the stop.',
      },
    ])
    expect(size({ request: { stop: undefined, quantity: '5' } }, {}, FREE).quantity).toBe('5')
    expect(size({ request: { stop: undefined, method: 'fixed_fraction' } }, {}, FREE).quantity).toBe('20')
  })
})

describe('the spread', () => {
  const wide = share({ spread: '0.5' })
  const spread = (bid: Told['bid'], ask: Told['ask']) =>
    stepOf(size({ instrument: wide, ...(bid && { bid }), ...(ask && { ask }) }, {}, FREE), 'inputs').facts['spread']

  it('is that of a fresh quote, else the specification’s', () => {
    expect(spread(reading('99.9'), reading('100.1'))).toBe('0.2')
    expect(spread(reading('100'), reading('100'))).toBe('0')
    expect(spread(reading(null), reading('100.1'))).toBe('0.5')
    expect(spread(reading('99.9'), reading(null))).toBe('0.5')
    expect(spread(at('99.9', NOW - 3 * DAY), reading('100.1'))).toBe('0.5')
    expect(spread(reading('99.9'), at('100.1', NOW - 3 * DAY))).toBe('0.5')
    expect(spread(at('99.9', NOW - DAY), at('100.1', NOW - DAY))).toBe('0.2')
  })

  it('of a quote that is broken or crossed is refused', () => {
    const fault = (bid: string, ask: string) => codes(size({ bid: reading(bid), ask: reading(ask) }, {}, FREE))
    expect(fault('x', '100')).toEqual(['INPUT_MALFORMED bid'])
    expect(fault('100', '0')).toEqual(['INPUT_OUT_OF_RANGE ask'])
    expect(fault('100.01', '100')).toEqual(['QUOTE_CROSSED bid'])
  })
})

describe('the conversion', () => {
  it('takes the rate of the book, which must be there and young', () => {
    const with_ = (when: number) => size({ instrument: EURO }, { rates: [rate('EUR', 'USD', '1.25', when)] }, FREE)
    expect(with_(NOW - DAY)).toMatchObject({ quantity: '160', lossPerUnit: '6.25' })
    expect(codes(with_(NOW - DAY - 1))).toEqual(['QUOTE_STALE rates.EURUSD'])
    expect(codes(with_(NOW + 60_000))).toEqual(['CLOCK_ANOMALY rates.EURUSD'])
    expect(codes(size({ instrument: EURO }, {}, FREE))).toEqual(['FX_PATH_MISSING rates.EURUSD'])
  })

  it('counts the age of a rate without weekends, whatever the calendar of the instrument', () => {
    const monday = Date.UTC(2026, 10, 2, 6)
    const friday = Date.UTC(2026, 9, 30, 12)
    const account = { equity: at('100000', monday), peakEquity: at('100000', monday) }
    const told = { at: monday, account, instrument: { ...EURO, calendar: 'crypto' as const } }
    const decision = size(told, { at: monday, rates: [rate('EUR', 'USD', '1.25', friday)] }, FREE)
    expect(decision.quantity).toBe('160')
  })

  it('of a pair in its own base currency is at its own price, at the stop that of the stop', () => {
    // USDJPY on a dollar account: 1 lot loses 100,000 yen a point, worth 1/139 dollars each at the stop.
    const request = { entry: '140', stop: '139' }
    const decision = size({ instrument: pair('USDJPY'), request }, {}, FREE)
    expect(stepOf(decision, 'inputs')).toMatchObject({
      facts: { rate: '0.007142857142' },
      says: 'Equity 100000 USD, entry 140 (typed), rate by USDJPY itself, at its own price.',
    })
    expect(Number(decision.lossPerUnit)).toBeCloseTo(100_000 / 139, 6)
    expect(decision.quantity).toBe('1.39')
    expect(decision.notional).toBe('139000')
  })

  it('of a pair in another currency, or of what is no pair, asks for a rate', () => {
    const request = { entry: '140', stop: '139' }
    expect(codes(size({ instrument: pair('EURJPY'), request }, {}, FREE))).toEqual(['FX_PATH_MISSING rates.JPYUSD'])
    const cfd = pair('USDJPY', { assetClass: 'cfd' })
    expect(codes(size({ instrument: cfd, request }, {}, FREE))).toEqual(['FX_PATH_MISSING rates.JPYUSD'])
    expect(size({ instrument: pair('EURUSD'), request: { entry: '1.1', stop: '1.09' } }, {}, FREE).quantity).toBe('1')
  })

  it('of what is priced in the account’s own currency is none, whatever its name begins with', () => {
    const stable = pair('USDUSDT', { currency: 'USD', pointValue: '1' })
    const decision = size({ instrument: stable, request: { entry: '2', stop: '1' } }, {}, FREE)
    expect(decision).toMatchObject({ notional: '2000', lossPerUnit: '1', quantity: '1000' })
  })

  it('knows a pair by its name, however it is written', () => {
    expect(['USDJPY', 'USD/JPY', 'usd.jpy', 'USDJPY.m', 'USD JPY'].map((name) => isPair(name, 'USD', 'JPY'))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect(['JPYUSD', 'EURUSDJPY', 'USDCHF', ''].map((name) => isPair(name, 'USD', 'JPY'))).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})

describe('the stop', () => {
  const gap = only({ general: { gapLoss: '0.2' } })
  const typed = (request: Told['request'], more: Told = {}) =>
    size({ ...more, request: { stop: undefined, quantity: '10', ...request } }, {}, gap)

  it('that is not given is the stated gap, below a buy and above a sell', () => {
    expect(typed({})).toMatchObject({ stop: null, lossPerUnit: '20', riskAmount: '200' })
    expect(typed({ side: 'sell' })).toMatchObject({ stop: null, lossPerUnit: '20' })
    expect(size({ request: { stop: undefined, quantity: '10' } }, {}, FREE).lossPerUnit).toBe('100')
  })

  it('of a gap costs its commission at the price it falls to', () => {
    const instrument = share({ commissionRate: '0.01' })
    // 20 of the gap, 1 in at 100, 0.80 out at 80 for a buy and 1.20 at 120 for a sell.
    expect(typed({}, { instrument }).lossPerUnit).toBe('21.8')
    expect(typed({ side: 'sell' }, { instrument }).lossPerUnit).toBe('22.2')
  })

  it('of a pair falls at most to a tick, where its rate still has a meaning', () => {
    const request = { entry: '140', stop: undefined, quantity: '1' }
    // From 140 to 0.001 yen: 139.999 × 100,000 yen at 1,000 dollars a yen.
    expect(size({ instrument: pair('USDJPY'), request }, {}, FREE).lossPerUnit).toBe('13999900000')
    const coarse = pair('USDJPY', { tickSize: '100' })
    // Half the entry where a tick is more than that.
    expect(size({ instrument: coarse, request }, {}, FREE).lossPerUnit).toBe('100000')
  })

  it('is the order’s before the method’s, and the gap where the method has none for a typed quantity', () => {
    const method = { method: 'fixed_risk_atr' }
    const told = { atr: reading('2') }
    expect(typed({ ...method, stop: '93' }, told)).toMatchObject({ stop: '93', lossPerUnit: '7' })
    expect(typed(method, told)).toMatchObject({ stop: '96', lossPerUnit: '4' })
    expect(typed(method)).toMatchObject({ stop: null, lossPerUnit: '20', quantity: '10' })
    expect(codes(typed({ ...method, quantity: undefined }))).toEqual(['INPUT_MISSING atr'])
  })
})
