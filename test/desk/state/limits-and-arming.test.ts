import { describe, expect, it } from 'vitest'
import { StateRoom } from './state-room.ts'

const DAY = 86_400_000
const refusal = (code: string, says: RegExp): unknown =>
  expect.objectContaining({
    data: expect.objectContaining({ code, says: expect.stringMatching(says) as unknown }) as unknown,
  })

/** A book that holds 500 shares bought at 100: at 90 it has lost 5 % of 100,000. */
async function losing(options = {}): Promise<StateRoom> {
  const room = await StateRoom.open(options)
  room.buy('500', '100', '99')
  return room
}

describe('a loss limit', () => {
  it('is confirmed by three of five readings: then new risk ends, and exits pass', async () => {
    const room = await losing()
    await room.price('90')
    await room.price('90')
    expect(await room.state()).toBe('NORMAL')
    await room.price('90')
    const state = await room.calls.state.get()
    expect(state).toMatchObject({ state: 'REDUCE_ONLY', unacknowledged: expect.any(Number) as number })
    expect(state.causes[0]).toMatchObject({
      id: 'breach:daily_loss',
      code: 'DAILY_LOSS',
      says: 'Daily loss: 5,000.00 of 3,000.00 USD is lost.',
    })
    expect(await room.entry()).toMatchObject({ quantity: '0', code: 'REDUCE_ONLY' })
    expect(await room.exit()).toEqual({ quantity: '500', code: undefined })
  })

  it('is not confirmed by one bad tick, nor by two among good ones', async () => {
    const room = await losing()
    for (const price of ['100', '9', '100', '9', '100', '100', '9', '100']) await room.price(price)
    expect(await room.state()).toBe('NORMAL')
  })

  it('is not confirmed by a stale price, however often it is looked at', async () => {
    const room = await losing()
    await room.price('90')
    room.clock.wall += 30 * DAY
    room.clock.mono += 30 * DAY
    for (let n = 0; n < 10; n++) room.pass(1_000)
    expect(await room.causes()).toEqual([])
  })

  it('is kept as a breach once, and a person acknowledges it', async () => {
    const room = await losing()
    await room.quotes('90')
    const { breaches } = await room.calls.limits.live()
    const daily = breaches.filter(({ key }) => key === 'daily_loss')
    expect(daily).toMatchObject([{ title: 'Daily loss', used: '5000', limit: '3000', acknowledgedAt: null }])
    const breachId = daily[0]?.breachId ?? ''
    const before = (await room.calls.state.get()).unacknowledged
    expect(await room.calls.state.acknowledge({ breachId, note: 'seen' })).toMatchObject({ unacknowledged: before - 1 })
    await expect(room.calls.state.acknowledge({ breachId, note: null })).rejects.toEqual(
      refusal('NOT_FOUND', /no breach/),
    )
    expect((await room.calls.limits.live()).breaches.find((one) => one.breachId === breachId)).toMatchObject({
      acknowledgedAt: room.clock.wall,
      note: 'seen',
    })
    expect(await room.state()).toBe('REDUCE_ONLY')
  })

  it('holds until the next session, the limit kept and a reason typed: in that order', async () => {
    let room = await losing()
    await room.quotes('90')
    const loosen = (cause: string) => room.calls.state.loosen({ cause, reason: 'a new day' })
    await expect(loosen('breach:daily_loss')).rejects.toEqual(refusal('DAILY_LOSS', /session .* has not ended/))
    room = room.restart()
    expect(await room.causes()).toContain('breach:daily_loss')
    room.pass(8 * 3_600_000)
    await expect(loosen('breach:daily_loss')).rejects.toEqual(refusal('DAILY_LOSS', /not seen kept/))
    await room.quotes('90')
    await loosen('breach:daily_loss')
    expect(await room.causes()).not.toContain('breach:daily_loss')
  })
})

