import { describe, expect, it } from 'vitest'
import { roundDown, shareOf, stateOf, type Evaluated } from '../../../src/domain/governor/ladder.ts'
import { CEILINGS } from '../../../src/domain/governor/registry.ts'
import type { CeilingRule } from '../../../src/domain/governor/rule.ts'
import { dec, text, type Dec } from '../../../src/domain/kernel/money.ts'

describe('rounding', () => {
  /** A ceiling of 10 whose use is what is told, whatever its capacity said. */
  const under = (useOf: (quantity: Dec) => Dec, before = '0'): Evaluated => ({
    rule: CEILINGS[0] as CeilingRule,
    ceiling: {
      kind: 'cap',
      unit: 'quantity',
      limit: dec('10'),
      before: dec(before),
      useOf,
      capacity: dec('10'),
      says: '',
      facts: {},
    },
    capacity: dec('10'),
    capacityText: '10',
  })
  const rounded = (quantity: string, lot: string, ...ceilings: Evaluated[]): string =>
    text(roundDown(dec(quantity), dec(lot), ceilings))

  it('goes down to the lot, and no further where every limit is kept', () => {
    expect(
      rounded(
        '10.9',
        '2',
        under((quantity) => quantity),
      ),
    ).toBe('10')
    expect(rounded('11', '5')).toBe('10')
  })

  it('gives up lots where a use comes out above its limit, down to none', () => {
    expect(
      rounded(
        '10',
        '1',
        under((quantity) => quantity.plus('0.0000001')),
      ),
    ).toBe('9')
    expect(
      rounded(
        '10',
        '4',
        under((quantity) => quantity.plus('2.5')),
      ),
    ).toBe('4')
    expect(
      rounded(
        '10',
        '1',
        under(() => dec('11')),
      ),
    ).toBe('0')
    expect(
      rounded(
        '10',
        '1',
        under((quantity) => quantity),
        under((quantity) => quantity.plus('3')),
      ),
    ).toBe('7')
  })

  it('gives up nothing for a limit that was over before: its capacity is none anyway', () => {
    expect(
      rounded(
        '10',
        '1',
        under(() => dec('11'), '10.5'),
      ),
    ).toBe('10')
    expect(
      rounded(
        '10',
        '1',
        under(() => dec('11'), '10'),
      ),
    ).toBe('0')
  })
})

describe('the use of a limit', () => {
  it('has no share of a limit of nothing', () => {
    expect([shareOf(dec('5'), dec('0')), shareOf(dec('5'), dec('8')), shareOf(dec('0'), dec('8'))]).toEqual([
      null,
      '0.625',
      '0',
    ])
  })

  it.each([
    ['0', '100', 'ok'],
    ['69.99', '100', 'ok'],
    ['70', '100', 'near'],
    ['100', '100', 'near'],
    ['100.01', '100', 'over'],
    ['0', '0', 'ok'],
    ['0.01', '0', 'over'],
    ['-5', '0', 'ok'],
    ['-5', '-4', 'ok'],
  ])('of %s under %s is %s', (used, limit, state) => {
    expect(stateOf(dec(used), dec(limit))).toBe(state)
  })
})
