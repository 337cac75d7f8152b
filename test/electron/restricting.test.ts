import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { shapePixels, trayWords } from '../../electron/tray.ts'
import type { Contract } from '../../src/contract/index.ts'
import { share } from '../desk/trading-room.ts'
import { app, ipcMain, pair, powerMonitor, seen } from '../support/electron.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ballast-restricting-'))
const words = process.argv
let calls: ContractRouterClient<Contract>
const page = vi.hoisted(() => ({ folder: '' }))
vi.mock('../../src/host/page-files.ts', async (original) => {
  const actual = await original<typeof import('../../src/host/page-files.ts')>()
  return { ...actual, readPageFiles: () => actual.readPageFiles(page.folder) }
})

beforeAll(async () => {
  page.folder = join(dataDir, 'page')
  mkdirSync(page.folder, { recursive: true })
  writeFileSync(join(page.folder, 'index.html'), '<!doctype html><title>Ballast</title>')
  process.argv = [...words, '--data-dir', dataDir]
  await import('../../electron/main.ts')
  await vi.waitFor(() => expect([seen.windows.length, ...seen.errors]).toEqual([1]))
  const [mine, theirs] = pair()
  const senderFrame = { url: 'app://desk/index.html', parent: null }
  ipcMain.emit('desk:connect', { ports: [theirs], senderFrame, sender: { id: window().webContents.id } })
  mine.start()
  calls = createORPCClient(new RPCLink({ port: mine }))
}, 60_000)
afterAll(() => {
  app.quit()
  process.argv = words
  rmSync(dataDir, { recursive: true, force: true })
})

const window = () => seen.windows[0] ?? expect.unreachable('there is a window')
const tray = () => seen.trays[0] ?? expect.unreachable('there is a tray')
const press = (input: object): void =>
  void window().webContents.emit('before-input-event', {}, { type: 'keyDown', isAutoRepeat: false, ...input })
const pick = (label: string, menu = seen.menu.flatMap(({ submenu }) => submenu ?? [])) => {
  const item = menu.find((one) => one.label === label) ?? expect.unreachable(`${label} is in the menu`)
  const clicked = { checked: true }
  item.click?.(clicked)
  return clicked
}
const state = async (): Promise<string> => (await calls.state.get()).state

/** Releases everything that stands. */
async function loosen(): Promise<void> {
  for (const { id } of (await calls.state.get()).causes) await calls.state.loosen({ cause: id, reason: 'next' })
}

/** A live book in NORMAL with a fresh quote, backed up a moment ago. */
async function liveBook(): Promise<{ lastFour: string }> {
  const { file } = await calls.books.create({
    from: 'empty',
    name: 'Live',
    kind: 'live',
    currency: 'USD',
    timeZone: 'America/New_York',
    dayRoll: '17:00',
    equity: '100000',
  })
  const { noteBackUp } = await import('../../src/host/back-up-note.ts')
  noteBackUp(join(dataDir, file), Date.now(), 'copy.ballast')
  await calls.market.saveInstrument({ ...share('COIN', { calendar: 'crypto' }), clusters: [] })
  await vi.waitFor(
    async () => {
      await calls.market.typePrice({ symbol: 'COIN', price: String(100 + Math.random()).slice(0, 8) })
      expect((await calls.state.get()).causes.map(({ missing }) => missing)).toEqual([null])
    },
    { timeout: 20_000, interval: 700 },
  )
  await loosen()
  return { lastFour: (await calls.account.get()).accountId.slice(-4) }
}

