import { describe, expect, it } from 'vitest'
import type { Piece } from '../../../src/domain/governor/invert-search.ts'
import { falling, rising, search } from './made-up-order.ts'

const pieces: readonly Piece[] = [{ least: 0, most: 100 }]
const found = (...asked: Parameters<typeof search>) => search(...asked).found

describe('the search where neither end allows the quantity', () => {
  it('finds a window of one step, wherever it lies', () => {
    for (let at = 1; at < 100; at++)
      expect(found({ rooms: { up: rising(at), down: falling(at) } }, { pieces })).toEqual({
        kind: 'found',
        step: at,
        beyond: at - 1,
      })
  })

  it('follows the tightest limit where rounding took off what every limit left', () => {
    const rooms = {
      none: () => null,
      wide: () => 500,
      up: (step: number) => (step >= 10 ? 100 + step : 5),
      down: (step: number) => 30 - step / 10,
    }
    const lost = (step: number) => (step >= 20 ? 25 : 0)
    expect(found({ rooms, lost }, { pieces })).toEqual({ kind: 'found', step: 10, beyond: 9 })
    expect(found({ rooms, lost }, { pieces, wanted: 'most' })).toEqual({ kind: 'found', step: 19, beyond: 20 })
  })

  it('takes a limit that ends somewhere as leaving more from there on', () => {
    const from = { b: (step: number) => (step > 70 ? null : 5), c: falling(75) }
    expect(found({ rooms: from }, { pieces })).toEqual({ kind: 'found', step: 71, beyond: 70 })
    const to = { b: (step: number) => (step < 30 ? null : 5), c: rising(25) }
    expect(found({ rooms: to }, { pieces })).toEqual({ kind: 'found', step: 25, beyond: 24 })
  })

  it.each([
    ['that holds only between its ends', (step: number) => (step > 40 && step < 60 ? 5 : null)],
    ['that leaves as little everywhere', () => 5],
    ['that is not there at the low end', (step: number) => (step === 0 ? undefined : 5)],
    ['that is not there at the high end', (step: number) => (step === 100 ? undefined : 5)],
    ['that is not there at either', (step: number) => (step === 0 || step === 100 ? undefined : 5)],
  ])('stops at a limit %s, before one that could be followed', (_, stuck) => {
    const rooms = { up: rising(60), stuck, down: falling(90) }
    expect(found({ rooms }, { pieces })).toEqual({ kind: 'never', step: 50, rule: 'stuck' })
  })

  it('stops where two limits pull apart, and names the second', () => {
    const rooms = { up: rising(60), down: falling(40) }
    expect(found({ rooms }, { pieces })).toEqual({ kind: 'never', step: 50, rule: 'down' })
  })

  it('names the limit it followed to the end in vain', () => {
    const rooms = { up: (step: number) => 5 + step / 1e10, down: falling(90) }
    expect(found({ rooms }, { pieces })).toMatchObject({ kind: 'never', rule: 'down' })
    expect(found({ rooms: { up: (step: number) => 5 + step / 1e10 } }, { pieces })).toEqual({
      kind: 'never',
      step: 100,
      rule: 'up',
    })
  })

  it('asks no check where a limit is short: checks count once every limit leaves the quantity', () => {
    const made = { rooms: { up: rising(60), down: falling(70) }, blocks: { gate: (step: number) => step < 60 } }
    expect(found(made, { pieces })).toEqual({ kind: 'found', step: 60, beyond: 59 })
  })

  it('has no rule to name where none is short and none blocks', () => {
    const made = { rooms: { a: () => null }, lost: () => 2e9, blocks: { gate: (step: number) => step === 100 } }
    expect(found(made, { pieces })).toEqual({ kind: 'never', step: 50, rule: null })
  })

  it('is not misled by a present value outside the grid', () => {
    expect(found({ rooms: { a: rising(120) } }, { pieces, present: 150 })).toMatchObject({ kind: 'never', rule: 'a' })
    expect(found({ rooms: { a: falling(-5) } }, { pieces, present: -10 })).toMatchObject({ kind: 'never', rule: 'a' })
    const only = (at: number) => ({ rooms: { a: () => 20 }, sized: (step: number) => step === at })
    expect(found(only(107), { pieces, present: 107 })).toEqual({ kind: 'never', step: 0, rule: null })
    expect(found(only(-3), { pieces, present: -3 })).toEqual({ kind: 'never', step: 0, rule: null })
  })

  it('looks at a single step too, at either end or alone', () => {
    const only = (at: number) => ({ rooms: { a: () => 20 }, sized: (step: number) => step === at })
    expect(found(only(100), { pieces })).toEqual({ kind: 'no_effect', step: 100 })
    expect(found(only(0), { pieces })).toEqual({ kind: 'no_effect', step: 0 })
    expect(found(only(50), { pieces })).toEqual({ kind: 'no_effect', step: 50 })
    expect(found({ rooms: { a: () => 20 } }, { pieces: [{ least: 5, most: 5 }] })).toEqual({
      kind: 'no_effect',
      step: 5,
    })
  })
})

describe('ends that are not alike', () => {
  it('are those of which one loses more to rounding', () => {
    const made = { rooms: { a: () => 20 }, lost: (step: number) => (step === 100 ? 1 : 0) }
    expect(found(made, { pieces })).toEqual({ kind: 'any', step: 0 })
  })

  it('are those that different checks block', () => {
    const made = {
      rooms: { a: () => 20 },
      blocks: { low: (step: number) => step === 0, high: (step: number) => step === 100 },
    }
    expect(found(made, { pieces })).toEqual({ kind: 'found', step: 1, beyond: 0 })
  })

  it('are those of two pieces, whatever is in them', () => {
    const two = [
      { least: 0, most: 49 },
      { least: 50, most: 99 },
    ]
    expect(found({ rooms: { a: () => 20 } }, { pieces: two })).toEqual({ kind: 'any', step: 0 })
  })
})
