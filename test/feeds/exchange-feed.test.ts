import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FeedEvent, FeedTimer, LiveFeed } from '../../src/desk/feed/ports.ts'
import type { Quote } from '../../src/domain/feed/quote.ts'
import { feeds } from '../../src/feeds/registry.ts'
import { venueQuote } from '../../src/feeds/venue-quote.ts'
import { VenueStandIn } from './venue-stand-in.ts'

const NOW = 1_794_841_200_000
const MARKETS = [{ symbol: 'BTC', market: 'BTC/USDT:USDT' }]
const ASKED = { watchBidsAsks: false, watchTickers: false, watchTicker: false }

/** Waits a hundredth of what it is asked for, and notes how long that was. */
class ShortTimer implements FeedTimer {
  readonly waits: number[] = []
  mono(): number {
    return performance.now()
  }
  after(ms: number, run: () => void): () => void {
    if (ms > 0) this.waits.push(ms)
    const timer = setTimeout(run, ms / 100)
    return () => clearTimeout(timer)
  }
}

interface Begun {
  readonly feed: LiveFeed
  readonly told: FeedEvent[]
  readonly timer: ShortTimer
}

function begin(venue: VenueStandIn, more: Partial<Parameters<typeof feeds.exchange.connect>[0]> = {}): Begun {
  const timer = new ShortTimer()
  const open = venue.opener()
  const feed = feeds.exchange.connect({ venue: 'binanceusdm', markets: MARKETS, timer, now: () => NOW, open, ...more })
  onTestFinished(() => feed.stop())
  const told: FeedEvent[] = []
  feed.start((event) => told.push(event))
  return { feed, told, timer }
}

async function standIn(): Promise<VenueStandIn> {
  const venue = await new VenueStandIn().listen()
  onTestFinished(() => venue.close())
  return venue
}

function quotes(told: readonly FeedEvent[]): readonly Quote[] {
  return told.filter((event) => event.kind === 'quote').map(({ quote }) => quote)
}

function says(told: readonly FeedEvent[]): readonly string[] {
  return told.filter((event) => event.kind === 'status').map((event) => event.says)
}

