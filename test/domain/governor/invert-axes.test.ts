import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import { axisOf, withWins, type Axis, type Unknown } from '../../../src/domain/governor/invert-axes.ts'
import { dec, text } from '../../../src/domain/kernel/money.ts'
import type { Profile } from '../../../src/domain/profile.ts'
import { readOrder } from '../../../src/domain/sizing/read-order.ts'
import { wilsonInterval } from '../../../src/domain/stats/wilson.ts'
import { book, DISCRETIONARY, inputs, reading, share, type Told } from '../../support/sizing-fixtures.ts'
import { EDGE } from './asking.ts'
import { only } from './one-rule.ts'

/** The grid of an unknown of the fixtures' order, for 300 units. */
function axis(unknown: Unknown, told: Told = {}, profile: Profile = DISCRETIONARY): Axis | null {
  const given = inputs(told)
  const order = readOrder(given.request)
  if (!order.ok) throw new Error('refused')
  return axisOf(unknown, given, order.value, decide(given, valueBook(book()), profile), dec('300'), profile)
}

function there(...asked: Parameters<typeof axis>): Axis {
  const found = axis(...asked)
  if (found === null) throw new Error('no axis')
  return found
}

const told = ({ pieces, wanted, present, guess, step }: Axis) => ({
  pieces,
  wanted,
  present: present === null ? null : text(present),
  guess: guess === null ? null : text(guess),
  step: text(step),
})
const SELL = { side: 'sell', stop: '105' }
const QUARTERS = share({ tickSize: '0.25' })

describe('the grid of the stop', () => {
  it('is the ticks from the least price to the entry of a buy, to twice the entry of a sell', () => {
    expect(told(there('stop'))).toEqual({
      pieces: [{ least: 1, most: 9_999 }],
      wanted: 'least',
      present: '95',
      guess: null,
      step: '0.01',
    })
    expect(told(there('stop', { request: SELL }))).toMatchObject({
      pieces: [{ least: 10_001, most: 20_000 }],
      wanted: 'most',
      present: '105',
    })
  })

  it('ends at the last tick before an entry that lies between ticks', () => {
    const between = { instrument: QUARTERS, request: { entry: '100.1' } }
    expect(there('stop', between).pieces).toEqual([{ least: 1, most: 400 }])
    expect(there('stop', { ...between, request: { ...SELL, entry: '100.1' } }).pieces).toEqual([
      { least: 401, most: 800 },
    ])
  })

  it('takes the entry of the market, and the stop of the method where the order has none', () => {
    const market = { last: reading('50'), request: { entry: 'market', stop: undefined, quantity: '300' } }
    expect(told(there('stop', market))).toMatchObject({ pieces: [{ least: 1, most: 4_999 }], present: null })
    const own = { atr: reading('2'), request: { stop: undefined, method: 'fixed_risk_atr' } }
    expect(told(there('stop', own)).present).toBe('96')
    expect(axis('stop', { request: { entry: 'market' } })).toBeNull()
    expect(axis('stop', { instrument: null })).toBeNull()
    expect(axis('stop', { instrument: share({ tickSize: '0' }) })).toBeNull()
  })

  it('decides the same order with another stop', () => {
    const { inputsAt, valueOf, stepOf } = there('stop', { instrument: QUARTERS })
    expect(inputsAt(390).request).toMatchObject({ symbol: 'ACME', side: 'buy', entry: '100', stop: '97.5' })
    expect([text(valueOf(390)), stepOf(dec('97.5')), stepOf(dec('97.74'))]).toEqual(['97.5', 390, 390])
  })

  it('knows which way a check passes', () => {
    const ways = ({ passes }: Axis) =>
      ['reward_to_risk', 'fees_below_edge', 'stop_side', 'session'].map((rule) => passes(rule, 1))
    expect(ways(there('stop'))).toEqual([1, 1, -1, 0])
    expect(ways(there('stop', { request: SELL }))).toEqual([-1, -1, 1, 0])
  })
})

