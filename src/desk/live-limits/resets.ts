import type { LiveLimits } from '../../contract/live-limits.ts'
import { nextDayStart, periodStart, type AccountClock } from '../../domain/trading-day.ts'
import { programOf } from '../prop-firm-programs.ts'
import { givenProgram } from '../prop-firm-standing.ts'
import type { Workspace } from '../workspace.ts'

/** When day, week and month begin anew in the account's zone, and the firm's day in the firm's. */
export function resetsOf(workspace: Workspace, now: number): LiveLimits['resets'] {
  const { timeZone, dayRoll } = workspace.account()
  const clock = { timeZone, dayRoll }
  const of = (
    period: LiveLimits['resets'][number]['period'],
    at: number,
    zone: AccountClock,
  ): LiveLimits['resets'][number] => ({
    period,
    at,
    left: Math.max(0, at - now),
    timeZone: zone.timeZone,
    dayRoll: zone.dayRoll,
  })
  const given = givenProgram(workspace, workspace.account())
  const roll = given === null ? undefined : programOf(workspace, given.programId).roll
  return [
    of('day', nextDayStart(now, clock), clock),
    of('week', nextPeriod(now, 'week', clock), clock),
    of('month', nextPeriod(now, 'month', clock), clock),
    ...(roll === undefined ? [] : [of('firm day', nextDayStart(now, roll), roll)]),
  ]
}

function nextPeriod(now: number, period: 'week' | 'month', clock: AccountClock): number {
  const current = periodStart(now, period, clock)
  let day = nextDayStart(now, clock)
  while (periodStart(day, period, clock) === current) day = nextDayStart(day, clock)
  return day
}
