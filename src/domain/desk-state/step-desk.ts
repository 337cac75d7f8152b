import { advance, type Advance } from './advance.ts'
import { disarmed, keepArmed, type Arming, type DisarmedBy } from './arming.ts'
import type { DeskEvent, DeskRules } from './desk-event.ts'
import type { Latch } from './latch.ts'

/** A desk's state and its arming together. */
export interface Posture {
  readonly latch: Latch
  readonly arming: Arming
}

/** One event, or something that only disarms. */
export type PostureEvent =
  DeskEvent | { readonly kind: 'disarm'; readonly moment: DeskEvent['moment']; readonly by: DisarmedBy }

/** What one event did to a desk and its arming. */
export interface PostureStep {
  readonly posture: Posture
  readonly advance: Advance
}

/** Takes one event into a desk and lets its arming end itself. Nothing here arms: that is a request of its own. */
export function stepDesk({ latch, arming }: Posture, event: PostureEvent, rules: DeskRules): PostureStep {
  const plain: DeskEvent = event.kind === 'disarm' ? { kind: 'tick', moment: event.moment } : released(event, arming)
  const step = advance(latch, plain, rules)
  const disarming =
    event.kind === 'disarm' ? event.by : event.kind === 'restart' ? 'start' : event.kind === 'fault' ? 'store' : null
  const next =
    disarming !== null && arming.armed
      ? disarmed(disarming, event.moment)
      : keepArmed(arming, event.moment, {
          state: step.to,
          clockJumped: step.clockJumped || holds(step.latch, 'clock'),
          pricesStale: holds(step.latch, 'prices'),
        })
  return { posture: { latch: step.latch, arming: next }, advance: step }
}

/** Whether the desk is armed is known here, whatever the event says. */
function released(event: DeskEvent, arming: Arming): DeskEvent {
  return event.kind === 'release' ? { ...event, armed: event.armed || arming.armed } : event
}

function holds(latch: Latch, kind: 'clock' | 'prices'): boolean {
  return latch.causes.some((cause) => cause.kind === kind && cause.holds)
}
