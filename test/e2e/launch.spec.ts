import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endDesk, expect, startDesk, test } from './fixtures.ts'

test('the printed address opens the workstation once, and the browser stays signed in', async ({
  page,
  desk,
  browser,
}) => {
  const address = await desk.newAddress()
  await page.goto(address)
  expect(page.url()).toMatch(new RegExp(`^${desk.origin}/(#.*)?$`))
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('navigation').first()).toBeVisible()

  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  expect((await other.goto(address))?.status()).toBe(401)
  await expect(other.getByRole('heading')).toHaveText('This address was used already')
  expect((await other.goto(desk.origin))?.status()).toBe(401)
  await stranger.close()
})

test('the page keeps to its policy: no inline code, no markup from text', async ({ page, openDesk, complaints }) => {
  await openDesk()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  expect(complaints).toEqual([])
  const blocked = await page.evaluate(() => {
    try {
      document.body.insertAdjacentHTML('beforeend', '<b>x</b>')
      return false
    } catch {
      return true
    }
  })
  expect(blocked).toBe(true)
  expect(complaints.splice(0).join()).toMatch(/Trusted/)
})

test('the page uses one socket and asks the host for nothing but its files', async ({ page, openDesk, desk }) => {
  const sockets: string[] = []
  const foreign: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${desk.origin}/`)) foreign.push(request.url())
  })
  await openDesk()
  await expect.poll(() => sockets).toEqual([`${desk.origin.replace('http', 'ws')}/rpc`])
  expect(foreign).toEqual([])
})

test('REST answers with the token and describes itself', async ({ api, desk, request }) => {
  expect((await api.get('/api/system')).status()).toBe(200)
  const document = (await (await api.get('/api/openapi.json')).json()) as { paths: object }
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/portfolio/limits', '/size', '/decisions', '/decisions/{decisionId}']),
  )
  expect((await request.get(`${desk.origin}/api/system`)).status()).toBe(401)
})

test('a second desk host on the same books is refused with a sentence', async ({ desk }) => {
  await expect(startDesk(desk.dataDir)).rejects.toThrow('choose another folder with --data-dir')
})

test('a taken port is refused with a sentence, and the folder stays free', async ({ desk }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-e2e-'))
  await expect(startDesk(dataDir, ['--port', new URL(desk.origin).port])).rejects.toThrow('is taken by another program')
  const second = await startDesk(dataDir)
  await endDesk(second.process)
  expect(second.process.exitCode).toBe(0)
  await rm(dataDir, { recursive: true })
})

test('two starts at once: one serves, the other gives its address and ends', async () => {
  // Two whole starts of npm on a busy machine.
  test.setTimeout(240_000)
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-e2e-'))
  const starts = [1, 2].map(() => npmStart(dataDir))
  // Listened for from the start: the one that only tells the address may have ended before the other tells its own.
  const ends = starts.map((start) => new Promise((end) => start.once('exit', end)))
  const addresses = await Promise.all(starts.map((start) => firstLine(start)))
  expect(new Set(addresses.map((address) => new URL(address).origin)).size).toBe(1)
  expect(new Set(addresses).size).toBe(2)
  for (const address of addresses) expect((await fetch(address, { redirect: 'manual' })).status).toBe(303)
  expect(await Promise.race(ends)).toBe(0)
  const { pid } = JSON.parse(await readFile(join(dataDir, 'open.json'), 'utf8')) as { pid: number }
  process.kill(pid, 'SIGTERM')
  expect(await Promise.all(ends)).toEqual([0, 0])
  await rm(dataDir, { recursive: true })
})

function npmStart(dataDir: string): ChildProcess {
  const words = ['electron/launch.mjs', 'start', '--host', 'desk', '--no-open', '--port', '0', '--data-dir', dataDir]
  return spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
}

function firstLine(start: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    start.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    start.once('error', reject)
  })
}
