import { describe, expect, it } from 'vitest'
import { callRefusal } from '../support/call-refusal.ts'
import { addBars } from './bar-batch.ts'
import { paperRoom, share, type TradingRoom } from './trading-room.ts'

const OPEN = Date.UTC(2026, 1, 2, 15)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A share that falls by a quarter within minutes: a day of the past in which a daily loss is broken. */
async function crash(): Promise<TradingRoom> {
  const room = await paperRoom(null)
  const bars = Array.from({ length: 240 }, (_, minute) => {
    const price = (minute < 10 ? 100 : 75).toFixed(2)
    return {
      symbol: 'AAPL',
      interval: '1m' as const,
      at: OPEN + minute * MINUTE,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: null,
    }
  })
  addBars(room, [share('AAPL')], bars)
  return room
}

const ASKED = { symbols: ['AAPL'], interval: '1m' as const, equity: '100000', speed: 'stepped' as const }

async function begun(speed: number | 'stepped' = 'stepped'): Promise<TradingRoom> {
  const room = await crash()
  await room.calls.feed.startReplay({ ...ASKED, speed })
  return room
}

async function hold(room: TradingRoom): Promise<void> {
  await room.calls.feed.step({ quotes: 8 })
  const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '95', quantity: '150' }
  const { decisionId } = await room.calls.sizing.decide({ request })
  await room.calls.trading.approve({ decisionId })
}

async function breached(): Promise<TradingRoom> {
  const room = await begun()
  await hold(room)
  await room.calls.feed.step({ quotes: 80 })
  for (let n = 0; n < 4; n += 1) pass(room, 1_000)
  expect(await causes(room)).toEqual(['breach:daily_loss'])
  return room
}

/** Real time passes, whatever the replay does. */
function pass(room: TradingRoom, ms: number): void {
  room.clock.now += ms
  room.workspace.posture.tick()
}

async function causes(room: TradingRoom): Promise<string[]> {
  return (await room.calls.state.get()).causes.map(({ id }) => id)
}

describe('a lock-out during a replay', () => {
  it('lasts by the machine’s time, however fast the replay is', async () => {
    const room = await begun(3600)
    const { lockedUntil } = await room.calls.state.lock({ minutes: 60 })
    expect(lockedUntil).toBe(room.clock.now + HOUR)
    room.timer.turn(4_000)
    expect((await room.calls.system.info()).now).toBeGreaterThan(OPEN + 3 * HOUR)
    pass(room, 4_000)
    expect(await causes(room)).toEqual(['lock'])
    await room.calls.feed.stop()
    expect(await causes(room)).toEqual(['lock'])
    expect((await room.calls.state.get()).lockedUntil).toBe(lockedUntil)
    pass(room, HOUR - 5_000)
    expect(await causes(room)).toEqual(['lock'])
    pass(room, 1_000)
    expect(await causes(room)).toEqual([])
  })

  it('ends in the replay once its time was lived through, though the replay stands still', async () => {
    const room = await begun()
    await room.calls.state.lock({ minutes: 60 })
    pass(room, HOUR - 1)
    expect(await causes(room)).toEqual(['lock'])
    pass(room, 1_000)
    expect(await causes(room)).toEqual([])
  })

  it('is the same after a restart, in the replay and after it', async () => {
    let room = await begun()
    const { lockedUntil } = await room.calls.state.lock({ minutes: 60 })
    pass(room, 30 * MINUTE)
    room = room.restart()
    expect((await room.calls.state.get()).lockedUntil).toBe(lockedUntil)
    await room.calls.feed.step({ quotes: 900 })
    pass(room, 1_000)
    await room.calls.feed.stop()
    room = room.restart()
    expect(await causes(room)).toEqual(['lock'])
    pass(room, 30 * MINUTE - 2_000)
    expect(await causes(room)).toEqual(['lock'])
    pass(room, 2_000)
    expect(await causes(room)).toEqual([])
  })

  it('that holds before one keeps it from beginning', async () => {
    const room = await crash()
    await room.calls.state.lock({ minutes: 60 })
    expect(await callRefusal(room.calls.feed.startReplay(ASKED))).toMatchObject({ code: 'CONFLICT' })
  })
})

describe('the end of a replay', () => {
  it('is no clock that was set, in either direction', async () => {
    const room = await begun()
    expect(await causes(room)).toEqual([])
    await room.calls.feed.step({ quotes: 40 })
    pass(room, 1_000)
    await room.calls.feed.stop()
    pass(room, 1_000)
    expect(await room.calls.state.get()).toMatchObject({ state: 'NORMAL', at: room.clock.now })
  })

  it('clears no breach of a replayed day, and says so', async () => {
    const room = await breached()
    const ended = await room.calls.feed.stop()
    expect(ended).toMatchObject({ state: 'none' })
    expect(ended.says).toMatch(/stays REDUCE_ONLY.*Daily loss.*loosen/)
    expect(await causes(room)).toEqual(['breach:daily_loss'])
    expect((await room.restart().calls.state.get()).state).toBe('REDUCE_ONLY')
  })

  it('leaves a breach to be released as any other: the limit kept again, and a typed reason', async () => {
    const room = await breached()
    await room.calls.feed.stop()
    const loosen = (reason: string) => room.calls.state.loosen({ cause: 'breach:daily_loss', reason })
    expect(await callRefusal(loosen('at once'))).toMatchObject({ code: 'DAILY_LOSS' })
    for (let n = 0; n < 6; n += 1) pass(room, 1_000)
    expect(await callRefusal(loosen(' '))).toMatchObject({ code: 'INPUT_MISSING' })
    expect(await loosen('the replayed day is over')).toMatchObject({ state: 'NORMAL' })
  })

  it('does not hide that the machine’s clock was set meanwhile', async () => {
    const room = await begun()
    await room.calls.state.lock({ minutes: 60 })
    room.clock.now -= HOUR
    await room.calls.feed.stop()
    expect(await causes(room)).toEqual(['lock', 'clock'])
  })
})

describe('a replay that plays by itself', () => {
  it('breaks a limit without anybody steering it', async () => {
    const room = await begun()
    await hold(room)
    await room.calls.trading.cancel({ clientId: await stopOf(room) })
    await room.calls.feed.speed({ speed: 60 })
    for (let n = 0; n < 30; n += 1) {
      room.timer.turn(1_000)
      pass(room, 1_000)
    }
    expect(await causes(room)).toEqual(['breach:daily_loss'])
  })
})

async function stopOf(room: TradingRoom): Promise<string> {
  const stop = (await room.calls.trading.orders({})).find(({ role, kind }) => role === 'protect' && kind === 'stop')
  return stop?.clientId ?? 'none'
}
