import { createServer } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { callRefusal } from '../support/call-refusal.ts'
import { malformed, seeded } from '../faults/hostile-payloads.ts'
import { addBars } from './bar-batch.ts'
import { bridgeRoom, bridgeTo, endAtLast, LOCAL, quote, tokenOf } from './bridge-room.ts'
import { share, tradingRoom, type TradingRoom } from './trading-room.ts'

const BUY = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '95', quantity: '100' } as const

async function live(room: TradingRoom) {
  return (await room.calls.feed.status()).live
}

describe('a live feed', () => {
  it('tells prices that size, fill and protect on paper, and says how it does', async () => {
    const room = await bridgeRoom()
    expect(await live(room)).toMatchObject({ state: 'off', settings: null })
    expect((await room.calls.feed.list()).map(({ feed }) => feed)).toEqual(['local-socket', 'exchange'])
    expect(await room.calls.feed.startLive(LOCAL)).toMatchObject({ state: 'waiting', says: 'Waiting for a bridge.' })
    const bridge = await bridgeTo(room)
    await quote(room, bridge, '100')
    const { quotes, source } = await room.calls.feed.status()
    expect(source).toBe('local-socket')
    expect(quotes).toMatchObject([{ symbol: 'AAPL', state: 'fresh', bid: '100', source: 'local-socket' }])
    const { decisionId } = await room.calls.sizing.decide({ request: BUY })
    expect(await room.calls.trading.approve({ decisionId })).toMatchObject({ stage: 'filled', averagePrice: '100.04' })
    await quote(room, bridge, '94')
    expect(await room.calls.trading.positions()).toEqual([])
    room.clock.now += 2_000
    expect(await live(room)).toMatchObject({
      state: 'open',
      says: 'A bridge is connected.',
      quotes: 6,
      unused: 0,
      rate: 6,
      age: 2_000,
      faults: [],
    })
    bridge.socket.close()
    await expect.poll(async () => (await live(room)).state).toBe('lost')
  })

  it('sizes nothing before three good quotes in a row, nor after its age', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const bridge = await bridgeTo(room)
    const word = async (): Promise<string | undefined> => (await room.calls.feed.status()).quotes[0]?.state
    await quote(room, bridge, '100', 2)
    expect(await word()).toBe('settling')
    await quote(room, bridge, '100', 1)
    expect(await word()).toBe('fresh')
    room.clock.now += LOCAL.ttl + 1
    expect(await word()).toBe('stale')
    const { decisionId } = await room.calls.sizing.decide({ request: { ...BUY, entry: '100' } })
    expect(await callRefusal(room.calls.trading.approve({ decisionId }))).toMatchObject({ code: 'QUOTE_STALE' })
    await quote(room, bridge, '100', 2)
    expect(await word()).toBe('settling')
    await quote(room, bridge, '100', 1)
    expect(await word()).toBe('fresh')
  })

  it('names what it does not use: unknown symbols, crossed, old, future and outlying quotes', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const bridge = await bridgeTo(room)
    await quote(room, bridge, '100')
    const at = room.clock.now
    const bad = { symbol: 'AAPL', bid: '100', ask: '100.02', at }
    await bridge.send(
      { ...bad, symbol: 'MSFT' },
      { ...bad, symbol: 'NVDA' },
      { ...bad, bid: '101' },
      { ...bad, at: at + 60_000 },
      { ...bad, bid: '1000', ask: '1001' },
      { ...bad, bid: 'x' },
    )
    const view = await live(room)
    expect(view).toMatchObject({ quotes: 8, unused: 5 })
    expect(view.faults.map(({ says, times }) => `${times} ${says}`)).toEqual([
      '2 A quote is of NVDA, which is no instrument here: add it in Settings.',
      expect.stringMatching(/^1 AAPL is bid at 101/),
      expect.stringMatching(/^1 The quote of AAPL is dated .* in the future/),
      expect.stringMatching(/^1 The price of AAPL moved to 1000.5 from/),
      expect.stringMatching(/^1 quote.bid is "x"/),
    ])
    expect((await room.calls.feed.status()).quotes[0]).toMatchObject({ bid: '100', state: 'outlier' })
  })

  it('runs again after a restart, with what it ran with, until it is stopped', async () => {
    const first = await bridgeRoom()
    const { address, settings } = await first.calls.feed.startLive({ ...LOCAL, ttl: 2_000 })
    const token = tokenOf(first)
    const second = endAtLast(first.restart())
    await expect.poll(async () => (await live(second)).address).not.toBeNull()
    expect((await live(second)).settings).toEqual(settings)
    expect((await live(second)).address).not.toBe(address)
    const bridge = await bridgeTo(second, token)
    await quote(second, bridge, '100')
    expect(await second.calls.feed.stopLive()).toMatchObject({ state: 'off', settings })
    const third = endAtLast(second.restart())
    expect(await live(third)).toMatchObject({ state: 'off', settings })
    const told = third
      .book()
      .auditRows(1, 100)
      .filter(({ body }) => body.includes('Live quotes'))
    expect(told).toHaveLength(2)
  })

  it('that cannot begin after a restart tries again, and says when', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const room = await bridgeRoom()
    const refused = await callRefusal(room.calls.feed.startLive({ ...LOCAL, port }))
    expect(refused).toMatchObject({
      field: 'port',
      says: `port is ${port}, which another program listens at: choose a free one.`,
    })
    expect((await live(room)).state).toBe('off')
    taken.close()
    await once(taken, 'close')
    await room.calls.feed.startLive({ ...LOCAL, port })
    const { path } = room.book().info
    room.workspace.close()
    const again = createServer().listen(port, '127.0.0.1')
    onTestFinished(() => void again.close())
    await once(again, 'listening')
    const restarted = endAtLast(tradingRoom(room.dataDir, room.clock, path))
    await expect.poll(async () => (await live(restarted)).state).toBe('failing')
    expect((await live(restarted)).says).toMatch(/listens at: choose a free one\. The next try is in 1 s\.$/)
    again.close()
    await once(again, 'close')
    restarted.timer.turn(1_000)
    await expect.poll(async () => (await live(restarted)).state).toBe('waiting')
  })

  it('and a replay are never there at once', async () => {
    const room = await bridgeRoom()
    const bars = [0, 1].map((n) => ({ ...BAR, at: BAR.at + n * 60_000 }))
    addBars(room, [share('AAPL')], bars)
    const replay = { symbols: ['AAPL'], interval: '1m' as const, speed: 'stepped' as const }
    await room.calls.feed.startLive(LOCAL)
    expect(await callRefusal(room.calls.feed.startReplay(replay))).toMatchObject({
      code: 'CONFLICT',
      says: 'A live feed tells the prices: stop it before a replay begins.',
    })
    expect(await callRefusal(room.calls.feed.startLive(LOCAL))).toMatchObject({ code: 'CONFLICT' })
    await room.calls.feed.stopLive()
    const plain = await bridgeRoom()
    plain.workspace.market.feed.leave()
    await room.calls.books.create({ from: 'sample' })
    expect(await callRefusal(room.calls.feed.startLive(LOCAL))).toMatchObject({ field: 'feed' })
  })

  it('stays with its book: another one hears nothing of it', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const bridge = await bridgeTo(room)
    await quote(room, bridge, '100')
    const { bookId } = room.book().info
    await room.calls.books.create({
      from: 'empty',
      name: 'Other',
      kind: 'paper',
      currency: 'USD',
      timeZone: 'UTC',
      dayRoll: '00:00',
      equity: '1',
    })
    expect(await room.calls.feed.status()).toMatchObject({ live: { state: 'off', settings: null }, quotes: [] })
    await expect.poll(() => bridge.socket.readyState).toBe(bridge.socket.CLOSED)
    await room.calls.books.open({ bookId })
    await expect.poll(async () => (await live(room)).state).toBe('waiting')
  })

  it('lets in whoever shows the newest token, and nobody else', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const before = tokenOf(room)
    const bridge = await bridgeTo(room)
    const made = await room.calls.feed.newToken()
    expect(made.token).not.toBe(before)
    expect(made.file).toContain('feed-token')
    await expect.poll(() => bridge.socket.readyState).toBe(bridge.socket.CLOSED)
    await expect(bridgeTo(room, before)).rejects.toThrow('401')
    await quote(room, await bridgeTo(room, made.token), '100')
    expect((await live(room)).quotes).toBe(3)
    expect(JSON.stringify(room.book().auditRows(1, 1_000))).not.toContain(made.token)
  })

  it('outlives hostile quotes: what follows them counts, and nothing of them is filled', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const bridge = await bridgeTo(room)
    await quote(room, bridge, '100')
    const pick = seeded(7)
    const valid = { symbol: 'AAPL', bid: '100', ask: '100.02', at: room.clock.now }
    for (let n = 0; n < 300; n += 1) {
      const { payload } = malformed({ valid }, pick)
      const text: unknown = JSON.stringify(payload, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
      bridge.socket.send(String(text))
    }
    for (const odd of ['0', '-1', '1e15', '999999999999999', '0.00000001'])
      bridge.socket.send(JSON.stringify({ ...valid, bid: odd, ask: odd }))
    await quote(room, bridge, '100')
    expect((await room.calls.feed.status()).quotes[0]).toMatchObject({ state: 'fresh', bid: '100' })
    expect(room.lines).toEqual([])
    expect((await live(room)).faults.length).toBeLessThanOrEqual(20)
  })
})

const BAR = {
  symbol: 'AAPL',
  interval: '1m' as const,
  at: Date.UTC(2026, 1, 2, 15),
  open: '100',
  high: '100',
  low: '100',
  close: '100',
  volume: null,
}
