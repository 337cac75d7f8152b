import { arm, disarmed } from '../../../src/domain/desk-state/arming.ts'
import { forcedBy, type Cause } from '../../../src/domain/desk-state/cause.ts'
import type { Moment } from '../../../src/domain/desk-state/desk-clock.ts'
import type { DeskRules } from '../../../src/domain/desk-state/desk-event.ts'
import { deskState, openLatch } from '../../../src/domain/desk-state/latch.ts'
import { PREFLIGHT, type PreflightFindings } from '../../../src/domain/desk-state/preflight.ts'
import { latchText, reviveLatch } from '../../../src/domain/desk-state/revive.ts'
import { stepDesk, type Posture, type PostureEvent } from '../../../src/domain/desk-state/step-desk.ts'
import { HOUR, START } from './desk-room.ts'

/** Small numbers, so that every order of things is reached within a few steps. */
export const EXPLORED: DeskRules = {
  breach: { needed: 2, among: 2 },
  freshAgain: 1,
  witness: 'required',
  zone: { timeZone: 'America/New_York', dayRoll: '17:00' },
}

/** A desk, and what is true of the world whatever the desk believes. */
export interface World {
  readonly posture: Posture
  readonly real: number
  readonly skew: number
  /** Time the unsettable clock did not see. */
  readonly slept: number
  readonly boots: number
  /** Real instants before which no lock-out may end. */
  readonly lockedFor: number
}

/** What can happen, by name. */
export type Act = (world: World) => World

const says = 'said'
const passed: PreflightFindings = Object.fromEntries(PREFLIGHT.map(([id]) => [id, { passed: true, says }]))

export function beginning(): World {
  const moment: Moment = { wall: START, mono: 0, boot: '0' }
  const posture = { latch: openLatch(moment, EXPLORED), arming: disarmed('start', moment) }
  return { posture, real: START, skew: 0, slept: 0, boots: 0, lockedFor: 0 }
}

function momentOf({ real, skew, slept, boots }: World): Moment {
  return { wall: real + skew, mono: real - START - slept, boot: String(boots) }
}

type Without<T> = T extends unknown ? Omit<T, 'moment'> : never

function does(event: Without<PostureEvent>): Act {
  return (world) => ({
    ...world,
    posture: stepDesk(world.posture, { ...event, moment: momentOf(world) }, EXPLORED).posture,
  })
}

const look = does({ kind: 'tick' })

function revive(world: World, copies: readonly (string | undefined)[]): World {
  const moment = momentOf(world)
  return { ...world, posture: { latch: reviveLatch(copies, moment, EXPLORED), arming: disarmed('start', moment) } }
}

function release(cause: string, preflight = true, reason = 'looked'): Act {
  return does({ kind: 'release', cause, reason, preflight, armed: false })
}

const reading = (broken: boolean, fresh: boolean): Act =>
  does({ kind: 'reading', limit: 'day', code: 'DAILY_LOSS', broken, fresh, says })

/** Everything that restricts, recovers or releases without time passing. */
export const CAUSES: Readonly<Record<string, Act>> = {
  reduce: does({ kind: 'reduce', says }),
  halt: does({ kind: 'halt', says }),
  fault: does({ kind: 'fault', code: 'STORE_IO', says }),
  verified: does({ kind: 'verified' }),
  stale: does({ kind: 'prices', fresh: false, says }),
  fresh: does({ kind: 'prices', fresh: true, says }),
  differs: does({ kind: 'reconciled', differences: 1, says }),
  equals: does({ kind: 'reconciled', differences: 0, says }),
  restart: (world) => revive(world, [latchText(world.posture.latch), latchText(world.posture.latch)]),
  arm: (world) => {
    const moment = momentOf(world)
    const state = deskState(world.posture.latch)
    const asked = {
      bookKind: 'live',
      accountId: 'U4471',
      lastFour: '4471',
      minutes: 60,
      findings: passed,
      state,
    } as const
    const armed = arm(asked, moment)
    return armed.ok ? { ...world, posture: { ...world.posture, arming: armed.value } } : world
  },
  'release reduce': release('reduce'),
  'release halt': release('halt'),
  'release fault': release('fault'),
  'release prices': release('prices'),
  'release difference': release('difference'),
}

