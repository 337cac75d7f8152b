import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Contract } from '../../src/contract/index.ts'
import { app, ipcMain, pair, seen, StandInContents, type StandInPort } from '../support/electron.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ballast-window-'))
const words = process.argv
const page = vi.hoisted(() => ({ folder: '' }))
vi.mock('../../src/host/page-files.ts', async (original) => {
  const actual = await original<typeof import('../../src/host/page-files.ts')>()
  return { ...actual, readPageFiles: () => actual.readPageFiles(page.folder) }
})

beforeAll(async () => {
  page.folder = join(dataDir, 'page')
  mkdirSync(join(page.folder, 'assets'), { recursive: true })
  writeFileSync(join(page.folder, 'index.html'), '<!doctype html><title>Ballast</title>')
  writeFileSync(join(page.folder, 'assets', 'app.js'), 'export {}')
  writeFileSync(join(dataDir, 'secret.txt'), 'secret')
  process.argv = [...words, '--data-dir', dataDir]
  await import('../../electron/main.ts')
  await vi.waitFor(() => expect([seen.windows.length, ...seen.errors]).toEqual([1]))
})
afterAll(() => {
  process.argv = words
  rmSync(dataDir, { recursive: true })
})

const window = () => seen.windows[0] ?? expect.unreachable('there is a window')
const frame = (url = 'app://desk/index.html', parent: object | null = null) => ({ url, parent })
const handOver = (ports: StandInPort[], senderFrame: object | null = frame(), id = window().webContents.id): void =>
  void ipcMain.emit('desk:connect', { ports, senderFrame, sender: { id } })
const fetchPage = async (url: string, init?: RequestInit): Promise<Response> => {
  const handler = seen.protocols.get('app') ?? expect.unreachable('app: is served')
  return handler(new Request(url, init))
}

describe('the window', () => {
  it('is locked down, and so is every process before it starts', () => {
    expect(seen.sandboxed).toBe(true)
    expect(window().options['webPreferences']).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
  })

  it('shows our own page and nothing else', () => {
    expect(window().address).toBe('app://desk/index.html')
    expect(window().webContents.openHandler?.()).toEqual({ action: 'deny' })
    for (const move of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'app://desk.evil/',
        'app://other/',
        'javascript:0',
      ]) {
        const preventDefault = vi.fn()
        window().webContents.emit(move, { url, preventDefault })
        expect(preventDefault, `${move} ${url}`).toHaveBeenCalledOnce()
      }
      const preventDefault = vi.fn()
      window().webContents.emit(move, { url: 'app://desk/index.html#/desk', preventDefault })
      expect(preventDefault).not.toHaveBeenCalled()
    }
    const preventDefault = vi.fn()
    window().webContents.emit('will-attach-webview', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })

  it('is the only kind of page there may be', () => {
    const closed = ['window', 'webview', 'browserView', 'offscreen', 'backgroundPage'].map((type) => {
      const contents = Object.assign(new StandInContents(), { type })
      app.emit('web-contents-created', {}, contents)
      return contents.closed
    })
    expect(closed).toEqual([false, true, true, true, true])
  })

  it('is refused every permission, device and capture', () => {
    const grants: unknown[] = []
    const grant = (answer: unknown): unknown => grants.push(answer)
    seen.permissions['PermissionRequest']?.(...([{}, 'media', grant] as never[]))
    seen.permissions['DisplayMediaRequest']?.(...([{}, grant] as never[]))
    expect(grants).toEqual([false, {}])
    expect(seen.permissions['PermissionCheck']?.()).toBe(false)
    expect(seen.permissions['DevicePermission']?.()).toBe(false)
  })

  it('is reloaded when its page crashes, but not for ever', () => {
    for (let crash = 1; crash <= 4; crash++) window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(window().webContents.reloads).toBe(3)
    expect(seen.errors.splice(0)).toEqual([expect.stringContaining('Your books are safe')])
  })

  it('comes to the front when Ballast is started again', () => {
    app.emit('second-instance')
    expect(window().focused).toBe(1)
    expect(seen.windows).toHaveLength(1)
  })
})

