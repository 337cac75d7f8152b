import type { Reason } from '../kernel/reason.ts'

/** `approved` in full, `reduced` by a ceiling or rounding, `rejected` to zero. */
export type Outcome = 'approved' | 'reduced' | 'rejected'

/** An `entry` adds exposure and meets every limit; an `exit` reduces it and is never blocked by one. */
export type DecisionKind = 'entry' | 'exit'

/** The stages of the pipeline, in order. */
export type Stage = 'validate' | 'resolve' | 'propose' | 'adjust' | 'ceiling' | 'round' | 'gate' | 'exit'

/** How near a limit is: below 70 % ok, below 100 % near, else over; unknown where it could not be measured. */
export type LimitState = 'ok' | 'near' | 'over' | 'unknown'

/** One line of the audit trail. Quantities are decimal text. */
export interface Step {
  readonly stage: Stage
  readonly rule: string
  readonly title: string
  readonly before: string
  readonly after: string
  /** Multiplier of an adjuster, else `null`. */
  readonly factor: string | null
  /** Largest quantity a ceiling allows, else `null`. */
  readonly ceiling: string | null
  /** Gate checks: whether it passed; other stages: whether it left the size alone. */
  readonly passed: boolean
  readonly code: string | null
  /** The numbers used, by name. */
  readonly facts: Readonly<Record<string, string>>
  /** One sentence for a person. */
  readonly says: string
}

/** What would have to change for a limit to allow more. */
export interface Relaxation {
  /** How far the limit must move for one more lot, in the limit's unit. */
  readonly oneMoreLot: string | null
  /** How far the limit must move for the whole proposal, in the limit's unit. */
  readonly fullProposal: string | null
  readonly says: string
}

/** One limit as a ceiling on this order's quantity. Sorted by `allows`, the rungs are the constraint ladder. */
export interface Rung {
  readonly rule: string
  readonly title: string
  /** Largest quantity on the lot grid that keeps the limit; `null` where it does not limit this order. */
  readonly allows: string | null
  /** Unit of limit, before and after. */
  readonly unit: 'money' | 'fraction' | 'quantity'
  readonly limit: string | null
  readonly before: string | null
  readonly after: string | null
  readonly utilisationBefore: string | null
  readonly utilisation: string | null
  readonly state: LimitState
  readonly whatWouldRelax: Relaxation | null
  readonly code: string
  readonly says: string
  readonly facts: Readonly<Record<string, string>>
}

/** What the order is expected to cost, in account currency. */
export interface Costs {
  readonly commission: string
  readonly spread: string
  readonly slippage: string
  readonly total: string
}

/** Exposure of the account before and after the order, in account currency. */
export interface ExposureChange {
  readonly grossBefore: string
  readonly grossAfter: string
  readonly netBefore: string
  readonly netAfter: string
  readonly leverageBefore: string | null
  readonly leverageAfter: string | null
  readonly symbolBefore: string
  readonly symbolAfter: string
}

/** The answer to one order request, as plain data. Decimals are strings; `null` means not known or not applicable. */
export interface DecisionBody {
  readonly schema: 1
  readonly engine: string
  readonly at: number
  readonly accountId: string
  readonly bookKind: 'paper' | 'live' | 'sample'
  readonly kind: DecisionKind
  readonly symbol: string
  readonly side: 'buy' | 'sell' | null
  readonly strategy: string | null
  readonly method: string | null
  readonly outcome: Outcome
  /** Units to trade, on the lot grid; "0" when rejected. */
  readonly quantity: string
  /** What the method or the trader asked for, before any brake or ceiling. */
  readonly proposed: string | null
  readonly entry: string | null
  readonly stop: string | null
  readonly target: string | null
  readonly currency: string
  /** Value of the order in account currency. */
  readonly notional: string
  /** All-in loss at the stop in account currency. */
  readonly riskAmount: string
  readonly riskFraction: string | null
  /** Signed notional over equity. */
  readonly weight: string | null
  /** Planned risk in R: the loss at the stop over the risk budget of one order. */
  readonly r: string | null
  /** All-in loss per unit at the stop, account currency. */
  readonly lossPerUnit: string | null
  /** Profit at the target after costs, account currency. */
  readonly rewardAmount: string | null
  readonly costs: Costs
  readonly exposure: ExposureChange
  /** Rule that set the size, where one did. */
  readonly binding: string | null
  readonly ladder: readonly Rung[]
  readonly steps: readonly Step[]
  readonly reasons: readonly Reason[]
  /** The sentence a person reads first. */
  readonly says: string
}