describe('the grid of the entry', () => {
  it('lies between the stop and twice, or half, the present entry', () => {
    expect(told(there('entry'))).toEqual({
      pieces: [{ least: 9_501, most: 20_000 }],
      wanted: 'most',
      present: '100',
      guess: null,
      step: '0.01',
    })
    expect(told(there('entry', { request: SELL }))).toMatchObject({
      pieces: [{ least: 5_000, most: 10_499 }],
      wanted: 'least',
    })
  })

  it('begins beyond a stop that lies between ticks', () => {
    expect(there('entry', { instrument: QUARTERS, request: { stop: '95.1' } }).pieces[0]?.least).toBe(381)
    expect(there('entry', { instrument: QUARTERS, request: { side: 'sell', stop: '105.1' } }).pieces[0]?.most).toBe(420)
    expect(there('entry', { instrument: QUARTERS, request: { side: 'sell', stop: '105.25' } }).pieces[0]?.most).toBe(
      420,
    )
  })

  it('runs over all prices where there is no stop', () => {
    const bare = { stop: undefined, quantity: '300' }
    expect(there('entry', { request: bare }).pieces).toEqual([{ least: 1, most: 20_000 }])
    expect(there('entry', { request: { ...bare, side: 'sell' } }).pieces).toEqual([{ least: 5_000, most: 20_000 }])
    expect(there('entry', { request: { ...bare, side: 'sell', entry: '0.01' } }).pieces).toEqual([
      { least: 1, most: 2 },
    ])
  })

  it('begins at the market where the entry is there', () => {
    const market = { last: reading('100.004'), request: { entry: 'market' } }
    expect(told(there('entry', market))).toMatchObject({ present: '100.004', pieces: [{ least: 9_501, most: 20_000 }] })
    expect(there('entry', market).inputsAt(9_900).request).toMatchObject({ entry: '99', stop: '95' })
    expect(axis('entry', { request: { entry: 'market' } })).toBeNull()
    expect(axis('entry', { instrument: null })).toBeNull()
    // Refused before an entry was resolved: the typed one stands.
    expect(told(there('entry', { account: { equity: reading(null) } })).present).toBe('100')
  })

  it('knows which way a check passes: towards the stop for the gain, towards the last price for the collar', () => {
    const rules = ['target_side', 'reward_to_risk', 'fees_below_edge', 'stop_side', 'lot', 'session']
    const ways = ({ passes }: Axis) => rules.map((rule) => passes(rule, 1))
    expect(ways(there('entry'))).toEqual([-1, -1, -1, 1, 1, 0])
    expect(ways(there('entry', { request: SELL }))).toEqual([1, 1, 1, -1, 1, 0])
    const { passes } = there('entry', { last: reading('90') })
    expect([passes('price_collar', 8_999), passes('price_collar', 9_000), passes('price_collar', 9_001)]).toEqual([
      1, -1, -1,
    ])
    expect(there('entry').passes('price_collar', 1)).toBe(0)
  })
})

describe('the grid of the risk', () => {
  it('is a thousandth of a per cent up to all of equity, with the loss of the quantity as the guess', () => {
    expect(told(there('risk'))).toEqual({
      pieces: [{ least: 1, most: 100_000 }],
      wanted: 'least',
      present: '0.01',
      guess: '0.015',
      step: '0.00001',
    })
    // 300 at 5.003 are 1,500.90: 0.015009 of equity, 0.01501 on the grid.
    expect(told(there('risk', { instrument: share({ spread: '0.006' }) })).guess).toBe('0.01501')
    expect(there('risk').inputsAt(1_500).request).toMatchObject({ risk: '0.015' })
    expect(there('risk').passes('stop_side', 1)).toBe(0)
  })

  it('shows the risk of the order before that of the method, and none where there is none', () => {
    expect(told(there('risk', { request: { risk: '0.003' } })).present).toBe('0.003')
    expect(told(there('risk', { request: { method: 'fixed_qty' } }, only({}))).present).toBeNull()
    expect(told(there('risk', { request: { side: 'buy', stop: undefined } })).guess).toBeNull()
  })

  it('has no guess where equity or the loss is not known', () => {
    expect(told(there('risk', { account: { equity: reading(null) } })).guess).toBeNull()
    expect(told(there('risk', { account: { equity: reading('0') } })).guess).toBeNull()
  })
})

