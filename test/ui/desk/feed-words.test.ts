import { describe, expect, it } from 'vitest'
import type { LiveFeedView } from '../../../src/contract/feed/live-feed.ts'
import { feedWord, marketsText, readMarkets } from '../../../src/ui/desk/feed-words.ts'

const OPEN: LiveFeedView = {
  state: 'open',
  title: 'Local bridge',
  says: 'A bridge is connected.',
  address: 'ws://127.0.0.1:4818',
  settings: { feed: 'local-socket', port: 4818, ttl: 5_000 },
  rate: 1,
  quotes: 1,
  unused: 0,
  lastAt: 0,
  age: 5_000,
  faults: [],
}

describe('a live feed in a word', () => {
  it('is live only while its newest quote may be used', () => {
    expect(feedWord(OPEN)).toEqual({ mark: 'ok', word: 'live' })
    expect(feedWord({ ...OPEN, age: 5_001 })).toEqual({ mark: 'stale', word: 'silent 5.0 s' })
    expect(feedWord({ ...OPEN, age: null })).toEqual({ mark: 'stale', word: 'no quote yet' })
    expect(feedWord({ ...OPEN, settings: null }).mark).toBe('stale')
  })

  it.each([
    ['off', 'stale', 'off'],
    ['starting', 'stale', 'starting'],
    ['waiting', 'stale', 'waiting'],
    ['lost', 'over', 'lost'],
    ['failing', 'over', 'cannot begin'],
  ] as const)('%s has a shape of its own', (state, mark, word) => {
    expect(feedWord({ ...OPEN, state })).toEqual({ mark, word })
  })
})

describe('markets as they are typed', () => {
  it('are read line by line, and written back the same', () => {
    const read = readMarkets('BTC = BTC/USDT:USDT\n\n  ETH=ETH/USDT  ')
    expect(read).toEqual({
      markets: [
        { symbol: 'BTC', market: 'BTC/USDT:USDT' },
        { symbol: 'ETH', market: 'ETH/USDT' },
      ],
    })
    const markets = 'markets' in read ? read.markets : []
    const written = marketsText({ feed: 'exchange', venue: 'kraken', markets, ttl: 1_000 })
    expect(readMarkets(written)).toEqual(read)
    expect(marketsText(OPEN.settings)).toBe('')
  })

  it.each([
    ['', 'No market is named: write SYMBOL = MARKET, one a line.'],
    ['BTC', 'Line 1 is "BTC": write SYMBOL = MARKET, such as BTC = BTC/USDT:USDT.'],
    ['A = B\nBTC BTC/USDT', 'Line 2 is "BTC BTC/USDT": write SYMBOL = MARKET, such as BTC = BTC/USDT:USDT.'],
    ['A = B = C', 'Line 1 is "A = B = C": write SYMBOL = MARKET, such as BTC = BTC/USDT:USDT.'],
  ])('%j is named as wrong', (typed, wrong) => {
    expect(readMarkets(typed)).toEqual({ wrong })
  })
})
