import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../../src/domain/stats/wilson.ts'
import { future, onlyRules, profileOf, rawProfile, reading, share, size, NOW } from '../../support/sizing-fixtures.ts'
import { EDGE, solved } from './asking.ts'

describe('what would allow a quantity', () => {
  it('is the widest stop: 1 % of 100,000 lost over 300 shares is 3.33 a share', () => {
    const stop = solved('stop', '300')
    expect(stop).toMatchObject({
      kind: 'found',
      bound: 'least',
      present: '95',
      value: '96.67',
      change: '1.67',
      gives: '300',
    })
    expect(stop.beyond).toEqual({ value: '96.66', gives: '299', binding: 'lot' })
  })

  it('is the same distance from the other side for a sell', () => {
    expect(solved('stop', '300', { request: { side: 'sell', stop: '105' } })).toMatchObject({
      value: '103.33',
      bound: 'most',
    })
    expect(solved('entry', '300', { request: { side: 'sell', stop: '105' } })).toMatchObject({
      value: '101.67',
      bound: 'least',
    })
    expect(solved('entry', '300')).toMatchObject({ value: '98.33', bound: 'most', change: '-1.67' })
  })

  it('is the risk of its loss at the stop over equity, commissions and their minimum counted', () => {
    expect(solved('risk', '300')).toMatchObject({ value: '0.015', change: '0.005', present: '0.01' })
    // 300 shares lose 1,500 and pay 2 × 10: 1,520 of 100,000.
    const costly = share({ commissionMinimum: '10' })
    expect(solved('risk', '300', { instrument: costly })).toMatchObject({
      value: '0.0152',
      beyond: { value: '0.01519' },
    })
  })

  it('is a deposit, which is not a profit: flows and peak move with equity', () => {
    expect(solved('equity', '300')).toMatchObject({ value: '150000', change: '50000', beyond: { gives: '299' } })
    // A profit of 50,000 would widen the daily limit; a deposit leaves it at 3 % of this morning's 100,000.
    const never = solved('equity', '900', { request: { quantity: '900' } }, { through: 'typed' })
    expect(never).toMatchObject({ kind: 'never', obstacle: { rule: 'daily_loss' } })
  })

  it('is the least number of wins among as many trades', () => {
    const kelly = { request: { method: 'kelly_trades', stop: '99' }, edge: EDGE }
    const rate = solved('win_rate', '400', kelly)
    // 28 of 55 at even payoff is Kelly 1/55, a quarter of it 0.4545 %: 454 shares at 1 a share; 27 wins are no edge.
    expect(rate).toMatchObject({ kind: 'found', gives: '454', beyond: { gives: '0' } })
    expect(rate.says).toContain('28 of 55')
    expect(solved('win_rate', '400')).toMatchObject({ kind: 'no_effect', value: null })
  })

  it('moves the lower bound of the win rate with the wins', () => {
    const edge = { ...EDGE, wins: 40, losses: 15, winRateLow: '0.5974', payoffLow: '0.9' }
    const request = { method: 'kelly_conservative', stop: '99' }
    const sizeWith = (wins: number): number => {
      const winRateLow = String(wilsonInterval(wins, 55)[0])
      return Number(size({ request, edge: { ...edge, wins, losses: 55 - wins, winRateLow } }).quantity)
    }
    const least = Array.from({ length: 55 }, (_, wins) => wins).find((wins) => sizeWith(wins) >= 700)
    const answer = solved('win_rate', '700', { request, edge })
    expect(least).toBeGreaterThan(30)
    expect(answer.says).toContain(`(${String(least)} of 55 trades won)`)
    expect(Number(answer.gives)).toBe(sizeWith(least ?? 0))
  })

  it('never makes good a loss of the day with a deposit', () => {
    const openingEquity = { day: reading('100000'), week: reading('100000'), month: reading('100000') }
    const told = { equity: '98000', account: { openingEquity, peakEquity: reading('98000') } }
    // 2,000 of the day's 3,000 are lost: 200 shares may lose the rest, whatever is paid in.
    expect(solved('equity', '200', told, { through: 'typed' }).kind).toBe('found')
    const more = solved('equity', '201', told, { through: 'typed' })
    expect(more).toMatchObject({ kind: 'never', obstacle: { rule: 'daily_loss' } })
  })

  it('says where an unknown counts for nothing, and where nothing in range allows it', () => {
    expect(solved('risk', '300', {}, { through: 'typed' })).toMatchObject({ kind: 'no_effect' })
    const leverage = solved('stop', '2500', {}, { through: 'typed' })
    expect(leverage).toMatchObject({ kind: 'never', value: null, obstacle: { rule: 'leverage', code: 'LEVERAGE' } })
    expect(leverage.says).toContain('1 × equity')
  })

  it('keeps to the ticks and the lots of the instrument', () => {
    const told = {
      instrument: future('MESZ6', '0.25', '5'),
      equity: '103420',
      request: { entry: '5012.25', stop: '4998.25', risk: '0.005' },
    }
    // 517.10 over 9 contracts of 5 a point is 11.49 points: 11.25 on the tick.
    expect(solved('stop', '9', told)).toMatchObject({
      value: '5001',
      gives: '9',
      beyond: { value: '5000.75', gives: '8' },
    })
  })

  it('finds the window between two limits that pull apart: a sell entry far enough from neither', () => {
    const profile = onlyRules({ ceilings: { risk_per_trade: { max: 0.01 }, single_asset: { max: 0.97 } } })
    const told = { request: { side: 'sell', entry: '80', stop: '101', quantity: '950' } }
    // 950 shares risk 1,000 only from 99.95 up, and are worth 97,000 only up to 102.10.
    const low = solved('entry', '950', told, { through: 'typed' }, {}, profile)
    expect(low).toMatchObject({ kind: 'found', value: '99.95', beyond: { value: '99.94' } })
    const tight = onlyRules({ ceilings: { risk_per_trade: { max: 0.01 }, single_asset: { max: 0.9 } } })
    const none = solved('entry', '950', told, { through: 'typed' }, {}, tight)
    expect(none.kind).toBe('never')
    expect(size({ request: { ...told.request, entry: '99.95' } }, {}, tight).quantity).not.toBe('950')
  })

  it('answers for an order without a stop yet, and with an entry at the market', () => {
    expect(solved('stop', '300', { request: { stop: null } })).toMatchObject({
      value: '96.67',
      present: null,
      change: null,
    })
    expect(solved('stop', '300', { request: { entry: 'market' }, last: reading('100') })).toMatchObject({
      value: '96.67',
    })
  })

  it('names a check that blocks whatever the stop is, instead of a stop', () => {
    const closed = solved('stop', '300', { instrument: share({ restricted: true }) })
    expect(closed).toMatchObject({ kind: 'never', obstacle: { rule: 'instrument_enabled', code: 'RESTRICTED' } })
  })

  it('finds the equity between too little risk allowed and too small a position, whatever checks say of no size', () => {
    const raw = rawProfile()
    const general = { ...raw.general, minimumWeight: '0.01' }
    const ceilings = { ...raw.ceilings, daily_loss: 'off', weekly_loss: 'off', monthly_loss: 'off' }
    const profile = profileOf({ ...raw, general, ceilings })
    // One share does not earn its commission by the target, 300 do: no size at all must not be taken for that.
    const told = { equity: '20000', instrument: share({ commissionMinimum: '2.5' }), request: { target: '100.5' } }
    const equity = solved('equity', '300', told, { through: 'typed' }, {}, profile)
    // 300 shares lose 1,505 of the 2 % that one order may.
    expect(equity).toMatchObject({ kind: 'found', value: '75250', gives: '300' })
  })

  it('is no order: one decided a moment ago does not count as its duplicate', () => {
    const recent = [{ symbol: 'ACME', side: 'buy', quantity: '300', at: NOW - 100 }] as const
    expect(solved('stop', '300', { recent })).toMatchObject({ kind: 'found', value: '96.67' })
  })
})
