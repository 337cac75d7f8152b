import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cornerSums, cornerTotals } from '../../../src/domain/governor/fill-corners.ts'

interface Face {
  readonly at: number
  readonly size: number
}

/** A product that is convex in either face: sizes times a share by how far apart they stand. */
const product = (a: Face, b: Face): number => (a.size * b.size) / (1 + Math.abs(a.at - b.at))
const faces = (...sizes: readonly (readonly number[])[]): readonly (readonly Face[])[] =>
  sizes.map((some, at) => some.map((size) => ({ at, size })))

/** Every pair of one choice of faces, added up the slow way. */
const plain = (chosen: readonly Face[]): number =>
  chosen.reduce((sum, a) => chosen.reduce((inner, b) => inner + product(a, b), sum), 0)
const choices = (things: readonly (readonly Face[])[]): readonly (readonly Face[])[] =>
  things.reduce<readonly (readonly Face[])[]>(
    (before, some) => some.flatMap((face) => before.map((chosen) => [...chosen, face])),
    [[]],
  )

const drawn = (most: number) =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 2 }), { maxLength: most })

describe('the ways that working orders may fill', () => {
  it('are one of nothing, one where nothing is working, and two for each thing that is', () => {
    expect(cornerSums<Face>([], product)).toEqual([0])
    expect(cornerSums(faces([2], [3]), product)).toEqual([4 + 9 + 6])
    expect(cornerSums(faces([2], [0, 3]), product)).toEqual([4, 19])
    expect(cornerSums(faces([-1, 2], [0, 3]), product)).toEqual([1, 4, 1 + 9 - 3, 4 + 9 + 6])
  })

  it('have sums and totals in one order, each that of its own choice', () => {
    fc.assert(
      fc.property(drawn(8), (sizes) => {
        const things = faces(...sizes)
        const sums = cornerSums(things, product)
        const totals = cornerTotals(things, ({ size, at }) => size * (at + 1))
        expect(sums).toHaveLength(totals.length)
        for (const [corner, chosen] of choices(things).entries()) {
          expect(sums[corner]).toBeCloseTo(plain(chosen), 8)
          expect(totals[corner]).toBe(chosen.reduce((sum, { size, at }) => sum + size * (at + 1), 0))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are told as working where either face is', () => {
    const told: (readonly [number, number, boolean])[] = []
    const note = (a: Face, b: Face, working: boolean) => {
      told.push([a.at, b.at, working])
      return 0
    }
    cornerSums(faces([1], [0, 3], [0, 2]), note)
    expect(told.every(([a, b, working]) => working === (a > 0 || b > 0))).toBe(true)
    const terms: (readonly [number, boolean])[] = []
    cornerTotals(faces([1], [0, 3]), ({ at }, working) => terms.push([at, working]))
    expect(terms).toEqual([
      [0, false],
      [1, true],
      [1, true],
    ])
  })

  it('of many are one that none is above, and that eight are not', () => {
    const nine = faces([4], ...Array.from({ length: 9 }, (_, at) => (at % 2 === 0 ? [-2, 1] : [0, 3])))
    const [sum, ...others] = cornerSums(nine, product)
    const [total, ...otherTotals] = cornerTotals(nine, ({ size }) => size)
    expect([others, otherTotals, total]).toEqual([[], [], 4 + 5 * 1 + 4 * 3])
    for (const chosen of choices(nine)) expect(sum).toBeGreaterThanOrEqual(plain(chosen) - 1e-9)
    expect(cornerSums(nine.slice(0, 9), product)).toHaveLength(256)
  })

  it('of many are each pair at its own worst', () => {
    // Nine of −2 or 1 beside one of 4, all of them together: 16 + 9 · (4 + 2 · 4 · 1) + 72 · 4.
    const nine = faces([4], ...Array.from({ length: 9 }, () => [-2, 1]))
    expect(cornerSums(nine, (a, b) => a.size * b.size)).toEqual([16 + 9 * (4 + 8) + 72 * 4])
  })
})
