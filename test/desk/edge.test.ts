import { describe, expect, it } from 'vitest'
import { NOON } from './trading-room.ts'
import { close, journalRoom, trips, withProfile } from './journal-room.ts'

const DAY = 86_400_000

describe('the edge of closed trades', () => {
  it('counts wins, losses and scratches, and says how far they can be trusted', async () => {
    const room = await journalRoom()
    close(room, trips([20, -10, 30, 0, -10]))
    expect(await room.calls.edge.estimate({})).toMatchObject({
      scope: 'all trades',
      trades: 5,
      wins: 2,
      losses: 2,
      scratches: 1,
      net: '30',
      winRate: '0.5',
      payoff: '2.5',
      profitFactor: '2.5',
      kelly: '0.3',
      expectancy: '6',
      expectancyR: '0.6',
      tradesWithR: 5,
      confidence: 'VERY LOW',
      minimum: 20,
      decay: null,
    })
  })

  it('takes fees off the profit, and tells them apart', async () => {
    const room = await journalRoom()
    close(room, trips([20], { fee: '1.5' }))
    expect(await room.calls.edge.estimate({})).toMatchObject({ net: '17', fees: '3', wins: 1 })
  })

  it('looks at one strategy, symbol, tag, window of days, or number of last trades', async () => {
    const room = await journalRoom()
    close(room, [
      ...trips([10, 10, -10]),
      ...trips([40], { strategy: 'other', symbol: 'XYZ', tag: 'news', at: NOON - 50 * DAY }),
    ])
    const count = async (query: Parameters<typeof room.calls.edge.estimate>[0]): Promise<number> =>
      (await room.calls.edge.estimate(query)).trades
    expect(await count({ strategy: 'other' })).toBe(1)
    expect(await count({ symbol: 'ABC' })).toBe(3)
    expect(await count({ tag: 'news' })).toBe(1)
    expect(await count({ days: 30 })).toBe(3)
    expect(await count({ days: 60 })).toBe(4)
    expect(await count({ last: 2 })).toBe(2)
    expect(await count({ strategy: 'nobody' })).toBe(0)
    expect(await room.calls.edge.estimate({ strategy: 'other', days: 60 })).toMatchObject({
      scope: 'strategy other, 60 days',
    })
  })

  it.each([
    { profits: [], says: 'No trade has won or lost yet', kelly: null },
    { profits: [10, 10], says: 'All 2 decided trades won', kelly: null },
    { profits: [-10, -10], says: 'All 2 decided trades lost', kelly: null },
    { profits: [10, -20, -20], says: 'show no edge', kelly: '-1' },
    { profits: [20, -10, 20, -10, 20], says: 'not certain', kelly: '0.4' },
  ])('divides by nothing that is not there: $profits', async ({ profits, says, kelly }) => {
    const room = await journalRoom()
    close(room, trips(profits))
    const found = await room.calls.edge.estimate({})
    expect(found.says).toContain(says)
    expect(found.kelly).toBe(kelly)
  })

  it('gives the same bytes for the same trades, in another book too', async () => {
    const seen = await Promise.all(
      [1, 2].map(async () => {
        const room = await journalRoom()
        close(room, trips([20, -10, 30, -12, -9, 14, 22, -10]))
        return room.calls.edge.estimate({})
      }),
    )
    expect(seen[1]).toEqual(seen[0])
    expect(seen[0]?.kellyLow).not.toBeNull()
  })

  it('calls a decay once the recent win rate is far below its history', async () => {
    const room = await journalRoom()
    const good = Array.from({ length: 60 }, (_, i) => (i % 5 < 4 ? 10 : -10))
    const bad = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? 10 : -10))
    close(room, trips([...good, ...bad]))
    expect((await room.calls.edge.estimate({})).decay).toEqual({
      recent: '0.5',
      history: '0.8',
      decayed: true,
      window: 50,
    })
  })

  it('has a history by day that is what an estimate of that day gave', async () => {
    const room = await journalRoom()
    close(room, trips([20, -10, 30, -10, -10, 25, 10, -10, 30, 20]))
    withProfile(room, ({ methods }) => {
      Object.assign(methods['kelly_trades'] ?? {}, { windowDays: 5, minimumTrades: 3 })
    })
    const history = await room.calls.edge.history({ strategy: 'swing' })
    expect(history).toMatchObject({ windowDays: 5, method: 'kelly_trades' })
    expect(history.day).toHaveLength(10)
    for (const [index, at] of history.at.entries()) {
      const then = await room.calls.edge.estimate({ strategy: 'swing', from: at - 5 * DAY + 1, to: at })
      expect(then.trades).toBe(history.trades[index])
      expect(then.kelly === null ? null : Number(then.kelly)).toBe(
        history.kelly[index] == null ? null : Number(history.kelly[index].toPrecision(12)),
      )
    }
    // Half a Kelly above the cap is cut to it, then a quarter is staked.
    const last = history.kelly.at(-1) ?? 0
    expect(history.staked.at(-1)).toBeCloseTo(0.25 * Math.min(0.5, Math.max(0, last)), 12)
  })
})

