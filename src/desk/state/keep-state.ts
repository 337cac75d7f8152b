import { DISARMED_BY } from '../../domain/desk-state/arming.ts'
import { stateOf, type Cause } from '../../domain/desk-state/cause.ts'
import { STATE_MEANS } from '../../domain/desk-state/desk-state.ts'
import type { Latch } from '../../domain/desk-state/latch.ts'
import type { Posture } from '../../domain/desk-state/step-desk.ts'
import type { HaltNote } from './ports.ts'

/** What of a posture is worth a row in the log: equal words mean that nothing of weight changed. */
export function weightOf({ latch, arming }: Posture): string {
  const causes = latch.causes.map((cause) => [
    cause.id,
    'holds' in cause ? cause.holds : null,
    cause.kind === 'breach' ? cause.session : null,
    cause.kind === 'lock' ? cause.until : null,
    cause.kind === 'fault' ? [cause.restarted, cause.verified] : null,
  ])
  return JSON.stringify([causes, arming.armed ? arming.until : null])
}

/** One sentence on what changed, for the log. */
export function changeSays(before: Posture, after: Posture, why: string): string {
  const [from, to] = [stateOf(before.latch.causes), stateOf(after.latch.causes)]
  const raised = added(before.latch, after.latch)
  const cleared = added(after.latch, before.latch)
  const parts = [
    ...raised.map(({ says }) => says),
    ...cleared.map(({ id }) => `${id} is over${why === '' ? '.' : `: ${why}`}`),
    ...armedSays(before, after, why),
  ]
  const state = from === to ? `${to}: ${STATE_MEANS[to]}.` : `${from} to ${to}: ${STATE_MEANS[to]}.`
  return [state, ...parts].join(' ')
}

/** What the `HALT` file has to say of a latch. */
export function haltNoteOf({ causes }: Latch): HaltNote {
  const halt = causes.find(({ kind }) => kind === 'halt')
  const fault = causes.find(({ kind }) => kind === 'fault')
  return {
    halt: halt === undefined ? null : { at: halt.since, says: halt.says },
    fault: fault === undefined ? null : { at: fault.since, code: fault.code, says: fault.says },
  }
}

/** What is loosened has to be on record: a release that is not is taken back, and what was raised since stays. */
export function takenBack(now: Posture, before: Posture): Posture {
  return { ...now, latch: { ...now.latch, causes: [...added(now.latch, before.latch), ...now.latch.causes] } }
}

function added(before: Latch, after: Latch): readonly Cause[] {
  return after.causes.filter(({ id }) => !before.causes.some((cause) => cause.id === id))
}

function armedSays({ arming: before }: Posture, { arming: after }: Posture, why: string): readonly string[] {
  if (after.armed && !before.armed) return [`Armed until ${new Date(after.until).toISOString()}.`]
  if (after.armed && before.armed && after.until !== before.until)
    return [`Armed on, until ${new Date(after.until).toISOString()}.`]
  return !after.armed && before.armed ? [`${DISARMED_BY[after.by]} ${why}`.trim()] : []
}
