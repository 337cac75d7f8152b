import { describe, expect, it } from 'vitest'
import { walkAccount } from '../../../src/domain/simulation/prop-firm/account-walk.ts'
import {
  type AccountMarks,
  breaks,
  type DailyLossRule,
  freshMarks,
  lossFloor,
  type LossRule,
  type MaximumLossRule,
} from '../../../src/domain/simulation/prop-firm/loss-rule.ts'
import type { PropFirmPlan, TradeDay } from '../../../src/domain/simulation/prop-firm/plan.ts'
import { bestVariant, orderEffect, propFirmOdds } from '../../../src/domain/simulation/prop-firm/prop-firm-odds.ts'
import { mergedPropFirm, runPropFirm } from '../../../src/domain/simulation/prop-firm/prop-firm-run.ts'
import { readPropFirm } from '../../../src/domain/simulation/prop-firm/read-prop-firm.ts'

const daily = (base: DailyLossRule['base'], amount: LossRule['amount']): DailyLossRule => ({
  id: 'daily',
  scope: 'day',
  base,
  amount,
  counts: 'floating',
  touch: 'below',
  consequence: 'failed',
})
const maximum = (
  floor: MaximumLossRule['floor'],
  amount: LossRule['amount'],
  locksAt: number | null = null,
): MaximumLossRule => ({
  id: 'maximum',
  scope: 'account',
  floor,
  amount,
  locksAt,
  counts: 'floating',
  touch: 'below',
  consequence: 'failed',
})
const initial = (share: number) => ({ kind: 'share_of_initial', share }) as const
const ofBase = (share: number) => ({ kind: 'share_of_base', share }) as const
const money = (amount: number) => ({ kind: 'money', money: amount }) as const
const at = (start: number, marks: Partial<AccountMarks>): AccountMarks => ({ ...freshMarks(start), ...marks })

describe('the floor of a loss rule is the published one', () => {
  it.each([
    [
      'FTMO 1-step, 104,000 at the close',
      maximum('trailing_end_of_day', initial(0.1)),
      at(1e5, { peakEndOfDayBalance: 104_000 }),
      94_000,
    ],
    [
      'FTMO 2-step daily',
      daily('balance_at_roll', initial(0.05)),
      at(2e5, { balanceAtRoll: 2e5, balance: 204_000 }),
      190_000,
    ],
    [
      'FTMO 2-step daily, the day after',
      daily('balance_at_roll', initial(0.05)),
      at(2e5, { balanceAtRoll: 204_000 }),
      194_000,
    ],
    ['FTMO 2-step maximum', maximum('static', initial(0.1)), at(1e5, { balance: 92_000 }), 90_000],
    [
      'Topstep 50K after +500',
      maximum('trailing_end_of_day', money(2000), 1),
      at(5e4, { peakEndOfDayBalance: 50_500 }),
      48_500,
    ],
    [
      'Topstep 50K locked at the start',
      maximum('trailing_end_of_day', money(2000), 1),
      at(5e4, { peakEndOfDayBalance: 52_500 }),
      50_000,
    ],
    ['Breakout', daily('balance_at_roll', ofBase(0.04)), at(1e5, { balanceAtRoll: 105_000 }), 100_800],
    ['Quantum Funding', daily('greater_at_roll', ofBase(0.03)), at(1e5, { equityAtRoll: 102_000 }), 98_940],
    ['Quantum Funding below', daily('greater_at_roll', ofBase(0.03)), at(1e5, { equityAtRoll: 98_000 }), 97_000],
    ['Alpha Capital', daily('balance_at_roll', ofBase(0.05)), at(1e5, { equity: 101_000 }), 95_000],
    ['Fintokei', daily('equity_at_roll', ofBase(0.05)), at(1e5, { equityAtRoll: 103_000 }), 97_850],
    ['HyroTrader', daily('day_peak_equity', money(250)), at(4900, { dayPeakEquity: 4900 }), 4650],
    ['active trailing', maximum('trailing_peak_equity', money(3000)), at(1e5, { peakEquity: 100_300 }), 97_300],
  ] as [string, LossRule, AccountMarks, number][])('%s', (_, rule, marks, floor) => {
    expect(lossFloor(rule, marks)).toBeCloseTo(floor, 6)
  })

  it('is broken by standing on it only where touching counts', () => {
    const rule = maximum('static', initial(0.1))
    expect(breaks(rule, 90_000, 90_000)).toBe(false)
    expect(breaks(rule, 90_000, 89_999.99)).toBe(true)
    expect(breaks({ ...rule, touch: 'at_or_below' }, 90_000, 90_000)).toBe(true)
  })
})

