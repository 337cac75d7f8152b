import { describe, expect, it } from 'vitest'
import { DESK_STATES, permits, strictest } from '../../../src/domain/desk-state/desk-state.ts'
import { permission, shownCauses } from '../../../src/domain/desk-state/latch.ts'
import { latchText, reviveLatch } from '../../../src/domain/desk-state/revive.ts'
import { DAY, DeskRoom, HOUR, type Happening } from './desk-room.ts'

const says = 'said'

describe('a desk', () => {
  it('begins with closing only, since no price has been seen', () => {
    const room = new DeskRoom()
    expect(room.state).toBe('REDUCE_ONLY')
    expect(shownCauses(room.latch).map(({ id }) => id)).toEqual(['prices'])
  })

  it('lets new risk through in NORMAL alone, cancels always, exits unless halted or faulted', () => {
    expect(DESK_STATES.filter((state) => permits(state, 'entry'))).toEqual(['NORMAL'])
    expect(DESK_STATES.filter((state) => permits(state, 'cancel'))).toEqual([...DESK_STATES])
    expect(DESK_STATES.filter((state) => permits(state, 'exit'))).toEqual(['NORMAL', 'REDUCE_ONLY', 'LOCKED'])
    expect(DESK_STATES.filter((state) => permits(state, 'flatten'))).toEqual([
      'NORMAL',
      'REDUCE_ONLY',
      'LOCKED',
      'HALTED',
    ])
    expect(permits('FAULT', 'exit', true)).toBe(true)
  })

  it('takes the strictest cause and lists all of them', () => {
    const room = new DeskRoom().settle()
    expect(room.state).toBe('NORMAL')
    const happenings: [Happening, string][] = [
      [{ kind: 'reduce', says }, 'REDUCE_ONLY'],
      [{ kind: 'lock', lasts: HOUR, says }, 'LOCKED'],
      [{ kind: 'halt', says }, 'HALTED'],
      [{ kind: 'fault', code: 'STORE_IO', says }, 'FAULT'],
      [{ kind: 'reconciled', differences: 1, says }, 'FAULT'],
    ]
    for (const [happening, state] of happenings) {
      room.do(happening)
      expect(room.state).toBe(state)
    }
    expect(shownCauses(room.latch).map(({ id }) => id)).toEqual(['fault', 'halt', 'lock', 'reduce', 'difference'])
    for (const cause of shownCauses(room.latch)) expect(cause.clears.length).toBeGreaterThan(10)
    expect(strictest([])).toBe('NORMAL')
  })

  it('refuses an entry with the strictest cause and what would clear it', () => {
    const room = new DeskRoom().settle()
    room.do({ kind: 'reduce', says: 'Enough for today.' })
    const refused = permission(room.latch, 'entry')
    expect(refused).toMatchObject({ ok: false, error: { code: 'REDUCE_ONLY' } })
    expect(JSON.stringify(refused)).toContain('Enough for today. What clears it: A typed reason')
    expect(permission(room.latch, 'exit')).toEqual({ ok: true, value: 'REDUCE_ONLY' })
  })
})

