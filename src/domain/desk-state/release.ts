import { reason, type Reason } from '../kernel/reason.ts'
import { clearedBy, type Cause } from './cause.ts'
import { confirmsKept } from './confirmation.ts'
import type { DeskEvent, DeskRules } from './desk-event.ts'
import type { Latch } from './latch.ts'

type Release = Extract<DeskEvent, { kind: 'release' }>

/** Why a cause may not be released now, as one sentence that says what is missing; `null` where it may. */
export function refuseRelease(latch: Latch, release: Release, rules: DeskRules): Reason | null {
  const cause = latch.causes.find(({ id }) => id === release.cause)
  if (cause === undefined)
    return reason(
      'INPUT_OUT_OF_RANGE',
      `Nothing called "${release.cause}" restricts the desk: name a cause on the list.`,
      'cause',
    )
  if (release.reason.trim() === '')
    return reason('INPUT_MISSING', 'reason is missing: say in a few words why this may end.', 'reason')
  const missing = missingFor(cause, latch, release, rules)
  return missing === null ? null : reason(cause.code, `${missing} What clears it: ${clearedBy(cause)}`, 'cause')
}

function missingFor(cause: Cause, latch: Latch, release: Release, rules: DeskRules): string | null {
  if (cause.kind === 'lock') return 'A lock-out cannot be released.'
  // A fault is about the records: prices may not even come while it holds.
  if (cause.kind !== 'fault' && latch.freshInRow < rules.freshAgain)
    return `Prices are not fresh: ${latch.freshInRow} of ${rules.freshAgain} fresh readings in a row are seen.`
  switch (cause.kind) {
    case 'reduce':
      return null
    case 'prices':
    case 'difference':
    case 'outcomes':
      return cause.holds ? 'It still holds.' : null
    case 'clock':
      return cause.holds && rules.witness === 'required' && latch.clock.last.wall > latch.clock.proven
        ? 'No time stamp from outside confirms the clock.'
        : null
    case 'breach':
      if (latch.session.number <= cause.session) return 'The session in which the limit was broken has not ended.'
      return confirmsKept(latch.readings[cause.limit] ?? '', rules.breach) ? null : 'The limit is not seen kept.'
    case 'fault':
      if (!cause.restarted) return 'Ballast has not been restarted since.'
      return cause.verified ? null : 'The records have not been verified since the restart.'
    case 'halt':
    case 'overfill':
    case 'runaway':
    case 'unreadable':
      if (release.armed) return 'The desk is armed.'
      return release.preflight ? null : 'The pre-flight list has not passed.'
  }
}