const days: TradeDay[] = [
  [{ r: 1 }, { r: -1 }],
  [{ r: 2 }],
  [{ r: -1 }, { r: -1 }],
  [{ r: 1.5 }, { r: 1 }],
  [{ r: -1 }],
  [{ r: 0.5 }],
]
const plan: PropFirmPlan = {
  rules: [daily('balance_at_roll', initial(0.05)), maximum('static', initial(0.1))],
  target: 0.1,
  minimumDays: 4,
  consistency: null,
  marks: freshMarks(1e5),
  daysTraded: 0,
  tradedToday: false,
  bestDay: 0,
  days,
  dayBlock: 1,
  cost: 0.05,
  orderOutcomes: [2, -1],
  horizon: 60,
  variants: [
    { riskPerTrade: 0.01, orderRisk: 0 },
    { riskPerTrade: 0.01, orderRisk: 0.01 },
    { riskPerTrade: 0.01, orderRisk: 0.06 },
  ],
  paths: 4_000,
  seed: 9,
}
const walk = (own: Partial<PropFirmPlan>, path: TradeDay[], risk = 0.01) =>
  walkAccount({ ...plan, cost: 0, ...own }, { riskPerTrade: risk, orderRisk: 0 }, { r: 0 }, path)

describe('an account', () => {
  const win: TradeDay = [{ r: 5 }]
  const lose: TradeDay = [{ r: -3 }]

  it('passes when its target is reached, after the least number of days', () => {
    expect(walk({}, [win, win, win])).toEqual({ kind: 'passed', day: 4 })
    expect(walk({ minimumDays: 0 }, [win, win, win])).toEqual({ kind: 'passed', day: 2 })
    expect(walk({ daysTraded: 3 }, [win, win, win])).toEqual({ kind: 'passed', day: 2 })
    expect(walk({ horizon: 3 }, [win, win, win])).toEqual({ kind: 'open' })
  })

  it('fails by the rule that breaks first, by its lowest point where open losses count', () => {
    expect(walk({}, [[{ r: -6 }]])).toEqual({ kind: 'failed', rule: 0, day: 1 })
    expect(walk({}, [lose, lose, lose, lose])).toEqual({ kind: 'failed', rule: 1, day: 4 })
    const deep: TradeDay = [{ r: 1, worst: -5.5 }]
    expect(walk({}, [deep])).toEqual({ kind: 'failed', rule: 0, day: 1 })
    expect(walk({ rules: plan.rules.map((rule) => ({ ...rule, counts: 'closed' })) }, [deep]).kind).toBe('open')
  })

  it('trails its floor with open profit only where the rule does', () => {
    const high: TradeDay = [{ r: 0, best: 4 }, { r: -3.5 }]
    const trailing = (floor: MaximumLossRule['floor']) => ({ rules: [maximum(floor, money(3000))] })
    expect(walk(trailing('trailing_peak_equity'), [high]).kind).toBe('failed')
    expect(walk({ rules: [maximum('trailing_closed', money(3600))] }, [high]).kind).toBe('open')
    expect(walk({ rules: [maximum('trailing_peak_equity', money(3600))] }, [high]).kind).toBe('failed')
  })

  it('ends the day, not the account, where the rule locks it', () => {
    const locking = { rules: [{ ...daily('balance_at_roll', initial(0.02)), consequence: 'locked_for_day' as const }] }
    expect(walk(locking, [[{ r: -3 }, { r: -50 }], win, win, [{ r: 3 }]]).kind).toBe('passed')
    expect(walk({ rules: [maximum('static', initial(0.1))] }, [[{ r: -3 }, { r: -50 }]]).kind).toBe('failed')
  })

  it('goes on until its best day is a small enough share of the profit', () => {
    const consistent = { consistency: 0.4, minimumDays: 0 }
    expect(walk(consistent, [[{ r: 11 }], [{ r: 1 }], [{ r: 1 }]]).kind).toBe('open')
    // A day of 11 % needs 27.5 % in all.
    expect(walk(consistent, [[{ r: 11 }], ...new Array<TradeDay>(3).fill([{ r: 4 }]), [{ r: 4.5 }]])).toEqual({
      kind: 'passed',
      day: 5,
    })
  })

  it('that stands below its floor today has failed, and one at its target has passed', () => {
    expect(walk({ marks: at(1e5, { equity: 89_000 }) }, [win])).toEqual({ kind: 'failed', rule: 0, day: 0 })
    const there = { marks: at(1e5, { equity: 111_000, balance: 111_000, balanceAtRoll: 111_000 }), daysTraded: 4 }
    expect(walk(there, [lose])).toEqual({ kind: 'passed', day: 0 })
  })
})

