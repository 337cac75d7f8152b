import { type AccountMarks, breaks, lossFloor, type LossRule } from './loss-rule.ts'
import type { DayTrade, PropFirmPlan, PropFirmVariant, TradeDay } from './plan.ts'

/** How one account ended: passed after so many days, failed by a rule (its place in the list), or still open. */
export type AccountEnd =
  | { readonly kind: 'passed'; readonly day: number }
  | { readonly kind: 'failed'; readonly rule: number; readonly day: number }
  | { readonly kind: 'open' }

const OPEN: AccountEnd = { kind: 'open' }

/** What changes while an account is traded. */
type Marks = { -readonly [K in keyof AccountMarks]: AccountMarks[K] }
interface Account {
  readonly marks: Marks
  readonly floors: Float64Array
  daysTraded: number
  bestDay: number
}

/**
 * Follows one account over `days` after today, day 0, on which only the order on the ticket is traded. The rules are held
 * against the lowest point of every trade; a target that is reached ends the trading, and days still needed are sat out.
 */
export function walkAccount(
  plan: PropFirmPlan,
  variant: PropFirmVariant,
  order: DayTrade,
  days: Iterable<TradeDay>,
): AccountEnd {
  const { marks, daysTraded, bestDay, rules } = plan
  const account: Account = {
    marks: { ...marks, balance: marks.equity },
    floors: Float64Array.from(rules, (rule) => lossFloor(rule, marks)),
    daysTraded,
    bestDay,
  }
  const standing = brokenRule(plan, account, account.marks.equity, account.marks.balance)
  if (standing >= 0) return { kind: 'failed', rule: standing, day: 0 }
  const withOrder = variant.orderRisk > 0
  const money = plan.marks.initialBalance
  const broken = withOrder ? tradeDay(plan, account, [order], variant.orderRisk * money) : -1
  if (broken >= 0) return { kind: 'failed', rule: broken, day: 0 }
  endDay(plan, account, withOrder && !plan.tradedToday)
  let day = 0
  for (const trades of days) {
    const left = daysLeft(plan, account)
    if (left !== undefined) return day + left <= plan.horizon ? { kind: 'passed', day: day + left } : OPEN
    day += 1
    const rule = tradeDay(plan, account, trades, variant.riskPerTrade * money)
    if (rule >= 0) return { kind: 'failed', rule, day }
    endDay(plan, account, trades.length > 0)
  }
  const left = daysLeft(plan, account)
  return left === 0 ? { kind: 'passed', day } : OPEN
}

/** Trades one day; gives the rule that failed the account, or −1. */
function tradeDay(plan: PropFirmPlan, account: Account, trades: TradeDay, risk: number): number {
  const { marks } = account
  for (const { r, worst = r, best = r } of trades) {
    const net = r - plan.cost
    const top = marks.balance + risk * Math.max(best, net, 0)
    const bottom = marks.balance + risk * Math.min(worst, net, 0)
    raisePeaks(plan.rules, account, top, marks.balance)
    marks.balance += risk * net
    marks.equity = marks.balance
    const failed = brokenRule(plan, account, bottom, marks.balance)
    if (failed >= 0) return failed
    raisePeaks(plan.rules, account, marks.equity, marks.balance)
    if (isLocked(plan.rules, account, bottom) || daysLeft(plan, account) !== undefined) return -1
  }
  return -1
}

function raisePeaks(rules: readonly LossRule[], { marks, floors }: Account, equity: number, balance: number): void {
  if (equity <= marks.dayPeakEquity && equity <= marks.peakEquity && balance <= marks.peakBalance) return
  marks.dayPeakEquity = Math.max(marks.dayPeakEquity, equity)
  marks.peakEquity = Math.max(marks.peakEquity, equity)
  marks.peakBalance = Math.max(marks.peakBalance, balance)
  for (const [index, rule] of rules.entries()) floors[index] = lossFloor(rule, marks)
}

function brokenRule({ rules }: PropFirmPlan, { floors }: Account, equity: number, balance: number): number {
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index] as LossRule
    if (rule.consequence !== 'failed') continue
    if (breaks(rule, floors[index] as number, rule.counts === 'floating' ? Math.min(equity, balance) : balance))
      return index
  }
  return -1
}

function isLocked(rules: readonly LossRule[], { floors, marks }: Account, bottom: number): boolean {
  return rules.some(
    (rule, index) =>
      rule.consequence === 'locked_for_day' &&
      breaks(rule, floors[index] as number, rule.counts === 'floating' ? bottom : marks.balance),
  )
}

/** Rolls the day over; `traded` counts it as a trading day. */
function endDay({ rules }: PropFirmPlan, account: Account, traded: boolean): void {
  const { marks, floors } = account
  account.bestDay = Math.max(account.bestDay, marks.balance - marks.balanceAtRoll)
  if (traded) account.daysTraded += 1
  marks.balanceAtRoll = marks.balance
  marks.equityAtRoll = marks.balance
  marks.dayPeakEquity = marks.balance
  marks.peakEndOfDayBalance = Math.max(marks.peakEndOfDayBalance, marks.balance)
  for (const [index, rule] of rules.entries()) floors[index] = lossFloor(rule, marks)
}

/** Days still to be sat out once the target and the consistency rule are met; `undefined` before. */
function daysLeft({ target, consistency, minimumDays }: PropFirmPlan, account: Account): number | undefined {
  if (target === null) return undefined
  const { marks, bestDay, daysTraded } = account
  const profit = marks.balance - marks.initialBalance
  if (profit < target * marks.initialBalance * (1 - 1e-12)) return undefined
  const best = Math.max(bestDay, marks.balance - marks.balanceAtRoll)
  if (consistency !== null && best > consistency * profit * (1 + 1e-12)) return undefined
  return Math.max(0, minimumDays - daysTraded)
}
