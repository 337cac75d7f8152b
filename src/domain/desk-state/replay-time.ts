import { firstLook, type Moment } from './desk-clock.ts'
import type { DeskRules } from './desk-event.ts'
import type { Latch } from './latch.ts'
import { firstSession } from './session-day.ts'

/** Names the origin of a replay's time. */
export const REPLAY_BOOT = 'replay'

/**
 * The latch in the time of a moment. Where a replay begins, what was known of the machine's clock is kept beside, and where
 * it ends that counts again: neither is a clock that was set. The trading day is another one either way, and nothing that
 * restricts the desk goes by it.
 */
export function inTimeOf(latch: Latch, moment: Moment, { zone }: DeskRules): Latch {
  const { machine, ...plain } = latch
  const wasReplayed = latch.clock.last.boot === REPLAY_BOOT
  if (wasReplayed === (moment.machine !== undefined)) return latch
  const number = latch.session.number + 1
  if (!wasReplayed) {
    const session = { ...firstSession(moment.wall, zone), number }
    return { ...plain, machine: latch.clock, clock: firstLook(moment), session }
  }
  const clock = machine ?? firstLook(moment)
  return { ...plain, clock, session: { ...firstSession(clock.proven, zone), number } }
}
