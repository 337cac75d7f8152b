import { describe, expect, it } from 'vitest'
import { followMethod } from '../../../src/domain/simulation/lab/follow-method.ts'
import { LAB_TERMS, type LabMarket, type LabMethod } from '../../../src/domain/simulation/lab/lab-market.ts'
import { compareRebalancing } from '../../../src/domain/simulation/lab/rebalancing.ts'

const half: LabMethod = { id: 'half', title: 'Half each', weights: () => [0.5, 0.5] }
const free = { ...LAB_TERMS, cost: 0 }
/** Two assets: the first swings by a fifth up and a sixth down, the second stands still. */
const market = (days: number): LabMarket => ({
  assets: [
    { symbol: 'SWING', kind: 'equity' },
    { symbol: 'CASH', kind: 'equity' },
  ],
  periodsPerYear: 252,
  returns: Array.from({ length: days }, (_, day) => [day % 2 === 0 ? 0.2 : -1 / 6, 0]),
  forecasts: Array.from({ length: days }, () => [0, 0]),
  volatilities: Array.from({ length: days }, () => [0.2, 0.2]),
})

describe('weights set anew every so many days', () => {
  it('drift with the returns in between, as a purchase that is left alone does', () => {
    const { returns } = followMethod(market(4), half, free, 4)
    // Half of 1 in the swing: 0.6, 0.5, 0.6, 0.5, beside 0.5 that stands still.
    const equity = [1.1, 1, 1.1, 1]
    const wanted = equity.map((value, day) => value / (equity[day - 1] ?? 1) - 1)
    returns.forEach((earned, day) => expect(earned).toBeCloseTo(wanted[day] ?? Number.NaN, 14))
  })

  it('trade only on the days they are set, what they drifted', () => {
    const daily = followMethod(market(2), half, free)
    // All bought at first; then 0.6 of 1.1 is brought back to a half, and so is 0.5 of 1.1.
    expect(daily.turnover).toBeCloseTo((1 + 2 * (0.6 / 1.1 - 0.5)) / 2, 14)
    expect(followMethod(market(2), half, free, 2).turnover).toBeCloseTo(1 / 2, 14)
  })

  it('harvest a swing when set daily without cost, and lose by it when trading is dear', () => {
    const growth = (cost: number): readonly (number | null)[] =>
      compareRebalancing(market(252), [half], { ...LAB_TERMS, cost }).rows[0]?.growth ?? []
    const [daily = null, , monthly = null] = growth(0)
    // Up a tenth and down a twelfth each pair of days, 126 pairs a year.
    expect(daily).toBeCloseTo(126 * Math.log(1.1 * (1 - 1 / 12)), 10)
    expect(Number(daily)).toBeGreaterThan(Number(monthly))
    const [dear = null, , seldom = null] = growth(0.1)
    expect(Number(seldom)).toBeGreaterThan(Number(dear))
  })

  it('are compared at frequencies the market is long enough for', () => {
    expect(compareRebalancing(market(10), [half], free).every).toEqual([1, 5])
  })

  it('say so where equity is lost whole', () => {
    const lost: LabMarket = { ...market(2), returns: [[-1, -1], [0.2, 0.2]] } // prettier-ignore
    expect(compareRebalancing(lost, [half], free).rows[0]?.growth).toEqual([null])
    expect(followMethod(lost, half, free).returns).toEqual([-1, 0])
  })
})
