import type { Reason } from '../kernel/reason.ts'
import { reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { clearedBy, forcedBy, stateOf, type Cause } from './cause.ts'
import type { Readings } from './confirmation.ts'
import { firstLook, type ClockEvidence, type Moment } from './desk-clock.ts'
import type { DeskRules } from './desk-event.ts'
import { permits, STATE_MEANS, strictness, type DeskState, type Intent } from './desk-state.ts'
import { firstSession, type SessionDay } from './session-day.ts'

/** Everything that decides a desk's state, as plain data: what is kept in book and journal. */
export interface Latch {
  readonly schema: 1
  /** In the order they first held. */
  readonly causes: readonly Cause[]
  readonly clock: ClockEvidence
  /** What is known of the machine's time while the desk's is that of a replay: a lock-out lasts by it. */
  readonly machine?: ClockEvidence
  readonly session: SessionDay
  /** Newest fresh readings of each loss limit. */
  readonly readings: Readonly<Record<string, Readings>>
  /** Fresh price readings in a row, counted up to what is needed. */
  readonly freshInRow: number
}

/** A cause as a person reads it. */
export interface ShownCause {
  readonly id: string
  readonly code: string
  readonly forces: DeskState
  readonly since: number
  readonly says: string
  readonly clears: string
  /** Only a lock-out has one. */
  readonly until: number | null
}

/** The latch of a book that has none yet: nothing is known of its prices, so that it begins with closing only. */
export function openLatch(moment: Moment, rules: DeskRules): Latch {
  return {
    schema: 1,
    causes: [
      {
        id: 'prices',
        kind: 'prices',
        code: 'QUOTE_STALE',
        since: moment.wall,
        says: 'No fresh price has been seen since the desk started.',
        holds: true,
      },
    ],
    clock: firstLook(moment),
    session: firstSession(moment.wall, rules.zone),
    readings: {},
    freshInRow: 0,
  }
}

/** The state of a desk. */
export function deskState(latch: Latch): DeskState {
  return stateOf(latch.causes)
}

/** All causes, strictest first, then oldest first. */
export function shownCauses(latch: Latch): readonly ShownCause[] {
  return [...latch.causes]
    .sort((a, b) => strictness(forcedBy(b)) - strictness(forcedBy(a)) || a.since - b.since)
    .map((cause) => ({
      id: cause.id,
      code: cause.code,
      forces: forcedBy(cause),
      since: cause.since,
      says: cause.says,
      clears: clearedBy(cause),
      until: cause.kind === 'lock' ? cause.until : null,
    }))
}

/** Whether a desk lets an intent through; the refusal names the strictest cause and what would clear it. */
export function permission(latch: Latch, intent: Intent, faultAcknowledged = false): Result<DeskState, Reason> {
  const state = deskState(latch)
  if (permits(state, intent, faultAcknowledged)) return ok(state)
  const first = shownCauses(latch)[0]
  const because = first === undefined ? '' : ` ${first.says} What clears it: ${first.clears}`
  const code = state === 'FAULT' ? 'LEDGER_UNVERIFIED' : state === 'NORMAL' ? 'INTERNAL' : state
  return err(reason(code, `${state}: ${STATE_MEANS[state]}.${because}`))
}
