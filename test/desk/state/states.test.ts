import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asAnotherProgram } from '../../store/tampering.ts'
import { StateRoom } from './state-room.ts'

const HOUR = 3_600_000
const refusal = (code: string, says: RegExp): unknown =>
  expect.objectContaining({
    data: expect.objectContaining({ code, says: expect.stringMatching(says) as unknown }) as unknown,
  })

describe('restricting', () => {
  it('is instant: no new risk while exits pass, and the decision says why', async () => {
    const room = await StateRoom.open()
    room.buy('10')
    expect((await room.entry()).quantity).not.toBe('0')
    const state = await room.calls.state.stopAddingRisk({ reason: 'lunch' })
    expect(state).toMatchObject({ state: 'REDUCE_ONLY', means: 'closing only', entries: false, exits: true })
    expect(state.causes).toMatchObject([
      { id: 'reduce', says: 'lunch', clears: 'A typed reason while prices are fresh.' },
    ])
    expect(await room.entry()).toMatchObject({ quantity: '0', code: 'REDUCE_ONLY' })
    expect(await room.exit()).toEqual({ quantity: '10', code: undefined })
    expect((await room.calls.account.get()).state).toBe('REDUCE_ONLY')
  })

  it('to HALTED blocks exits too, but for the flatten procedure and cancels', async () => {
    const room = await StateRoom.open()
    room.buy('10')
    const state = await room.calls.state.halt({})
    expect(state).toMatchObject({ state: 'HALTED', entries: false, exits: false, flatten: true })
    expect(await room.entry()).toMatchObject({ quantity: '0', code: 'HALTED' })
    expect(await room.exit()).toEqual({ quantity: '0', code: 'HALTED' })
    expect(room.workspace.posture.permission('cancel').ok).toBe(true)
  })

  it('is kept in the recorded decision and replays to the same bytes', async () => {
    const room = await StateRoom.open()
    await room.calls.state.stopAddingRisk({})
    const order = { symbol: 'ACME', side: 'buy', entry: '100', stop: '95' }
    const { decisionId, binding } = await room.calls.sizing.decide({ request: order })
    expect(binding).toBe('account_enabled')
    await room.calls.state.loosen({ cause: 'reduce', reason: 'back' })
    expect(await room.calls.decisions.replay({ decisionId })).toMatchObject({ identical: true })
  })

  it('is told in the log with what it was and is, and loosening with its reason', async () => {
    const room = await StateRoom.open()
    await room.calls.state.stopAddingRisk({ reason: 'lunch' })
    await room.calls.state.loosen({ cause: 'reduce', reason: 'lunch is over' })
    expect(room.told()).toEqual([
      'NORMAL to REDUCE_ONLY: closing only. lunch',
      'REDUCE_ONLY to NORMAL: new risk allowed. reduce is over: lunch is over',
    ])
    expect((await room.calls.audit.verify()).verdict).toBe('verified-anchored')
  })

  it('twice changes nothing and is written once', async () => {
    const room = await StateRoom.open()
    await room.calls.state.halt({})
    const { seq } = room.book.head()
    await room.calls.state.halt({})
    expect(room.book.head().seq).toBe(seq)
  })
})

describe('loosening', () => {
  it('needs a reason of more than spaces, and a cause that is there', async () => {
    const room = await StateRoom.open()
    await room.calls.state.stopAddingRisk({})
    await expect(room.calls.state.loosen({ cause: 'reduce', reason: '  ' })).rejects.toEqual(
      refusal('INPUT_MISSING', /reason is missing/),
    )
    await expect(room.calls.state.loosen({ cause: 'boredom', reason: 'r' })).rejects.toEqual(
      refusal('INPUT_OUT_OF_RANGE', /Nothing called "boredom"/),
    )
    expect(await room.state()).toBe('REDUCE_ONLY')
  })

  it('of a halt waits for the pre-flight list, and names what failed', async () => {
    const room = await StateRoom.open()
    await room.calls.state.halt({})
    asAnotherProgram(room.book.info.path, (database) => {
      database.exec('DROP TRIGGER audit_no_update')
      database.exec("UPDATE audit SET body = replace(body, 'ACME', 'EMCA') WHERE kind = 'instrument'")
    })
    await expect(room.calls.state.loosen({ cause: 'halt', reason: 'r' })).rejects.toEqual(
      refusal('HALTED', /pre-flight list has not passed.*row/),
    )
    expect(await room.state()).toBe('HALTED')
  })

  it('of one cause leaves the others: the strictest that is left holds', async () => {
    const room = await StateRoom.open()
    await room.calls.state.stopAddingRisk({})
    await room.calls.state.halt({})
    expect(await room.causes()).toEqual(['halt', 'reduce'])
    expect(await room.calls.state.loosen({ cause: 'halt', reason: 'looked' })).toMatchObject({ state: 'REDUCE_ONLY' })
  })
})

