import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { BookInput, DecisionInputs } from '../../../src/domain/inputs.ts'
import { book, DISCRETIONARY, inputs, NOW, type Told } from '../../support/sizing-fixtures.ts'

const strategy = { code: 'alpha', budget: null, fixedQuantity: null, method: null, enabled: true }
const recent = { symbol: 'ACME', side: 'buy', quantity: '7', at: NOW - 9000 } as const
const WHOLE: Told = { strategy, request: { strategy: 'alpha' }, recent: [recent, { ...recent }] }

/** A sound snapshot with one value of it replaced. */
function withValue(path: string, value: unknown, told: Told = WHOLE): DecisionInputs {
  const copy = structuredClone(inputs(told)) as unknown as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let at = copy
  for (const key of keys) at = at[key] as Record<string, unknown>
  at[last] = value
  return copy as unknown as DecisionInputs
}

const decided = (given: DecisionInputs, held: Partial<BookInput> = {}) =>
  decide(given, valueBook(book(held)), DISCRETIONARY)

const AT = 'at must be the instant of the decision in whole milliseconds since 1970: check the clock.'
const ZONE = 'account.timeZone must be the name of a time zone, such as Europe/Berlin.'
const ORDERS = 'ordersToday must be a whole number, 0 or more.'
const METHOD = 'strategy.method must name a sizing method, or be null.'
const READINGS: readonly string[] = [
  'account.equity',
  'account.peakEquity',
  'account.openingEquity.day',
  'account.openingEquity.week',
  'account.openingEquity.month',
  'last',
  'bid',
  'ask',
  'atr',
]

