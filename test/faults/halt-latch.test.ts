import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StoreFault, type BookShelf, type BookWriter } from '../../src/desk/ports.ts'
import { StateRoom } from '../desk/state/state-room.ts'
import { runChild } from './run-child.ts'

const KILLS = Number(process.env['BALLAST_HALT_KILLS'] ?? 4)
const child = join(import.meta.dirname, 'halting-child.ts')

/** A shelf whose books fail each write with a fault from when it is told to. */
function failing(when: { code: 'STORE_IO' | 'STORE_FULL' | undefined }): (shelf: BookShelf) => BookShelf {
  const broken = (book: BookWriter): BookWriter =>
    new Proxy(book, {
      get: (target, name: keyof BookWriter) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function' || !/^(save|record|add|acknowledge)/.test(name)) return member
        return (...given: unknown[]) => {
          if (when.code !== undefined) throw new StoreFault(when.code, 'The disk said no.')
          return (member as (...words: unknown[]) => unknown)(...given)
        }
      },
    })
  return (shelf) => ({
    ...shelf,
    open: (path) => broken(shelf.open(path)),
    create: (book) => broken(shelf.create(book)),
  })
}

describe('a desk that is killed while it latches its state', () => {
  it(`is the same or stricter, and its log whole: ${KILLS} kills`, { timeout: 20_000 + KILLS * 6_000 }, async () => {
    const made = await StateRoom.open()
    const { path } = made.book.info
    made.workspace.close()
    let halted = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const run = await runChild(child, [made.dataDir, path], 20 + Math.random() * 400)
      expect(run.says, 'nothing but the kill ended the child').toBe('')
      const room = new StateRoom(made.dataDir, { ...made.clock, wall: Date.now(), boot: `after-${kill}` }, path)
      const state = await room.state()
      if (run.acknowledged.at(-1) === 'HALTED') {
        // The release that was under way may have been kept; nothing else loosens.
        const released = room.told().slice(-1).join().includes('halt is over: on')
        expect(state === 'HALTED' || released).toBe(true)
      }
      expect((await room.calls.state.get()).arming.armed).toBe(false)
      expect((await room.calls.audit.verify()).verdict).toBe('verified-anchored')
      if (state === 'HALTED') halted += 1
      for (const cause of await room.causes()) await room.calls.state.loosen({ cause, reason: 'next round' })
      expect(await room.state()).toBe('NORMAL')
      room.workspace.close()
    }
    console.log(`${KILLS} kills: ${halted} halted, none looser (fewer than ${(300 / KILLS).toFixed(1)} % at 95 %)`)
  })
})

describe('a halt that the store cannot keep', () => {
  it.each(['STORE_IO', 'STORE_FULL'] as const)(
    'holds all the same (%s): in memory at once, in the file HALT for the next start',
    async (code) => {
      const when: { code: 'STORE_IO' | 'STORE_FULL' | undefined } = { code: undefined }
      const room = await StateRoom.open({ shelf: failing(when) })
      room.buy('10')
      when.code = code
      const { state, causes } = await room.calls.state.halt({ reason: 'smoke' })
      expect(state).toBe('FAULT')
      expect(causes.map(({ id, code: why }) => [id, why])).toEqual([
        ['fault', code],
        ['halt', 'HALTED'],
      ])
      expect(await room.entry()).toMatchObject({ quantity: '0', code: 'LEDGER_UNVERIFIED' })
      expect(await room.exit()).toMatchObject({ quantity: '0' })
      expect(room.workspace.posture.permission('cancel').ok).toBe(true)
      expect(room.workspace.posture.permission('exit', true).ok).toBe(true)
      expect(existsSync(join(room.dataDir, 'HALT'))).toBe(true)
      await expect(room.calls.state.loosen({ cause: 'halt', reason: 'r' })).rejects.toThrow(/could not be recorded/)
      expect(await room.causes()).toEqual(['fault', 'halt'])
      await expect(room.calls.state.loosen({ cause: 'fault', reason: 'r' })).rejects.toThrow(/not been restarted/)
      const again = room.restart()
      expect(await again.state()).toBe('FAULT')
      expect(await again.causes()).toEqual(['fault', 'halt'])
      await again.calls.state.loosen({ cause: 'fault', reason: 'the disk was mended' })
      expect(await again.calls.state.loosen({ cause: 'halt', reason: 'looked at all' })).toMatchObject({
        state: 'NORMAL',
      })
      expect(existsSync(join(room.dataDir, 'HALT'))).toBe(false)
      expect(await again.restart().state()).toBe('NORMAL')
    },
  )

  it('is a fault after a decision that could not be recorded, and disarms', async () => {
    const when: { code: 'STORE_IO' | 'STORE_FULL' | undefined } = { code: undefined }
    const room = await (await StateRoom.open({ kind: 'live', shelf: failing(when) })).ready()
    await room.calls.state.arm({ lastFour: room.lastFour, minutes: 15, windowId: 'w' })
    when.code = 'STORE_FULL'
    const order = { symbol: 'ACME', side: 'buy', entry: '100', stop: '95' }
    await expect(room.calls.sizing.decide({ request: order })).rejects.toThrow('The disk said no.')
    const { state, arming } = await room.calls.state.get()
    expect({ state, arming }).toMatchObject({ state: 'FAULT', arming: { armed: false, by: 'store' } })
  })
})

describe.skipIf(process.platform === 'win32')('a disk without room', () => {
  it.each([500, 900])(
    'halts, and says so to whoever opens the book next: %i blocks',
    async (blocks) => {
      const made = await StateRoom.open()
      const { path } = made.book.info
      made.workspace.close()
      const run = await runChild(child, [made.dataDir, path], undefined, blocks)
      expect(run.code).toBe(3)
      const room = new StateRoom(made.dataDir, made.clock, path)
      const last = run.acknowledged.at(-1)
      if (last === 'HALTED' || last === 'FAULT') expect(['HALTED', 'FAULT']).toContain(await room.state())
      expect((await room.calls.audit.verify()).verdict).toBe('verified-anchored')
      expect((await room.calls.state.get()).arming.armed).toBe(false)
    },
    60_000,
  )
})
