import { describe, expect, it } from 'vitest'
import { callRefusal } from '../support/call-refusal.ts'
import { addBars } from './bar-batch.ts'
import { approveLive, armRoom, liveRoom } from './live-room.ts'
import { paperRoom, share, type TradingRoom } from './trading-room.ts'

const OPEN = Date.UTC(2026, 1, 2, 15)

/** A stepped replay of a share that falls by one a minute from 100, with 10 of it held and no stop. */
async function holding(): Promise<TradingRoom> {
  const room = await paperRoom(null)
  const bars = Array.from({ length: 30 }, (_, minute) => {
    const [open, close] = [100 - minute, 99 - minute].map((price) => price.toFixed(2)) as [string, string]
    const at = OPEN + minute * 60_000
    return { symbol: 'AAPL', interval: '1m' as const, at, open, high: open, low: close, close, volume: null }
  })
  addBars(room, [share('AAPL')], bars)
  await room.calls.feed.startReplay({ symbols: ['AAPL'], interval: '1m', speed: 'stepped', equity: '100000' })
  await room.calls.feed.step({ quotes: 1 })
  const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '10', quantity: '10' }
  const { decisionId } = await room.calls.sizing.decide({ request })
  const { clientId } = await room.calls.trading.approve({ decisionId })
  await room.calls.feed.step({ quotes: 1 })
  await room.calls.trading.cancel({ clientId: `${clientId}.stop` })
  expect(await position(room)).toMatchObject({ quantity: '10', protectedBy: [], unprotected: '10' })
  return room
}

async function position(room: TradingRoom) {
  return (await room.calls.trading.positions()).find(({ symbol }) => symbol === 'AAPL')
}

const stopAt = (stop: string, stopId = 'stop-0001') => ({ stopId, symbol: 'AAPL', strategy: null, stop })

describe('a position without a stop', () => {
  it('gets one that closes it, once however often it is asked for, and that is moved nearer later', async () => {
    const room = await holding()
    const { clientId } = await room.calls.trading.setStop(stopAt('80'))
    expect(await room.calls.trading.setStop(stopAt('80'))).toMatchObject({ clientId, role: 'protect', trigger: '80' })
    expect(await position(room)).toMatchObject({
      protectedBy: [{ clientId, kind: 'stop', price: '80', open: '10' }],
      unprotected: '0',
      closing: '0',
    })
    expect(await room.calls.trading.replaceStop({ clientId, stop: '90' })).toMatchObject({ trigger: '90' })
    const wider = room.calls.trading.replaceStop({ clientId, stop: '85' })
    expect(await callRefusal(wider)).toMatchObject({ code: 'INPUT_OUT_OF_RANGE', field: 'stop' })
    await room.calls.feed.step({ quotes: 60 })
    expect(await position(room)).toBeUndefined()
    expect((await room.calls.trading.orders({})).find((one) => one.clientId === clientId)).toMatchObject({
      stage: 'filled',
      filled: '10',
    })
  })

  it('is still closed at the market while the stop stands, and the stop goes with it', async () => {
    const room = await holding()
    const { clientId } = await room.calls.trading.setStop(stopAt('60'))
    await room.calls.trading.exit({ exitId: 'exit-0001', symbol: 'AAPL', strategy: null, quantity: null })
    await room.calls.feed.step({ quotes: 2 })
    expect(await position(room)).toBeUndefined()
    expect((await room.calls.trading.orders({})).find((one) => one.clientId === clientId)?.stage).toBe('cancelled')
  })

  it('takes no stop beyond the market, off the tick, for what has one already, or for nothing', async () => {
    const room = await holding()
    expect(await callRefusal(room.calls.trading.setStop(stopAt('120')))).toMatchObject({ code: 'STOP_WRONG_SIDE' })
    expect(await callRefusal(room.calls.trading.setStop(stopAt('80.001')))).toMatchObject({ field: 'stop' })
    const stranger = room.calls.trading.setStop({ ...stopAt('80'), strategy: 'other' })
    expect(await callRefusal(stranger)).toMatchObject({ code: 'EXIT_PAST_FLAT' })
    await room.calls.trading.setStop(stopAt('80'))
    expect(await callRefusal(room.calls.trading.setStop(stopAt('81', 'stop-0002')))).toMatchObject({
      code: 'DUPLICATE',
    })
    await room.calls.state.halt({})
    const halted = room.calls.trading.setStop(stopAt('82', 'stop-0003'))
    expect((await callRefusal(halted)).code).toBe('HALTED')
  })

  it('keeps its stop over a restart', async () => {
    const room = await holding()
    const { clientId } = await room.calls.trading.setStop(stopAt('80'))
    const again = room.restart()
    expect(await position(again)).toMatchObject({ protectedBy: [{ clientId, price: '80' }] })
  })
})

describe('a position carried by hand', () => {
  it('shows the stop as a ticket to carry, also after a restart, and says where it outlives the position', async () => {
    const room = await liveRoom()
    await armRoom(room)
    const request = { symbol: 'AAPL', side: 'buy', entry: '100', stop: '95', quantity: '10' }
    const { decisionId } = await room.calls.sizing.decide({ request })
    const { clientId } = await approveLive(room, decisionId)
    const fill = { price: '100', fee: '0', feeCurrency: 'USD', at: room.clock.now }
    await room.calls.trading.typeFill({ ...fill, clientId, quantity: '10', executionId: 'E-1' })
    const stop = await room.calls.trading.setStop(stopAt('94'))
    const carried = { task: 'open', says: 'SELL 10 AAPL STOP TRIGGER 94 GTC' }
    expect(await room.calls.trading.tickets()).toMatchObject([carried])
    const again = room.restart()
    expect(await again.calls.trading.tickets()).toMatchObject([carried])
    const exit = await again.calls.trading.exit({
      exitId: 'exit-0001',
      symbol: 'AAPL',
      strategy: null,
      quantity: null,
    })
    await again.calls.trading.typeFill({ ...fill, clientId: exit.clientId, quantity: '10', executionId: 'E-2' })
    const { alarms } = await again.calls.trading.broker()
    expect(alarms).toEqual([`Stop ${stop.clientId} is for 10 AAPL, 0 are held: cancel it, or it opens a position.`])
  })
})

describe('a reconciliation', () => {
  it('is kept with the book, newest first, and one that differs lets the desk close only', async () => {
    const room = await liveRoom()
    await armRoom(room)
    await room.calls.trading.reconcile({ complete: true, positions: [{ symbol: 'AAPL', quantity: '5' }] })
    const { state, causes } = await room.calls.state.get()
    expect(state).toBe('REDUCE_ONLY')
    expect(causes.find(({ code }) => code === 'RECONCILE_DIFF')?.says).toContain('differ on 1 symbol')
    const kept = (await room.restart().calls.trading.reconciliations()).map(({ agrees, differences }) => [
      agrees,
      differences.length,
    ])
    expect(kept).toEqual([
      [false, 1],
      [true, 0],
    ])
  })
})
