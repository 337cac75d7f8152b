import type { Reason } from '../kernel/reason.ts'
import { stateOf, type Cause } from './cause.ts'
import { addReading, confirmsBreach } from './confirmation.ts'
import {
  acceptWall,
  firstLook,
  inStep,
  lookAtClock,
  takeWitness,
  type ClockReading,
  type Moment,
} from './desk-clock.ts'
import type { DeskEvent, DeskRules } from './desk-event.ts'
import type { DeskState } from './desk-state.ts'
import type { Latch } from './latch.ts'
import { lockUntil, liveThroughLock } from './lock-out.ts'
import { refuseRelease } from './release.ts'
import { rollSession } from './session-day.ts'

/** What one event did to a desk. */
export interface Advance {
  readonly latch: Latch
  readonly from: DeskState
  readonly to: DeskState
  readonly raised: readonly Cause[]
  readonly cleared: readonly Cause[]
  /** Whether a trading day ended. */
  readonly rolled: boolean
  /** Whether the clock was set, or time passed that nothing measured. */
  readonly clockJumped: boolean
  /** Why a release was not granted; else `null`. */
  readonly refused: Reason | null
}

/**
 * Takes one event into a desk. Pure. Restricting is instant; a cause goes by a granted release alone, but for a lock-out,
 * which time alone ends. Whatever the event, the clock is looked at, the day rolled and the lock-out lived through first.
 */
export function advance(latch: Latch, event: DeskEvent, rules: DeskRules): Advance {
  const reading = lookAtClock(latch.clock, event.moment)
  const timed = passTime(latch, reading, event.moment, rules)
  const refused = event.kind === 'release' ? refuseRelease(timed, event, rules) : null
  const happened = happen(timed, event, rules, refused === null)
  const session = rollSession(happened.session, happened.clock.proven, rules.zone)
  const next = { ...happened, session }
  return {
    latch: next,
    from: stateOf(latch.causes),
    to: stateOf(next.causes),
    raised: next.causes.filter(({ id }) => !latch.causes.some((cause) => cause.id === id)),
    cleared: latch.causes.filter(({ id }) => !next.causes.some((cause) => cause.id === id)),
    rolled: session.number !== latch.session.number,
    clockJumped: reading.jumped,
    refused,
  }
}

function passTime(latch: Latch, reading: ClockReading, { machine }: Moment, rules: DeskRules): Latch {
  const { evidence, agrees, jumped } = reading
  const real = machine === undefined ? reading : lookAtClock(latch.machine ?? firstLook(machine), machine)
  const causes = latch.causes.flatMap((cause) => liveThroughLock(cause, real.evidence, real.lived))
  const session = rollSession(latch.session, evidence.proven, rules.zone)
  const beside = machine === undefined ? {} : { machine: real.evidence }
  const timed = { ...latch, ...beside, clock: evidence, session, causes }
  if (!agrees || jumped) return raise(timed, clockCause(reading))
  return agree(timed)
}

function happen(latch: Latch, event: DeskEvent, rules: DeskRules, granted: boolean): Latch {
  const since = event.moment.wall
  // A lock-out binds a person, who does not live in the time of a replay.
  const real = latch.machine ?? latch.clock
  switch (event.kind) {
    case 'tick':
      return latch
    case 'witness':
      return latch.machine === undefined
        ? agree({ ...latch, clock: takeWitness(latch.clock, event.stamp) })
        : { ...latch, machine: takeWitness(latch.machine, event.stamp) }
    case 'reduce':
      return raise(latch, { id: 'reduce', kind: 'reduce', code: 'REDUCE_ONLY', since, says: event.says })
    case 'halt':
      return raise(latch, { id: 'halt', kind: 'halt', code: 'HALTED', since, says: event.says })
    case 'lock':
      // A clock that was set back would put the end of the lock-out into the past.
      return lockUntil(
        latch,
        Math.max(real.last.wall, real.proven) + event.lasts,
        event.lasts,
        real.last.wall,
        event.says,
      )
    case 'lock-until':
      return lockUntil(
        latch,
        event.until,
        event.until - Math.min(real.last.wall, real.proven),
        real.last.wall,
        event.says,
      )
    case 'reading':
      return event.fresh ? takeReading(latch, event, rules) : latch
    case 'prices':
      return takePrices(latch, event.fresh, since, event.says, rules)
    case 'reconciled':
      return condition(latch, 'difference', 'RECONCILE_DIFF', event.differences > 0, since, event.says)
    case 'outcomes':
      return condition(latch, 'outcomes', 'OUTCOME_UNKNOWN', event.unknown > 0, since, event.says)
    case 'alarm': {
      const code = event.alarm === 'overfill' ? 'RECONCILE_DIFF' : 'THROTTLE'
      return raise(latch, { id: event.alarm, kind: event.alarm, code, since, says: event.says })
    }
    case 'fault': {
      const { code, says } = event
      return raise(latch, { id: 'fault', kind: 'fault', code, since, says, restarted: false, verified: false })
    }
    case 'restart':
      return restart(latch, since)
    case 'verified':
      return alter(latch, (cause) => (cause.kind === 'fault' && cause.restarted ? { ...cause, verified: true } : cause))
    case 'release':
      return granted ? release(latch, event.cause) : latch
  }
}

