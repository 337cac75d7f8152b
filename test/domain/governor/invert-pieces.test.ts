import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Piece } from '../../../src/domain/governor/invert-search.ts'
import { falling, probeAt, rising, search } from './made-up-order.ts'

describe('the search along several pieces', () => {
  const pieces: readonly Piece[] = [
    { least: 0, most: 49 },
    { least: 50, most: 99 },
  ]

  it('answers from the first piece, on the wanted side, that allows the quantity', () => {
    expect(search({ rooms: { a: rising(70) } }, { pieces }).found).toEqual({ kind: 'found', step: 70, beyond: 69 })
    expect(search({ rooms: { a: rising(20) } }, { pieces }).found).toEqual({ kind: 'found', step: 20, beyond: 19 })
    expect(search({ rooms: { a: falling(20) } }, { pieces, wanted: 'most' }).found).toEqual({
      kind: 'found',
      step: 20,
      beyond: 21,
    })
  })

  it('ends at the edge of a piece where the quantity is allowed from there, and the piece before has none', () => {
    expect(search({ rooms: { a: rising(50) } }, { pieces }).found).toEqual({ kind: 'found', step: 50, beyond: 49 })
    expect(search({ rooms: { a: rising(0) } }, { pieces }).found).toEqual({ kind: 'any', step: 0 })
    expect(search({ rooms: { a: falling(49) } }, { pieces, wanted: 'most' }).found).toEqual({
      kind: 'found',
      step: 49,
      beyond: 50,
    })
    expect(search({ rooms: { a: falling(99) } }, { pieces, wanted: 'most' }).found).toEqual({ kind: 'any', step: 99 })
  })

  it('tells of the last piece what is in the way of all', () => {
    expect(search({ rooms: { a: rising(500) } }, { pieces }).found).toMatchObject({ kind: 'never', rule: 'a' })
    const first = (step: number) => step >= 50
    expect(search({ rooms: { a: () => 5 }, sized: first }, { pieces }).found.kind).toBe('never')
  })
})

describe('the search', () => {
  const edge = fc.integer({ min: -5, max: 45 })
  const way = fc.constantFrom('up', 'down')
  const rules = fc.array(fc.record({ at: edge, way }), { minLength: 1, maxLength: 4 })

  it('equals looking at every step', () => {
    fc.assert(
      fc.property(
        rules,
        fc.constantFrom('least' as const, 'most' as const),
        fc.option(fc.nat(40)),
        (given, wanted, present) => {
          const rooms = Object.fromEntries(
            given.map(({ at, way: of }, index) => [`r${index}`, of === 'up' ? rising(at) : falling(at)]),
          )
          const allowed = Array.from({ length: 41 }, (_, step) => step).filter(
            (step) => probeAt({ rooms }, step).reached,
          )
          const { found } = search({ rooms }, { pieces: [{ least: 0, most: 40 }], wanted, present })
          const outermost = wanted === 'least' ? allowed[0] : allowed.at(-1)
          if (outermost === undefined) expect(found.kind).toBe('never')
          else if (outermost === (wanted === 'least' ? 0 : 40)) expect(found).toEqual({ kind: 'any', step: outermost })
          else
            expect(found).toEqual({ kind: 'found', step: outermost, beyond: outermost + (wanted === 'least' ? -1 : 1) })
        },
      ),
      { numRuns: 300 },
    )
  })
})
