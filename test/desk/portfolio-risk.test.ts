import { describe, expect, it } from 'vitest'
import { addBars } from './journal-room.ts'
import { closesOf, marketsRoom, noise } from './portfolio-room.ts'
import { hold, NOON } from './trading-room.ts'

const DAY = 86_400_000
const shared = noise(400, 1)
const own = noise(400, 2)

describe('the risk of the positions', () => {
  it('is split into parts that add up to √(w′Σw)', async () => {
    const room = await marketsRoom({ AAA: shared, BBB: own })
    hold(room, 'AAA', '200', '100', null, '90')
    hold(room, 'BBB', '300', '100', null, '90')
    const view = await room.calls.portfolio.risk({})
    const [a, b] = view.positions
    const sum = (a?.contribution ?? 0) + (b?.contribution ?? 0)
    expect(view.volatility).toBeCloseTo(sum, 12)
    expect((a?.share ?? 0) + (b?.share ?? 0)).toBeCloseTo(1, 12)
    expect(view.volatility).toBeGreaterThan(0.01)
    expect(view.diversification).toBeCloseTo(
      ((a?.weight ?? 0) * (a?.volatility ?? 0) + (b?.weight ?? 0) * (b?.volatility ?? 0)) / (view.volatility ?? 1),
      9,
    )
    expect(view.study?.lookback).toBe(60)
    expect(view.unknown).toEqual([])
  })

  it('says what all stops would cost, with the gap where there is none', async () => {
    const room = await marketsRoom({ AAA: shared.map(() => 0.0001), BBB: own })
    hold(room, 'AAA', '100', '100', null, '90')
    const marked = Number((await room.calls.market.facts({ symbol: 'AAA' })).last.value)
    const view = await room.calls.portfolio.risk({})
    const stops = view.stress.find(({ id }) => id === 'stops')
    expect(Number(stops?.loss)).toBeCloseTo(100 * (marked - 90), 6)
    hold(room, 'BBB', '10', '100')
    const bare = await room.calls.portfolio.risk({})
    expect(bare.positions.find(({ symbol }) => symbol === 'BBB')?.says).toContain('It has no stop')
  })

  it('counts copies with correlations at 1 as they are, and a hedge as none where all is against it', async () => {
    const room = await marketsRoom({ AAA: shared, BBB: shared })
    hold(room, 'AAA', '200', '100')
    hold(room, 'BBB', '100', '100')
    const { volatility, stress, equity } = await room.calls.portfolio.risk({})
    const together = stress.find(({ id }) => id === 'together')
    expect(together?.volatility).toBeCloseTo(volatility ?? 0, 6)
    expect(Number(together?.loss)).toBeCloseTo(((3 * (volatility ?? 0)) / Math.sqrt(365)) * Number(equity), 1)
  })

  it('lives through a window of the past with the present positions, and names what has no bars there', async () => {
    const room = await marketsRoom({ AAA: shared, NEW: noise(20, 3) })
    const closes = closesOf(shared)
    hold(room, 'AAA', '200', '100')
    hold(room, 'NEW', '10', '100')
    const today = Math.floor(NOON / DAY)
    const [first, last] = [today - 200, today - 100]
    const view = await room.calls.portfolio.risk({ window: { from: first * DAY, to: last * DAY } })
    const at = (day: number): number => closes[closes.length - (today - day)] ?? Number.NaN
    const weight = view.positions.find(({ symbol }) => symbol === 'AAA')?.weight ?? 0
    const lived = view.stress.find(({ id }) => id === 'window')
    const daysLived = view.path.map((point) => Math.round(point.at / DAY) - 1)
    const [begin, end] = [Math.min(...daysLived), Math.max(...daysLived)]
    expect([begin - first, end - last]).toEqual([0, -1])
    expect(lived?.share).toBeCloseTo(-weight * (at(end) / at(begin) - 1), 5)
    expect(view.path.map(({ share }) => share)[0]).toBe(0)
    expect(view.unknown).toContain('Without bars over the whole window, and not in it: NEW.')
  })

  it('does not make up a volatility for what cannot be studied', async () => {
    const room = await marketsRoom({ AAA: shared })
    hold(room, 'AAA', '100', '100')
    hold(room, 'BARE', '100', '50')
    const view = await room.calls.portfolio.risk({})
    expect(view.volatility).toBeNull()
    expect(view.stress.map(({ id }) => id)).toEqual(['stops'])
    expect(view.unknown.join(' ')).toContain('BARE')
  })

  it('refuses a window that ends before it begins', async () => {
    const room = await marketsRoom({})
    addBars(room, 'ABC', [100, 101])
    await expect(room.calls.portfolio.risk({ window: { from: 2, to: 1 } })).rejects.toThrow('ends before it begins')
  })
})
