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

  it('of losses are told in losses of the usual size in a sample book too, where none is ever confirmed', async () => {
    const room = new StateRoom()
    await room.calls.books.create({ from: 'sample' })
    const { limits } = await room.calls.limits.live()
    const lossLimits = limits.filter(({ isLoss }) => isLoss)
    expect(lossLimits.map(({ key }) => key).sort()).toEqual(['daily_loss', 'monthly_loss', 'weekly_loss'])
    for (const { headroom } of lossLimits) expect(Number(headroom.typicalLosses)).toBeGreaterThan(0)
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
