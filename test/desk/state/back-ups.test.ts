import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backUpsOf } from '../../../src/desk/state/back-ups.ts'
import { StoreFault } from '../../../src/desk/ports.ts'
import { bookShelf } from '../../../src/store/book-shelf.ts'
import { callRefusal } from '../../support/call-refusal.ts'
import { StateRoom, type StateRoomOptions } from './state-room.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A desk without a backup of its live book. */
async function room(options: StateRoomOptions = {}): Promise<StateRoom> {
  const opened = await StateRoom.open({ kind: 'live', ...options })
  opened.clock.backUp = undefined
  return opened
}
const filesOf = ({ dataDir }: StateRoom): string[] =>
  existsSync(join(dataDir, 'backups'))
    ? readdirSync(join(dataDir, 'backups')).filter((name) => name.endsWith('.ballast'))
    : []
const check = async (desk: StateRoom, id: string) =>
  (await desk.calls.state.preflight()).checks.find((one) => one.id === id)
/** Looks as the host does, until what was begun has ended. */
async function look(desk: StateRoom): Promise<void> {
  const backUps = backUpsOf(desk.workspace)
  backUps.keep()
  for (let turn = 0; backUps.status().making && turn < 2_000; turn += 1)
    await new Promise((resolve) => setImmediate(resolve))
}

describe('a backup of the open book', () => {
  it('is made from the desk, verified, opened like any book, and known to the pre-flight', async () => {
    const desk = await room()
    expect(await check(desk, 'backup')).toMatchObject({
      passed: false,
      says: expect.stringContaining('make one here') as string,
    })
    expect(await desk.calls.backup.status()).toMatchObject({ lastAt: null, due: true, making: false, fault: null })
    const made = await desk.calls.backup.make()
    expect(made).toMatchObject({ lastAt: desk.clock.wall, due: false, making: false, fault: null })
    expect(await check(desk, 'backup')).toMatchObject({ passed: true })
    expect(filesOf(desk)).toHaveLength(1)
    const copy = bookShelf(desk.dataDir, desk.workspace.options.ambient).open(made.file ?? '')
    expect(copy.info.bookId).toBe(desk.book.info.bookId)
    expect(copy.verify().verdict).toBe('verified-anchored')
    copy.close()
    desk.clock.wall += DAY + 1
    expect(await check(desk, 'backup')).toMatchObject({
      passed: false,
      says: expect.stringContaining('make a new one') as string,
    })
  })

  it('is one where two ask at once', async () => {
    const desk = await room()
    const [one, other] = await Promise.all([desk.calls.backup.make(), desk.calls.backup.make()])
    expect(other.file).toBe(one.file)
    expect(filesOf(desk)).toHaveLength(1)
  })

  it('is made by itself once a day, a while after the book was opened, and never while armed', async () => {
    const desk = await (await room()).ready()
    await look(desk)
    expect(filesOf(desk)).toEqual([])
    desk.clock.backUp = desk.clock.wall
    await desk.calls.state.arm({ lastFour: desk.lastFour, minutes: 60, windowId: 'w1' })
    desk.clock.backUp = undefined
    for (let second = 0; second < 70; second += 1) {
      await desk.calls.state.heartbeat({ windowId: 'w1' })
      await desk.price('100')
    }
    await look(desk)
    expect((await desk.calls.state.get()).arming.armed).toBe(true)
    expect(filesOf(desk)).toEqual([])
    await desk.calls.state.disarm({})
    await look(desk)
    expect(filesOf(desk)).toHaveLength(1)
    await look(desk)
    desk.clock.wall += 23 * HOUR
    await look(desk)
    expect(filesOf(desk)).toHaveLength(1)
    desk.clock.wall += 2 * HOUR
    await look(desk)
    expect(filesOf(desk)).toHaveLength(2)
  })

  it('that fails says why, is tried again in an hour, and leaves the pre-flight red', async () => {
    const desk = await room()
    await look(desk)
    writeFileSync(join(desk.dataDir, 'backups'), 'no folder')
    desk.clock.wall += 2 * 60_000
    await look(desk)
    expect(await desk.calls.backup.status()).toMatchObject({
      due: true,
      fault: expect.stringMatching(/^The folder .*backups could not be made/) as string,
    })
    expect(await check(desk, 'backup')).toMatchObject({
      passed: false,
      says: expect.stringContaining('The last attempt failed: The folder') as string,
    })
    rmSync(join(desk.dataDir, 'backups'))
    await look(desk)
    expect(filesOf(desk)).toEqual([])
    desk.clock.wall += HOUR
    await look(desk)
    expect(filesOf(desk)).toHaveLength(1)
    expect(await desk.calls.backup.status()).toMatchObject({ due: false, fault: null })
  })

  it('whose copy does not verify is none', async () => {
    let verdict: 'broken' | 'verified-anchored' = 'broken'
    let tries = 0
    const backUp = () => {
      tries += 1
      if (tries === 2) return Promise.reject(new StoreFault('STORE_FULL', 'The disk is full: free some room.'))
      return Promise.resolve({
        file: 'copy',
        verdict: { verdict, rows: 1, brokenAt: null, says: 'Row 7 is not as it was.' },
      })
    }
    const desk = await room({ ports: { backUp } as never })
    expect(await callRefusal(desk.calls.backup.make())).toMatchObject({
      code: 'LEDGER_UNVERIFIED',
      says: 'The copy copy does not verify: Row 7 is not as it was.',
    })
    desk.clock.wall += 2 * 60_000
    await look(desk)
    expect(tries).toBe(1)
    desk.clock.wall += HOUR
    await look(desk)
    expect(tries).toBe(2)
    expect(await desk.calls.backup.status()).toMatchObject({ due: true, fault: 'The disk is full: free some room.' })
    expect(await check(desk, 'backup')).toMatchObject({
      passed: false,
      says: expect.stringContaining('The disk is full') as string,
    })
    verdict = 'verified-anchored'
    expect((await desk.calls.backup.make()).fault).toBeNull()
  })

  it('is none of a sample book, which is refused nothing and needs none', async () => {
    const desk = await StateRoom.open()
    await desk.calls.books.create({ from: 'sample' })
    desk.clock.backUp = undefined
    await look(desk)
    desk.clock.wall += 2 * 60_000
    await look(desk)
    expect(filesOf(desk)).toEqual([])
  })
})

describe('the version that runs', () => {
  it.each([
    ['0.0.0', true, 'Version 0.0.0 runs and is the one installed; no updater is part of this build.'],
    ['0.2.0', false, 'Version 0.2.0 is installed while 0.0.0 runs: start Ballast again.'],
    [undefined, false, 'The installed version cannot be read, 0.0.0 runs: start Ballast again.'],
  ])('against %s on disk passes the pre-flight: %s', async (installed, passed, says) => {
    const desk = await room({ ports: { installedVersion: () => installed } })
    expect(await check(desk, 'update')).toMatchObject({ passed, says })
  })

  it('is stated where nothing says what is installed', async () => {
    expect(await check(await room(), 'update')).toMatchObject({
      passed: true,
      says: 'No updater is part of this build; version 0.0.0 runs.',
    })
  })
})
