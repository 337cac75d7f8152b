import { describe, expect, it } from 'vitest'
import { DAY, NOW, position, rate, reading, share, type Told } from '../../../support/sizing-fixtures.ts'
import { checked } from '../one-rule.ts'

describe('market_data', () => {
  const AGES = { quoteMaxAge: 5000, closeMaxAge: 2 * DAY }
  const live = (at: number | null): Told => ({ bookKind: 'live', last: { value: '100', source: 'test', at } })
  const marked = (at: number | null, symbol = 'HELD') =>
    position({ spec: share({ symbol }), mark: { value: '50', source: 'feed', at } })

  it('wants a quote of at most five seconds for a live order, and none on paper', () => {
    expect(checked('market_data', AGES, live(NOW - 5000)).passed).toBe(true)
    expect(checked('market_data', AGES, live(NOW - 5001))).toMatchObject({ passed: false, code: 'QUOTE_STALE' })
    expect(checked('market_data', AGES, live(NOW + 2001))).toMatchObject({ passed: false, code: 'CLOCK_ANOMALY' })
    expect(checked('market_data', AGES, live(null))).toMatchObject({ passed: false, code: 'INPUT_MISSING' })
    expect(checked('market_data', AGES, { last: reading('100', NOW - 5001) }).passed).toBe(true)
  })

  it('counts the age of a live quote by the calendar of the instrument: no weekend ages it', () => {
    const at = Date.UTC(2026, 10, 2, 0, 30)
    const quoted = (calendar: 'equity' | 'crypto') =>
      checked(
        'market_data',
        { quoteMaxAge: 3_600_000, closeMaxAge: 9 * DAY },
        {
          at,
          bookKind: 'live',
          last: reading('100', Date.UTC(2026, 9, 30, 23, 59)),
          instrument: share({ calendar }),
          account: { equity: reading('100000', at) },
        },
      ).passed
    // Monday 00:30 is 31 minutes of market time after Friday 23:59 for shares, and two days more for crypto.
    expect([quoted('equity'), quoted('crypto')]).toEqual([true, false])
  })

  it('wants every mark young enough by its own calendar, and none of the future', () => {
    const of = (...ages: readonly (number | null)[]) =>
      checked('market_data', AGES, {}, { positions: ages.map((at, index) => marked(at, `H${index}`)) })
    expect(of(NOW - 2 * DAY, NOW)).toMatchObject({
      passed: true,
      says: 'The entry is typed; the marks of open positions are fresh.',
    })
    expect(of(NOW, NOW - 2 * DAY - 1)).toMatchObject({ passed: false, code: 'QUOTE_STALE' })
    expect(of(NOW, NOW - 2 * DAY - 1).says).toContain('positions.H1.mark (feed) is 2.0 days old')
    expect(of(NOW, NOW + 2001)).toMatchObject({ passed: false, code: 'CLOCK_ANOMALY' })
    expect(of(NOW, NOW + 2000).passed).toBe(true)
    expect(of(NOW, null)).toMatchObject({ passed: false, code: 'INPUT_MISSING' })
  })

  it('wants the rates that value the book young enough too', () => {
    const held = (at: number) => ({
      positions: [position({ spec: share({ symbol: 'HELD', currency: 'EUR' }) })],
      rates: [rate('EUR', 'USD', '1.1', at)],
    })
    expect(checked('market_data', AGES, {}, held(NOW - 2 * DAY)).passed).toBe(true)
    expect(checked('market_data', AGES, {}, held(NOW - 2 * DAY - 1))).toMatchObject({ code: 'QUOTE_STALE' })
  })

  it('says where the entry comes from', () => {
    const step = checked('market_data', AGES, { last: reading('100'), request: { entry: 'market' } })
    expect(step.says).toBe('The entry is the last price (test); marks are fresh.')
  })
})

describe('price_collar', () => {
  const of = (told: Told) => checked('price_collar', { max: '0.05' }, told)

  it('keeps the entry within 5 % of the last price, both ways', () => {
    expect(of({ last: reading('100'), request: { entry: '105', stop: '99' } })).toMatchObject({
      passed: true,
      says: 'The entry is 5.00 % from the last price 100.',
    })
    expect(of({ last: reading('100'), request: { entry: '105.01', stop: '99' } })).toMatchObject({
      passed: false,
      code: 'PRICE_COLLAR',
      says: 'The entry 105.01 is 5.01 % from the last price 100; at most 5.00 % is allowed.',
    })
    expect(of({ last: reading('100'), request: { entry: '95', stop: '90' } }).passed).toBe(true)
    expect(of({ last: reading('100'), request: { entry: '94.99', stop: '90' } }).passed).toBe(false)
  })

  const apart = 'Not compared: there is no fresh last price, the entry stands as typed.'
  it.each([
    ['missing', reading(null)],
    ['old', reading('300', NOW - DAY - 1)],
    ['no number', reading('much')],
    ['of the future', reading('300', NOW + 60_000)],
  ])('compares nothing on paper with a last price that is %s', (_, last) => {
    expect(of({ last })).toMatchObject({ passed: true, says: apart })
  })

  it('compares with a price as old as allowed', () => {
    expect(of({ last: reading('300', NOW - DAY) }).passed).toBe(false)
  })

  it('blocks a live order that has no price to compare with', () => {
    const live = (last: Told['last']) => of({ bookKind: 'live', ...(last === undefined ? {} : { last }) })
    const none = {
      passed: false,
      code: 'INPUT_MISSING',
      says: 'There is no last price to compare the entry with.',
    }
    expect(live(reading(null))).toMatchObject(none)
    expect(live(reading('much'))).toMatchObject(none)
    expect(live(reading('100', NOW - 3 * DAY))).toMatchObject({ passed: false, code: 'QUOTE_STALE' })
    expect(live(reading('100', NOW + 60_000))).toMatchObject({ passed: false, code: 'CLOCK_ANOMALY' })
    expect(live(reading('100'))).toMatchObject({ passed: true })
  })
})
