import type { Dec } from '../kernel/money.ts'
import type { AccountClock } from '../trading-day.ts'

/** What a day's limit is counted from. */
export const DAY_BASES = ['initial', 'balance_at_roll', 'equity_at_roll', 'greater_at_roll', 'day_peak_equity'] as const
/** How the floor of the maximum loss moves: not at all, or behind a highest value. */
export const FLOOR_KINDS = ['static', 'trailing_end_of_day', 'trailing_closed', 'trailing_equity'] as const
/** What an amount is a share of; `money` is an amount of the account's currency itself. */
export const AMOUNTS = ['initial', 'base', 'money'] as const
/** Whether profit counts once it is closed, or while it floats too. */
export const COUNTS = ['closed', 'floating'] as const
/** When a floor is broken: at it already, or only below it. */
export const TOUCHES = ['at_or_below', 'below'] as const
/** What happens when a rule is broken. */
export const CONSEQUENCES = ['account_failed', 'day_locked', 'warning'] as const

/** Where a figure was read, and on which day (`YYYY-MM-DD`). */
export interface Sourced {
  readonly source: string
  readonly read: string
}

/** What the two loss rules share. */
export interface LossRule extends Sourced {
  readonly amount: Dec
  readonly amountOf: (typeof AMOUNTS)[number]
  readonly counts: (typeof COUNTS)[number]
  readonly touch: (typeof TOUCHES)[number]
  readonly consequence: (typeof CONSEQUENCES)[number]
}

/** The most a day may lose. */
export interface DayRule extends LossRule {
  readonly base: (typeof DAY_BASES)[number]
}

/** The most the account may lose. */
export interface MaximumRule extends LossRule {
  readonly floor: (typeof FLOOR_KINDS)[number]
  /** The floor rises no further than this above the initial balance, account currency; `null` where it never locks. */
  readonly locksAbove: Dec | null
}

/** The profit one phase asks for. */
export interface Target extends Sourced {
  readonly phase: string
  /** Share of the initial balance. */
  readonly share: Dec
  readonly leastDays: number
}

/** The best day may be at most this share of all profit. */
export interface ConsistencyRule extends Sourced {
  readonly share: Dec
}

/** The rules of one firm's program. */
export interface Program {
  readonly id: string
  readonly firm: string
  readonly title: string
  readonly says: string
  /** Whether the figures are the firm's own words; else they are somebody's reading of them. */
  readonly verified: boolean
  /** The firm's day. */
  readonly roll: AccountClock
  readonly day: DayRule | null
  readonly maximum: MaximumRule | null
  readonly targets: readonly Target[]
  readonly consistency: ConsistencyRule | null
}
