import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Moment } from './desk-clock.ts'
import type { DeskState } from './desk-state.ts'
import { preflightFaults, type PreflightFindings } from './preflight.ts'

/** Why a desk is not armed. */
export const DISARMED_BY = {
  start: 'A desk starts disarmed.',
  trader: 'Disarmed by hand.',
  timeout: 'The time it was armed for is over.',
  sleep: 'The machine went to sleep.',
  'screen-lock': 'The screen was locked.',
  'user-switch': 'Another user was switched to.',
  clock: 'The clock jumped.',
  prices: 'Prices went stale.',
  store: 'The store reported an error.',
  state: 'The desk was halted, locked or faulted.',
  window: 'The window that held the arm did not answer.',
  'other-window': 'Another window was armed.',
  update: 'An update is being installed.',
} as const
/** Why a desk is not armed, as a word. */
export type DisarmedBy = keyof typeof DISARMED_BY

/** Whether live orders may be sent. Never kept over a restart: a desk starts disarmed. */
export type Arming =
  | { readonly armed: false; readonly by: DisarmedBy; readonly at: number }
  | {
      readonly armed: true
      readonly at: number
      readonly accountId: string
      /** Ends at this instant by the wall clock, or when `left` milliseconds were lived through, whichever comes first. */
      readonly until: number
      readonly left: number
      readonly last: Moment
    }

/** A wish to go live. */
export interface ArmRequest {
  readonly bookKind: 'paper' | 'live' | 'sample'
  readonly accountId: string
  /** As typed by a person. */
  readonly lastFour: string
  readonly minutes: number
  readonly findings: PreflightFindings
  readonly state: DeskState
}

/** The shortest and longest time a desk can be armed for, minutes. */
export const ARM_MINUTES = { least: 1, most: 24 * 60 } as const
/** Before its end an armed desk says so, and may be extended. */
export const ARM_WARNING_MS = 60_000

/** A desk at its start. */
export function disarmed(by: DisarmedBy, moment: Moment): Arming {
  return { armed: false, by, at: moment.wall }
}

/** Arms, or says everything that stands against it. */
export function arm(request: ArmRequest, moment: Moment): Result<Arming, readonly Reason[]> {
  const { bookKind, accountId, lastFour, minutes, findings, state } = request
  const faults: Reason[] = []
  if (bookKind !== 'live')
    faults.push(reason('NOT_ARMED', `A ${bookKind} book cannot be armed: open a live book.`, 'book'))
  if (lastFour.length !== 4 || accountId.slice(-4) !== lastFour || accountId.length < 4)
    faults.push(
      reason(
        'INPUT_OUT_OF_RANGE',
        'lastFour is not the end of the account: type its last four characters.',
        'lastFour',
      ),
    )
  if (!Number.isFinite(minutes) || minutes < ARM_MINUTES.least || minutes > ARM_MINUTES.most)
    faults.push(
      reason(
        'INPUT_OUT_OF_RANGE',
        `minutes is ${minutes}: give ${ARM_MINUTES.least} to ${ARM_MINUTES.most}.`,
        'minutes',
      ),
    )
  if (state !== 'NORMAL') faults.push(reason('NOT_ARMED', `The desk is ${state}: it arms in NORMAL alone.`, 'state'))
  faults.push(...preflightFaults(findings))
  if (faults.length > 0) return err(faults)
  const left = Math.floor(minutes * 60_000)
  return ok({ armed: true, at: moment.wall, accountId, until: moment.wall + left, left, last: moment })
}

/** Gives an armed desk `minutes` from now; one that is not armed has to be armed. */
export function extendArming(arming: Arming, minutes: number, moment: Moment): Result<Arming, Reason> {
  const now = keepArmed(arming, moment, { state: 'NORMAL', clockJumped: false, pricesStale: false })
  if (!now.armed) return err(reason('NOT_ARMED', `${DISARMED_BY[now.by]} Arm again.`))
  if (!Number.isFinite(minutes) || minutes < ARM_MINUTES.least || minutes > ARM_MINUTES.most)
    return err(
      reason(
        'INPUT_OUT_OF_RANGE',
        `minutes is ${minutes}: give ${ARM_MINUTES.least} to ${ARM_MINUTES.most}.`,
        'minutes',
      ),
    )
  const left = Math.floor(minutes * 60_000)
  return ok({ ...now, until: moment.wall + left, left })
}

/** What an armed desk is held against at each event. */
export interface ArmedAgainst {
  readonly state: DeskState
  readonly clockJumped: boolean
  readonly pricesStale: boolean
}

/** The arming after a moment has passed: it ends itself, and never begins. */
export function keepArmed(arming: Arming, moment: Moment, against: ArmedAgainst): Arming {
  if (!arming.armed) return arming
  const { last } = arming
  if (moment.boot !== last.boot || moment.mono < last.mono) return disarmed('clock', moment)
  if (against.state === 'HALTED' || against.state === 'LOCKED' || against.state === 'FAULT')
    return disarmed('state', moment)
  if (against.clockJumped) return disarmed('clock', moment)
  if (against.pricesStale) return disarmed('prices', moment)
  const left = arming.left - Math.floor(moment.mono - last.mono)
  if (left <= 0 || moment.wall >= arming.until) return disarmed('timeout', moment)
  return { ...arming, left, last: moment }
}
