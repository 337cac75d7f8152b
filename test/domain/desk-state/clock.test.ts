import { describe, expect, it } from 'vitest'
import { firstSession, rollSession } from '../../../src/domain/desk-state/session-day.ts'
import { DAY, DeskRoom, HOUR } from './desk-room.ts'

const says = 'said'
const locked = (): DeskRoom => {
  const room = new DeskRoom().settle()
  room.do({ kind: 'lock', lasts: 8 * HOUR, says })
  return room
}

describe('a lock-out', () => {
  it('ends by time alone', () => {
    const room = locked()
    expect(room.release('lock').refused?.says).toContain('cannot be released')
    room.pass(8 * HOUR - 1)
    expect(room.state).toBe('LOCKED')
    expect(room.pass(1).cleared.map(({ id }) => id)).toEqual(['lock'])
  })

  it('does not end early where the clock is set forward', () => {
    const room = locked()
    room.skew = 30 * DAY
    room.pass(HOUR)
    room.release('clock')
    room.do({ kind: 'restart' })
    room.pass(HOUR)
    expect(room.state).toBe('LOCKED')
    room.skew = 0
    room.pass(6 * HOUR)
    expect(room.state).toBe('REDUCE_ONLY')
  })

  it('does not end early where the clock is set back', () => {
    const room = locked()
    room.skew = -DAY
    room.pass(9 * HOUR)
    expect(room.state).toBe('LOCKED')
  })

  it('does not end early after another boot, but by a stamp from outside', () => {
    const room = locked()
    room.boot = 'boot-2'
    room.pass(9 * HOUR)
    expect(room.state).toBe('LOCKED')
    room.do({ kind: 'witness', stamp: room.real + DAY })
    room.pass(1)
    expect(room.state).toBe('LOCKED')
    room.do({ kind: 'witness', stamp: room.real })
    room.pass(1)
    expect(room.state).toBe('REDUCE_ONLY')
  })

  it('asked for while the clock is set back lasts its time as well', () => {
    const room = new DeskRoom().settle()
    room.skew = -DAY
    room.pass(1_000)
    room.do({ kind: 'lock', lasts: 8 * HOUR, says })
    room.skew = 0
    room.do({ kind: 'witness', stamp: room.real })
    room.pass(8 * HOUR - 1)
    expect(room.state).toBe('LOCKED')
    room.pass(1)
    expect(room.state).toBe('REDUCE_ONLY')
  })

  it('is never shortened by another', () => {
    const room = locked()
    room.do({ kind: 'lock', lasts: HOUR, says })
    room.pass(2 * HOUR)
    expect(room.state).toBe('LOCKED')
  })
})

describe('the clock', () => {
  it.each([
    ['set back by 2,001 ms', -2_001, true],
    ['set back by 2 s', -2_000, false],
    ['set forward by 61 s', 61_000, true],
    ['set forward by 59 s', 59_000, false],
  ])('%s restricts the desk: %s', (_, skew, restricts) => {
    const room = new DeskRoom().settle()
    room.skew = skew
    expect(room.pass(1_000).clockJumped).toBe(restricts)
    expect(room.state).toBe(restricts ? 'REDUCE_ONLY' : 'NORMAL')
  })

  it('that was set forward is believed after a stamp from outside, not by a reason alone', () => {
    const room = new DeskRoom().settle()
    room.boot = 'boot-2'
    room.pass(DAY)
    expect(room.latch.session.number).toBe(1)
    expect(room.release('clock').refused?.says).toContain('No time stamp')
    room.do({ kind: 'witness', stamp: room.real })
    expect(room.latch.session.number).toBe(2)
    expect(room.release('clock').to).toBe('NORMAL')
  })

  it('is believed at a person’s word where the rules say so', () => {
    const room = new DeskRoom({ witness: 'optional' }).settle()
    room.boot = 'boot-2'
    room.pass(DAY)
    expect(room.release('clock').to).toBe('NORMAL')
    expect(room.latch.session.number).toBe(2)
  })
})

const localTimes = new Map<string, Intl.DateTimeFormat>()

/** Writes local dates as `2027-03-14 02:30:00`. */
function localTime(timeZone: string): Intl.DateTimeFormat {
  const known =
    localTimes.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  localTimes.set(timeZone, known)
  return known
}

/** The trading day an instant belongs to, by its local date and time. */
function tradingDate(instant: number, timeZone: string, dayRoll: string): string {
  const local = localTime(timeZone).format(instant)
  const [date = '', time = ''] = local.split(' ')
  return time.slice(0, 5) >= dayRoll ? date : new Date(Date.parse(`${date}T00:00Z`) - DAY).toISOString().slice(0, 10)
}

describe('a day rolls once, over the Sundays on which the clocks change', () => {
  const spans = [
    ['spring', Date.UTC(2027, 2, 1, 12), Date.UTC(2027, 3, 5, 12)],
    ['autumn', Date.UTC(2027, 9, 15, 12), Date.UTC(2027, 10, 15, 12)],
  ] as const
  const zones = [
    ['America/New_York', '17:00'],
    ['America/New_York', '00:00'],
    ['America/New_York', '02:30'],
    ['Europe/Prague', '00:00'],
    ['Europe/Prague', '17:00'],
    ['Europe/Prague', '02:30'],
  ] as const
  it.each(spans.flatMap((span) => zones.map((zone) => [...zone, ...span] as const)))(
    '%s at %s in %s',
    (timeZone, dayRoll, _, from, to) => {
      const zone = { timeZone, dayRoll }
      let session = firstSession(from, zone)
      const first = tradingDate(from, timeZone, dayRoll)
      // Seven minutes past, so that a roll is seen after it has happened.
      for (let at = from + 7 * 60_000; at < to; at += 30 * 60_000) {
        const next = rollSession(session, at, zone)
        expect(next.number - session.number).toBeLessThanOrEqual(1)
        if (next !== session) expect(next.start).toBe(session.end)
        session = next
        // A date that comes twice in autumn has begun when it comes the second time: the day before lasts until then.
        const days = Math.round((Date.parse(tradingDate(at, timeZone, dayRoll)) - Date.parse(first)) / DAY) + 1
        if (dayRoll !== '02:30') expect(session.number, new Date(at).toISOString()).toBe(days)
      }
      expect(session.number).toBe(
        Math.round((Date.parse(tradingDate(to - 1, timeZone, dayRoll)) - Date.parse(first)) / DAY) + 1,
      )
      expect(session.end - session.start).toBeGreaterThan(22 * HOUR)
    },
  )
})
