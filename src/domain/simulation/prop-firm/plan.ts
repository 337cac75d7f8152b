import type { AccountMarks, LossRule } from './loss-rule.ts'

/** One closed trade of the trader's own, in R. */
export interface DayTrade {
  readonly r: number
  /** Lowest and highest open result on the way, where known; without them the result itself, or 0. */
  readonly worst?: number
  readonly best?: number
}

/** The trades of one day, in order. They are drawn together, so that good and bad days stay what they were. */
export type TradeDay = readonly DayTrade[]

/** How much is risked: the whole run is repeated for every variant on the same days. */
export interface PropFirmVariant {
  /** Risk of each trade as a fraction of the initial balance. */
  readonly riskPerTrade: number
  /** Risk of the order on the ticket today, as a fraction of the initial balance; 0 is without it. */
  readonly orderRisk: number
}

/** A challenge or funded account from where it stands today, as plain data. Money is the account's. */
export interface PropFirmPlan {
  readonly rules: readonly LossRule[]
  /** Profit to reach, as a fraction of the initial balance; `null` for a funded account, which can only last. */
  readonly target: number | null
  readonly minimumDays: number
  /** The best day's profit may be at most this share of the whole profit; `null` without the rule. */
  readonly consistency: number | null
  /** Where the account stands; open profit and loss counts as taken at the present price. */
  readonly marks: AccountMarks
  readonly daysTraded: number
  readonly tradedToday: boolean
  /** Profit of the best day so far. */
  readonly bestDay: number
  readonly days: readonly TradeDay[]
  /** Mean number of neighbouring days drawn together; 1 draws day by day. */
  readonly dayBlock: number
  /** Fee and slippage of a trade, in R. */
  readonly cost: number
  /** Outcomes in R that the order on the ticket may have. */
  readonly orderOutcomes: readonly number[]
  /** Trading days after today that are looked at. */
  readonly horizon: number
  readonly variants: readonly PropFirmVariant[]
  readonly paths: number
  readonly seed: number
}
