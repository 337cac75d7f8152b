import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadOut } from '../../../src/ui/charts/draw-ends.ts'
import { DrawQueue } from '../../../src/ui/charts/draw-queue.ts'

describe('words at the ends of lines', () => {
  it('keep apart, keep their order and never leave the plot while there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 12 }), (ys) => {
        const rows = spreadOut(
          ys.map((y, index) => ({ y, index })),
          400,
        )
        expect(rows).toHaveLength(ys.length)
        for (const [at, row] of rows.entries()) {
          expect(row.y).toBeLessThanOrEqual(400 + 1e-9)
          expect(row.y).toBeGreaterThanOrEqual(-1e-9)
          const below = rows[at + 1]
          if (below !== undefined) expect(below.y - row.y).toBeGreaterThanOrEqual(14 - 1e-9)
        }
        const byWish = ys.map((y, index) => ({ y, index })).toSorted((a, b) => a.y - b.y)
        expect(rows.map(({ index }) => index)).toEqual(byWish.map(({ index }) => index))
      }),
    )
  })
})

describe('the drawings of a window', () => {
  /** Frames run by hand, and a clock that each drawing moves on by its cost. */
  function frames(budget: number) {
    let now = 0
    const asked: (() => void)[] = []
    const queue = new DrawQueue(
      (run) => asked.push(run),
      () => now,
      budget,
    )
    return {
      queue,
      cost: (milliseconds: number) => {
        now += milliseconds
      },
      frame: () => asked.shift()?.(),
      waiting: () => asked.length,
    }
  }

  it('stop for a frame when its time is up, and go on in the next', () => {
    const { queue, cost, frame, waiting } = frames(10)
    const drawn: string[] = []
    for (const name of ['fan', 'ends', 'ruin'])
      queue.add({ name }, () => {
        drawn.push(name)
        cost(6)
      })
    expect(drawn).toEqual([])
    expect(waiting()).toBe(1)
    frame()
    expect(drawn).toEqual(['fan', 'ends'])
    frame()
    expect(drawn).toEqual(['fan', 'ends', 'ruin'])
    expect(waiting()).toBe(0)
  })

  it('draw the newest scene of a plot only, and none of a plot that is gone', () => {
    const { queue, frame } = frames(10)
    const drawn: number[] = []
    const [plot, gone] = [{}, {}]
    for (const scene of [1, 2, 3]) queue.add(plot, () => drawn.push(scene))
    queue.add(gone, () => drawn.push(9))
    queue.drop(gone)
    frame()
    expect(drawn).toEqual([3])
  })

  it('draw one plot even where a single one takes longer than a frame has', () => {
    const { queue, cost, frame } = frames(0)
    const drawn: string[] = []
    for (const name of ['a', 'b'])
      queue.add({ name }, () => {
        drawn.push(name)
        cost(50)
      })
    frame()
    expect(drawn).toEqual(['a'])
    frame()
    expect(drawn).toEqual(['a', 'b'])
  })
})
