import { describe, expect, it } from 'vitest'
import { preflightFindings } from '../../src/desk/state/preflight-findings.ts'
import { bridgeRoom, bridgeTo, LOCAL, quote, type Bridge } from './bridge-room.ts'
import type { TradingRoom } from './trading-room.ts'

const BUY = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '95', quantity: '100' } as const

async function live(room: TradingRoom) {
  return (await room.calls.feed.status()).live
}

async function state(room: TradingRoom): Promise<string> {
  return (await room.calls.state.get()).state
}

/** A second passes, and the desk looks. */
function pass(room: TradingRoom, ms = 1_000): void {
  room.clock.now += ms
  room.workspace.posture.tick()
}

describe('limits and a live feed', () => {
  it('a price that falls breaks the loss of the day without anything typed', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const bridge = await bridgeTo(room)
    await quote(room, bridge, '100')
    const { decisionId } = await room.calls.sizing.decide({ request: { ...BUY, quantity: '180' } })
    await room.calls.trading.approve({ decisionId })
    const [stop] = await room.calls.trading.orders({ open: true })
    await room.calls.trading.cancel({ clientId: stop?.clientId ?? '' })
    for (const price of ['91', '83', '81', '81', '81', '81']) {
      pass(room)
      await quote(room, bridge, price, 3)
      pass(room)
    }
    expect((await room.calls.state.get()).causes.map(({ id }) => id)).toContain('breach:daily_loss')
  })
})

describe('an armed live book', () => {
  async function armed(): Promise<{ room: TradingRoom; bridge: Bridge }> {
    const room = await bridgeRoom('live')
    await room.calls.feed.startLive({ ...LOCAL, ttl: 3_000 })
    const bridge = await bridgeTo(room)
    for (let n = 0; n < 5; n += 1) {
      await quote(room, bridge, '100')
      pass(room)
    }
    for (const { id } of (await room.calls.state.get()).causes)
      await room.calls.state.loosen({ cause: id, reason: 'Quotes come.' })
    await room.calls.audit.verify()
    const findings = { ...preflightFindings(room.workspace), backup: { passed: true, says: 'A backup was made.' } }
    const lastFour = room.workspace.account().accountId.slice(-4)
    room.workspace.posture.arm({ lastFour, minutes: 30, findings }, 'window-1')
    return { room, bridge }
  }
  const isArmed = async (room: TradingRoom): Promise<boolean> => (await room.calls.state.get()).arming.armed
  async function beat(room: TradingRoom): Promise<void> {
    await room.calls.state.heartbeat({ windowId: 'window-1' })
    pass(room)
  }

  it('is disarmed and closing only once its feed has been silent for longer than quotes may be old', async () => {
    const { room, bridge } = await armed()
    await quote(room, bridge, '100.1')
    await beat(room)
    expect(await isArmed(room)).toBe(true)
    bridge.socket.close()
    await expect.poll(async () => (await live(room)).state).toBe('lost')
    await beat(room)
    await beat(room)
    expect(await isArmed(room)).toBe(true)
    await beat(room)
    expect(await isArmed(room)).toBe(false)
    expect(await state(room)).toBe('REDUCE_ONLY')
    const again = await bridgeTo(room)
    for (let n = 0; n < 5; n += 1) {
      await quote(room, again, '100')
      pass(room)
    }
    expect(await state(room)).toBe('REDUCE_ONLY')
    expect(await room.calls.state.loosen({ cause: 'prices', reason: 'Quotes are back.' })).toMatchObject({
      state: 'NORMAL',
    })
  })

  it('is not disarmed by one bad quote, and never sized by it', async () => {
    const { room, bridge } = await armed()
    await bridge.send({ symbol: 'AAPL', bid: '101', ask: '99', at: room.clock.now })
    await beat(room)
    expect(await isArmed(room)).toBe(true)
    expect((await room.calls.feed.status()).quotes[0]).toMatchObject({ state: 'crossed', bid: '100' })
    expect(Number((await room.calls.sizing.preview({ request: BUY })).entry)).toBeCloseTo(100.02)
  })

  it('is disarmed by a feed that keeps coming and is frozen', async () => {
    const { room, bridge } = await armed()
    for (let n = 0; n < 310; n += 1) {
      await bridge.send({ symbol: 'AAPL', bid: '100', ask: '100.02', at: room.clock.now })
      await beat(room)
    }
    expect((await room.calls.feed.status()).quotes[0]?.state).toBe('frozen')
    expect(await isArmed(room)).toBe(false)
    expect(await state(room)).toBe('REDUCE_ONLY')
  })
})
