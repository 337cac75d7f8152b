import { nextDayStart, periodStart, type AccountClock } from '../trading-day.ts'

/** The trading day a desk is in: resolved to UTC once, then kept, so that nothing can move it. */
export interface SessionDay {
  /** Counts trading days of this desk from 1; grows by one at each roll. */
  readonly number: number
  readonly start: number
  readonly end: number
}

/** The trading day of an instant. */
export function firstSession(at: number, clock: AccountClock): SessionDay {
  return { number: 1, start: periodStart(at, 'day', clock), end: nextDayStart(at, clock) }
}

/**
 * The day after a roll where proven time has reached the end of this one, else the same. Days the desk did not see are
 * one roll, so that a loss budget is never given back twice.
 */
export function rollSession(session: SessionDay, proven: number, clock: AccountClock): SessionDay {
  if (proven < session.end) return session
  return {
    number: session.number + 1,
    start: Math.max(session.end, periodStart(proven, 'day', clock)),
    end: nextDayStart(proven, clock),
  }
}
