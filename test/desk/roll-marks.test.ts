import { describe, expect, it } from 'vitest'
import { NOON, paperRoom, share, type TradingRoom } from './trading-room.ts'

/** 17:00 in New York in winter. */
const ROLL = Date.UTC(2026, 2, 4, 22)

async function quoteAt(room: TradingRoom, at: number, price: string, symbol = 'AAPL'): Promise<void> {
  room.clock.now = at
  await room.calls.feed.typeQuote({ symbol, bid: price, ask: price })
}

/** A hundred shares bought at 100, worth 101 by the last quote before the trading day ends. */
async function holding(): Promise<TradingRoom> {
  const room = await paperRoom('100000')
  await room.calls.market.saveInstrument(share('AAPL'))
  await quoteAt(room, NOON + 1_000, '100')
  const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '95', quantity: '100' }
  const { decisionId } = await room.calls.sizing.decide({ request })
  expect(await room.calls.trading.approve({ decisionId })).toMatchObject({ stage: 'filled', filled: '100' })
  await quoteAt(room, ROLL - 60_000, '101')
  return room
}

const profitOf = async ({ calls }: TradingRoom) => (await calls.limits.live()).dayProfit

describe('a trading day', () => {
  it('counts its profit from the last quotes before it began, also after a restart', async () => {
    const room = await holding()
    expect(await profitOf(room)).toBe('100')
    await quoteAt(room, ROLL + 60_000, '100.5')
    expect(await profitOf(room)).toBe('-50')
    expect(room.book().lastMark('AAPL', ROLL)).toMatchObject({ price: '101', source: 'feed' })
    const again = room.restart()
    await quoteAt(again, ROLL + 120_000, '100.4')
    expect(await profitOf(again)).toBe('-60')
    expect(await again.calls.audit.verify()).toMatchObject({ verdict: 'verified-anchored' })
  })

  it('keeps one price of each day, of what is held alone', async () => {
    const room = await holding()
    await room.calls.market.saveInstrument(share('MSFT'))
    await quoteAt(room, ROLL - 30_000, '50', 'MSFT')
    for (let minute = 1; minute < 5; minute += 1) await quoteAt(room, ROLL + minute * 60_000, '100.5')
    const prices = room
      .book()
      .auditRows(1, 1_000)
      .filter(({ kind }) => kind === 'price')
      .map(({ body }) => JSON.parse(body) as unknown)
    expect(prices).toMatchObject([{ symbol: 'AAPL', price: '101', at: String(ROLL - 60_000) }])
  })
})
