import { describe, expect, it } from 'vitest'
import { StateRoom } from './state-room.ts'

const refusal = (code: string, says: RegExp): unknown =>
  expect.objectContaining({
    data: expect.objectContaining({ code, says: expect.stringMatching(says) as unknown }) as unknown,
  })

describe('arming', () => {
  it('takes a live book in NORMAL with everything passed, and the end of its account', async () => {
    const room = await StateRoom.open({ kind: 'live' })
    expect(await room.state()).toBe('REDUCE_ONLY')
    expect(await room.causes()).toEqual(['prices'])
    await room.ready()
    expect(await room.entry()).toMatchObject({ quantity: '0', code: 'NOT_ARMED' })
    const { checks, passed } = await room.calls.state.preflight()
    expect(checks.filter((check) => !check.passed)).toEqual([])
    expect(passed).toBe(true)
    const state = await room.calls.state.arm({ lastFour: room.lastFour, minutes: 15, windowId: 'w1' })
    expect(state.arming).toMatchObject({ armed: true, left: 900_000, windowId: 'w1', ending: false })
    expect((await room.entry()).quantity).not.toBe('0')
    expect(room.told().at(-1)).toMatch(/^NORMAL: new risk allowed. Armed until 2026-03-04T15:/)
  })

  it('does not wait for a long import: that is written disarmed', async () => {
    const room = await StateRoom.open({ kind: 'live' })
    await room.ready()
    const rows = Array.from(
      { length: 5_001 },
      (_, minute) => `${new Date(Date.UTC(2026, 0, 5) + minute * 60_000).toISOString()},10,10,10,10,1`,
    )
    const content = Buffer.from(`time,open,high,low,close,volume\n${rows.join('\n')}\n`).toString('base64')
    const { uploadId } = await room.calls.imports.inspect({ fileName: 'LONG.csv', content })
    const settings = { symbol: 'LONG', interval: '1m', currency: 'USD' } as const
    const wanted = { uploadId, format: 'csv-bars', settings }
    const { previewId, committable } = await room.calls.imports.preview(wanted)
    expect(committable).toBe(true)
    const commit = { ...wanted, previewId, onProblem: 'refuse-file' as const }
    await room.calls.state.arm({ lastFour: room.lastFour, minutes: 15, windowId: 'w1' })
    await expect(room.calls.imports.commit(commit)).rejects.toEqual(refusal('CONFLICT', /5001 rows.*disarm first/))
    await room.calls.state.disarm({})
    expect(await room.calls.imports.commit(commit)).toMatchObject({ added: { bars: 5_001 } })
  })

  it('is refused with everything that stands against it', async () => {
    const room = await StateRoom.open({ kind: 'live' })
    room.clock.backUp = undefined
    await expect(room.calls.state.arm({ lastFour: 'nope', minutes: 15, windowId: 'w1' })).rejects.toEqual(
      refusal('INPUT_OUT_OF_RANGE', /last four characters.*REDUCE_ONLY.*Backup.*Market data fresh/),
    )
    expect((await room.calls.state.get()).arming).toMatchObject({ armed: false, canArm: true })
  })

  it.each<[string, string, (room: StateRoom) => unknown]>([
    ['a halt', 'state', (room) => room.calls.state.halt({})],
    ['the trader', 'trader', (room) => room.calls.state.disarm({})],
    ['sleep', 'sleep', (room) => room.workspace.posture.happen({ kind: 'disarm', by: 'sleep' })],
    ['a clock that jumps', 'clock', (room) => ((room.clock.wall += 3_600_000), room.pass(100), room.pass(1_000))],
    ['a window that is silent for two beats', 'window', (room) => room.pass(2_600)],
    ['prices that are stale', 'prices', (room) => beats(room, 7, false)],
    ['its end', 'timeout', (room) => beats(room, 61, true)],
    [
      'another window',
      'other-window',
      (room) => room.calls.state.arm({ lastFour: room.lastFour, minutes: 1, windowId: 'w2' }),
    ],
  ])('ends by %s', async (_case, by, act) => {
    const room = await (await StateRoom.open({ kind: 'live' })).ready()
    await room.calls.state.arm({ lastFour: room.lastFour, minutes: 1, windowId: 'w1' })
    await act(room)
    const { arming } = await room.calls.state.get()
    if (by === 'other-window') expect(arming).toMatchObject({ armed: true, windowId: 'w2' })
    else expect(arming).toMatchObject({ armed: false, by })
    if (by !== 'other-window') expect((await room.entry()).quantity).toBe('0')
    else expect(room.told().join()).toContain('Another window was armed.')
  })

  it('is kept by heartbeats and extended by the window that holds it alone', async () => {
    const room = await (await StateRoom.open({ kind: 'live' })).ready()
    await room.calls.state.arm({ lastFour: room.lastFour, minutes: 1, windowId: 'w1' })
    await beats(room, 30, true)
    expect(await room.calls.state.heartbeat({ windowId: 'w1' })).toMatchObject({ armed: true, ending: true })
    await expect(room.calls.state.extendArm({ minutes: 5, windowId: 'w2' })).rejects.toEqual(
      refusal('NOT_ARMED', /does not hold the arm/),
    )
    const { arming } = await room.calls.state.extendArm({ minutes: 5, windowId: 'w1' })
    expect(arming).toMatchObject({ armed: true, left: 300_000, ending: false })
  })

  it('is never kept over a restart', async () => {
    let room = await (await StateRoom.open({ kind: 'live' })).ready()
    await room.calls.state.arm({ lastFour: room.lastFour, minutes: 60, windowId: 'w1' })
    room = room.restart(500)
    expect((await room.calls.state.get()).arming).toMatchObject({ armed: false, by: 'start' })
    expect(await room.state()).toBe('REDUCE_ONLY')
  })
})

/** Seconds with a heartbeat of the window, and fresh quotes or none. */
async function beats(room: StateRoom, seconds: number, fresh: boolean): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await room.calls.state.heartbeat({ windowId: 'w1' })
    if (fresh) await room.price('100')
    else room.pass(1_000)
  }
}
