import type { LiveLimits } from '../../contract/live-limits.ts'
import { divide, larger, readPositive, rounded, say, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import { minuteOfDay, nextDayStart, periodStart, type AccountClock } from '../../domain/trading-day.ts'
import { programOf } from '../prop-firm-programs.ts'
import { givenProgram } from '../prop-firm-standing.ts'
import type { Workspace } from '../workspace.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

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

/** What has to go before the cut-off to keep the overnight leverage; `null` where the profile sets none. */
export function shedOf(
  profile: Profile,
  account: { readonly timeZone: string; readonly equity: { readonly value: string | null } },
  gross: Dec | null,
  now: number,
): LiveLimits['shed'] {
  const leverage = profile.ceilings.get('leverage') as
    { readonly overnight: Dec; readonly cutOffMinute: number } | undefined
  if (leverage === undefined) return null
  const { overnight, cutOffMinute } = leverage
  const cutOff = cutOffAt(now, cutOffMinute, account.timeZone)
  const equity = readPositive(account.equity.value, 'account.equity')
  const left = Math.max(0, cutOff - now)
  const limit = text(overnight)
  if (!equity.ok || gross === null) {
    const says = 'What has to go before the close is not known: equity or exposure is not.'
    return { cutOff, left, limit, leverage: null, amount: null, says }
  }
  const amount = larger(gross.minus(equity.value.times(overnight)), ZERO)
  return {
    cutOff,
    left,
    limit,
    leverage: rounded(divide(gross, equity.value)),
    amount: rounded(amount),
    says: amount.isZero()
      ? `Exposure keeps the overnight limit of ${limit} × equity.`
      : `Reduce by ${say(amount)} before the cut-off to keep ${limit} × equity overnight.`,
  }
}

function nextPeriod(now: number, period: 'week' | 'month', clock: AccountClock): number {
  const current = periodStart(now, period, clock)
  let day = nextDayStart(now, clock)
  while (periodStart(day, period, clock) === current) day = nextDayStart(day, clock)
  return day
}

/** The cut-off of the local day, in the past once it has gone by; a clock change on the way is taken into account. */
function cutOffAt(now: number, cutOffMinute: number, timeZone: string): number {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const guess = minute + (cutOffMinute - minuteOfDay(now, timeZone)) * MINUTE_MS
  const found = minuteOfDay(guess, timeZone)
  const off = ((((found - (cutOffMinute % DAY_MINUTES) + 720) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES) - 720
  return guess - off * MINUTE_MS
}
