import { describe, expect, it } from 'vitest'
import { andersonMixing } from '../../../src/domain/stats/anderson-mixing.ts'

/** x ↦ Ax + b with slowly shrinking A; its fixed point is b / (1 − a), element by element. */
const shrink = [0.99, 0.95, 0.9]
const shift = [1, -2, 3]
const map = (x: Float64Array): Float64Array => x.map((value, i) => (shrink[i] ?? 0) * value + (shift[i] ?? 0))
const fixed = shift.map((b, i) => b / (1 - (shrink[i] ?? 0)))
const away = (x: Float64Array): number => Math.max(...fixed.map((value, i) => Math.abs(value - (x[i] ?? Number.NaN))))

function after(steps: number, next: (asked: Float64Array, answer: Float64Array) => Float64Array): Float64Array {
  let place: Float64Array = new Float64Array(3)
  for (let step = 0; step < steps; step++) place = next(place, map(place))
  return place
}

describe('mixing a fixed-point iteration with its past', () => {
  it('ends a linear one of three unknowns in a few steps, where the plain one is far away', () => {
    const mixing = andersonMixing()
    expect(away(after(6, (asked, answer) => mixing.next(asked, answer)))).toBeLessThan(1e-9)
    expect(away(after(6, (_, answer) => answer))).toBeGreaterThan(90)
  })

  it('is the plain iteration while it has no past, and where steps repeat each other', () => {
    const one = new Float64Array([1, 2, 3])
    const mixing = andersonMixing()
    expect(mixing.next(one, map(one))).toEqual(map(one))
    expect(mixing.next(one, map(one))).toEqual(map(one))
  })

  it('forgets a past after which it only got worse', () => {
    const mixing = andersonMixing()
    const near = new Float64Array([0, 0, 0])
    const far = new Float64Array([1e6, 1e6, 1e6])
    mixing.next(near, map(near))
    expect(mixing.next(far, map(far))).toEqual(map(far))
  })
})