describe('a snapshot that breaks what its types promise', () => {
  it('is sound before a value of it is replaced', () => {
    expect(decided(withValue('ordersToday', 0)).quantity).toBe('200')
  })

  it.each([
    ['at', undefined, 'INPUT_MISSING', AT],
    ['at', null, 'INPUT_MISSING', AT],
    ['at', '', 'INPUT_MISSING', AT],
    ['at', '1', 'INPUT_MALFORMED', AT],
    ['at', NaN, 'INPUT_NOT_FINITE', AT],
    ['at', 0, 'CLOCK_ANOMALY', AT],
    ['at', -5, 'CLOCK_ANOMALY', AT],
    ['bookKind', 'demo', 'INPUT_MALFORMED', 'bookKind must be paper, live or sample.'],
    ['account.currency', '', 'INPUT_MISSING', 'account.currency is missing: give a currency code.'],
    ['account.currency', 7, 'INPUT_MISSING', 'account.currency is missing: give a currency code.'],
    ['account.currency', 'EUR', 'UNIT_MISMATCH', 'The book is not valued in EUR, the currency of the account.'],
    ['account.accountId', 'other', 'RECONCILE_DIFF', 'The book belongs to another account than the order.'],
    ['account.enabled', undefined, 'INPUT_MISSING', 'account.enabled must be true or false.'],
    ['account.enabled', 'yes', 'INPUT_MALFORMED', 'account.enabled must be true or false.'],
    ['account.name', null, 'INPUT_MISSING', 'account.name must be words.'],
    ['account.name', '', null, ''],
    ['account.name', 7, 'INPUT_MALFORMED', 'account.name must be words.'],
    ['account.timeZone', null, 'INPUT_MISSING', ZONE],
    ['account.timeZone', '', 'INPUT_MISSING', ZONE],
    ['account.timeZone', 7, 'INPUT_MALFORMED', ZONE],
    ['account.timeZone', 'Mars/Olympus', 'INPUT_MALFORMED', ZONE],
    ['account.openingEquity', null, 'INPUT_MISSING', 'account.openingEquity is missing: give its values.'],
    ['account.flows', undefined, 'INPUT_MISSING', 'account.flows is missing: give its values.'],
    ['account.flows', 7, 'INPUT_MALFORMED', 'account.flows is missing: give its values.'],
    ['edge', undefined, 'INPUT_MISSING', 'edge is missing: give trade statistics, or null.'],
    ['edge', 7, 'INPUT_MISSING', 'edge is missing: give trade statistics, or null.'],
    ['strategy', 7, 'INPUT_MALFORMED', 'strategy is missing: give its values.'],
    ['strategy', undefined, 'INPUT_MISSING', 'strategy is missing: give its values.'],
    ['strategy.code', 'beta', 'INPUT_OUT_OF_RANGE', 'strategy.code must be alpha, the strategy of the order.'],
    ['strategy.enabled', null, 'INPUT_MISSING', 'strategy.enabled must be true or false.'],
    ['strategy.budget', undefined, 'INPUT_MISSING', 'strategy.budget is missing: give a decimal number, or null.'],
    [
      'strategy.fixedQuantity',
      undefined,
      'INPUT_MISSING',
      'strategy.fixedQuantity is missing: give a decimal number, or null.',
    ],
    ['strategy.method', undefined, 'INPUT_MISSING', METHOD],
    ['strategy.method', 7, 'INPUT_MALFORMED', METHOD],
    ['ordersToday', null, 'INPUT_MISSING', ORDERS],
    ['ordersToday', -1, 'INPUT_MALFORMED', ORDERS],
    ['ordersToday', 0.5, 'INPUT_MALFORMED', ORDERS],
    ['recent', null, 'INPUT_MISSING', 'recent is missing: give the recent orders, [] where there are none.'],
    ['recent.1', null, 'INPUT_MISSING', 'recent.1 is missing: give its values.'],
    ['recent.1.at', 0.5, 'INPUT_MALFORMED', 'recent.1.at must be whole milliseconds since 1970.'],
    ['recent.1.at', NOW + 2001, 'CLOCK_ANOMALY', 'recent.1.at lies in the future: check the clock.'],
    ['recent.1.at', NOW + 2000, null, ''],
    ['recent.1.symbol', 7, 'INPUT_MALFORMED', 'recent.1.symbol must be a name.'],
    ['recent.1.side', 'long', 'INPUT_MALFORMED', 'recent.1.side must be buy or sell.'],
    ['recent.1.quantity', null, 'INPUT_MISSING', 'recent.1.quantity is missing: give a decimal number.'],
    ...READINGS.flatMap((path): [string, unknown, string, string][] => [
      [path, null, 'INPUT_MISSING', `${path} is missing: give its values.`],
      [path, [], 'INPUT_MALFORMED', `${path} is missing: give its values.`],
    ]),
  ] as const)('at %s with %j gives %s', (path, value, code, says) => {
    const decision = decided(withValue(path, value, path === 'at' ? {} : WHOLE))
    const field = path
    expect(decision.reasons).toEqual(code === null ? [] : [{ code, field, says }])
    expect(decision.quantity).toBe(code === null ? '200' : '0')
  })

  it.each(READINGS)('at %s.source with no words is refused', (path) => {
    const field = `${path}.source`
    expect(decided(withValue(field, undefined)).reasons).toEqual([
      { code: 'INPUT_MISSING', field, says: `${field} must be words.` },
    ])
    expect(decided(withValue(field, 7)).reasons).toEqual([
      { code: 'INPUT_MALFORMED', field, says: `${field} must be words.` },
    ])
  })

  it.each([
    ['', 'INPUT_MISSING'],
    [7, 'INPUT_MISSING'],
    ['BOLT', 'SPEC_MISMATCH'],
  ])('with the specification of %j is refused', (symbol, code) => {
    expect(decided(withValue('instrument.symbol', symbol)).reasons).toEqual([
      { code, field: 'instrument.symbol', says: 'instrument.symbol must be ACME, the symbol of the order.' },
    ])
  })

  it('asks nothing of a strategy or an edge that are not there, and words of the edge that is', () => {
    expect(decided(inputs()).reasons).toEqual([])
    const edge = { scope: 7 } as unknown as DecisionInputs['edge']
    expect(decided(inputs({ edge })).reasons).toEqual([
      { code: 'INPUT_MALFORMED', field: 'edge.scope', says: 'edge.scope must be words.' },
    ])
  })

  it('does not take the strategy of another order, nor one for an order without', () => {
    expect(decided(inputs({ strategy })).reasons).toEqual([
      {
        code: 'INPUT_OUT_OF_RANGE',
        field: 'strategy.code',
        says: 'strategy.code must be unset, the strategy of the order.',
      },
    ])
  })

  it('does not compare recent orders with an instant that is none: the instant alone is told', () => {
    expect(decided(withValue('at', NaN)).reasons.map(({ field }) => field)).toEqual(['at'])
  })

  it('tells every fault at once, each a step, and what of the order is known', () => {
    const given = inputs({
      account: { enabled: 7 as never, name: 7 as never },
      ordersToday: -1,
      request: { side: 'sell', stop: '105', target: '90', strategy: 'alpha', method: 'fixed_qty' },
    })
    const decision = decided(given)
    expect(decision.reasons.map(({ field }) => field)).toEqual(['account.enabled', 'account.name', 'ordersToday'])
    expect(decision.steps).toEqual(
      decision.reasons.map(({ code, field, says }) => ({
        stage: 'resolve',
        rule: field,
        title: 'Inputs',
        before: '0',
        after: '0',
        factor: null,
        ceiling: null,
        passed: false,
        code,
        facts: {},
        says,
      })),
    )
    expect(decision).toMatchObject({
      kind: 'entry',
      outcome: 'rejected',
      binding: 'resolve',
      symbol: 'ACME',
      side: 'sell',
      strategy: 'alpha',
      method: 'fixed_qty',
      entry: '100',
      stop: '105',
      target: '90',
      quantity: '0',
      proposed: null,
      says: 'Size 0. account.enabled must be true or false.',
    })
    expect(decided(withValue('ordersToday', -1, { request: { entry: 'market', stop: undefined } }))).toMatchObject({
      method: 'fixed_risk',
      entry: null,
      stop: null,
      target: null,
      strategy: null,
    })
  })

  it('tells of the book what could not be valued, after what else is broken', () => {
    const held = { positions: [{ ...book(), symbol: 'BOLT' } as never] }
    const fields = decided(withValue('ordersToday', -1), held).reasons.map(({ field }) => field)
    expect(fields[0]).toBe('ordersToday')
    expect(fields).toContain('positions.BOLT.spec')
  })

  it('takes the method of the strategy where it is words, for what it tells', () => {
    const own = { ...strategy, method: 'fixed_qty' }
    const told = { ...WHOLE, strategy: own }
    expect(decided(withValue('ordersToday', -1, told)).method).toBe('fixed_qty')
    expect(decided(withValue('strategy.method', 7, told)).method).toBe('fixed_risk')
    expect(decided(withValue('strategy', 7, told)).method).toBe('fixed_risk')
  })
})
