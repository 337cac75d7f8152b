import { describe, expect, it } from 'vitest'
import {
  arm,
  DISARMED_BY,
  extendArming,
  type ArmRequest,
  type Arming,
  type DisarmedBy,
} from '../../../src/domain/desk-state/arming.ts'
import { PREFLIGHT, preflightList, type PreflightFindings } from '../../../src/domain/desk-state/preflight.ts'
import { posturePermission } from '../../../src/domain/desk-state/posture-permission.ts'
import { stepDesk, type Posture, type PostureEvent } from '../../../src/domain/desk-state/step-desk.ts'
import { DeskRoom, HOUR } from './desk-room.ts'

const says = 'said'
const findings: PreflightFindings = Object.fromEntries(PREFLIGHT.map(([id]) => [id, { passed: true, says }]))
const request: ArmRequest = {
  bookKind: 'live',
  accountId: 'DU1234471',
  lastFour: '4471',
  minutes: 30,
  findings,
  state: 'NORMAL',
}

function armedDesk(): { room: DeskRoom; posture: Posture; step: (event: Loose) => Arming } {
  const room = new DeskRoom().settle()
  const armed = arm(request, room.moment())
  if (!armed.ok) throw new Error(JSON.stringify(armed.error))
  const desk = { room, posture: { latch: room.latch, arming: armed.value } as Posture, step }
  function step(event: Loose): Arming {
    const full = { ...event, moment: room.moment() } as PostureEvent
    desk.posture = stepDesk(desk.posture, full, room.rules).posture
    return desk.posture.arming
  }
  return desk
}
type Loose = PostureEvent extends infer One ? (One extends unknown ? Omit<One, 'moment'> : never) : never

describe('arming', () => {
  it.each(PREFLIGHT)('is refused while %s has not passed, and while nobody looked', (id, _, code) => {
    const moment = new DeskRoom().moment()
    const failed = arm({ ...request, findings: { ...findings, [id]: { passed: false, says } } }, moment)
    expect(failed).toMatchObject({ ok: false, error: [{ code, field: `preflight.${id}` }] })
    const { [id]: left, ...others } = findings
    expect(left?.passed).toBe(true)
    expect(arm({ ...request, findings: others }, moment)).toMatchObject({ ok: false, error: [{ code }] })
    expect(preflightList(others).find((line) => line.id === id)?.passed).toBe(false)
  })

  it.each([
    [{ bookKind: 'paper' as const }, 'book'],
    [{ bookKind: 'sample' as const }, 'book'],
    [{ lastFour: '4472' }, 'lastFour'],
    [{ lastFour: '' }, 'lastFour'],
    [{ lastFour: 'DU1234471' }, 'lastFour'],
    [{ minutes: 0 }, 'minutes'],
    [{ minutes: Number.NaN }, 'minutes'],
    [{ minutes: 1_441 }, 'minutes'],
    [{ state: 'REDUCE_ONLY' as const }, 'state'],
  ])('is refused with %j', (changes, field) => {
    const refused = arm({ ...request, ...changes }, new DeskRoom().moment())
    expect(refused).toMatchObject({ ok: false, error: [{ field }] })
  })

  it('says everything that stands against it at once', () => {
    const refused = arm({ ...request, lastFour: 'no', minutes: 0, findings: {} }, new DeskRoom().moment())
    expect(refused.ok ? [] : refused.error).toHaveLength(PREFLIGHT.length + 2)
  })

  it('ends by its time, and is extended before that', () => {
    const desk = armedDesk()
    desk.room.real += 29 * 60_000
    const extended = extendArming(desk.step({ kind: 'tick' }), 30, desk.room.moment())
    expect(extended).toMatchObject({ ok: true, value: { armed: true, left: 30 * 60_000 } })
    desk.room.real += 60_000
    const over = desk.step({ kind: 'tick' })
    expect(over).toMatchObject({ armed: false, by: 'timeout' })
    expect(extendArming(over, 30, desk.room.moment())).toMatchObject({ ok: false, error: { code: 'NOT_ARMED' } })
  })

  const events: [string, Loose, DisarmedBy | null][] = [
    ['a halt', { kind: 'halt', says }, 'state'],
    ['a lock-out', { kind: 'lock', lasts: HOUR, says }, 'state'],
    ['a store error', { kind: 'fault', code: 'STORE_IO', says }, 'store'],
    ['stale prices', { kind: 'prices', fresh: false, says }, 'prices'],
    ['a restart', { kind: 'restart' }, 'start'],
    ...(['sleep', 'screen-lock', 'user-switch', 'window', 'other-window', 'update', 'trader'] as const).map(
      (by): [string, Loose, DisarmedBy] => [by, { kind: 'disarm', by }, by],
    ),
    ['closing only, so that exits are sent', { kind: 'reduce', says }, null],
  ]
  it.each(events)('ends itself by %s', (_, event, by) => {
    const after = armedDesk().step(event)
    if (by === null) expect(after.armed).toBe(true)
    else {
      expect(after).toMatchObject({ armed: false, by })
      expect(DISARMED_BY[by].length).toBeGreaterThan(10)
    }
  })

  it.each([
    ['forward', 61_000, 0, 'boot-1'],
    ['back', -3_000, 0, 'boot-1'],
    ['behind another boot', 0, 0, 'boot-2'],
  ])('ends itself where the clock is set %s', (_, skew, slept, boot) => {
    const desk = armedDesk()
    desk.room.skew = skew
    desk.room.boot = boot
    desk.room.real += 1_000 + slept
    expect(desk.step({ kind: 'tick' })).toMatchObject({ armed: false, by: 'clock' })
  })

  it('is needed for new risk in that live account alone', () => {
    const desk = armedDesk()
    const answer = (intent: 'entry' | 'exit' | 'cancel', kind: 'live' | 'paper', accountId = 'DU1234471'): string => {
      const allowed = posturePermission(desk.posture, intent, { kind, accountId })
      return allowed.ok ? 'yes' : allowed.error.code
    }
    expect([answer('entry', 'live'), answer('entry', 'live', 'DU9')]).toEqual(['yes', 'NOT_ARMED'])
    desk.step({ kind: 'disarm', by: 'screen-lock' })
    expect([
      answer('entry', 'live'),
      answer('exit', 'live'),
      answer('cancel', 'live'),
      answer('entry', 'paper'),
    ]).toEqual(['NOT_ARMED', 'yes', 'yes', 'yes'])
    desk.step({ kind: 'halt', says })
    expect([answer('entry', 'paper'), answer('exit', 'live'), answer('cancel', 'live')]).toEqual([
      'HALTED',
      'HALTED',
      'yes',
    ])
  })

  it('never begins by an event', () => {
    const desk = armedDesk()
    desk.step({ kind: 'disarm', by: 'trader' })
    desk.room.fresh()
    expect(desk.step({ kind: 'tick' }).armed).toBe(false)
  })
})
