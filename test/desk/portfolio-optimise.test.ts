import { describe, expect, it } from 'vitest'
import { withProfile } from './journal-room.ts'
import { marketsRoom, noise } from './portfolio-room.ts'
import { hold, NOON, share, type TradingRoom } from './trading-room.ts'

const up = (moves: readonly number[], drift: number): number[] => moves.map((move) => move + drift)
const MOVES = {
  AAA: up(noise(400, 1), 0.001),
  BBB: up(noise(400, 2), 0.0008),
  CCC: up(noise(400, 3), 0.0005),
  DDD: up(noise(400, 4), 0.0003),
  EEE: up(noise(400, 5), 0.0006),
}
const room = (): Promise<TradingRoom> => marketsRoom(MOVES)
const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0)

describe('weighing a portfolio at the desk', () => {
  it.each(['kelly_mvo', 'min_variance', 'max_sharpe', 'risk_parity', 'hrp', 'equal_weight'] as const)(
    'by %s answers weights within their bounds, beside the present ones',
    async (method) => {
      const made = await room()
      hold(made, 'AAA', '100', '100')
      const found = await made.calls.portfolio.optimise({ method, upper: 0.4 })
      expect(found).toMatchObject({ status: 'optimal', method, infeasible: [] })
      const weights = found.assets.map(({ proposed }) => proposed ?? Number.NaN)
      expect(weights.every((weight) => weight >= -1e-9 && weight <= 0.4 + 1e-9)).toBe(true)
      expect(sum(weights)).toBeLessThanOrEqual(1 + 1e-9)
      expect(found.proposed?.cash).toBeCloseTo(1 - sum(weights), 9)
      expect(found.present.gross).toBeCloseTo(0.1, 9)
      expect(found.turnover).toBeCloseTo(sum(found.assets.map(({ change }) => Math.abs(change ?? 0))), 6)
      expect(sum(found.assets.map(({ proposedShare }) => proposedShare))).toBeCloseTo(1, 6)
    },
  )

  it('proposes whole lots by which every limit still holds, and says why where there are none', async () => {
    const made = await room()
    const { book } = made
    const found = await made.calls.portfolio.optimise({ method: 'kelly_mvo', upper: 0.4 })
    expect(found.lotsSay).toMatch(/^In whole lots every limit holds; no weight is further than 0\.\d\d %/)
    for (const { symbol, inLots, proposed } of found.assets) {
      const price = Number(book().lastMark(symbol, NOON)?.price)
      const lots = ((inLots ?? Number.NaN) * 100_000) / price
      expect(lots).toBeCloseTo(Math.round(lots), 6)
      expect(Math.abs((inLots ?? Number.NaN) - (proposed ?? Number.NaN))).toBeLessThan(price / 100_000)
      expect(inLots).toBeLessThanOrEqual(0.4 + 1e-8)
    }
    expect(sum(found.assets.map(({ inLots }) => inLots))).toBeLessThanOrEqual(1 + 1e-8)
    const poor = await (
      await marketsRoom(MOVES, null)
    ).calls.portfolio.optimise({ method: 'equal_weight', start: 'cash' })
    expect(poor.lotsSay).toMatch(/^The lot of AAA is not known/)
    expect(poor.assets.every(({ inLots }) => inLots === null)).toBe(true)
  })

  it('gives the risk of every asset the same share by risk parity', async () => {
    const { assets } = await (await room()).calls.portfolio.optimise({ method: 'risk_parity', upper: 1 })
    for (const { proposedShare } of assets) expect(proposedShare).toBeCloseTo(0.2, 9)
  })

  it('prices a binding limit by what relaxing it gains', async () => {
    const made = await room()
    const asked = { method: 'kelly_mvo', upper: 1, cost: 0, lambda: 2 } as const
    const at = async (volatilityCap: number) => made.calls.portfolio.optimise({ ...asked, volatilityCap })
    const [tight, loose] = [await at(0.05), await at(0.0501)]
    const limit = tight.limits.find(({ id }) => id === 'volatilityCap')
    expect(limit).toMatchObject({ binding: true, units: 'risk-adjusted return a year per 1 of volatility' })
    expect(((loose.objective ?? 0) - (tight.objective ?? 0)) / 0.0001).toBeCloseTo(limit?.shadowPrice ?? 0, 2)
  })

  it('names limits that cannot hold together, and proposes nothing', async () => {
    const found = await (
      await room()
    ).calls.portfolio.optimise({ method: 'min_variance', upper: 0.1, budget: { min: 1, max: 1 } })
    expect(found).toMatchObject({ status: 'infeasible', proposed: null, turnover: null, objective: null })
    expect(found.assets.every(({ proposed }) => proposed === null)).toBe(true)
    expect(found.infeasible.map(({ id }) => id)).toContain('budget.min')
    expect(found.says).toContain('cannot hold together')
  })

  it('leaves out what has no expected return unless one is given', async () => {
    const made = await marketsRoom({ ...MOVES, NEW: noise(80, 9) })
    const without = await made.calls.portfolio.optimise({ method: 'kelly_mvo' })
    expect(without.assets.map(({ symbol }) => symbol)).not.toContain('NEW')
    expect(without.leftOut.map(({ symbol }) => symbol)).toEqual(['NEW'])
    const given = await made.calls.portfolio.optimise({ method: 'kelly_mvo', expected: { NEW: 0.9 } })
    expect(given.assets.find(({ symbol }) => symbol === 'NEW')).toMatchObject({
      expected: 0.9,
      expectedSource: 'given',
    })
    expect(given.assets.find(({ symbol }) => symbol === 'NEW')?.proposed).toBeGreaterThan(0.1)
  })

  it('counts what is held but not weighed in budget, and says so', async () => {
    const made = await room()
    hold(made, 'EEE', '200', '100')
    const found = await made.calls.portfolio.optimise({ method: 'equal_weight', upper: 1, symbols: ['AAA', 'BBB'] })
    const held = 200 * Number((await made.calls.market.facts({ symbol: 'EEE' })).last.value)
    const { equity } = await made.calls.account.get()
    expect(sum(found.assets.map(({ proposed }) => proposed))).toBeCloseTo(1 - held / Number(equity), 6)
    expect(found.notes.join(' ')).toContain('EEE is held at')
  })

  it('takes the caps of clusters from the profile in force', async () => {
    const made = await room()
    withProfile(made, ({ ceilings }) => {
      ceilings['cluster'] = { max: 0.25, caps: {} }
    })
    const { assets, limits } = await made.calls.portfolio.optimise({ method: 'kelly_mvo', clusterCaps: true })
    expect(sum(assets.map(({ proposed }) => proposed))).toBeLessThanOrEqual(0.25 + 1e-8)
    expect(limits.find(({ subject }) => subject === 'all')).toMatchObject({ binding: true, bound: 0.25 })
  })

  it('caps clusters of which some are held without being weighed, or have no bars', async () => {
    const made = await room()
    made.book().saveInstrument(share('BARE', { clusters: ['all'] }), NOON)
    withProfile(made, ({ ceilings }) => {
      ceilings['cluster'] = { max: 0.25, caps: {} }
    })
    hold(made, 'EEE', '100', '100')
    const asked = { method: 'kelly_mvo' as const, clusterCaps: true, symbols: ['AAA', 'BBB'] }
    const { assets } = await made.calls.portfolio.optimise(asked)
    const held = 100 * Number((await made.calls.market.facts({ symbol: 'EEE' })).last.value)
    const { equity } = await made.calls.account.get()
    expect(sum(assets.map(({ proposed }) => proposed))).toBeCloseTo(0.25 - held / Number(equity), 6)
    const all = await made.calls.portfolio.optimise({ method: 'kelly_mvo', clusterCaps: true })
    expect(sum(all.assets.map(({ proposed }) => proposed))).toBeCloseTo(0.25, 6)
  })

  it('gives an instrument the parts of the risk that are typed for it, and every other one part', async () => {
    const asked = { method: 'risk_parity', upper: 1, riskBudgets: { AAA: 2 } } as const
    const { assets } = await (await room()).calls.portfolio.optimise(asked)
    for (const { symbol, proposedShare } of assets)
      expect(proposedShare).toBeCloseTo(symbol === 'AAA' ? 2 / 6 : 1 / 6, 9)
  })

  it.each([
    [{ lambda: 0 }, 'lambda is 0; it must be above 0'],
    [{ lower: 0.5, upper: 0.1 }, 'upper is 0.1: it must be at least 0.5'],
    [{ groups: [{ name: 'g', members: ['ZZZ'], max: 0.1 }] }, 'ZZZ is not a known instrument'],
    [{ topK: { k: 1.5, max: 0.1 } }, 'topK.k is 1.5; it must be a whole number'],
    [{ costs: { AAA: -1 } }, 'costs.AAA is -1'],
    [{ signals: { AAA: 2 } }, 'signals.AAA is 2'],
  ])('refuses %o by its field', async (more, says) => {
    await expect((await room()).calls.portfolio.optimise({ method: 'kelly_mvo', ...more })).rejects.toThrow(says)
  })
})