describe('app://', () => {
  it('is a scheme like https', () => {
    expect(seen.schemes).toEqual([
      { scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) as object },
    ])
  })

  it('gives the page with its policy', async () => {
    const answer = await fetchPage('app://desk/index.html')
    expect(await answer.text()).toContain('Ballast')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await fetchPage('app://desk/assets/app.js')).headers.get('content-type')).toContain('javascript')
  })

  it.each([
    'app://desk/../secret.txt',
    'app://desk/..%2fsecret.txt',
    'app://desk/%2e%2e/secret.txt',
    'app://desk//etc/passwd',
    'app://other/index.html',
    'app://desk/assets',
    'app://desk/nothing.js',
  ])('has nothing at %s', async (url) => expect((await fetchPage(url)).status).toBe(404))

  it('answers to GET alone', async () => {
    expect((await fetchPage('app://desk/index.html', { method: 'POST' })).status).toBe(405)
  })
})

describe('a port', () => {
  it('from our page is served by the desk', async () => {
    const [mine, theirs] = pair()
    handOver([theirs])
    mine.start()
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: mine }))
    expect(await client.system.info()).toMatchObject({ host: 'electron', pid: process.pid })
    mine.close()
  })

  it.each<[string, object | null, number?]>([
    ['another site', frame('https://evil.example/')],
    ['a host that begins like ours', frame('app://desk.evil/')],
    ['a frame inside our page', frame('app://desk/index.html', {})],
    ['a frame that is gone', null],
    ['another window', frame(), 999],
  ])('from %s is closed', (_case, senderFrame, id) => {
    const [, theirs] = pair()
    handOver([theirs], senderFrame, id)
    expect(theirs.closed).toBe(true)
  })

  it('is alone: two at once are closed', () => {
    const [one, two] = pair()
    handOver([one, two])
    expect([one.closed, two.closed]).toEqual([true, true])
  })

  it('arrives on the only channel there is', () => expect(ipcMain.eventNames()).toEqual(['desk:connect']))
})

describe('the menu', () => {
  const items = () => seen.menu.flatMap(({ submenu }) => submenu ?? []).filter(({ type }) => type !== 'separator')

  it('has every screen, the palette, the panes and the keys, each with its key', () => {
    const ours = items().filter(({ click }) => click !== undefined)
    expect(ours.map(({ label }) => label)).toEqual([
      'Import…',
      'Ticket',
      'Desk',
      'Audit',
      'Settings',
      'Commands…',
      'Next Pane',
      'Previous Pane',
      'Stop Adding Risk',
      'Halt',
      'Halt Key in Every Program',
      'Notices of Limits',
      'Keys',
    ])
    for (const { accelerator } of ours) expect(accelerator).toBeTruthy()
    const keys = ours.map(({ accelerator }) => accelerator)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('presses the key in the page', () => {
    items()
      .find(({ label }) => label === 'Previous Pane')
      ?.click?.({ checked: false })
    items()
      .find(({ label }) => label === 'Desk')
      ?.click?.({ checked: false })
    expect(window().webContents.inputs).toEqual(
      [
        { keyCode: 'F6', modifiers: ['shift'] },
        { keyCode: '2', modifiers: [process.platform === 'darwin' ? 'meta' : 'control'] },
      ].flatMap((input) => [
        { type: 'keyDown', ...input },
        { type: 'keyUp', ...input },
      ]),
    )
  })

  it('has no tools for developers in a packaged program', () => {
    expect(items().filter(({ role }) => role === 'toggleDevTools' || role === 'reload')).toEqual([])
  })
})

describe('the end', () => {
  it('keeps where the window was, closes the books and frees the folder', () => {
    expect(existsSync(join(dataDir, 'open.json'))).toBe(true)
    window().setBounds({ x: 10, y: 20, width: 900, height: 700 })
    window().emit('close')
    app.emit('window-all-closed')
    expect(seen.quits).toBe(1)
    expect(existsSync(join(dataDir, 'open.json'))).toBe(false)
    expect(JSON.parse(readFileSync(join(dataDir, 'window', 'state.json'), 'utf8'))).toEqual({
      bounds: { x: 10, y: 20, width: 900, height: 700 },
      maximized: false,
    })
  })
})
