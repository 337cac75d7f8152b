/** What is lost at most, in money or as a share of the initial balance or of the rule's base. */
export type LossAmount =
  | { readonly kind: 'money'; readonly money: number }
  | { readonly kind: 'share_of_initial' | 'share_of_base'; readonly share: number }

interface AnyLossRule {
  readonly id: string
  readonly amount: LossAmount
  /** `closed` looks at the balance, `floating` at equity with open profit and loss. */
  readonly counts: 'closed' | 'floating'
  /** Whether standing exactly on the floor breaks the rule. */
  readonly touch: 'at_or_below' | 'below'
  readonly consequence: 'failed' | 'locked_for_day' | 'warning'
}

/** A limit on one day's loss: its floor is set at the day's roll, or trails the day's highest equity. */
export interface DailyLossRule extends AnyLossRule {
  readonly scope: 'day'
  readonly base: 'initial_balance' | 'balance_at_roll' | 'equity_at_roll' | 'greater_at_roll' | 'day_peak_equity'
}

/** A limit on the whole loss: its floor stands still or trails a peak, up to where it locks. */
export interface MaximumLossRule extends AnyLossRule {
  readonly scope: 'account'
  readonly floor: 'static' | 'trailing_end_of_day' | 'trailing_closed' | 'trailing_peak_equity'
  /** Highest floor as a multiple of the initial balance: 1 locks at the start; `null` never locks. */
  readonly locksAt: number | null
}

/** One loss rule of a programme. */
export type LossRule = DailyLossRule | MaximumLossRule

/** What an account has been so far, in the account's money. */
export interface AccountMarks {
  readonly initialBalance: number
  readonly balance: number
  /** Balance with open profit and loss. */
  readonly equity: number
  readonly balanceAtRoll: number
  readonly equityAtRoll: number
  readonly dayPeakEquity: number
  readonly peakEndOfDayBalance: number
  readonly peakBalance: number
  readonly peakEquity: number
}

/** Marks of an account that has not traded yet. */
export function freshMarks(initialBalance: number): AccountMarks {
  return {
    initialBalance,
    balance: initialBalance,
    equity: initialBalance,
    balanceAtRoll: initialBalance,
    equityAtRoll: initialBalance,
    dayPeakEquity: initialBalance,
    peakEndOfDayBalance: initialBalance,
    peakBalance: initialBalance,
    peakEquity: initialBalance,
  }
}

/** The balance or equity at which a rule breaks now, in the account's money. */
export function lossFloor(rule: LossRule, marks: AccountMarks): number {
  const base = baseOf(rule, marks)
  const { amount } = rule
  const loss =
    amount.kind === 'money'
      ? amount.money
      : amount.share * (amount.kind === 'share_of_base' ? base : marks.initialBalance)
  const floor = base - loss
  return rule.scope === 'account' && rule.locksAt !== null
    ? Math.min(floor, rule.locksAt * marks.initialBalance)
    : floor
}

/** Whether a balance or an equity breaks a rule whose floor is `floor`. */
export function breaks({ touch }: LossRule, floor: number, value: number): boolean {
  // A trillionth of the floor is rounding, not room.
  const room = value - floor
  return touch === 'at_or_below' ? room <= floor * 1e-12 : room < -floor * 1e-12
}

function baseOf(rule: LossRule, marks: AccountMarks): number {
  switch (rule.scope === 'day' ? rule.base : rule.floor) {
    case 'initial_balance':
    case 'static':
      return marks.initialBalance
    case 'balance_at_roll':
      return marks.balanceAtRoll
    case 'equity_at_roll':
      return marks.equityAtRoll
    case 'greater_at_roll':
      return Math.max(marks.balanceAtRoll, marks.equityAtRoll)
    case 'day_peak_equity':
      return marks.dayPeakEquity
    case 'trailing_end_of_day':
      return marks.peakEndOfDayBalance
    case 'trailing_closed':
      return marks.peakBalance
    case 'trailing_peak_equity':
      return marks.peakEquity
  }
}