describe('the frontier', () => {
  it('gives more return for more volatility, and holds what the method proposes on or below it', async () => {
    const { points, proposed, present } = await (
      await room()
    ).calls.portfolio.frontier({ method: 'kelly_mvo', upper: 0.4, cost: 0, points: 9 })
    expect(points).toHaveLength(9)
    for (const [i, { volatility, expectedReturn }] of points.entries()) {
      expect(volatility).toBeGreaterThanOrEqual((points[i - 1]?.volatility ?? 0) - 1e-9)
      expect(expectedReturn).toBeGreaterThanOrEqual((points[i - 1]?.expectedReturn ?? -1) - 1e-7)
    }
    const above = points.findIndex(({ volatility }) => volatility >= (proposed?.volatility ?? 9) - 1e-6)
    expect(proposed?.expectedReturn).toBeLessThanOrEqual((points[above]?.expectedReturn ?? 9) + 1e-4)
    expect(present).toEqual({ volatility: 0, expectedReturn: 0 })
  })

  it.each([
    [{ method: 'risk_parity', upper: 1, riskBudgets: { AAA: 2 } }],
    [{ method: 'min_variance', upper: 0.6, signals: { BBB: 1 } }],
  ] as const)('shows the very portfolio that is proposed by %o', async (asked) => {
    const { calls } = await room()
    const { proposed } = await calls.portfolio.optimise(asked)
    const frontier = await calls.portfolio.frontier({ ...asked, points: 3 })
    expect(frontier.proposed?.volatility).toBeCloseTo(proposed?.volatility ?? Number.NaN, 9)
    expect(frontier.proposed?.expectedReturn).toBeCloseTo(proposed?.expectedReturn ?? Number.NaN, 9)
  })

  it('shows no proposal where what it would return is not known', async () => {
    const made = await marketsRoom({ ...MOVES, NEW: noise(80, 9) })
    const asked = { method: 'equal_weight', upper: 1 } as const
    expect((await made.calls.portfolio.optimise(asked)).proposed).toMatchObject({ expectedReturn: null })
    expect((await made.calls.portfolio.frontier({ ...asked, points: 3 })).proposed).toBeNull()
  })
})