function clockCause({ evidence: { last, proven }, agrees }: ClockReading): Cause {
  const gap = Math.round((last.wall - proven) / 1000)
  const says = agrees
    ? 'The clock was set.'
    : gap > 0
      ? `The clock is ${gap} s ahead of the time that is proven: it was set forward, or the machine slept.`
      : `The clock is ${-gap} s behind the time that is proven: it was set back.`
  return { id: 'clock', kind: 'clock', code: 'CLOCK_ANOMALY', since: last.wall, says, holds: !agrees }
}

/** Where clock and proof agree again the condition is over; the cause stays until it is released. */
function agree(latch: Latch): Latch {
  const holds = !inStep(latch.clock.proven, latch.clock.last.wall)
  return alter(latch, (cause) => (cause.kind === 'clock' ? { ...cause, holds } : cause))
}

function takeReading(latch: Latch, event: Extract<DeskEvent, { kind: 'reading' }>, rules: DeskRules): Latch {
  const readings = addReading(latch.readings[event.limit] ?? '', event.broken, rules.breach)
  const next = { ...latch, readings: { ...latch.readings, [event.limit]: readings } }
  if (!event.broken || !confirmsBreach(readings, rules.breach)) return next
  const { limit, code, says, moment } = event
  const session = latch.session.number
  return raise(next, { id: `breach:${limit}`, kind: 'breach', code, since: moment.wall, says, limit, session })
}

function takePrices(latch: Latch, fresh: boolean, since: number, says: string, { freshAgain }: DeskRules): Latch {
  if (!fresh) return condition({ ...latch, freshInRow: 0 }, 'prices', 'QUOTE_STALE', true, since, says)
  const freshInRow = Math.min(freshAgain, latch.freshInRow + 1)
  const counted = { ...latch, freshInRow }
  return freshInRow < freshAgain ? counted : condition(counted, 'prices', 'QUOTE_STALE', false, since, says)
}

/** A condition begins a cause; where it is over the cause stays, marked so. */
function condition(
  latch: Latch,
  kind: 'prices' | 'difference' | 'outcomes',
  code: Cause['code'],
  holds: boolean,
  since: number,
  says: string,
): Latch {
  if (holds) return raise(latch, { id: kind, kind, code, since, says, holds })
  return alter(latch, (cause) => (cause.kind === kind ? { ...cause, holds } : cause))
}

/** After a restart nothing is known of the prices, and what was verified before counts no longer. */
function restart(latch: Latch, since: number): Latch {
  const says = 'No fresh price has been seen since the desk started.'
  const known = alter({ ...latch, freshInRow: 0 }, (cause) =>
    cause.kind === 'fault' ? { ...cause, restarted: true, verified: false } : cause,
  )
  return raise(known, { id: 'prices', kind: 'prices', code: 'QUOTE_STALE', since, says, holds: true })
}

function release(latch: Latch, id: string): Latch {
  const gone = latch.causes.find((cause) => cause.id === id)
  const clock = gone?.kind === 'clock' && gone.holds ? acceptWall(latch.clock) : latch.clock
  return { ...latch, clock, causes: latch.causes.filter((cause) => cause !== gone) }
}

/** A cause that is there keeps its first instant; what is newly known of it is taken. */
function raise(latch: Latch, cause: Cause): Latch {
  const known = latch.causes.find(({ id }) => id === cause.id)
  if (known === undefined) return { ...latch, causes: [...latch.causes, cause] }
  return alter(latch, (one) => (one === known ? { ...cause, since: known.since } : one))
}

function alter(latch: Latch, change: (cause: Cause) => Cause): Latch {
  return { ...latch, causes: latch.causes.map(change) }
}
