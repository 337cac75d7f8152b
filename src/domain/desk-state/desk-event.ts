import type { ReasonCode } from '../kernel/reason.ts'
import type { Moment } from './desk-clock.ts'

/** What happens to a desk. Every event carries a look at the clocks; a `tick` is nothing else. */
export type DeskEvent = { readonly moment: Moment } & (
  | { readonly kind: 'tick' }
  /** A time stamp from outside that the machine's owner cannot set, such as a venue's. */
  | { readonly kind: 'witness'; readonly stamp: number }
  | { readonly kind: 'reduce'; readonly says: string }
  | { readonly kind: 'halt'; readonly says: string }
  /** A lock-out: for so long from now, or until an instant. */
  | { readonly kind: 'lock'; readonly lasts: number; readonly says: string }
  | { readonly kind: 'lock-until'; readonly until: number; readonly says: string }
  /** One measurement of a loss limit. */
  | {
      readonly kind: 'reading'
      readonly limit: string
      readonly code: ReasonCode
      readonly broken: boolean
      readonly fresh: boolean
      readonly says: string
    }
  /** Whether the prices the desk's numbers rest on are fresh. */
  | { readonly kind: 'prices'; readonly fresh: boolean; readonly says: string }
  /** What a reconciliation with the broker found. */
  | { readonly kind: 'reconciled'; readonly differences: number; readonly says: string }
  /** How many orders are out whose outcome nobody knows. */
  | { readonly kind: 'outcomes'; readonly unknown: number; readonly says: string }
  | { readonly kind: 'alarm'; readonly alarm: 'overfill' | 'runaway'; readonly says: string }
  | { readonly kind: 'fault'; readonly code: ReasonCode; readonly says: string }
  | { readonly kind: 'restart' }
  /** The records were verified from the first row to the last. */
  | { readonly kind: 'verified' }
  /** A person, by name of the cause and with a reason, wants it gone. */
  | {
      readonly kind: 'release'
      readonly cause: string
      readonly reason: string
      readonly preflight: boolean
      readonly armed: boolean
    }
)

/** What the rules of a desk are. */
export interface DeskRules {
  /** How a breach is confirmed. */
  readonly breach: { readonly needed: number; readonly among: number }
  /** Fresh price readings in a row after which stale prices have recovered. */
  readonly freshAgain: number
  /** Whether an unproven clock needs a stamp from outside, or a person may answer for it. */
  readonly witness: 'required' | 'optional'
  /** The account's named zone and day roll. */
  readonly zone: { readonly timeZone: string; readonly dayRoll: string }
}
