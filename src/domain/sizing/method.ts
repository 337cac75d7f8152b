import type { Price } from '../kernel/money.ts'
import type { Reason } from '../kernel/reason.ts'
import type { Result } from '../kernel/result.ts'
import type { Settings, Values } from '../kernel/setting.ts'
import type { Proposal, Sizing } from './order.ts'

/** Unsettled context in which a method may place its own stop: no loss function exists yet. */
export type BeforeStop = Omit<Sizing, 'loss' | 'stop' | 'stopSource'>

/** A sizing method: one file in `methods/` and one line in the registry. */
export interface Method {
  readonly id: string
  readonly title: string
  /** Unit of what it proposes: units, loss at the stop, or notional. */
  readonly proposes: 'quantity' | 'risk' | 'weight'
  /** Whether it refuses an order that has no stop of its own or the method's. */
  readonly needsStop: boolean
  /** The same under its settings, where these decide it. */
  needsStopWith?(values: unknown): boolean
  /** When to use it and when not, in one or two sentences. */
  readonly says: string
  readonly settings: Settings
  /** What it asks for, before brakes and ceilings; a reason where it asks for nothing. */
  propose(sizing: Sizing, values: unknown): Result<Proposal, Reason>
  /** The stop it sizes by, where the order has none. */
  ownStop?(sizing: BeforeStop, values: unknown): Result<Price, Reason>
}

/** Declares a method with its settings; `propose` sees them read and in range. */
export function defineMethod<const S extends Settings>(method: {
  readonly id: string
  readonly title: string
  readonly proposes: 'quantity' | 'risk' | 'weight'
  readonly needsStop: boolean
  readonly needsStopWith?: (values: Values<S>) => boolean
  readonly says: string
  readonly settings: S
  propose(sizing: Sizing, values: Values<S>): Result<Proposal, Reason>
  readonly ownStop?: (sizing: BeforeStop, values: Values<S>) => Result<Price, Reason>
}): Method {
  // Safe: only `readProfile` makes the values, and it reads them with these very settings.
  const { ownStop, needsStopWith, ...rest } = method
  const own: Method['ownStop'] =
    ownStop === undefined ? undefined : (sizing, values) => ownStop(sizing, values as Values<S>)
  return {
    ...rest,
    propose: (sizing, values) => method.propose(sizing, values as Values<S>),
    ...(own === undefined ? {} : { ownStop: own }),
    ...(needsStopWith === undefined ? {} : { needsStopWith: (values) => needsStopWith(values as Values<S>) }),
  }
}
