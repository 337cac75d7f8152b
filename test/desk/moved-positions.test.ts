import { describe, expect, it } from 'vitest'
import type { PositionMarks } from '../../src/contract/limits.ts'
import { hold, paperRoom, share, type TradingRoom } from './trading-room.ts'

const quote = (room: TradingRoom, symbol: string, bid: string, ask: string): Promise<unknown> =>
  room.calls.feed.typeQuote({ symbol, bid, ask })
const moved = (room: TradingRoom, after: number): Promise<PositionMarks> => room.calls.limits.movedPositions({ after })

describe('prices of what is held', () => {
  it('come with what was made by them: the same figures as the whole desk tells', async () => {
    const room = await paperRoom()
    hold(room, 'AAPL', '10', '100')
    hold(room, 'AAPL', '4', '110', 'pairs')
    await room.calls.market.saveInstrument({ ...share('MSFT'), pointValue: '5' })
    hold(room, 'MSFT', '2', '50')
    await quote(room, 'AAPL', '101.99', '102.02')
    await quote(room, 'MSFT', '49', '49.5')
    const at = room.clock.now
    const { positions: told, count } = await moved(room, 0)
    expect(count).toBe(2)
    expect(told).toEqual([
      { symbol: 'AAPL', strategy: null, mark: '102.005', markAt: at, profit: '20.05' },
      { symbol: 'AAPL', strategy: 'pairs', mark: '102.005', markAt: at, profit: '-31.98' },
      { symbol: 'MSFT', strategy: null, mark: '49.25', markAt: at, profit: '-7.5' },
    ])
    const { positions } = await room.calls.limits.desk()
    expect(positions.map(({ symbol, mark, profit }) => [symbol, mark, profit])).toEqual(
      told.map(({ symbol, mark, profit }) => [symbol, mark, profit]),
    )
  })

  it('are the newest of each that moved since, however many came, and waited for where none did', async () => {
    const room = await paperRoom()
    hold(room, 'AAPL', '10', '100')
    hold(room, 'MSFT', '1', '50')
    await room.calls.market.saveInstrument(share('IBM'))
    await quote(room, 'MSFT', '50', '50')
    const first = await moved(room, 0)
    expect(first.positions.map(({ symbol }) => symbol)).toEqual(['MSFT'])
    const next = moved(room, first.count)
    await quote(room, 'IBM', '9', '9')
    for (const price of ['100.1', '100.2', '100.3']) await quote(room, 'AAPL', price, price)
    expect((await next).positions.map(({ symbol }) => symbol)).toEqual(['AAPL'])
    expect((await moved(room, first.count)).positions).toMatchObject([{ symbol: 'AAPL', mark: '100.3', profit: '3' }])
  })

  it('say no profit where no rate leads to the currency of the account', async () => {
    const room = await paperRoom()
    await room.calls.market.saveInstrument({ ...share('SAP'), currency: 'EUR' })
    hold(room, 'SAP', '10', '100')
    await quote(room, 'SAP', '110', '110')
    expect((await moved(room, 0)).positions).toMatchObject([{ symbol: 'SAP', mark: '110', profit: null }])
  })
})
