import { describe, expect, it } from 'vitest'
import { canonical, type Plain } from '../../src/domain/kernel/canonical.ts'
import { sampleBatch } from '../../src/desk/sample/sample-book.ts'
import { newYorkInstant } from '../../src/desk/sample/new-york-time.ts'
import { tradingRoom } from './trading-room.ts'

async function sampleRoom() {
  const room = tradingRoom()
  await room.calls.books.create({ from: 'sample' })
  return room
}

describe('the sample book', () => {
  it('is the same bytes every time it is made', () => {
    expect(canonical(sampleBatch() as unknown as Plain)).toBe(canonical(sampleBatch() as unknown as Plain))
  })

  it('holds an instrument of every class with 520 daily bars on the tick grid', () => {
    const { instruments, bars } = sampleBatch()
    expect(new Set(instruments.map(({ assetClass }) => assetClass))).toEqual(
      new Set(['equity', 'etf', 'future', 'fx', 'crypto', 'option', 'cfd']),
    )
    for (const { symbol, tickSize } of instruments) {
      const own = bars.filter((bar) => bar.symbol === symbol)
      expect(own, symbol).toHaveLength(520)
      for (const { open, high, low, close } of own) {
        for (const price of [open, high, low, close]) {
          const ticks = Number(price) / Number(tickSize)
          expect(Math.abs(ticks - Math.round(ticks)), `${symbol} ${price}`).toBeLessThan(1e-4)
        }
        expect(Number(low) <= Math.min(Number(open), Number(close))).toBe(true)
        expect(Number(high) >= Math.max(Number(open), Number(close))).toBe(true)
      }
    }
  })

  it('has some four hundred closed trades with a modest edge, and four open positions', async () => {
    const room = await sampleRoom()
    const trades = room.book().trades('sample')
    expect(trades.length).toBeGreaterThan(390)
    expect(trades.length).toBeLessThan(430)
    const multiples = trades.map(({ r }) => Number(r))
    const mean = multiples.reduce((sum, r) => sum + r, 0) / trades.length
    expect(mean).toBeGreaterThan(0.05)
    expect(mean).toBeLessThan(0.15)
    expect(trades.every(({ accountProfit }) => accountProfit !== null)).toBe(true)
    const { positions, limits, unknown } = await room.calls.limits.desk()
    expect(positions).toHaveLength(4)
    expect(positions.filter(({ stop }) => stop === null)).toHaveLength(1)
    expect(limits.filter(({ state }) => state === 'near')).toHaveLength(1)
    expect(limits.filter(({ state }) => state === 'over' || state === 'unknown')).toEqual([])
    expect(unknown).toEqual([])
  })

  it('sizes the first order a newcomer tries', async () => {
    const { calls } = await sampleRoom()
    const facts = await calls.market.facts({ symbol: 'AAPL' })
    const last = Number(facts.last.value)
    const stop = (last - 2 * Number(facts.atr.value)).toFixed(2)
    const decision = await calls.sizing.decide({ request: { symbol: 'AAPL', side: 'buy', entry: 'market', stop } })
    expect(['approved', 'reduced']).toContain(decision.outcome)
    expect(Number(decision.quantity)).toBeGreaterThan(10)
    expect(decision.ladder.filter(({ allows }) => allows !== null).length).toBeGreaterThan(5)
  })

  it.each([
    ['NVDA', 'fixed_risk_atr'],
    ['SPY', 'fixed_fraction'],
    ['MESZ6', 'fixed_qty'],
    ['EURUSD', 'fixed_risk_atr'],
    ['GBPJPY', 'fixed_risk_atr'],
    ['BTCUSD', 'fixed_fraction'],
    ['SPY261218C00640000', 'fixed_qty'],
    ['XAUUSD', 'fixed_risk_atr'],
  ])('resolves every input of an order in %s by %s', async (symbol, method) => {
    const { calls } = await sampleRoom()
    const { reasons } = await calls.sizing.preview({ request: { symbol, side: 'buy', entry: 'market', method } })
    const missing = reasons.filter(({ code }) => /^(INPUT|QUOTE|FX|SPEC|CLOCK)/.test(code))
    expect(missing).toEqual([])
  })

  it('is opened, not made again, the second time', async () => {
    const room = await sampleRoom()
    const { bookId } = room.book().info
    const again = room.restart()
    expect((await again.calls.books.create({ from: 'sample' })).bookId).toBe(bookId)
    again.workspace.close()
  })

  it('knows New York time, also around its changes', () => {
    const day = (month: number, date: number): number => Date.UTC(2026, month - 1, date) / 86_400_000
    const wall = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
    for (const [month, date] of [
      [3, 7],
      [3, 8],
      [3, 9],
      [10, 31],
      [11, 1],
      [11, 2],
      [7, 1],
      [1, 15],
    ] as const) {
      expect(wall.format(newYorkInstant(day(month, date), 16 * 60)), `${month}-${date}`).toBe('16:00')
    }
  })
})