describe('the grid of equity', () => {
  it('is cents, in pieces between which the tier changes', () => {
    expect(told(there('equity'))).toEqual({
      pieces: [
        { least: 1, most: 499_999 },
        { least: 500_000, most: 999_999 },
        { least: 1_000_000, most: 100_000_000_000_000 },
      ],
      wanted: 'least',
      present: '100000',
      guess: null,
      step: '0.01',
    })
    const odd = only({ general: { hunterFrom: '0', strategistFrom: '0.015' } })
    expect(there('equity', {}, odd).pieces.map(({ least }) => least)).toEqual([1, 2])
    const one = only({ general: { hunterFrom: '69.995', strategistFrom: '70' } })
    expect(there('equity', {}, one).pieces.map(({ least }) => least)).toEqual([1, 7_000])
    const cent = only({ general: { hunterFrom: '0.01', strategistFrom: '70' } })
    expect(there('equity', {}, cent).pieces.map(({ least }) => least)).toEqual([1, 7_000])
    expect(axis('equity', { account: { equity: reading(null) } })).toBeNull()
  })

  it('is a deposit: equity, peak, start and flows move with it, and nothing else', () => {
    const account = {
      peakEquity: reading('110000'),
      startingEquity: reading('90000'),
      flows: { day: '1', week: '-2', month: '3' },
    }
    const before = inputs({ account })
    const after = there('equity', { account }).inputsAt(15_000_000)
    expect(after).toEqual({
      ...before,
      account: {
        ...before.account,
        equity: reading('150000'),
        peakEquity: reading('160000'),
        startingEquity: reading('140000'),
        flows: { day: '50001', week: '49998', month: '50003' },
      },
    })
    expect('startingEquity' in there('equity').inputsAt(15_000_000).account).toBe(false)
  })

  it('leaves a flow that cannot be read as it is, and a peak unknown', () => {
    const account = { peakEquity: reading(null), flows: { day: 'x', week: '0', month: '0' } }
    const after = there('equity', { account }).inputsAt(15_000_000).account
    expect([after.flows.day, after.peakEquity.value]).toEqual(['x', null])
  })

  it('passes the smallest order with less equity, and no other check', () => {
    expect([there('equity').passes('lot', 1), there('equity').passes('session', 1)]).toEqual([-1, 0])
  })
})

describe('the grid of the win rate', () => {
  it('is the wins among as many decided trades, one of them lost', () => {
    const found = there('win_rate', { edge: EDGE })
    expect(told(found)).toEqual({
      pieces: [{ least: 0, most: 54 }],
      wanted: 'least',
      present: '0.545454545455',
      guess: null,
      step: '0.0181818181818',
    })
    expect([text(found.valueOf(11)), found.stepOf(dec('0.2')), found.passes('lot', 1)]).toEqual(['0.2', 11, 0])
    expect(found.inputsAt(11).edge).toEqual({ ...EDGE, wins: 11, losses: 44 })
    expect(axis('win_rate')).toBeNull()
    expect(axis('win_rate', { edge: { ...EDGE, wins: 1, losses: 0 } })).toBeNull()
    expect(axis('win_rate', { edge: { ...EDGE, wins: 0.5 } })).toBeNull()
    expect(axis('win_rate', { edge: { ...EDGE, wins: 1, losses: 1 } })).not.toBeNull()
  })

  it('moves the lower bound of the win rate with the wins where there is one', () => {
    const low = text(dec(wilsonInterval(11, 55)[0].toPrecision(12)))
    expect(withWins({ ...EDGE, winRateLow: '0.4', payoffLow: '0.9' }, 11)).toEqual({
      ...EDGE,
      wins: 11,
      losses: 44,
      winRateLow: low,
      payoffLow: '0.9',
    })
    expect(withWins({ ...EDGE, winRateLow: null }, 11).winRateLow).toBeNull()
  })
})
