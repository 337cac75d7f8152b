import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pastEntries, type PastEntry } from '../../../src/domain/broker/past-entries.ts'
import { unusualOrder, type LookedAt } from '../../../src/domain/broker/unusual-order.ts'
import { dec, text } from '../../../src/domain/kernel/money.ts'
import type { Fill } from '../../../src/domain/ledger/records.ts'

const entries = (...quantities: readonly string[]): readonly PastEntry[] =>
  quantities.map((quantity, at) => ({ at, side: 'buy', quantity: dec(quantity) }))

/** A usual order: ten times the same size before it, at the last price. */
const usual: LookedAt = {
  symbol: 'AAPL',
  side: 'buy',
  quantity: dec('100'),
  price: dec('100'),
  last: dec('100'),
  collar: dec('0.05'),
  past: entries(...Array.from({ length: 10 }, () => '100')),
}
const kinds = (more: Partial<LookedAt>): readonly string[] =>
  unusualOrder({ ...usual, ...more }).map(({ kind }) => kind)

describe('an order is unusual', () => {
  it('in no way where it is like those before it', () => {
    expect(unusualOrder(usual)).toEqual([])
  })

  it('above three times the median of the last 20 entries, and not at three times', () => {
    expect(kinds({ quantity: dec('300') })).toEqual([])
    expect(kinds({ quantity: dec('301') })).toEqual(['size'])
    expect(unusualOrder({ ...usual, quantity: dec('1000') })[0]?.says).toBe(
      '1,000 is 10 times the median of 100 over the last 10 entries in AAPL; above 3 times is unusual.',
    )
  })

  it('by the newest 20 entries alone, with the middle of two middles', () => {
    const old = Array.from({ length: 30 }, () => '1000')
    const past = entries(...old, ...Array.from({ length: 10 }, () => '10'), ...Array.from({ length: 10 }, () => '30'))
    expect(kinds({ past, quantity: dec('60') })).toEqual([])
    expect(kinds({ past, quantity: dec('60.1') })).toEqual(['size'])
  })

  it('the first time in an instrument, and while fewer than five entries are known', () => {
    expect(kinds({ past: [] })).toEqual(['first'])
    expect(unusualOrder({ ...usual, past: entries('100') })[0]?.says).toBe(
      'Only 1 entry in AAPL known so far: 5 are needed to tell what is usual.',
    )
    expect(kinds({ past: entries('100', '100', '100', '100'), quantity: dec('400') })).toEqual(['few', 'size'])
    expect(kinds({ past: entries('100', '100', '100', '100', '100') })).toEqual([])
  })

  it('beyond the collar on either side, and where no price is known to compare with', () => {
    for (const price of ['95', '105']) expect(kinds({ price: dec(price) })).toEqual([])
    for (const price of ['94.99', '105.01']) expect(kinds({ price: dec(price) })).toEqual(['price'])
    expect(kinds({ last: null })).toEqual(['price'])
    expect(kinds({ last: null, price: null })).toEqual([])
  })

  it('on the other side than the entry before it', () => {
    expect(kinds({ side: 'sell' })).toEqual(['side'])
    expect(unusualOrder({ ...usual, side: 'sell' })[0]?.says).toBe(
      'The entry in AAPL before this one was a buy; this one sells.',
    )
  })

  it('never less so when it is larger', () => {
    const size = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(fc.array(size, { minLength: 5, maxLength: 40 }), size, size, (sizes, one, more) => {
        const past = entries(...sizes.map(String))
        const small = kinds({ past, quantity: dec(one) }).includes('size')
        const large = kinds({ past, quantity: dec(one + more) }).includes('size')
        return !small || large
      }),
    )
  })
})

const fill = (at: number, side: 'buy' | 'sell', quantity: string, source = 'import'): Fill => ({
  fillId: `${at}-${side}-${quantity}`,
  accountId: 'a',
  symbol: 'AAPL',
  at,
  side,
  quantity,
  price: '100',
  fee: '0',
  feeCurrency: 'USD',
  fxRate: null,
  strategy: null,
  stop: null,
  tag: null,
  executionId: null,
  statedProfit: null,
  source,
  batchId: null,
})
const shown = (fills: readonly Fill[]): readonly string[] =>
  pastEntries(fills, 'manual').map(({ at, side, quantity }) => `${at} ${side} ${text(quantity)}`)

describe('the entries that fills amount to', () => {
  it('are what opens or adds; what closes is none, and what goes past flat counts as far as it opens', () => {
    const fills = [fill(1, 'buy', '10'), fill(2, 'buy', '5'), fill(3, 'sell', '15'), fill(4, 'sell', '7')]
    expect(shown(fills)).toEqual(['1 buy 10', '2 buy 5', '4 sell 7'])
    expect(shown([fill(1, 'buy', '10'), fill(2, 'sell', '16')])).toEqual(['1 buy 10', '2 sell 6'])
  })

  it('are one for the pieces of an order filled at one instant', () => {
    expect(shown([fill(1, 'buy', '10'), fill(1, 'buy', '20')])).toEqual(['1 buy 30'])
  })

  it('leave out those whose orders are known, though they move what is held', () => {
    expect(shown([fill(1, 'buy', '10', 'manual'), fill(2, 'sell', '10')])).toEqual([])
  })
})