describe('the odds', () => {
  const tallies = runPropFirm(plan, 0, plan.paths)
  const odds = propFirmOdds(plan, tallies)

  it('account for every path, whatever the parts', () => {
    const parts = [runPropFirm(plan, 1_234, plan.paths - 1_234), runPropFirm(plan, 0, 1_234)] as const
    expect(mergedPropFirm(...parts)).toEqual(tallies)
    for (const { pass, breach, open, failBy } of odds) {
      expect(pass.probability + breach.probability + open.probability).toBeCloseTo(1, 12)
      expect(failBy.reduce((sum, { chance }) => sum + chance.probability, 0)).toBeCloseTo(breach.probability, 12)
    }
  })

  it('say what an order does: one above the daily limit fails whenever it loses', () => {
    const [without, small, large] = odds
    if (without === undefined || small === undefined || large === undefined) throw new Error('three variants')
    expect(Math.abs(orderEffect(small, without).breach)).toBeLessThan(0.1)
    expect(large.failBy[0]?.chance.probability).toBeGreaterThan(0.47)
    expect(orderEffect(large, without).breach).toBeGreaterThan(0.2)
  })

  it('agree with a walk that can be worked out: double or fail', () => {
    const coin: PropFirmPlan = {
      ...plan,
      rules: [maximum('static', initial(0.1))],
      days: [[{ r: 1 }], [{ r: -1 }]],
      cost: 0,
      minimumDays: 0,
      horizon: 400,
      variants: [{ riskPerTrade: 0.02, orderRisk: 0 }],
    }
    // Five steps up before the sixth step down breaks −10 %: 6 chances in 11.
    const [found] = propFirmOdds(coin, runPropFirm(coin, 0, 4_000))
    expect(Math.abs((found?.pass.probability ?? 0) - 6 / 11)).toBeLessThan(4 * Math.sqrt(0.25 / 4_000))
    expect(found?.daysToPass?.[0]).toBeGreaterThanOrEqual(5)
  })

  it('have a best size between too timid and too bold', () => {
    const sizes = [0.0005, 0.005, 0.01, 0.02, 0.06].map((riskPerTrade) => ({ riskPerTrade, orderRisk: 0 }))
    const curve = { ...plan, variants: sizes, horizon: 40, paths: 2_000 }
    const best = bestVariant(curve, propFirmOdds(curve, runPropFirm(curve, 0, 2_000)))
    expect([0.005, 0.01, 0.02]).toContain(best?.riskPerTrade)
  })

  it('are refused for what is no account', () => {
    const fault = (own: Partial<PropFirmPlan>): string => {
      const read = readPropFirm({ ...plan, ...own })
      return read.ok ? '' : (read.error[0]?.field ?? '')
    }
    expect(fault({})).toBe('')
    expect(fault({ days: [] })).toBe('days')
    expect(fault({ days: [[{ r: Number.NaN }]] })).toBe('days[0][0].r')
    expect(fault({ marks: at(0, {}) })).toBe('account.initialBalance')
    expect(fault({ orderOutcomes: [] })).toBe('orderOutcomes')
    expect(fault({ rules: [maximum('static', initial(1.5))] })).toBe('rules[0].amount')
  })
})
