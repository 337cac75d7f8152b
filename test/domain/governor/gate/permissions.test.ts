import { describe, expect, it } from 'vitest'
import { DAY, NOW, reading, share, type Told } from '../../../support/sizing-fixtures.ts'
import { checked } from '../one-rule.ts'

const SELL = { side: 'sell', stop: '105' }
const passed = (says: string) => ({ passed: true, before: '200', after: '200', code: null, says })
const blocked = (code: string, says: string) => ({ passed: false, before: '200', after: '0', code, says })

describe('account_enabled', () => {
  it('is a step like any other, passed or blocked', () => {
    expect(checked('account_enabled', {})).toEqual({
      stage: 'gate',
      rule: 'account_enabled',
      title: 'Account enabled',
      before: '200',
      after: '200',
      factor: null,
      ceiling: null,
      passed: true,
      code: null,
      facts: {},
      says: 'Account Main is enabled.',
    })
    expect(checked('account_enabled', {}, { account: { enabled: false } })).toEqual({
      stage: 'gate',
      rule: 'account_enabled',
      title: 'Account enabled',
      before: '200',
      after: '0',
      factor: null,
      ceiling: null,
      passed: false,
      code: 'NOT_ENABLED',
      facts: {},
      says: 'Account Main is switched off for new risk: enable it in Settings.',
    })
  })
})

describe('instrument_enabled', () => {
  const of = (told: Told) => checked('instrument_enabled', {}, told)
  const strategy = { code: 'alpha', budget: null, fixedQuantity: null, method: null, enabled: true }
  const request = { strategy: 'alpha' }

  it('asks the instrument and the strategy', () => {
    expect(of({})).toMatchObject(passed('ACME may be traded.'))
    expect(of({ strategy, request })).toMatchObject(passed('ACME may be traded.'))
    expect(of({ instrument: share({ enabled: false }) })).toMatchObject(
      blocked('NOT_ENABLED', 'ACME is switched off: enable it in Settings.'),
    )
    expect(of({ strategy: { ...strategy, enabled: false }, request })).toMatchObject(
      blocked('NOT_ENABLED', 'Strategy alpha is switched off.'),
    )
  })

  it('tells the restricted list first', () => {
    expect(of({ instrument: share({ restricted: true, enabled: false }) })).toMatchObject(
      blocked('RESTRICTED', 'ACME is on the restricted list.'),
    )
  })
})

describe('short_allowed', () => {
  const of = (told: Told) => checked('short_allowed', {}, told)
  const option = (right: 'call' | 'put') =>
    share({
      assetClass: 'option',
      optionRight: right,
      optionDelta: '0.5',
      optionStrike: '110',
      optionUnderlying: '100',
      marginPerUnit: '1',
    })

  it('asks nothing of a buy, and the specification of a sell', () => {
    expect(of({ instrument: share({ shortable: false }) })).toMatchObject(passed('The order buys.'))
    expect(of({ instrument: option('call') }).says).toBe('The order buys.')
    expect(of({ request: SELL })).toMatchObject(passed('ACME may be sold short.'))
    expect(of({ instrument: share({ shortable: false }), request: SELL })).toMatchObject(
      blocked('SHORT_NOT_ALLOWED', 'ACME may not be sold short: its specification says so.'),
    )
  })

  it('never lets a call be sold without holding it; a put may be', () => {
    expect(of({ instrument: option('call'), request: SELL })).toMatchObject({
      passed: false,
      code: 'SHORT_NOT_ALLOWED',
      says: 'The loss of a short call such as ACME has no bound, so no limit could be kept.',
    })
    expect(of({ instrument: option('put'), request: SELL })).toMatchObject({ passed: true })
  })
})

