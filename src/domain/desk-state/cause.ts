import type { ReasonCode } from '../kernel/reason.ts'
import { type DeskState, strictest } from './desk-state.ts'

/** What every cause says of itself. */
interface CauseFacts {
  /** Stable: there is one cause of an id at a time. */
  readonly id: string
  readonly code: ReasonCode
  /** When it first held, UTC epoch milliseconds. */
  readonly since: number
  /** One sentence for a person. */
  readonly says: string
}

/** Kinds whose condition may pass while the cause stays until it is released. */
export type ConditionKind = 'prices' | 'clock' | 'difference' | 'outcomes'
/** Kinds that a person, or a broken promise of the desk, sets. */
export type PressedKind = 'reduce' | 'halt' | 'overfill' | 'runaway' | 'unreadable'

/** Why a desk is not NORMAL. */
export type Cause = CauseFacts &
  (
    | { readonly kind: PressedKind }
    /** `holds` while the condition itself is there: prices stale, the clock unproven, a difference open. */
    | { readonly kind: ConditionKind; readonly holds: boolean }
    /** `session` is the number of the trading day in which the limit was last seen broken. */
    | { readonly kind: 'breach'; readonly limit: string; readonly session: number }
    /** Ends at `until` by the wall clock and once `owed` milliseconds have been lived through. */
    | { readonly kind: 'lock'; readonly until: number; readonly owed: number }
    | { readonly kind: 'fault'; readonly restarted: boolean; readonly verified: boolean }
  )

/** The kinds of cause. */
export type CauseKind = Cause['kind']

const KINDS: Readonly<Record<CauseKind, { readonly forces: DeskState; readonly clears: string }>> = {
  reduce: { forces: 'REDUCE_ONLY', clears: 'A typed reason while prices are fresh.' },
  prices: { forces: 'REDUCE_ONLY', clears: 'Enough fresh prices in a row, then a typed reason.' },
  clock: { forces: 'REDUCE_ONLY', clears: 'A clock that a time stamp from outside confirms, then a typed reason.' },
  difference: { forces: 'REDUCE_ONLY', clears: 'A reconciliation without differences, then a typed reason.' },
  outcomes: {
    forces: 'REDUCE_ONLY',
    clears: 'The broker’s word on every order of unknown outcome, then a typed reason.',
  },
  breach: { forces: 'REDUCE_ONLY', clears: 'The next session, the limit kept again, then a typed reason.' },
  lock: { forces: 'LOCKED', clears: 'Time alone.' },
  halt: {
    forces: 'HALTED',
    clears:
      'A passed pre-flight list and a typed reason, while disarmed. It halts every book of the data folder; one that was opened meanwhile keeps it until it is released there too.',
  },
  overfill: { forces: 'HALTED', clears: 'A passed pre-flight list and a typed reason, while disarmed.' },
  runaway: { forces: 'HALTED', clears: 'A passed pre-flight list and a typed reason, while disarmed.' },
  unreadable: { forces: 'HALTED', clears: 'A passed pre-flight list and a typed reason, while disarmed.' },
  fault: { forces: 'FAULT', clears: 'A restart, verified records, then a typed reason.' },
}

/** The state a cause forces. */
export function forcedBy(cause: Cause): DeskState {
  return KINDS[cause.kind].forces
}

/** One sentence on what would end the cause. */
export function clearedBy(cause: Cause): string {
  return KINDS[cause.kind].clears
}

/** The state that a set of causes makes: the strictest that one of them forces. */
export function stateOf(causes: readonly Cause[]): DeskState {
  return strictest(causes.map(forcedBy))
}

/** Whether a word is a kind of cause. */
export function isCauseKind(word: unknown): word is CauseKind {
  return typeof word === 'string' && Object.hasOwn(KINDS, word)
}