/** Everything about time: clocks that are set, sleep, other boots, lock-outs, limits and their sessions. */
export const TIMES: Readonly<Record<string, Act>> = {
  'half a day passes': (world) => look({ ...world, real: world.real + 12 * HOUR }),
  'the machine sleeps half a day': (world) =>
    look({ ...world, real: world.real + 12 * HOUR, slept: world.slept + 12 * HOUR }),
  'the clock is set forward': (world) => look({ ...world, skew: world.skew + 36 * HOUR }),
  'the clock is set back': (world) => look({ ...world, skew: world.skew - 36 * HOUR }),
  'the clock is set right': (world) => look({ ...world, skew: 0 }),
  'a stamp from outside': (world) => does({ kind: 'witness', stamp: world.real })(world),
  'another boot': (world) => {
    const booted = { ...world, real: world.real + 12 * HOUR, boots: world.boots + 1 }
    return revive(booted, [latchText(world.posture.latch)])
  },
  lock: (world) => {
    const next = does({ kind: 'lock', lasts: 12 * HOUR, says })(world)
    return { ...next, lockedFor: Math.max(world.lockedFor, world.real + 12 * HOUR) }
  },
  fresh: does({ kind: 'prices', fresh: true, says }),
  broken: reading(true, true),
  kept: reading(false, true),
  'broken, seen stale': reading(true, false),
  'release breach': release('breach:day'),
  'release clock': release('clock'),
  'release prices': release('prices'),
  'release lock': release('lock'),
}

/** What behaves as something explored already does, and what is refused whatever the state. */
export const OTHERS: Readonly<Record<string, Act>> = {
  overfill: does({ kind: 'alarm', alarm: 'overfill', says }),
  runaway: does({ kind: 'alarm', alarm: 'runaway', says }),
  unknown: does({ kind: 'outcomes', unknown: 1, says }),
  known: does({ kind: 'outcomes', unknown: 0, says }),
  'a copy is missing': (world) => revive(world, [undefined, latchText(world.posture.latch)]),
  'release overfill': release('overfill'),
  'release runaway': release('runaway'),
  'release outcomes': release('outcomes'),
  'release unreadable': release('unreadable'),
  'release halt unchecked': release('halt', false),
  'release reduce without a reason': release('reduce', true, ' '),
  sleep: does({ kind: 'disarm', by: 'sleep' }),
}

/** A world by what matters of it: instants relative to one another, causes in any order. */
export function keyOf({ posture: { latch, arming }, real, skew, slept, lockedFor }: World): string {
  const { clock, session, readings, freshInRow } = latch
  const causes = latch.causes.map((cause) => causeKey(cause, real, session.number)).sort()
  return [
    causes.join(),
    skew,
    real - clock.proven,
    Math.max(clock.witnessed - real, -72 * HOUR),
    session.end - real,
    Object.values(readings).join(),
    freshInRow,
    lockedFor > real ? lockedFor - real : 0,
    arming.armed ? arming.left : '',
    clock.last.mono - (real - START - slept),
    clock.last.wall - real,
  ].join('|')
}

function causeKey(cause: Cause, real: number, session: number): string {
  const about = cause.id
  if (cause.kind === 'lock') return `${about}${cause.until - real}/${cause.owed}`
  if (cause.kind === 'breach') return `${about}${cause.session < session ? 'before' : 'now'}`
  if (cause.kind === 'fault') return `${about}${cause.restarted ? 'r' : ''}${cause.verified ? 'v' : ''}`
  return 'holds' in cause ? `${about}${cause.holds ? '!' : ''}` : about
}

/** States by strictness, said here again so that the test does not ask the code it tests. */
export const RANK = { NORMAL: 0, REDUCE_ONLY: 1, LOCKED: 2, HALTED: 3, FAULT: 4 } as const
export const FORCES: Readonly<Record<string, keyof typeof RANK>> = {
  reduce: 'REDUCE_ONLY',
  prices: 'REDUCE_ONLY',
  clock: 'REDUCE_ONLY',
  difference: 'REDUCE_ONLY',
  outcomes: 'REDUCE_ONLY',
  breach: 'REDUCE_ONLY',
  lock: 'LOCKED',
  halt: 'HALTED',
  overfill: 'HALTED',
  runaway: 'HALTED',
  unreadable: 'HALTED',
  fault: 'FAULT',
}
export { forcedBy }
