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

/** A desk that tells what it is handed, one answer at a time; an error is a refusal. */
function tellingDesk() {
  const queue: (Told | Error)[] = []
  const asked: number[] = []
  let wake: () => void = () => undefined
  const movedPositions = async ({ after }: { readonly after: number }): Promise<Told> => {
    asked.push(after)
    while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    const next = queue.shift()
    if (next instanceof Error || next === undefined) throw next ?? new Error('nothing')
    return next
  }
  const source = { client: { limits: { movedPositions } } } as unknown as MarkSource
  const tell = async (told: Told | Error): Promise<void> => {
    queue.push(told)
    wake()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { source, tell, asked }
}

const moved = (mark: string, markAt: number, profit: string): Told => ({
  at: markAt,
  count: markAt,
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

  it('are drawn in rows in sight, at the frame, and the next are asked for after it', async () => {
    const { source, tell, asked } = tellingDesk()
    const frames: (() => void)[] = []
    const frame = async (): Promise<void> => {
      for (const draw of frames.splice(0)) draw()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const marks = new PositionMarks(source, (draw) => frames.push(draw))
    void marks.follow()
    await tell(moved('102', 2_000, '20'))
    expect(asked).toEqual([0])
    await frame()
    expect(asked).toEqual([0, 2_000])
    expect(marks.of(position)).toMatchObject({ mark: '101' })
    marks.see(position, true)
    await frame()
    expect(marks.of(position)).toMatchObject({ mark: '102', profit: '20' })
    marks.see(position, false)
    await tell(moved('103', 3_000, '30'))
    await frame()
    expect(marks.of(position)).toMatchObject({ mark: '102' })
    marks.leave()
  })

  it('say once that sums are old', async () => {
    const { source, tell } = tellingDesk()
    const marks = new PositionMarks(source, (draw) => draw())
    marks.see(position, true)
    void marks.follow()
    await tell({ at: 1, count: 1, positions: [] })
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
