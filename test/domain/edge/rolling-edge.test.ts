import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeHistory, type DatedOutcome } from '../../../src/domain/edge/edge-history.ts'
import { DECAY_SHARE, edgeDecay, rollingEdge } from '../../../src/domain/edge/rolling-edge.ts'
import { tradeStatistics, type TradeOutcome } from '../../../src/domain/edge/trade-statistics.ts'

const outcomes = (profits: readonly number[]): TradeOutcome[] => profits.map((profit) => ({ profit, r: null }))
const profits = fc.array(fc.integer({ min: -5, max: 8 }), { minLength: 0, maxLength: 60 })

describe('the rolling edge', () => {
  it('is at every trade what the last trades alone give', () => {
    fc.assert(
      fc.property(profits, fc.integer({ min: 1, max: 20 }), (drawn, window) => {
        const points = rollingEdge(outcomes(drawn), window)
        expect(points).toHaveLength(Math.max(0, drawn.length - window + 1))
        for (const point of points) {
          const alone = tradeStatistics(outcomes(drawn.slice(point.index - window + 1, point.index + 1)), 30)
          expect(point.winRate).toBe(alone.winRate)
          expect(point.kelly).toBe(alone.kelly)
          expect(point.expectancy).toBe(alone.expectancy)
          expect([point.winRateLow, point.winRateHigh]).toEqual(alone.winRateInterval ?? [null, null])
        }
      }),
    )
  })

  it('has no point before the window is full', () => {
    expect(rollingEdge(outcomes(new Array<number>(49).fill(1)), 50)).toEqual([])
    expect(rollingEdge(outcomes(new Array<number>(50).fill(1)), 50)).toHaveLength(1)
  })
})

describe('the decay of an edge', () => {
  const won = (wins: number, losses: number): number[] => [
    ...new Array<number>(wins).fill(1),
    ...new Array<number>(losses).fill(-1),
  ]

  it('is called when the recent win rate is 15 % below its history, and not before', () => {
    // History 60 %: the line lies at 51 %.
    expect(DECAY_SHARE).toBe(0.15)
    expect(edgeDecay(outcomes([...won(60, 40), ...won(50, 50)]), 100)).toEqual({
      recent: 0.5,
      history: 0.6,
      decayed: true,
    })
    expect(edgeDecay(outcomes([...won(60, 40), ...won(51, 49)]), 100)?.decayed).toBe(false)
  })

  it('is not known while there is no history before the recent trades', () => {
    expect(edgeDecay(outcomes(won(5, 5)), 10)).toBeNull()
    expect(edgeDecay(outcomes([0, 0, ...won(5, 5)]), 10)).toBeNull()
    expect(edgeDecay(outcomes([...won(5, 5), 0, 0]), 2)).toBeNull()
  })
})

describe('the history of an edge', () => {
  const DAY = 1000
  const dayOf = (at: number): { start: number; next: number } => {
    const start = Math.floor(at / DAY) * DAY
    return { start, next: start + DAY }
  }
  const dated = fc
    .array(fc.record({ at: fc.integer({ min: 0, max: 20 * DAY }), profit: fc.integer({ min: -5, max: 8 }) }), {
      maxLength: 50,
    })
    .map((drawn): DatedOutcome[] => drawn.map((one) => ({ ...one, r: null })).sort((a, b) => a.at - b.at))

  it('has for each day with a trade what an estimate after that day’s last trade gave', () => {
    fc.assert(
      fc.property(dated, fc.integer({ min: 1, max: 10 }), (trades, windowDays) => {
        const points = edgeHistory(trades, dayOf, windowDays * DAY, 20)
        expect(points.map(({ day }) => day)).toEqual([...new Set(trades.map(({ at }) => dayOf(at).start))])
        for (const point of points) {
          const until = trades.filter(({ at }) => at < point.day + DAY)
          expect(point.at).toBe(until.map(({ at }) => at).at(-1))
          const within = until.filter(({ at }) => at > point.at - windowDays * DAY)
          const { winRate, payoff, kelly, winRateInterval } = tradeStatistics(within, 20)
          expect(point).toMatchObject({ trades: within.length, winRate, payoff, kelly, winRateInterval })
        }
      }),
    )
  })

  it('leaves out a trade that closed exactly a window before, as the desk does', () => {
    const trades = [0, 1, 5 * DAY].map((at) => ({ at, profit: 1, r: null }))
    expect(edgeHistory(trades, dayOf, 5 * DAY, 20).at(-1)).toMatchObject({ at: 5 * DAY, trades: 2 })
  })
})
