import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, type APIRequestContext } from '@playwright/test'

/** A desk host of its own data folder, for all tests of one worker. */
export interface Desk {
  readonly origin: string
  readonly dataDir: string
  readonly apiToken: string
  /** A fresh address that signs one browser in, once. */
  readonly newAddress: () => Promise<string>
}

interface OfTest {
  /** Signs the page in and opens a screen by its hash, such as `#/ticket`. */
  readonly openDesk: (hash?: string) => Promise<void>
  /** What the page complained about; a test with a complaint left in it at the end fails. */
  readonly complaints: string[]
  /** REST with the API token. */
  readonly api: APIRequestContext
}

/** Starts the built desk host on a data folder; resolves when it answers. */
export async function startDesk(
  dataDir: string,
  words: readonly string[] = ['--port', '0'],
): Promise<{ desk: Desk; process: ChildProcess }> {
  const host = spawn(process.execPath, ['out/main/desk.js', '--data-dir', dataDir, '--json-ready', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    host.once('exit', (code) => reject(new Error(`the desk host ended with code ${String(code)}`)))
    createInterface({ input: host.stdout }).once('line', (line) => {
      const { url: address, message } = JSON.parse(line) as { url?: string; message?: string }
      if (address === undefined) reject(new Error(message))
      else resolve(address)
    })
  })
  const { origin } = new URL(url)
  const apiToken = (await readFile(join(dataDir, 'api-token'), 'utf8')).trim()
  const newAddress = async (): Promise<string> => {
    const answer = await fetch(`${origin}/enter`, { method: 'POST', headers: { authorization: `Bearer ${apiToken}` } })
    return ((await answer.json()) as { url: string }).url
  }
  return { desk: { origin, dataDir, apiToken, newAddress }, process: host }
}

/** Ends a desk host as a person would, and resolves when it is gone. */
export async function endDesk(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return
  const gone = new Promise((resolve) => host.once('exit', resolve))
  host.kill('SIGTERM')
  await gone
}

/** Playwright's `test` with a desk to open. */
export const test = base.extend<OfTest, { desk: Desk }>({
  desk: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures asked for from this pattern
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'ballast-e2e-'))
      const { desk, process: host } = await startDesk(dataDir)
      await use(desk)
      await endDesk(host)
      await rm(dataDir, { recursive: true })
    },
    { scope: 'worker' },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        // A test that ends its own desk leaves a page that looks for it: that is what the page is for.
        if (/^WebSocket connection to .*ERR_CONNECTION_REFUSED/.test(message.text())) return
        if (message.type() === 'error' || /Content Security Policy|Trusted/.test(message.text()))
          complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await use(complaints)
      base.expect(complaints, 'the page complained').toEqual([])
    },
    { auto: true },
  ],
  openDesk: async ({ page, desk }, use) => {
    await use(async (hash = '') => {
      await page.goto(await desk.newAddress())
      if (hash !== '') await page.goto(`${desk.origin}/${hash}`)
    })
  },
  api: async ({ playwright, desk }, use) => {
    const api = await playwright.request.newContext({
      baseURL: desk.origin,
      extraHTTPHeaders: { authorization: `Bearer ${desk.apiToken}` },
    })
    await use(api)
    await api.dispose()
  },
})
export { expect } from '@playwright/test'