describe('a lock-out', () => {
  it('ends by time alone: no reason, no clock and no restart shortens it', async () => {
    let room = await StateRoom.open()
    const { lockedUntil } = await room.calls.state.lock({ minutes: 120, reason: 'enough for today' })
    expect(lockedUntil).toBe(room.clock.wall + 2 * HOUR)
    await expect(room.calls.state.loosen({ cause: 'lock', reason: 'please' })).rejects.toEqual(
      refusal('LOCKED', /cannot be released/),
    )
    await room.calls.state.lock({ minutes: 1 })
    expect((await room.calls.state.get()).lockedUntil).toBe(lockedUntil)
    room.clock.wall += 24 * HOUR
    room.pass(1_000)
    expect(await room.state()).toBe('LOCKED')
    expect(await room.causes()).toContain('clock')
    room.clock.wall -= 24 * HOUR
    room = room.restart(HOUR)
    expect(await room.state()).toBe('LOCKED')
    expect(await room.entry()).toMatchObject({ quantity: '0', code: 'LOCKED' })
    room.pass(HOUR + 1_000)
    expect(await room.causes()).not.toContain('lock')
  })

  it('outlives a new boot of the machine by the time that nobody saw', async () => {
    let room = await StateRoom.open()
    await room.calls.state.lock({ minutes: 60 })
    room = room.restart(2 * HOUR, 'boot-2')
    expect(await room.state()).toBe('LOCKED')
    room.pass(59 * 60_000)
    expect(await room.state()).toBe('LOCKED')
    room.pass(60_000)
    expect(await room.causes()).not.toContain('lock')
  })
})

describe('after a restart', () => {
  it('the state is the same, with all its causes', async () => {
    let room = await StateRoom.open()
    await room.calls.state.stopAddingRisk({ reason: 'lunch' })
    await room.calls.state.halt({ reason: 'smoke' })
    room = room.restart()
    expect((await room.calls.state.get()).causes.map(({ says }) => says)).toEqual(['smoke', 'lunch'])
  })

  it('a book that was NORMAL is NORMAL, and nothing is written for it', async () => {
    let room = await StateRoom.open()
    const { seq } = room.book.head()
    room = room.restart(5 * HOUR, 'boot-2')
    expect(await room.state()).toBe('NORMAL')
    expect(room.book.head().seq).toBe(seq)
    expect(existsSync(join(room.dataDir, 'HALT'))).toBe(false)
  })

  it.each([
    ['the copy beside the book is gone', (path: string) => rmSync(`${path}.state`)],
    ['the copy beside the book is garbage', (path: string) => writeFileSync(`${path}.state`, '{"schema":1')],
    [
      'the copies contradict each other',
      (path: string) =>
        asAnotherProgram(path, (database) =>
          database.exec(`UPDATE desk_state SET latch = json_set(latch, '$.causes', json('[]'))`),
        ),
    ],
  ])('the desk is HALTED where %s', async (_case, tamper) => {
    const room = await StateRoom.open()
    await room.calls.state.stopAddingRisk({})
    const { path } = room.book.info
    room.workspace.close()
    tamper(path)
    const again = new StateRoom(room.dataDir, room.clock, path)
    expect(await again.state()).toBe('HALTED')
    expect(await again.causes()).toEqual(['unreadable', 'reduce'])
  })
})

describe('the clock', () => {
  it('that was set back takes new risk away until a person answers for it', async () => {
    const room = await StateRoom.open()
    room.clock.wall -= 10_000
    room.pass(1_000)
    expect(room.workspace.posture.standing()).toMatchObject({ entries: false, exits: true, code: 'REDUCE_ONLY' })
    const { causes } = await room.calls.state.get()
    expect(causes).toMatchObject([{ id: 'clock', code: 'CLOCK_ANOMALY', missing: null }])
    expect(await room.calls.state.loosen({ cause: 'clock', reason: 'set by the time server' })).toMatchObject({
      state: 'NORMAL',
    })
  })

  it('that ran while nobody measured, as in a sleep, is an anomaly', async () => {
    const room = await StateRoom.open()
    room.clock.wall += 10 * 60_000
    room.pass(1_000)
    expect(await room.causes()).toEqual(['clock'])
  })
})

describe('a sample book', () => {
  it('can be halted and loosened as any other, and never armed', async () => {
    const room = new StateRoom()
    await room.calls.books.create({ from: 'sample' })
    expect(await room.state()).toBe('NORMAL')
    await room.calls.state.halt({})
    expect(await room.calls.state.loosen({ cause: 'halt', reason: 'tried it' })).toMatchObject({ state: 'NORMAL' })
    await expect(room.calls.state.arm({ lastFour: room.lastFour, minutes: 15, windowId: 'w' })).rejects.toEqual(
      refusal('NOT_ARMED', /A sample book cannot be armed/),
    )
  })
})
