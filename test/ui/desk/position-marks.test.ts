import { describe, expect, it } from 'vitest'
import type { DeskView, PositionMarks as Told } from '../../../src/contract/limits.ts'
import { PositionMarks, type MarkSource } from '../../../src/ui/desk/position-marks.svelte.ts'

const position = {
  symbol: 'AAPL',
  strategy: null,
  quantity: '10',
  averagePrice: '100',
  mark: '101',
  markAt: 1_000,
  markSource: 'feed',
  stop: null,
  notional: '1010',
  openRisk: null,
  profit: '10',
  says: null,
} satisfies DeskView['positions'][number]

/** A desk that tells what it is handed, and ends the stream with an error when told to. */
function tellingDesk() {
  const queue: (Told | Error)[] = []
  let wake: () => void = () => undefined
  async function* stream(): AsyncGenerator<Told> {
    for (;;) {
      const next = queue.shift()
      if (next instanceof Error) throw next
      if (next !== undefined) yield next
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const source = { client: { limits: { watchPositions: () => Promise.resolve(stream()) } } } as unknown as MarkSource
  const tell = async (told: Told | Error): Promise<void> => {
    queue.push(told)
    wake()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { source, tell }
}

const moved = (mark: string, markAt: number, profit: string): Told => ({
  at: markAt,
  positions: [{ symbol: 'AAPL', strategy: null, mark, markAt, profit }],
})

describe('marks of positions', () => {
  it('are those told since, and the row itself where it was read later', async () => {
    const { source, tell } = tellingDesk()
    const marks = new PositionMarks(source, (draw) => draw())
    marks.see(position, true)
    void marks.follow()
    expect(marks.of(position)).toMatchObject({ mark: '101', profit: '10' })
    await tell(moved('102', 2_000, '20'))
    expect(marks.of(position)).toMatchObject({ mark: '102', profit: '20' })
    expect(marks.of({ ...position, strategy: 'pairs' })).toMatchObject({ mark: '101' })
    expect(marks.of({ ...position, markAt: 3_000, mark: '103' })).toMatchObject({ mark: '103' })
    marks.leave()
  })

  it('of rows out of sight are drawn when they come into sight, and of rows in sight once a frame', async () => {
    const { source, tell } = tellingDesk()
    const frames: (() => void)[] = []
    const marks = new PositionMarks(source, (draw) => frames.push(draw))
    void marks.follow()
    await tell(moved('102', 2_000, '20'))
    expect(frames).toHaveLength(0)
    marks.see(position, true)
    await tell(moved('103', 3_000, '30'))
    await tell(moved('104', 4_000, '40'))
    expect(frames).toHaveLength(1)
    expect(marks.of(position)).toMatchObject({ mark: '101' })
    frames[0]?.()
    expect(marks.of(position)).toMatchObject({ mark: '104', profit: '40' })
    marks.see(position, false)
    await tell(moved('105', 5_000, '50'))
    expect(frames).toHaveLength(1)
    marks.leave()
  })

  it('say once that sums are old', async () => {
    const { source, tell } = tellingDesk()
    const marks = new PositionMarks(source, (draw) => draw())
    marks.see(position, true)
    void marks.follow()
    await tell({ at: 1, positions: [] })
    expect(marks.takeMoved()).toBe(false)
    await tell(moved('102', 2_000, '20'))
    expect([marks.takeMoved(), marks.takeMoved()]).toEqual([true, false])
    marks.leave()
  })

  it('are forgotten when the line breaks and when it is left', async () => {
    const { source, tell } = tellingDesk()
    const marks = new PositionMarks(source, (draw) => draw())
    marks.see(position, true)
    void marks.follow()
    await tell(moved('102', 2_000, '20'))
    await tell(new Error('socket closed'))
    expect(marks.of(position)).toMatchObject({ mark: '101' })
    marks.leave()
    expect(marks.of(position)).toMatchObject({ mark: '101' })
  })
})