describe('the feed of an exchange', () => {
  it('tells bid and ask as they change, to the digit, under the symbol of the book', async () => {
    const venue = await standIn()
    const { feed, told } = begin(venue)
    expect(await feed.opening()).toEqual({ ok: true, value: 'binanceusdm' })
    await expect.poll(() => venue.listeners).toBe(1)
    venue.tell({ bid: '60000.10', ask: '60000.20' }, NOW - 5)
    await expect.poll(() => quotes(told).length).toBe(1)
    venue.tell({ bid: '60000.10', ask: '60000.20' }, NOW - 5)
    await wait(50)
    venue.tell({ bid: '0.00000012', ask: '123456789.123456789' }, NOW)
    await expect.poll(() => quotes(told).length).toBe(2)
    const size = { bidSize: '2.5', askSize: '1.5', last: null, continues: false }
    expect(quotes(told)).toEqual([
      { symbol: 'BTC', bid: '60000.1', ask: '60000.2', at: NOW - 5, source: 'binanceusdm', ...size },
      { symbol: 'BTC', bid: '0.00000012', ask: '123456789.123456789', at: NOW, source: 'binanceusdm', ...size },
    ])
    expect(says(told).at(-1)).toBe('binanceusdm tells bid and ask as they change.')
  })

  it('asks each second where a venue does not tell by itself', async () => {
    const venue = await standIn()
    const { feed, told, timer } = begin(venue, { open: venue.opener(ASKED) })
    await feed.opening()
    await expect.poll(() => quotes(told).length).toBeGreaterThan(2)
    expect(quotes(told)[0]).toMatchObject({ symbol: 'BTC', bid: '60000.1', ask: '60000.2', at: NOW })
    expect(new Set(timer.waits)).toEqual(new Set([1_000]))
    expect(venue.listeners).toBe(0)
  })

  it('takes the venue’s own stamp for the time and no other, at most once a second', async () => {
    const venue = await standIn()
    const { feed, told } = begin(venue, { open: venue.opener(ASKED) })
    await feed.opening()
    await expect.poll(() => quotes(told).length).toBeGreaterThan(2)
    const witnessed = () => told.flatMap((event) => (event.kind === 'witness' ? event.stamp : []))
    expect(witnessed()).toEqual([])
    venue.stamp = NOW - 1_234
    await expect.poll(witnessed).toEqual([NOW - 1_234])
    expect(quotes(told).at(-1)?.at).toBe(NOW - 1_234)
    const seen = quotes(told).length
    await expect.poll(() => quotes(told).length).toBeGreaterThan(seen + 5)
    expect(witnessed()).toHaveLength(1)
  })

  it('proves the time only where the venue is the real one', async () => {
    const venue = await standIn()
    expect(begin(venue).feed.witnesses).toBe(false)
    const real = { venue: 'binanceusdm', markets: MARKETS, timer: new ShortTimer(), now: () => NOW }
    expect(feeds.exchange.connect(real).witnesses).toBe(true)
  })

  it('says when the venue does not answer, tries later and later, and is well again by itself', async () => {
    const venue = await standIn()
    const { feed, told, timer } = begin(venue, { open: venue.opener(ASKED) })
    await feed.opening()
    await expect.poll(() => quotes(told).length).toBeGreaterThan(0)
    venue.failing = 503
    await expect.poll(() => timer.waits.includes(8_000)).toBe(true)
    expect(timer.waits.filter((ms, n) => ms !== timer.waits[n - 1])).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(says(told).at(-1)).toMatch(/^binanceusdm does not answer: .* It is asked again in 8 s\.$/)
    venue.failing = undefined
    const seen = quotes(told).length
    await expect.poll(() => quotes(told).length).toBeGreaterThan(seen)
    expect(says(told).at(-1)).toBe('binanceusdm is asked for bid and ask each second.')
  })

  it('connects again after it was hung up on', async () => {
    const venue = await standIn()
    const { feed, told } = begin(venue)
    await feed.opening()
    await expect.poll(() => venue.listeners).toBe(1)
    venue.tell({ bid: '1', ask: '2' })
    await expect.poll(() => quotes(told).length).toBe(1)
    venue.hangUp()
    await expect.poll(() => says(told).some((one) => one.includes('is asked again in 1 s.'))).toBe(true)
    await expect.poll(() => venue.listeners, { timeout: 5_000 }).toBe(1)
    venue.tell({ bid: '3', ask: '4' })
    await expect.poll(() => quotes(told).at(-1)?.bid).toBe('3')
  })

  it('tells nothing after it was stopped', async () => {
    const venue = await standIn()
    const { feed, told } = begin(venue, { open: venue.opener(ASKED) })
    await feed.opening()
    await expect.poll(() => quotes(told).length).toBeGreaterThan(0)
    feed.stop()
    const { length } = told
    await wait(100)
    expect(told).toHaveLength(length)
  })

  it.each([
    ['an unknown venue', { venue: 'nosuchvenue' }, { field: 'venue', says: /^venue is nosuchvenue/ }],
    ['a name of the library that is no venue', { venue: 'exchanges' }, { field: 'venue', says: /^venue is exchanges/ }],
    ['a name every object has', { venue: 'constructor' }, { field: 'venue', says: /^venue is constructor/ }],
    [
      'an unknown market',
      { markets: [...MARKETS, { symbol: 'ETH', market: 'BTC/EUR' }] },
      { field: 'markets.1.market', says: /^binanceusdm has no market BTC\/EUR: it has BTC\/USDT:USDT\.$/ },
    ],
  ])('refuses %s, and says what to choose', async (_, more, { field, says: expected }) => {
    const venue = await standIn()
    const opened = await begin(venue, more).feed.opening()
    expect(opened).toMatchObject({ ok: false, error: { field, says: expect.stringMatching(expected) as unknown } })
  })

  it('refuses a venue that cannot be reached, with what went wrong', async () => {
    const venue = await standIn()
    venue.failing = 500
    const opened = await begin(venue).feed.opening()
    expect(opened).toMatchObject({ ok: false, error: { code: 'FEED_UNREACHABLE', field: 'venue' } })
  })

  it('is refused without the package, with how to add it', async () => {
    const { Worker } = await import('node:worker_threads')
    const worker = new Worker(new URL('./without-package.ts', import.meta.url))
    const [opened] = (await once(worker, 'message')) as [unknown]
    expect(opened).toMatchObject({
      ok: false,
      error: { code: 'NOT_ENABLED', says: expect.stringContaining('npm install ccxt') as unknown },
    })
  })
})

describe('a quote of a venue', () => {
  it.each([
    [{ bid: undefined, ask: '1' }],
    [{ bid: '1', ask: null }],
    [{ bid: '0', ask: '1' }],
    [{ bid: 'NaN', ask: '1' }],
    [{ bid: '1', ask: Number.POSITIVE_INFINITY }],
  ])('of %j is none', (ticker) => {
    expect(venueQuote(ticker, 'BTC', 'venue', NOW)).toMatchObject({ ok: false, error: { field: 'BTC' } })
  })

  it.each([[0], [-1], [1.5], [Number.NaN], ['1794841200000'], [undefined]])(
    'with the stamp %j is as old as its coming',
    (timestamp) => {
      const read = venueQuote({ bid: 1.5, ask: '1.6', timestamp }, 'BTC', 'venue', NOW)
      expect(read).toMatchObject({ ok: true, value: { stamp: null, quote: { at: NOW, bid: '1.5' } } })
    },
  )
})