describe('session', () => {
  const SATURDAY = NOW + DAY
  const saturday = (more: Told = {}): Told => ({
    at: SATURDAY,
    last: reading('100', SATURDAY),
    ...more,
    account: { equity: reading('100000', SATURDAY), peakEquity: reading('100000', SATURDAY) },
  })
  const always = { applies: 'always' }
  const live = { applies: 'live' }

  it('blocks a live order on the weekend; one on paper is planned ahead, unless the profile says always', () => {
    const shut = blocked('SESSION_CLOSED', 'The market of ACME is shut for the weekend.')
    expect(checked('session', live, saturday({ bookKind: 'live' }))).toMatchObject(shut)
    expect(checked('session', always, saturday())).toMatchObject(shut)
    expect(checked('session', always, saturday({ bookKind: 'live' }))).toMatchObject(shut)
    expect(checked('session', live, saturday())).toMatchObject(
      passed('The market is shut for the weekend; this order is planned ahead.'),
    )
  })

  it('passes on a weekday and for crypto, and says what it does not know', () => {
    const open = passed('The market is not shut for the weekend; holidays and hours are not known here.')
    expect(checked('session', always)).toMatchObject(open)
    expect(checked('session', always, saturday({ instrument: share({ calendar: 'crypto' }) }))).toMatchObject(open)
  })
})

describe('order_rate', () => {
  const rate = { perSecond: 3, perDay: 10 }
  const at = (...ages: readonly number[]): Told => ({
    recent: ages.map((age) => ({ symbol: 'BOLT', side: 'buy', quantity: '1', at: NOW - age })),
  })

  it('counts the orders of the last second, this instant included, and blocks at the most', () => {
    expect(checked('order_rate', rate, at(0, 500, 1000))).toMatchObject(passed('0 of 10 orders today.'))
    expect(checked('order_rate', rate, at(0, 500, 999))).toMatchObject(
      blocked('THROTTLE', '3 orders were decided within a second, the most is 3.'),
    )
    expect(checked('order_rate', rate, at(0, 1, 2, 3))).toMatchObject({ passed: false })
    // A clock that differs by less than its tolerance: an order of a moment ahead is not one of the last second.
    expect(checked('order_rate', rate, at(0, 500, -1))).toMatchObject({ passed: true })
  })

  it('counts the orders of the day', () => {
    expect(checked('order_rate', rate, { ordersToday: 9 })).toMatchObject(passed('9 of 10 orders today.'))
    expect(checked('order_rate', rate, { ordersToday: 10 })).toMatchObject(
      blocked('THROTTLE', '10 orders were decided today, the most is 10.'),
    )
  })
})

describe('duplicate', () => {
  const WINDOW = { window: 2000 }
  const decided = { symbol: 'ACME', side: 'buy', quantity: '200', at: NOW } as const
  const of = (changes: object, told: Told = {}) =>
    checked('duplicate', WINDOW, { ...told, recent: [{ ...decided, ...changes }] })

  it('is the same symbol, side and quantity within the window, both ends included', () => {
    expect(of({ at: NOW - 2000 })).toMatchObject(
      blocked('DUPLICATE', 'Buying 200 ACME was decided 2000 ms ago; wait 2000 ms to repeat it on purpose.'),
    )
    expect(of({ quantity: '200.0' })).toMatchObject({ passed: false, code: 'DUPLICATE' })
    expect(of({ side: 'sell', at: NOW - 7 }, { request: SELL })).toMatchObject(
      blocked('DUPLICATE', 'Selling 200 ACME was decided 7 ms ago; wait 2000 ms to repeat it on purpose.'),
    )
  })

  it.each([
    ['is older', { at: NOW - 2001 }],
    ['is of another symbol', { symbol: 'BOLT' }],
    ['is on the other side', { side: 'sell' }],
    ['is of another size', { quantity: '199' }],
    ['lies a moment ahead', { at: NOW + 1 }],
  ])('is none where the recent order %s', (_, changes) => {
    expect(of(changes)).toMatchObject(passed('It does not repeat a recent order.'))
  })

  it('is found behind other recent orders', () => {
    const recent = [
      { ...decided, symbol: 'BOLT' },
      { ...decided, at: NOW - 9000 },
      { ...decided, quantity: '1' },
      decided,
    ]
    expect(checked('duplicate', WINDOW, { recent })).toMatchObject({ passed: false })
  })

  it('is no matter for an order of nothing', () => {
    const nothing = { request: { quantity: '0.5' }, recent: [{ ...decided, quantity: '0' }] }
    expect(checked('duplicate', WINDOW, nothing)).toMatchObject({ passed: true, before: '0' })
  })
})