describe('strategies together', () => {
  const wins = (count: number): number[] => Array.from({ length: count }, (_, i) => (i % 5 < 3 ? 15 : -10))

  it('stand against one budget with what each edge stakes', async () => {
    const room = await journalRoom()
    close(room, [...trips(wins(25), { strategy: 'a' }), ...trips(wins(25), { strategy: 'b', symbol: 'XYZ' })])
    const found = await room.calls.limits.status({ budget: '0.03' })
    // p 0.6, b 1.5: Kelly a third, a quarter of it a twelfth each; on the same days with the same profits: correlation 1.
    expect(found).toMatchObject({ bot_count: 2, status: 'danger', max_portfolio_risk: 0.03, target_risk_per_bot: 0.01 })
    expect(found.total_raw_risk).toBeCloseTo(1 / 6, 9)
    expect(found.correlations).toMatchObject([{ a: 'a', b: 'b', days: 25 }])
    expect(found.mean_correlation).toBeCloseTo(1, 9)
    expect(found.total_scaled_risk * found.correlation_penalty).toBeCloseTo(0.03, 9)
    expect(found.recommendation).toContain('scale every strategy')
    expect(found.strategies.map(({ equal_share }) => equal_share)).toEqual([0.015, 0.015])
  })

  it('stake nothing without an edge, and the fallback while there are few trades', async () => {
    const room = await journalRoom()
    close(room, [
      ...trips([-10, -10, 10], { strategy: 'loser' }),
      ...trips([20, -10], { strategy: 'young', symbol: 'XYZ' }),
    ])
    const { strategies } = await room.calls.limits.status({ budget: '0.03' })
    expect(strategies).toMatchObject([
      { strategy: 'loser', raw_risk: 0 },
      { strategy: 'young', raw_risk: 0.005 },
    ])
    expect(strategies[0]?.kelly).toBeCloseTo(-1 / 3, 12)
    expect(strategies[1]?.says).toContain('2 of 20 trades')
  })

  it('are not judged without a budget: none is made up', async () => {
    const room = await journalRoom()
    withProfile(room, ({ ceilings }) => {
      ceilings['portfolio_risk'] = 'off'
    })
    await expect(room.calls.limits.status({})).rejects.toMatchObject({ data: { code: 'LIMITS_MISSING' } })
    await expect(room.calls.limits.status({ budget: '3' })).rejects.toMatchObject({ data: { code: 'UNIT_MISMATCH' } })
    await expect(room.calls.limits.status({ budget: '0' })).rejects.toMatchObject({ data: { field: 'budget' } })
  })

  it('leave out a strategy that is switched off', async () => {
    const room = await journalRoom()
    close(room, trips([10, -10], { strategy: 'off' }))
    await room.calls.market.saveStrategy({
      code: 'off',
      budget: null,
      fixedQuantity: null,
      method: null,
      enabled: false,
    })
    expect((await room.calls.limits.status({ budget: '0.03' })).bot_count).toBe(0)
  })
})
