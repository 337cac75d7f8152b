import { describe, expect, it } from 'vitest'
import type { Piece } from '../../../src/domain/governor/invert-search.ts'
import { falling, rising, search } from './made-up-order.ts'

const whole: readonly Piece[] = [{ least: 0, most: 100 }]

describe('the search along one grid', () => {
  it('finds the least step from which a rising limit leaves the quantity, and the step before it', () => {
    const made = { rooms: { a: rising(37) } }
    expect(search(made, { pieces: whole }).found).toEqual({ kind: 'found', step: 37, beyond: 36 })
    expect(search(made, { pieces: whole, present: 80 }).found).toEqual({ kind: 'found', step: 37, beyond: 36 })
    expect(search(made, { pieces: whole, present: 3 }).found).toEqual({ kind: 'found', step: 37, beyond: 36 })
  })

  it('finds the last step of a falling one', () => {
    const made = { rooms: { a: falling(37) } }
    expect(search(made, { pieces: whole, wanted: 'most' }).found).toEqual({ kind: 'found', step: 37, beyond: 38 })
  })

  it('finds the window that two limits leave which pull apart, from both of its ends', () => {
    const made = { rooms: { up: rising(40), down: falling(43) } }
    expect(search(made, { pieces: whole }).found).toEqual({ kind: 'found', step: 40, beyond: 39 })
    expect(search(made, { pieces: whole, wanted: 'most' }).found).toEqual({ kind: 'found', step: 43, beyond: 44 })
    expect(search({ rooms: { up: rising(41), down: falling(41) } }, { pieces: whole }).found).toEqual({
      kind: 'found',
      step: 41,
      beyond: 40,
    })
  })

  it('says of two limits that leave no window which one is in the way', () => {
    const { found } = search({ rooms: { up: rising(60), down: falling(40) } }, { pieces: whole })
    expect(found.kind).toBe('never')
    expect(['up', 'down']).toContain((found as { readonly rule: string }).rule)
  })

  it('says that every step does, where the grid ends before the limit', () => {
    expect(search({ rooms: { a: rising(-5) } }, { pieces: whole }).found).toEqual({ kind: 'any', step: 0 })
    expect(search({ rooms: { a: falling(500) } }, { pieces: whole, wanted: 'most' }).found).toEqual({
      kind: 'any',
      step: 100,
    })
  })

  it('says that the unknown counts for nothing where both ends are alike', () => {
    expect(search({ rooms: { a: () => 20, b: () => null } }, { pieces: whole }).found).toEqual({
      kind: 'no_effect',
      step: 0,
    })
    expect(search({ rooms: { a: () => 5 } }, { pieces: whole, present: 50 }).found.kind).toBe('no_effect')
    expect(
      search({ rooms: { a: () => 5 } }, { pieces: [whole[0] as Piece, { least: 101, most: 200 }] }).found.kind,
    ).toBe('no_effect')
  })

  it.each([
    ['another size', { rooms: { a: (step: number) => (step === 100 ? 21 : 20) } }],
    ['another check', { rooms: { a: () => 20 }, blocks: { gate: (step: number) => step === 100 } }],
    ['another room of a limit that does not bind', { rooms: { a: () => 20, b: (step: number) => 30 + step } }],
    ['a limit at one end only', { rooms: { a: () => 20, b: (step: number) => (step === 0 ? null : 30) } }],
    ['a limit at the other end only', { rooms: { a: () => 20, b: (step: number) => (step === 0 ? 30 : null) } }],
  ])('does count where one end has %s', (_, made) => {
    expect(search(made, { pieces: whole }).found.kind).not.toBe('no_effect')
  })

  it('names the rule that does not change, and that blocks whatever the step is', () => {
    expect(search({ rooms: { a: rising(10), b: () => 5 } }, { pieces: whole }).found).toMatchObject({
      kind: 'never',
      rule: 'b',
    })
    const closed = { rooms: { a: rising(10) }, blocks: { session: () => true } }
    expect(search(closed, { pieces: whole }).found).toMatchObject({ kind: 'never', rule: 'session' })
  })

  it('counts a limit that holds only at one end as rising towards where it does not', () => {
    const from = (step: number) => (step > 70 ? null : 5)
    expect(search({ rooms: { a: rising(-1), b: from } }, { pieces: whole }).found).toEqual({
      kind: 'found',
      step: 71,
      beyond: 70,
    })
    const to = (step: number) => (step < 30 ? null : 5)
    expect(search({ rooms: { a: rising(-1), b: to } }, { pieces: whole, wanted: 'most' }).found).toEqual({
      kind: 'found',
      step: 29,
      beyond: 30,
    })
  })

  it('follows a check the way it passes, once every limit leaves the quantity', () => {
    const made = { rooms: { a: rising(20) }, blocks: { collar: (step: number) => step < 63 || step > 70 } }
    const passes = (rule: string, step: number): -1 | 0 | 1 => (rule !== 'collar' ? 0 : step < 66 ? 1 : -1)
    expect(search(made, { pieces: whole, passes }).found).toEqual({ kind: 'found', step: 63, beyond: 62 })
    expect(search(made, { pieces: whole, passes, wanted: 'most' }).found).toEqual({
      kind: 'found',
      step: 70,
      beyond: 71,
    })
  })

  it('follows the tightest limit where rounding took off what every limit left', () => {
    const made = {
      rooms: { a: (step: number) => 10 + step / 50, b: () => 40 },
      lost: (step: number) => (step < 55 ? 3 : 0),
    }
    expect(search(made, { pieces: whole }).found).toEqual({ kind: 'found', step: 55, beyond: 54 })
  })

  it('looks only where the order comes as far as the limits', () => {
    const sized = (step: number) => step >= 20 && step <= 80
    expect(search({ rooms: { a: rising(-1) }, sized }, { pieces: whole }).found).toEqual({
      kind: 'found',
      step: 20,
      beyond: 19,
    })
    expect(search({ rooms: { a: falling(500) }, sized }, { pieces: whole, wanted: 'most' }).found).toEqual({
      kind: 'found',
      step: 80,
      beyond: 81,
    })
    expect(search({ rooms: { a: rising(-1) }, sized: () => false }, { pieces: whole }).found).toEqual({
      kind: 'never',
      step: 0,
      rule: null,
    })
    const narrow = (step: number) => step === 7 || step === 8
    expect(search({ rooms: { a: rising(-1) }, sized: narrow }, { pieces: whole, present: 7 }).found).toEqual({
      kind: 'found',
      step: 7,
      beyond: 6,
    })
    expect(search({ rooms: { a: rising(-1) }, sized: narrow }, { pieces: whole, present: 107 }).found.kind).toBe(
      'never',
    )
  })

  it('has nothing to say of a grid without a step', () => {
    expect(search({ rooms: {} }, { pieces: [{ least: 5, most: 4 }] }).found).toEqual({
      kind: 'never',
      step: 5,
      rule: null,
    })
    expect(search({ rooms: {} }, { pieces: [] }).found).toEqual({ kind: 'never', step: 0, rule: null })
  })

  it('takes a guess that deciding proves, and only then', () => {
    const made = { rooms: { a: rising(37) } }
    const far = [{ least: 0, most: 1_000_000_000 }]
    const straight = search(made, { pieces: far, guess: 37 })
    const searched = search(made, { pieces: far })
    expect(straight.found).toEqual({ kind: 'found', step: 37, beyond: 36 })
    expect(straight.looks).toBeLessThan(searched.looks)
    for (const guess of [36, 38, 0, 1_000_000_000, -3])
      expect(search(made, { pieces: far, guess }).found).toEqual({ kind: 'found', step: 37, beyond: 36 })
  })

  it('finds its answer in as many steps as a grid of a billion can be halved', () => {
    const { found, looks } = search(
      { rooms: { a: rising(123_456_789) } },
      { pieces: [{ least: 0, most: 1_000_000_000 }] },
    )
    expect(found).toEqual({ kind: 'found', step: 123_456_789, beyond: 123_456_788 })
    expect(looks).toBeLessThan(100)
  })
})