describe('a release', () => {
  it('needs a reason and fresh prices', () => {
    const room = new DeskRoom().settle()
    room.do({ kind: 'reduce', says })
    expect(room.release('reduce', { reason: '  ' }).refused?.code).toBe('INPUT_MISSING')
    room.do({ kind: 'prices', fresh: false, says })
    expect(room.release('reduce').refused?.says).toContain('0 of 2 fresh readings')
    room.fresh(1)
    expect(room.release('prices').refused?.says).toContain('1 of 2')
    room.fresh(1)
    expect(room.release('prices').refused).toBeNull()
    expect(room.state).toBe('REDUCE_ONLY')
    expect(room.release('reduce').refused).toBeNull()
    expect(room.state).toBe('NORMAL')
  })

  it('of a halt needs a passed pre-flight list and a disarmed desk', () => {
    const room = new DeskRoom().settle()
    room.do({ kind: 'halt', says })
    expect(room.release('halt', { preflight: false }).refused?.says).toContain('pre-flight')
    expect(room.release('halt', { armed: true }).refused?.says).toContain('armed')
    expect(room.release('halt').to).toBe('NORMAL')
  })

  it('of a broken limit needs the next session and the limit kept', () => {
    const room = new DeskRoom().settle()
    room.reading(true)
    expect(room.state).toBe('NORMAL')
    room.reading(true)
    expect(room.state).toBe('REDUCE_ONLY')
    room.reading(false)
    room.reading(false)
    expect(room.release('breach:daily_loss').refused?.says).toContain('has not ended')
    expect(room.pass(6 * HOUR).rolled).toBe(true)
    room.reading(true)
    expect(room.release('breach:daily_loss').refused?.says).toContain('not seen kept')
    room.reading(false)
    room.reading(false)
    expect(room.release('breach:daily_loss').to).toBe('NORMAL')
  })

  it('of a limit still broken in the next session needs the one after it', () => {
    const room = new DeskRoom().settle()
    room.reading(true)
    room.reading(true)
    room.pass(6 * HOUR)
    room.reading(true)
    room.reading(false)
    room.reading(false)
    expect(room.release('breach:daily_loss').refused?.says).toContain('has not ended')
    room.pass(DAY)
    expect(room.release('breach:daily_loss').to).toBe('NORMAL')
  })

  it('of a difference with the broker needs a reconciliation without one', () => {
    const room = new DeskRoom().settle()
    room.do({ kind: 'reconciled', differences: 2, says })
    expect(room.release('difference').refused?.code).toBe('RECONCILE_DIFF')
    room.do({ kind: 'reconciled', differences: 0, says })
    expect(room.state).toBe('REDUCE_ONLY')
    expect(room.release('difference').to).toBe('NORMAL')
  })

  it('of a fault needs a restart, then verified records', () => {
    const room = new DeskRoom().settle()
    room.do({ kind: 'fault', code: 'STORE_IO', says })
    room.do({ kind: 'verified' })
    expect(room.release('fault').refused?.says).toContain('not been restarted')
    room.do({ kind: 'restart' })
    expect(room.release('fault').refused?.says).toContain('not been verified')
    room.do({ kind: 'verified' })
    expect(room.release('fault').to).toBe('REDUCE_ONLY')
  })

  it('names what is not on the list', () => {
    expect(new DeskRoom().release('weather').refused?.says).toContain('"weather"')
  })
})

describe('a breach', () => {
  it('is confirmed by fresh readings alone', () => {
    const room = new DeskRoom().settle()
    for (let time = 0; time < 9; time += 1) room.reading(true, false)
    expect(room.state).toBe('NORMAL')
    for (const broken of [true, false, false, true, false, false, true]) room.reading(broken)
    expect(room.state).toBe('NORMAL')
    room.reading(true)
    expect(room.state).toBe('REDUCE_ONLY')
  })
})

describe('after a restart', () => {
  const kept = (room: DeskRoom, copies: readonly (string | undefined)[]) =>
    reviveLatch(copies, room.moment(), room.rules)

  it('a desk has every cause it had, and must see fresh prices again', () => {
    const room = new DeskRoom().settle()
    room.do({ kind: 'reduce', says })
    room.do({ kind: 'lock', lasts: HOUR, says })
    const text = latchText(room.latch)
    const revived = kept(room, [text, text])
    expect(shownCauses(revived).map(({ id }) => id)).toEqual(['lock', 'reduce', 'prices'])
  })

  it.each([
    ['missing', undefined],
    ['cut', '{"schema":1,"causes":['],
    ['of another kind', '{"schema":2}'],
    ['with a cause nobody knows', '{"schema":1,"causes":[{"id":"a","kind":"b"}]}'],
  ])('a desk with a copy that is %s is halted, with the causes of the other', (_, broken) => {
    const room = new DeskRoom().settle()
    room.do({ kind: 'reduce', says })
    const revived = kept(room, [broken, latchText(room.latch)])
    expect(shownCauses(revived).map(({ id }) => id)).toEqual(['unreadable', 'reduce', 'prices'])
    expect(permission(kept(room, [broken]), 'exit')).toMatchObject({ ok: false, error: { code: 'HALTED' } })
  })

  it('a desk whose copies differ is halted and keeps the longer lock-out', () => {
    const room = new DeskRoom().settle()
    const before = latchText(room.latch)
    room.do({ kind: 'lock', lasts: HOUR, says })
    const revived = kept(room, [before, latchText(room.latch)])
    expect(shownCauses(revived).map(({ id, until }) => [id, until])).toEqual([
      ['unreadable', null],
      ['lock', room.real + HOUR],
      ['prices', null],
    ])
  })
})