describe('the trading day', () => {
  it.each([
    // Clocks go back on 2026-11-01 in New York and on 2026-10-25 in Prague, forward on 2026-03-08 and 2026-03-29.
    ['America/New_York', '17:00', Date.UTC(2026, 9, 31, 12), 3, Date.UTC(2026, 10, 1, 22)],
    ['America/New_York', '17:00', Date.UTC(2026, 2, 7, 12), 3, Date.UTC(2026, 2, 8, 21)],
    ['America/New_York', '02:30', Date.UTC(2026, 2, 7, 12), 2, Date.UTC(2026, 2, 8, 7)],
    ['Europe/Prague', '00:00', Date.UTC(2026, 9, 24, 12), 3, Date.UTC(2026, 9, 24, 22)],
    ['Europe/Prague', '02:30', Date.UTC(2026, 9, 24, 12), 2, Date.UTC(2026, 9, 25, 1, 30)],
    ['Europe/Prague', '02:30', Date.UTC(2026, 2, 28, 12), 2, Date.UTC(2026, 2, 29, 1)],
  ])(
    'of %s at %s rolls once on a daylight-saving Sunday (%i)',
    async (timeZone, dayRoll, now, day, start) => {
      const room = await StateRoom.open({ timeZone, dayRoll, now })
      const rolls: number[] = []
      let number = 1
      for (let hour = 0; hour < 36 * 4; hour++) {
        room.pass(900_000)
        const { session } = await room.calls.state.get()
        if (session.number !== number) rolls.push(session.start)
        number = session.number
      }
      expect(number).toBe(day)
      expect(rolls).toContain(start)
      expect(new Set(rolls).size).toBe(rolls.length)
    },
    30_000,
  )
})

describe('live limits', () => {
  it('tell every ceiling nearest to breach first, with what is left of it', async () => {
    const room = await losing({ equity: '100000' })
    const { limits, gross, equity, leverage, resets, bySymbol } = await room.calls.limits.live()
    expect({ gross, equity, leverage }).toEqual({ gross: '50000', equity: '100000', leverage: '0.5' })
    expect(bySymbol).toMatchObject([{ name: 'ACME', gross: '50000' }])
    const keys = limits.map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['daily_loss', 'weekly_loss', 'gross_exposure', 'single_asset:ACME']))
    expect(new Set(keys).size).toBe(keys.length)
    const uses = limits.map(({ utilisation }) => Number(utilisation))
    expect(uses).toEqual([...uses].sort((a, b) => b - a))
    for (const { band, utilisation } of limits) {
      const use = Number(utilisation)
      expect(band).toBe(use < 0.7 ? 'safe' : use < 0.9 ? 'caution' : 'danger')
    }
    expect(limits.find(({ key }) => key === 'daily_loss')).toMatchObject({
      isLoss: true,
      used: '500',
      headroom: { money: '2500' },
    })
    expect(resets.map(({ period, at }) => [period, new Date(at).toISOString()])).toEqual([
      ['day', '2026-03-04T22:00:00.000Z'],
      ['week', '2026-03-09T21:00:00.000Z'],
      ['month', '2026-04-01T21:00:00.000Z'],
    ])
  })

  it('keep a history of each limit, a point a minute', async () => {
    const { LimitHistoryKeeper } = await import('../../../src/desk/live-limits/keep-history.ts')
    const room = await losing()
    const keeper = new LimitHistoryKeeper()
    for (const price of ['100', '98', '97']) {
      for (let n = 0; n < 3; n++) {
        await room.price(price)
        keeper.keep(room.workspace)
      }
      room.pass(60_000)
    }
    const { points } = await room.calls.limits.history({ key: 'daily_loss' })
    expect(points.map(({ used }) => used)).toEqual(['500', '1000', '1500'])
    expect((await room.calls.limits.history({ key: 'daily_loss', limit: 1 })).points).toHaveLength(1)
  })

  it('are pushed as the latest picture, however much has changed between', async () => {
    const room = await losing()
    const stop = new AbortController()
    const stream = await room.calls.state.watch(undefined, { signal: stop.signal })
    const first = await stream.next()
    expect(first.value).toMatchObject({ state: { state: 'NORMAL' }, limits: { gross: '50000' } })
    for (let n = 0; n < 200; n++) room.workspace.changed('ledger')
    await room.calls.state.halt({})
    const second = await stream.next()
    expect(second.value).toMatchObject({ state: { state: 'HALTED' } })
    stop.abort()
    await stream.return()
  })
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
    const wanted = { uploadId, format: 'csv-bars', settings: { symbol: 'LONG', interval: '1m', currency: 'USD' } }
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
