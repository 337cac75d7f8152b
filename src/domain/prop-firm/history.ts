import type { Dec } from '../kernel/money.ts'

/** How an account stood when the firm's day rolled. `equity` is `null` where a price is missing. */
export interface Roll {
  /** UTC epoch milliseconds. */
  readonly at: number
  readonly balance: Dec
  readonly equity: Dec | null
}

/** What happened to an account under a program, as far as its rules look. Amounts in account currency. */
export interface FirmHistory {
  /** Balance the account began the program with. */
  readonly initial: Dec
  /** The rolls of the firm's day since the start, oldest first; empty on the first day. */
  readonly rolls: readonly Roll[]
  /** Closed balance now. */
  readonly balance: Dec
  readonly equity: Dec
  /** Highest closed balance since the start, the initial one counted. */
  readonly peakBalance: Dec
  /** Highest equity since the start, the initial balance counted. */
  readonly peakEquity: Dec
  /** Highest equity since the last roll, the equity at the roll counted. */
  readonly dayPeakEquity: Dec
}
