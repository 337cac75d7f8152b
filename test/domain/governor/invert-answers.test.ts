import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { invert } from '../../../src/domain/governor/invert.ts'
import { UNKNOWNS } from '../../../src/domain/governor/invert-axes.ts'
import { book, DISCRETIONARY, inputs, NOW, position, reading, share, type Told } from '../../support/sizing-fixtures.ts'
import { ask, EDGE, solved } from './asking.ts'
import { only } from './one-rule.ts'

const FREE = only({})
const refusal = (quantity: unknown, told: Told = {}) => {
  const answer = invert(inputs(told), valueBook(book()), DISCRETIONARY, { quantity, through: 'method' })
  return answer.ok ? [] : answer.error
}

describe('an answer', () => {
  it('that is found tells everything of itself', () => {
    expect(solved('stop', '300', {}, {}, {}, FREE)).toEqual({
      unknown: 'stop',
      kind: 'found',
      bound: 'least',
      present: '95',
      value: '96.67',
      change: '1.67',
      step: '0.01',
      gives: '300',
      beyond: { value: '96.66', gives: '299', binding: 'lot' },
      obstacle: null,
      says: 'Stop 96.67 or nearer allows 300, 1.67 above the present. 96.66 gives 299.',
    })
  })

  it('that is any tells how far, and nothing beyond it', () => {
    const told = { request: { stop: '95', quantity: '10' } }
    expect(
      solved('stop', '10', told, { through: 'typed' }, {}, only({ ceilings: { risk_per_trade: { max: '1' } } })),
    ).toEqual({
      unknown: 'stop',
      kind: 'any',
      bound: 'least',
      present: '95',
      value: '0.01',
      change: '-94.99',
      step: '0.01',
      gives: '10',
      beyond: null,
      obstacle: null,
      says: 'Every stop from 0.01 on allows 10.',
    })
  })

  it('that is never tells the rule in the way', () => {
    const profile = only({ ceilings: { order_qty: { max: '250' } } })
    expect(solved('stop', '300', {}, {}, {}, profile)).toEqual({
      unknown: 'stop',
      kind: 'never',
      bound: 'least',
      present: '95',
      value: null,
      change: null,
      step: '0.01',
      gives: null,
      beyond: null,
      obstacle: {
        rule: 'order_qty',
        title: 'Order quantity',
        code: null,
        says: 'One order may be 250 units.',
      },
      says: 'No stop allows 300: One order may be 250 units.',
    })
  })

  it('that has no effect says so, and one that cannot be asked too', () => {
    expect(solved('risk', '300', {}, { through: 'typed' }, {}, FREE)).toEqual({
      unknown: 'risk',
      kind: 'no_effect',
      bound: 'least',
      present: '0.01',
      value: null,
      change: null,
      step: '0.00001',
      gives: null,
      beyond: null,
      obstacle: null,
      says: 'The risk does not change this order: its quantity is typed.',
    })
    expect(solved('win_rate', '300')).toEqual({
      unknown: 'win_rate',
      kind: 'no_effect',
      bound: 'least',
      present: null,
      value: null,
      change: null,
      step: null,
      gives: null,
      beyond: null,
      obstacle: null,
      says: 'No closed trades count for this order, so no win rate does.',
    })
  })

  it('without a present value has no change', () => {
    const market = { request: { stop: null } }
    expect(solved('stop', '300', market, {}, {}, FREE)).toMatchObject({ present: null, change: null, value: '96.67' })
  })
})

