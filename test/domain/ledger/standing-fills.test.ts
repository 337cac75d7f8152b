import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standingFills, type FillChange } from '../../../src/domain/ledger/standing-fills.ts'
import { exampleFill } from './example-fill.ts'

const bust = (fillId: string): FillChange => ({ fillId, accountId: 'main', at: 9, revision: 0, corrected: null })
const correction = (fillId: string, revision: number, price: string): FillChange => ({
  fillId,
  accountId: 'main',
  at: 9,
  revision,
  corrected: exampleFill(fillId, { at: 9, price, quantity: '7', stop: null, strategy: 'other' }),
})

describe('fills that a venue changed', () => {
  const [a, b] = [exampleFill('a', { at: 1, stop: '45', strategy: 'swing' }), exampleFill('b', { at: 2 })]

  it('stand as they were entered while nothing was said', () => {
    const fills = [a, b]
    expect(standingFills(fills, [])).toBe(fills)
  })

  it('are out where they are void, whatever else was said of them', () => {
    expect(standingFills([a, b], [correction('a', 3, '51'), bust('a')])).toEqual([b])
    expect(standingFills([b], [bust('a')])).toEqual([b])
  })

  it('read as the highest correction says, with the instant and the ticket of the first report', () => {
    const [first] = standingFills([a, b], [correction('a', 2, '52'), correction('a', 1, '51')])
    expect(first).toEqual({ ...a, price: '52', quantity: '7', statedProfit: null })
    expect(first).toMatchObject({ at: 1, stop: '45', strategy: 'swing' })
  })

  it('count by their correction alone where the fill was never told', () => {
    expect(standingFills([b], [correction('a', 1, '51')])).toEqual([b, correction('a', 1, '51').corrected])
  })

  it('are the same in any order of what was said, and however often', () => {
    const change = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 3 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(), (drawn, turn) => {
        const changes = drawn.map(([id, revision]) =>
          revision === 0 ? bust(id) : correction(id, revision, `5${revision}`),
        )
        const other = [...changes, ...changes].map((_, place, all) => all[(place * 7 + turn) % all.length] ?? bust('z'))
        const all = [...other, ...changes]
        expect(standingFills([b, a], all)).toEqual(standingFills([a, b], changes))
      }),
    )
  })
})
