import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, restContract } from '../../src/contract/index.ts'
import { feedTokenOf } from '../../src/host/feed-token.ts'
import { startHttpHost, type HttpHost } from '../../src/host/http-host.ts'
import { paperRoom, share, type TradingRoom } from '../desk/trading-room.ts'
import { keepingLog } from '../support/sample-desk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TOKEN = 'a'.repeat(32)
let room: TradingRoom
let host: HttpHost

beforeAll(async () => {
  room = await paperRoom()
  await room.calls.market.saveInstrument(share('AAPL'))
  const served = { contract, restContract, desk: room.desk, pageFolder: undefined, apiToken: TOKEN, version: '1' }
  host = await startHttpHost({ ...served, port: 0, log: keepingLog().log })
})
afterAll(async () => {
  await host.close()
  room.workspace.close()
})

async function ask(path: string, body?: object): Promise<{ status: number; json: unknown }> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const asked = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(`${host.origin}/api/feed${path}`, asked)
  return { status: answer.status, json: (await answer.json()) as unknown }
}

describe('feeds over REST', () => {
  it('are listed, started, told and stopped', async () => {
    expect((await ask('/sources')).json).toMatchObject([{ feed: 'local-socket' }, { feed: 'exchange' }])
    const started = await ask('/start', { feed: 'local-socket', port: 0, ttl: 5_000 })
    expect(started).toMatchObject({ status: 200, json: { state: 'waiting' } })
    expect((await ask('')).json).toMatchObject({ source: 'local-socket', live: { settings: { ttl: 5_000 } } })
    expect((await ask('/stop', {})).json).toMatchObject({ state: 'off' })
    expect((await ask('')).json).toMatchObject({ source: 'none' })
  })

  it('take typed quotes, and refuse with code and field', async () => {
    const quote = { symbol: 'AAPL', bid: '100', ask: '100.1' }
    expect(await ask('/quotes', quote)).toMatchObject({ status: 200, json: { state: 'fresh', source: 'typed' } })
    const refused = await ask('/quotes', { ...quote, bid: '101' })
    expect(refused).toMatchObject({ status: 422, json: { data: { code: 'QUOTE_CROSSED', field: 'bid' } } })
    expect((await ask('/start', { feed: 'local-socket', port: 70_000, ttl: 5_000 })).status).toBe(400)
  })

  it('never tell the token of bridges', async () => {
    expect((await ask('/token', {})).status).toBe(404)
    expect(JSON.stringify((await ask('')).json)).not.toContain(feedTokenOf(room.dataDir).current())
  })
})

describe('the token of bridges', () => {
  it('is made once, read by its owner alone, and another one once it is renewed', () => {
    const folder = temporaryFolder()
    const token = feedTokenOf(folder)
    const first = token.current()
    expect(first.length).toBeGreaterThanOrEqual(32)
    expect(feedTokenOf(folder).current()).toBe(first)
    const second = token.renew()
    expect(second).not.toBe(first)
    expect(readFileSync(join(folder, 'feed-token'), 'utf8')).toBe(`${second}\n`)
    expect(statSync(join(folder, 'feed-token')).mode & 0o077).toBe(0)
  })
})