describe('an inverse', () => {
  it('asks for everything there is where nothing is named, of the method', () => {
    const whole = ask('300', { edge: EDGE })
    expect(whole.answers.map(({ unknown }) => unknown)).toEqual([...UNKNOWNS])
    expect(whole).toMatchObject({ quantity: '300', through: 'method', allowed: false })
    expect(whole.now).toMatchObject({ quantity: '200', proposed: '200' })
  })

  it('of a typed quantity decides that quantity, of the method none', () => {
    expect(ask('300', {}, { through: 'typed', unknowns: [] }).now).toMatchObject({ quantity: '300', proposed: '300' })
    const typed = { request: { quantity: '7' } }
    expect(ask('300', typed, { unknowns: [] }).now).toMatchObject({ quantity: '200', proposed: '200' })
  })

  it('is allowed where the size reaches the quantity, and not where a check blocks', () => {
    expect(ask('200', {}, { unknowns: [] }).allowed).toBe(true)
    expect(ask('201', {}, { unknowns: [] }).allowed).toBe(false)
    expect(ask('200', { account: { enabled: false } }, { unknowns: [] }).allowed).toBe(false)
  })

  it('does not take the question for a duplicate', () => {
    const recent = [{ symbol: 'ACME', side: 'buy', quantity: '200', at: NOW - 1 }] as const
    expect(ask('200', { recent }, { unknowns: [] }).allowed).toBe(true)
  })

  it('is refused for what cannot be asked, in words', () => {
    expect(refusal('10.5')).toEqual([
      { code: 'INPUT_OUT_OF_RANGE', field: 'quantity', says: 'quantity is 10.5: give a multiple of the lot of 1.' },
    ])
    expect(refusal('5', { instrument: share({ minQuantity: '10' }) })).toEqual([
      { code: 'BELOW_MIN_LOT', field: 'quantity', says: 'quantity is 5: the smallest order is 10 units.' },
    ])
    expect(refusal('10', { instrument: share({ minQuantity: '10' }) })).toEqual([])
    expect(refusal('0')).toMatchObject([{ code: 'INPUT_OUT_OF_RANGE', field: 'quantity' }])
    expect(refusal('5', { instrument: null })).toEqual([
      {
        code: 'INPUT_MISSING',
        field: 'instrument',
        says: 'The instrument is not known: import it or add it in Settings.',
      },
    ])
    expect(refusal('5', { instrument: share({ lotStep: '0' }) })).toMatchObject([{ field: 'instrument.lotStep' }])
    expect(refusal('5', { request: { side: 'up', stop: 'x' } }).map(({ field }) => field)).toEqual([
      'request.side',
      'request.stop',
    ])
    const held = { positions: [position({ spec: share() })] }
    const exit = invert(inputs({ request: { side: 'sell', stop: null } }), valueBook(book(held)), DISCRETIONARY, {
      quantity: '5',
      through: 'method',
    })
    expect(exit.ok ? [] : exit.error).toEqual([
      {
        code: 'INPUT_OUT_OF_RANGE',
        field: 'request.side',
        says: 'The order is an exit: no limit holds it, so there is nothing to solve.',
      },
    ])
  })

  it('counts a check only on a size that limits leave: what was too small was looked at by none', () => {
    const told = { instrument: share({ commissionMinimum: '30' }), request: { target: '101' } }
    const profile = only({ ceilings: { risk_per_trade: { max: '0.01' } }, gate: { fees_below_edge: {} } })
    // 60 of commissions are earned from 61 shares on; 60 of 1,000 to lose are paid, so 100 shares may lose 9.40 each.
    expect(solved('stop', '100', told, { through: 'typed' }, {}, profile)).toMatchObject({
      kind: 'found',
      value: '90.6',
    })
    expect(solved('stop', '50', told, { through: 'typed' }, {}, profile)).toMatchObject({
      kind: 'never',
      obstacle: { rule: 'fees_below_edge' },
    })
  })

  it('finds an entry as near to the last price as the collar asks', () => {
    const profile = only({ gate: { price_collar: { max: '0.05' } } })
    const told = { last: reading('100'), request: { entry: '120', stop: '95', quantity: '300' } }
    expect(solved('entry', '300', told, { through: 'typed' }, {}, profile)).toMatchObject({
      kind: 'found',
      value: '105',
    })
  })
})
