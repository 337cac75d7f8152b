import { describe, expect, it } from 'vitest'
import { close, journalRoom, payIn, trips } from './journal-room.ts'
import { NOON } from './trading-room.ts'

const DAY = 86_400_000

describe('the list of trades', () => {
  it('shows each round trip with its fees, profit and R, newest first', async () => {
    const room = await journalRoom()
    close(room, trips([20, -10], { fee: '1', tag: 'news' }))
    const { rows, total } = await room.calls.journal.trades({})
    expect(total).toBe(2)
    expect(rows).toMatchObject([
      {
        symbol: 'ABC',
        strategy: 'swing',
        tag: 'news',
        side: 'long',
        profit: '-12',
        fees: '2',
        r: '-1.2',
        currency: 'USD',
      },
      { profit: '18', r: '1.8', entryPrice: '100', exitPrice: '102' },
    ])
  })

  it('is filtered by strategy, symbol, tag and dates, and ordered by any column, trades without the figure last', async () => {
    const room = await journalRoom()
    close(room, [
      ...trips([20, -10, 5]),
      ...trips([7], { strategy: 'other', symbol: 'XYZ', tag: 'gap', stop: null, at: NOON - 9 * DAY }),
    ])
    const profits = async (query: Parameters<typeof room.calls.journal.trades>[0]): Promise<(string | null)[]> =>
      (await room.calls.journal.trades(query)).rows.map(({ profit }) => profit)
    expect(await profits({ order: 'profit', way: 'descending' })).toEqual(['20', '7', '5', '-10'])
    expect(await profits({ order: 'profit', way: 'ascending' })).toEqual(['-10', '5', '7', '20'])
    expect(await profits({ order: 'r', way: 'ascending' })).toEqual(['-10', '5', '20', '7'])
    expect(await profits({ order: 'r', way: 'descending' })).toEqual(['20', '5', '-10', '7'])
    expect(await profits({ filter: { strategy: 'other' } })).toEqual(['7'])
    expect(await profits({ filter: { tag: 'gap' } })).toEqual(['7'])
    expect(await profits({ filter: { symbol: 'ABC' }, limit: 1 })).toEqual(['5'])
    expect(await profits({ filter: { from: NOON - 10 * DAY, to: NOON - 5 * DAY } })).toEqual(['7'])
  })
})

describe('the review of trades', () => {
  it('of a book without trades is empty and says so', async () => {
    const room = await journalRoom()
    const found = await room.calls.journal.review()
    expect(found.edge).toMatchObject({
      trades: 0,
      says: 'No trade has won or lost yet, so nothing is known of the edge.',
    })
    expect(found.distribution).toMatchObject({ counts: [], withR: 0, withoutStop: 0, mean: null })
    expect(found.rolling.at).toEqual([])
    expect(found.history.day).toEqual([])
    expect(found.curve).toMatchObject({ balance: [100000], deepest: null, last: '100000' })
  })

  it('spreads R in bins, and counts trades without a stop apart', async () => {
    const room = await journalRoom()
    close(room, [...trips([20, -10, 20, -10]), ...trips([5], { stop: null, at: NOON - 1 })])
    const { distribution } = await room.calls.journal.review()
    expect(distribution).toMatchObject({ withR: 4, withoutStop: 1, mean: 0.5 })
    expect(distribution.counts.reduce((sum, count) => sum + count, 0)).toBe(4)
  })

  it('draws the closed balance and marks its deepest fall', async () => {
    const room = await journalRoom('1000')
    close(room, trips([100, -330, 230, -10]))
    const { curve } = await room.calls.journal.review()
    expect(curve.balance).toEqual([1000, 1100, 770, 1000, 990])
    expect(curve.deepest).toMatchObject({ amount: '330', share: '0.3', recovered: null })
    expect(curve.deepest?.trough).toBe(curve.at[2])
    expect(curve.below[2]).toBeCloseTo(0.3, 12)
  })

  it('begins a later stretch at the balance of its first day', async () => {
    const room = await journalRoom('1000')
    payIn(room, '200', NOON - 2.5 * DAY)
    close(room, trips([100, 50, -20, 10]))
    const { curve } = await room.calls.journal.review({ from: NOON - 3 * DAY + 1 })
    expect(curve.balance).toEqual([1150, 1350, 1330, 1340])
  })

  it('of one strategy adds its trades alone to what was paid in', async () => {
    const room = await journalRoom('1000')
    close(room, [...trips([100], { strategy: 'a' }), ...trips([-40], { strategy: 'b' })])
    const found = await room.calls.journal.review({ strategy: 'b' })
    expect(found.curve.last).toBe('960')
    expect(found.edge).toMatchObject({ scope: 'strategy b', trades: 1 })
    expect(found.choices).toEqual({ strategies: ['a', 'b'], symbols: ['ABC'], tags: [] })
  })

  it('counts a fee as a loss among all trades, and not among those of one strategy', async () => {
    const room = await journalRoom('1000')
    close(room, trips([100]))
    await room.calls.account.addCashFlow({ kind: 'fee', amount: '-7', note: null })
    const whole = (await room.calls.journal.review()).curve
    expect(whole.last).toBe('1093')
    expect(whole.deepest?.amount).toBe('7')
    expect((await room.calls.journal.review({ strategy: 'swing' })).curve.last).toBe('1100')
  })

  it('rolls the edge over 50 trades, each point at the exit of its last', async () => {
    const room = await journalRoom()
    close(room, trips(Array.from({ length: 53 }, (_, i) => (i % 2 === 0 ? 20 : -10))))
    const { rolling } = await room.calls.journal.review()
    expect(rolling).toMatchObject({ window: 50, trade: [50, 51, 52, 53], winRate: [0.5, 0.5, 0.5, 0.5] })
    expect(rolling.at.at(-1)).toBe(NOON - DAY)
    expect(rolling.winRateLow[0]).toBeLessThan(0.5)
    expect(rolling.winRateHigh[0]).toBeGreaterThan(0.5)
  })

  it('keeps lows and highs of a balance with more points than are drawn', async () => {
    const room = await journalRoom('1000')
    const many = Array.from({ length: 2200 }, (_, i) => (i === 1111 ? -400 : i === 1112 ? 400 : i % 2 === 0 ? 2 : -1))
    const start = NOON - 300 * DAY
    close(
      room,
      trips(many).map((trip, index) => ({ ...trip, at: start + index * 3_600_000 })),
    )
    const { curve } = await room.calls.journal.review()
    expect(curve.at.length).toBeLessThanOrEqual(2000)
    expect(curve.thinned).toBe(2201 - curve.at.length)
    const lowest = many.slice(0, 1112).reduce((sum, profit) => sum + profit, 1000)
    expect(curve.balance).toContain(lowest)
    expect(curve.deepest?.amount).toBe('400')
    expect(curve.balance.at(-1)).toBe(Number(curve.last))
  })
})
