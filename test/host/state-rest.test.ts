import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { Contract } from '../../src/contract/index.ts'
import { ballastJson } from '../cli/run-ballast.ts'
import { serveDesk, type ServedDesk } from '../../src/host/serve-desk.ts'
import { temporaryFolder } from '../store/temporary-shelf.ts'

const dataDir = temporaryFolder()
let served: ServedDesk
let authorization = ''

beforeAll(async () => {
  const words = ['book', 'create', 'Paper', '--equity', '100000', '--data-dir', dataDir]
  expect((await ballastJson(words)).exit).toBe(0)
  served = await serveDesk(dataDir, 0, import.meta.dirname)
  authorization = `Bearer ${readFileSync(join(dataDir, 'api-token'), 'utf8').trim()}`
}, 120_000)
afterAll(() => served.close())

const get = (path: string): Promise<Response> => fetch(`${served.origin}/api${path}`, { headers: { authorization } })
const post = (path: string, body: object): Promise<Response> =>
  fetch(`${served.origin}/api${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('the state over REST', { timeout: 60_000 }, () => {
  it('is told, and only ever restricted', async () => {
    expect(await (await get('/state')).json()).toMatchObject({ state: 'NORMAL', causes: [] })
    expect(await (await post('/state/reduce-only', { reason: 'r' })).json()).toMatchObject({ state: 'REDUCE_ONLY' })
    expect(await (await post('/state/lock', { minutes: 5 })).json()).toMatchObject({ state: 'LOCKED' })
    expect(await (await get('/limits/live')).json()).toMatchObject({ equity: '100000' })
    const description = (await (await get('/openapi.json')).json()) as { paths: Record<string, unknown> }
    expect(Object.keys(description.paths).filter((path) => path.startsWith('/state'))).toEqual([
      '/state',
      '/state/reduce-only',
      '/state/halt',
      '/state/lock',
      '/state/preflight',
    ])
    for (const path of ['/limits/history', '/orders', '/positions', '/broker', '/paper', '/backup', '/feed'])
      expect(Object.keys(description.paths), path).toContain(path)
    for (const path of ['/state/loosen', '/state/arm', '/state/disarm', '/state/extendArm'])
      expect((await post(path, { cause: 'reduce', reason: 'r' })).status, path).toBe(404)
  })

  it('tells orders, paper terms and limit history, and makes a backup', async () => {
    expect(await (await get('/orders?open=true&limit=5')).json()).toEqual([])
    expect(await (await get('/positions')).json()).toEqual([])
    expect(await (await get('/broker')).json()).toMatchObject({ id: 'paper' })
    expect(await (await get('/paper')).json()).toMatchObject({ liquidation: null })
    expect(await (await get('/limits/history?key=daily_loss&limit=3')).json()).toMatchObject({ key: 'daily_loss' })
    expect(await (await get('/backup')).json()).toMatchObject({ due: true })
    const made = (await (await post('/backup', {})).json()) as { file: string; due: boolean }
    expect(made.due).toBe(false)
    expect(existsSync(made.file)).toBe(true)
    const { checks } = (await (await get('/state/preflight')).json()) as { checks: { id: string; passed: boolean }[] }
    expect(checks.find(({ id }) => id === 'backup')?.passed).toBe(true)
    expect(checks.find(({ id }) => id === 'update')).toMatchObject({ passed: true })
  })

  it('is halted by a file that somebody else puts into the folder, without a call', async () => {
    writeFileSync(join(dataDir, 'HALT'), '')
    await vi.waitFor(async () => expect(await (await get('/state')).json()).toMatchObject({ state: 'HALTED' }), 5_000)
  })

  it('is halted by a call, and the file is there when it is answered', async () => {
    expect(await (await post('/state/halt', { reason: 'smoke' })).json()).toMatchObject({ state: 'HALTED' })
    expect(existsSync(join(dataDir, 'HALT'))).toBe(true)
  })

  it('is not loosened by a program on a socket, which shows the token and is no page', async () => {
    const open = (headers: Record<string, string>): ContractRouterClient<Contract> => {
      const socket = new WebSocket(`${served.origin.replace('http', 'ws')}/rpc`, { headers })
      return createORPCClient(new RPCLink({ websocket: socket as never }))
    }
    const program = open({ authorization })
    expect(await program.state.get()).toMatchObject({ state: 'HALTED' })
    await expect(program.state.loosen({ cause: 'halt', reason: 'r' })).rejects.toThrow(/not found/i)
    await expect(program.state.arm({ lastFour: '4471', minutes: 1, windowId: 'w' })).rejects.toThrow(/not found/i)
    const entered = await fetch(served.newAddress(), { redirect: 'manual' })
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const page = open({ cookie, origin: served.origin })
    await expect(page.state.loosen({ cause: 'nothing', reason: 'r' })).rejects.toThrow(/Nothing called/)
  })

  it('refuses a stranger', async () => {
    const { status } = await fetch(`${served.origin}/api/state/halt`, { method: 'POST', body: '{}' })
    expect(status).toBe(401)
  })
})
