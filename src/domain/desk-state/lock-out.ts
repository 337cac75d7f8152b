import type { Cause } from './cause.ts'
import type { ClockEvidence } from './desk-clock.ts'
import type { Latch } from './latch.ts'

/** Locks a desk until an instant, `owed` milliseconds of lived time away; a lock-out that is there is never shortened. */
export function lockUntil(latch: Latch, until: number, owed: number, since: number, says: string): Latch {
  const known = latch.causes.find((cause) => cause.kind === 'lock')
  const lock: Cause = {
    id: 'lock',
    kind: 'lock',
    code: 'LOCKED',
    since: known?.since ?? since,
    says: known !== undefined && known.until > until ? known.says : says,
    until: Math.max(until, known?.until ?? 0),
    owed: Math.max(owed, known?.owed ?? 0, 0),
  }
  const causes =
    known === undefined ? [...latch.causes, lock] : latch.causes.map((cause) => (cause === known ? lock : cause))
  return { ...latch, causes }
}

/**
 * A cause after `lived` milliseconds more: a lock-out ends by the wall clock and by evidence, both: the time it owed was
 * lived through, or a stamp from outside lies beyond its end.
 */
export function liveThroughLock(cause: Cause, clock: ClockEvidence, lived: number): readonly Cause[] {
  if (cause.kind !== 'lock') return [cause]
  const owed = Math.max(0, cause.owed - lived)
  const proven = owed === 0 || clock.witnessed >= cause.until
  return proven && clock.last.wall >= cause.until ? [] : [{ ...cause, owed }]
}
