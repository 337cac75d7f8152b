import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bridgeRoom, LOCAL } from './bridge-room.ts'
import type { TradingRoom } from './trading-room.ts'

const SCRIPT = 'resources/bridges/stdin-bridge.mjs'

interface Running {
  readonly child: ChildProcess
  readonly says: () => string
  readonly write: (line: string) => void
}

/** The example as a user runs it. */
async function run(room: TradingRoom): Promise<Running> {
  const { address } = (await room.calls.feed.status()).live
  const words = [SCRIPT, '--port', new URL(address ?? '').port, '--token-file', join(room.dataDir, 'feed-token')]
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'pipe'] })
  onTestFinished(() => void child.kill())
  let said = ''
  child.stderr.on('data', (words: Buffer) => (said += words.toString('utf8')))
  await expect.poll(() => said, { timeout: 10_000 }).toContain('connected')
  return { child, says: () => said, write: (line) => child.stdin.write(`${line}\n`) }
}

const live = async (room: TradingRoom) => (await room.calls.feed.status()).live

describe('the example bridge', () => {
  it('is shipped, and feeds a book from standard input', async () => {
    expect(existsSync(SCRIPT)).toBe(true)
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const bridge = await run(room)
    // The desk of the test has a clock of its own, which is the machine's from here on.
    for (let n = 0; n < 3; n += 1) {
      room.clock.now = Date.now()
      bridge.write(`AAPL, 100.5, 100.${70 + n}`)
      await expect.poll(async () => (await live(room)).quotes).toBe(n + 1)
    }
    const [quote] = (await room.calls.feed.status()).quotes
    expect(quote).toMatchObject({ symbol: 'AAPL', state: 'fresh', bid: '100.5', ask: '100.72' })
  })

  it('prints what cannot be used, of its input and of its quotes', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const bridge = await run(room)
    bridge.write('AAPL')
    await expect.poll(bridge.says).toContain('not sent, write SYMBOL,BID,ASK: AAPL')
    bridge.write('AAPL,1e5,2')
    await expect.poll(bridge.says).toMatch(/not used: quote\.bid is "1e5"/)
  })

  it('comes back by itself with the newest token, and ends with its input', async () => {
    const room = await bridgeRoom()
    await room.calls.feed.startLive(LOCAL)
    const { address } = await live(room)
    const { port } = new URL(address ?? '')
    const bridge = await run(room)
    await room.calls.feed.stopLive()
    await expect.poll(bridge.says).toContain('Ballast is gone: trying again in 1 s')
    await room.calls.feed.newToken()
    await room.calls.feed.startLive({ ...LOCAL, port: Number(port) })
    await expect.poll(async () => (await live(room)).state, { timeout: 10_000 }).toBe('open')
    bridge.child.stdin?.end()
    await expect.poll(() => bridge.child.exitCode).toBe(0)
    await expect.poll(async () => (await live(room)).state).toBe('lost')
  })
})
