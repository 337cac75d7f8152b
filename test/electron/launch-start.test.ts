import { createServer } from 'node:http'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasDisplay, installedChromium } from '../../electron/launch/browser.mjs'
import { startOf } from '../../electron/launch/lock.mjs'
import { readStartOptions } from '../../electron/launch/options.mjs'
import { dataDirOf, defaultDataDir } from '../../electron/launch/place.mjs'
import { whoHasOpen } from '../../electron/launch/running.mjs'
import { electronBinary, runWindow } from '../../electron/launch/window.mjs'
import { defaultDataDir as hostDataDir } from '../../src/host/data-dir.ts'
import { addFiles, temporaryFolder } from '../support/temporary-folder.ts'

const mine = { pid: process.pid, started: startOf(process.pid) }

describe('what was asked for', () => {
  it('is read with or without an equals sign', () => {
    const asked = { dataDir: '/books', port: 8080, open: false, host: 'desk' }
    expect(readStartOptions(['--data-dir', '/books', '--port', '8080', '--no-open', '--host', 'desk'])).toEqual(asked)
    expect(readStartOptions(['--data-dir=/books', '--port=8080', '--no-open', '--host=desk'])).toEqual(asked)
  })

  it('is a window on the usual folder when nothing is', () => {
    expect(readStartOptions([])).toEqual({ dataDir: defaultDataDir(), port: undefined, open: true, host: 'window' })
  })

  it.each([
    [['--port', 'x'], '--port is «x»'],
    [['--port', '65536'], '--port is «65536»'],
    [['--port'], '--port needs a value'],
    [['--host', 'tv'], '--host is «tv»'],
    [['--data-dri', 'x'], '«--data-dri» is not an option'],
    [['books'], '«books» is not an option'],
    [['--no-open=1'], '«--no-open» is not an option'],
  ])('is refused with a sentence: %o', (words, sentence) => expect(() => readStartOptions(words)).toThrow(sentence))

  it('is not lost when npm kept it for itself', () => {
    const environment = { npm_lifecycle_event: 'start', npm_config_data_dir: '/books' }
    expect(() => readStartOptions([], 'start', environment)).toThrow('npm run start -- --data-dir ~/books')
  })
})

describe('the folder of books', () => {
  it('is the same for the launcher and the hosts, on every system', () => {
    for (const [environment, platform] of [
      [{ XDG_DATA_HOME: '/x' }, 'linux'],
      [{ XDG_DATA_HOME: 'relative' }, 'linux'],
      [{}, 'linux'],
      [{}, 'darwin'],
      [{ APPDATA: '/roaming' }, 'win32'],
      [{}, 'win32'],
    ] as const) {
      expect(defaultDataDir(environment, platform)).toBe(hostDataDir(environment, platform))
    }
    expect(defaultDataDir({ XDG_DATA_HOME: '/x' }, 'linux')).toBe('/x/ballast')
    expect(defaultDataDir({ XDG_DATA_HOME: 'relative' }, 'linux')).toMatch(/\/\.local\/share\/ballast$/)
  })

  it('is meant from where the user stands', () => {
    expect(dataDirOf('books', 'start')).toBe(join(process.cwd(), 'books'))
  })
})

describe('a folder that is open already', () => {
  const serve = async (answer: { status: number; body: string }): Promise<string> => {
    const server = createServer((request, response) => {
      const welcome =
        request.url === '/enter' && request.method === 'POST' && request.headers.authorization === 'Bearer secret'
      response.writeHead(welcome ? answer.status : 401).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${String((server.address() as { port: number }).port)}`
  }

  it('is open to nobody when nothing says so, or when who said so is gone', async () => {
    expect(await whoHasOpen(temporaryFolder())).toBeUndefined()
    expect(
      await whoHasOpen(temporaryFolder({ 'open.json': { pid: process.pid, started: 'earlier', kind: 'desk' } })),
    ).toBeUndefined()
    expect(await whoHasOpen(temporaryFolder({ 'open.json': '{' }))).toBeUndefined()
  })

  it('gives a fresh address when its desk host answers', async () => {
    const url = await serve({ status: 200, body: '{"url":"http://fresh/"}' })
    const folder = temporaryFolder({ 'open.json': { ...mine, kind: 'desk', url }, 'api-token': 'secret\n' })
    expect(await whoHasOpen(folder)).toEqual({ pid: process.pid, kind: 'desk', address: 'http://fresh/' })
  })

  it('gives none when another program answers at its port, or nobody does', async () => {
    const url = await serve({ status: 500, body: '' })
    for (const at of [url, 'http://127.0.0.1:9']) {
      const folder = temporaryFolder({ 'open.json': { ...mine, kind: 'desk', url: at }, 'api-token': 'secret' })
      expect(await whoHasOpen(folder)).toEqual({ pid: process.pid, kind: 'desk', address: undefined })
    }
  })

  it('is known to be open in a window', async () => {
    expect(await whoHasOpen(temporaryFolder({ 'open.json': { ...mine, kind: 'window' } }))).toMatchObject({
      kind: 'window',
    })
  })
})

describe('the window', () => {
  const script = (text: string): string => {
    const folder = temporaryFolder({ run: `#!/bin/sh\n${text}\n` })
    chmodSync(join(folder, 'run'), 0o755)
    return join(folder, 'run')
  }

  it('that dies within seconds is a reason to use the desk host', async () => {
    expect(await runWindow(script('exit 3'), [])).toEqual({
      why: expect.stringMatching(/^its window ended after \d\.\d s with code 3$/) as string,
    })
    expect(await runWindow(script('kill -9 $$'), [])).toEqual({ why: expect.stringContaining('code 137') as string })
  })

  it('that was closed, or lived, ends the start with its code', async () => {
    expect(await runWindow(script('exit 0'), [])).toEqual({ code: 0 })
    expect(await runWindow(script('sleep 0.2; exit 3'), [], 100)).toEqual({ code: 3 })
  })

  it('has a binary only when it is whole and of the locked version', () => {
    const folder = temporaryFolder({ 'package.json': { version: '45.3.4' } })
    expect(electronBinary(folder, undefined)).toBeUndefined()
    addFiles(folder, { 'path.txt': 'electron', 'dist/electron': '', 'dist/version': '45.3.3' })
    expect(electronBinary(folder, undefined)).toBeUndefined()
    addFiles(folder, { 'dist/version': 'v45.3.4' })
    expect(electronBinary(folder, undefined)).toBe(join(folder, 'dist', 'electron'))
  })
})

describe('the browser', () => {
  it('needs a display on Linux', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })

  it.runIf(process.platform === 'linux')('is the first of the Chromium family on the machine', () => {
    const has =
      (...paths: string[]) =>
      (path: unknown): boolean =>
        paths.includes(String(path))
    expect(installedChromium(has('/usr/bin/google-chrome', '/opt/x/chromium'), { PATH: '/opt/x' })).toBe(
      '/opt/x/chromium',
    )
    expect(installedChromium(has('/usr/bin/firefox'), { PATH: '/usr/bin' })).toBeUndefined()
  })
})
