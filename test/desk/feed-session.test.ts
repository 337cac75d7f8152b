import { describe, expect, it } from 'vitest'
import { LiveFeeds } from '../../src/desk/feed/live-feeds.ts'
import type { FeedEvent, FeedOpening, LiveFeed } from '../../src/desk/feed/ports.ts'
import { QuoteRate } from '../../src/desk/feed/quote-rate.ts'
import { roomOf } from '../../src/desk/trading/trading-room.ts'
import { feedTokenOf } from '../../src/host/feed-token.ts'
import { feeds as machineFeeds } from '../../src/feeds/registry.ts'
import { bridgeRoom } from './bridge-room.ts'
import type { TradingRoom } from './trading-room.ts'

const EXCHANGE = {
  feed: 'exchange' as const,
  venue: 'binanceusdm',
  markets: [{ symbol: 'AAPL', market: 'AAPL/USDT' }],
  ttl: 5_000,
}

/** A venue the test speaks for. */
class SpokenFeed implements LiveFeed {
  readonly id = 'exchange'
  readonly witnesses: boolean
  readonly opened = Promise.withResolvers<FeedOpening>()
  hasStopped = false
  hear: (event: FeedEvent) => void = () => undefined

  constructor(witnesses: boolean) {
    this.witnesses = witnesses
  }
  start(hear: (event: FeedEvent) => void): void {
    this.hear = hear
  }
  stop(): void {
    this.hasStopped = true
  }
  opening(): Promise<FeedOpening> {
    return this.opened.promise
  }
}

async function spokenRoom(witnesses = true): Promise<{ room: TradingRoom; feed: SpokenFeed; feeds: LiveFeeds }> {
  const room = await bridgeRoom()
  const feed = new SpokenFeed(witnesses)
  const exchange = { title: 'Exchange', says: 'Spoken by a test.', connect: () => feed }
  const ports = { 'local-socket': machineFeeds['local-socket'], exchange, token: feedTokenOf(room.dataDir) }
  Object.assign(room.workspace.options, { feeds: ports })
  return { room, feed, feeds: new LiveFeeds(room.workspace, roomOf(room.workspace)) }
}

describe('a live feed of a venue', () => {
  it('is not on before it was opened, and keeps what it says of itself until then', async () => {
    const { feed, feeds } = await spokenRoom()
    const starting = feeds.start(EXCHANGE)
    feed.hear({ kind: 'status', status: 'waiting', says: 'Asking for markets.' })
    expect(feeds.view()).toMatchObject({ state: 'starting', says: 'Asking for markets.' })
    feed.hear({ kind: 'status', status: 'open', says: 'It tells.' })
    feed.opened.resolve({ ok: true, value: 'binanceusdm' })
    expect(await starting).toMatchObject({ state: 'open', says: 'It tells.', address: 'binanceusdm' })
  })

  it('that could not be opened leaves nothing behind', async () => {
    const { room, feed, feeds } = await spokenRoom()
    const starting = feeds.start(EXCHANGE)
    feed.opened.resolve({ ok: false, error: { code: 'NOT_FOUND', says: 'No such market.', field: 'markets.0.market' } })
    await expect(starting).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'markets.0.market' })
    expect(feed.hasStopped).toBe(true)
    expect(feeds.isOn).toBe(false)
    expect(feeds.view().settings).toBeNull()
    expect(room.book().setting('feed')).toBeUndefined()
  })

  it('that was stopped while it began does not run', async () => {
    const { feed, feeds } = await spokenRoom()
    const starting = feeds.start(EXCHANGE)
    feeds.stop()
    feed.opened.resolve({ ok: true, value: 'binanceusdm' })
    await expect(starting).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(feed.hasStopped).toBe(true)
    expect(feeds.view()).toMatchObject({ state: 'off', settings: null })
  })

  it.each([
    [true, 1_000],
    [false, 0],
  ])('whose stamps prove the time: %s', async (witnesses, beyond) => {
    const { room, feed, feeds } = await spokenRoom(witnesses)
    const starting = feeds.start(EXCHANGE)
    feed.opened.resolve({ ok: true, value: 'binanceusdm' })
    await starting
    room.clock.now += 1_000
    feed.hear({ kind: 'witness', stamp: room.clock.now })
    const { witnessed } = room.workspace.posture.now.latch.clock
    expect(witnessed).toBe(beyond === 0 ? 0 : room.clock.now)
  })

  it('is refused for a symbol that is no instrument, or that has two markets', async () => {
    const { feeds } = await spokenRoom()
    const start = (symbols: readonly string[]) =>
      feeds.start({ ...EXCHANGE, markets: symbols.map((symbol, n) => ({ symbol, market: `M${n}` })) })
    await expect(start(['AAPL', 'MSFT'])).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'markets.1.symbol' })
    await expect(start(['AAPL', 'AAPL'])).rejects.toMatchObject({ field: 'markets.1.symbol' })
    expect(feeds.isOn).toBe(false)
  })
})

describe('a rate of quotes', () => {
  it('is the mean of the last ten seconds, from the first quote on', () => {
    const rate = new QuoteRate()
    expect(rate.now(0)).toBe(0)
    for (let n = 0; n < 20; n += 1) rate.count(50_000 + n)
    expect(rate.now(50_100)).toBe(20)
    expect(rate.now(54_000)).toBe(5)
    for (let n = 0; n < 300; n += 1) rate.count(54_000 + n * 100)
    expect(rate.now(83_999)).toBe(10)
    expect(rate.now(94_000)).toBe(0)
  })
})
