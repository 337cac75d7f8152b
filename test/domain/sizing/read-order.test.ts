import { describe, expect, it } from 'vitest'
import type { OrderRequest } from '../../../src/domain/inputs.ts'
import { text } from '../../../src/domain/kernel/money.ts'
import { readOrder } from '../../../src/domain/sizing/read-order.ts'
import { named } from './asking.ts'

const LEAST = { symbol: 'ACME', side: 'buy', entry: '100' }
const read = (request: OrderRequest) => {
  const order = readOrder(request)
  if (!order.ok) return order.error.map(named)
  return Object.fromEntries(
    Object.entries(order.value as object).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'object' && value !== null ? text(value as never) : value,
    ]),
  )
}
const fault = (request: OrderRequest): string => {
  const order = readOrder({ ...LEAST, ...request })
  return order.ok ? 'read' : order.error.map(({ says }) => says).join(' ')
}

describe('an order request', () => {
  it('needs a symbol, a side and an entry; what is unset is nothing, never a default', () => {
    const unset = {
      strategy: null,
      method: null,
      stop: null,
      target: null,
      quantity: null,
      risk: null,
      conviction: null,
      signal: null,
      expectedReturn: null,
      volatility: null,
    }
    expect(read(LEAST)).toEqual({ ...LEAST, ...unset })
    const empty = Object.fromEntries(Object.keys(unset).map((key) => [key, '']))
    expect(read({ ...LEAST, ...empty })).toEqual({ ...LEAST, ...unset })
    expect(read({ ...LEAST, ...unset })).toEqual({ ...LEAST, ...unset })
  })

  it('is read value by value, with the blanks around names and the case of words left aside', () => {
    expect(
      read({
        symbol: ' ACME ',
        side: 'SHORT',
        entry: ' Market ',
        strategy: ' alpha ',
        method: ' fixed_risk ',
        stop: '105.50',
        target: '90',
        quantity: '3',
        risk: '0.01',
        conviction: 'high',
        signal: '-0.5',
        expectedReturn: '-0.1',
        volatility: '0',
      }),
    ).toEqual({
      symbol: 'ACME',
      side: 'sell',
      entry: 'market',
      strategy: 'alpha',
      method: 'fixed_risk',
      stop: '105.5',
      target: '90',
      quantity: '3',
      risk: '0.01',
      conviction: 'HIGH',
      signal: '-0.5',
      expectedReturn: '-0.1',
      volatility: '0',
    })
  })

  it.each([
    ['buy', 'buy'],
    ['Long', 'buy'],
    ['sell', 'sell'],
    ['short', 'sell'],
  ])('takes the side %s for a %s', (side, expected) => {
    expect(read({ ...LEAST, side })).toMatchObject({ side: expected })
  })

  it('answers every fault at once', () => {
    expect(read({})).toEqual([
      'INPUT_MISSING request.symbol',
      'INPUT_MISSING request.side',
      'INPUT_MISSING request.entry',
    ])
    expect(read({ ...LEAST, symbol: 7, stop: '-1', signal: '2', conviction: 'sure', risk: '2' })).toEqual([
      'INPUT_MALFORMED request.symbol',
      'INPUT_OUT_OF_RANGE request.stop',
      'UNIT_MISMATCH request.risk',
      'INPUT_MALFORMED request.conviction',
      'INPUT_OUT_OF_RANGE request.signal',
    ])
  })

  it.each([
    ['symbol', null, 'INPUT_MISSING'],
    ['symbol', '  ', 'INPUT_MISSING'],
    ['symbol', {}, 'INPUT_MALFORMED'],
    ['symbol', 'x'.repeat(121), 'INPUT_MALFORMED'],
    ['strategy', '  ', 'INPUT_MISSING'],
    ['method', [], 'INPUT_MALFORMED'],
    ['side', null, 'INPUT_MISSING'],
    ['side', '', 'INPUT_MISSING'],
    ['side', 'hold', 'INPUT_MALFORMED'],
    ['side', 'constructor', 'INPUT_MALFORMED'],
    ['side', 1, 'INPUT_MALFORMED'],
    ['entry', undefined, 'INPUT_MISSING'],
    ['entry', 'limit', 'INPUT_MALFORMED'],
    ['entry', '0', 'INPUT_OUT_OF_RANGE'],
    ['stop', '0', 'INPUT_OUT_OF_RANGE'],
    ['target', 'NaN', 'INPUT_NOT_FINITE'],
    ['quantity', '1,000', 'INPUT_MALFORMED'],
    ['risk', '0', 'INPUT_OUT_OF_RANGE'],
    ['risk', 'abc', 'INPUT_MALFORMED'],
    ['risk', '1.01', 'UNIT_MISMATCH'],
    ['conviction', 3, 'INPUT_MALFORMED'],
    ['signal', 'NaN', 'INPUT_NOT_FINITE'],
    ['signal', '1.01', 'INPUT_OUT_OF_RANGE'],
    ['signal', '-1.01', 'INPUT_OUT_OF_RANGE'],
    ['expectedReturn', 'Infinity', 'INPUT_NOT_FINITE'],
    ['volatility', '-0.1', 'INPUT_OUT_OF_RANGE'],
  ])('refuses a %s of %s', (key, value, code) => {
    expect(read({ ...LEAST, [key]: value })).toEqual([`${code} request.${key}`])
  })

  it.each([
    ['risk', '1'],
    ['signal', '1'],
    ['signal', '-1'],
    ['signal', '0'],
    ['volatility', '0'],
    ['expectedReturn', '0'],
    ['symbol', 'x'.repeat(120)],
  ])('takes a %s of %s: the end of its range', (key, value) => {
    expect(read({ ...LEAST, [key]: value })).toMatchObject({ [key]: value })
  })

  it('says what was given and what is allowed', () => {
    expect(fault({ risk: '2' })).toBe('request.risk is 2: it is a share of equity, so 0.01 is 1 %, and at most 1.')
    expect(fault({ signal: '1.5' })).toBe('request.signal is 1.5: it lies between -1 and 1.')
    expect(fault({ side: 'sideways, if you please, sir' })).toBe('request.side is sideways, if you ple: buy or sell.')
    expect(fault({ side: 7 })).toBe('request.side is a number: buy or sell.')
  })
})