describe('a halt from outside the page', { timeout: 60_000 }, () => {
  it('works without a book, by the file HALT', () => {
    pick('Halt', tray().menu)
    expect(existsSync(join(dataDir, 'HALT'))).toBe(true)
    rmSync(join(dataDir, 'HALT'))
    expect(tray().words).toBe('Ballast: no book is open')
  })

  it('works by menu, tray and keys, whatever the page does; a held key counts once', async () => {
    await calls.books.create({ from: 'sample' })
    expect(tray().words).toBe('Ballast: sample, NORMAL')
    for (const act of [
      () => void pick('Halt'),
      () => void pick('Halt', tray().menu),
      () => press({ key: 'F9', shift: true }),
    ]) {
      act()
      expect(await state()).toBe('HALTED')
      expect(tray().words).toBe('Ballast: sample, HALTED')
      await loosen()
    }
    press({ key: 'F9', shift: true, isAutoRepeat: true })
    press({ key: 'F9', shift: true, control: true })
    press({ key: 'F9', shift: true, type: 'keyUp' })
    expect(await state()).toBe('NORMAL')
    press({ key: 'F9' })
    expect(await state()).toBe('REDUCE_ONLY')
    await loosen()
    pick('Stop Adding Risk')
    expect(await state()).toBe('REDUCE_ONLY')
    await loosen()
  })

  it('is a hint of the system too, when it gets stricter and not when it is loosened', async () => {
    seen.notices.length = 0
    pick('Halt')
    await loosen()
    expect(seen.notices).toEqual([
      expect.objectContaining({ title: 'HALTED: nothing is sent except cancels', body: 'Halted from the menu.' }),
    ])
  })

  it('has a key in every program only where it is asked for', async () => {
    expect(seen.keys.size).toBe(0)
    expect(pick('Halt Key in Every Program').checked).toBe(true)
    const [act] = seen.keys.values()
    act?.()
    expect(await state()).toBe('HALTED')
    await loosen()
    expect(existsSync(join(dataDir, 'window', 'halt-key'))).toBe(true)
    seen.keys.clear()
    seen.keysTaken = true
    expect(pick('Halt Key in Every Program').checked).toBe(false)
  })
})

describe('an armed desk', { timeout: 120_000 }, () => {
  it('disarms on sleep, a locked screen and another user, asks before it is left, and stays by default', async () => {
    const { lastFour } = await liveBook()
    expect(tray().words).toBe('Ballast: LIVE, not armed, NORMAL')
    for (const [event, by] of [
      ['suspend', 'sleep'],
      ['lock-screen', 'screen-lock'],
      ['user-did-resign-active', 'user-switch'],
    ]) {
      await calls.market.typePrice({ symbol: 'COIN', price: '100' })
      await calls.state.arm({ lastFour, minutes: 5, windowId: 'w' })
      expect(tray().words).toBe('Ballast: LIVE, armed, NORMAL')
      powerMonitor.emit(event ?? '')
      expect((await calls.state.get()).arming).toMatchObject({ armed: false, by })
    }
    await calls.market.typePrice({ symbol: 'COIN', price: '100' })
    await calls.state.arm({ lastFour, minutes: 5, windowId: 'w' })
    seen.answer = 0
    app.quit()
    const preventDefault = vi.fn()
    window().emit('close', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(seen.quits).toBe(0)
    expect(seen.questions[0]).toMatchObject({ defaultId: 0, cancelId: 0, detail: 'Nothing is held. Leaving disarms.' })
    expect((await calls.state.get()).arming.armed).toBe(true)
    seen.answer = 1
    window().emit('close', { preventDefault: () => expect.unreachable('it may close now') })
    expect((await calls.state.get()).arming).toMatchObject({ armed: false, by: 'trader' })
  })

  it('disarms when the window that holds the arm is silent', async () => {
    await calls.market.typePrice({ symbol: 'COIN', price: '100' })
    await loosen()
    const lastFour = (await calls.account.get()).accountId.slice(-4)
    await calls.state.arm({ lastFour, minutes: 5, windowId: 'frozen' })
    await vi.waitFor(
      async () => expect((await calls.state.get()).arming).toMatchObject({ armed: false, by: 'window' }),
      { timeout: 10_000, interval: 200 },
    )
  })
})

describe('the tray', () => {
  it('tells paper, live and halted apart by shape', () => {
    const shapes = (['circle', 'triangle', 'bar'] as const).map((shape) => shapePixels(shape).toString('hex'))
    expect(new Set(shapes).size).toBe(3)
    expect(trayWords({ kind: 'live', state: 'HALTED', armed: false })).toBe('Ballast: LIVE, not armed, HALTED')
  })
})
