import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { contract, restContract, type ContractClient } from '../../src/contract/index.ts'
import type { RunInput } from '../../src/contract/simulation/input.ts'
import { startHttpHost, type HttpHost } from '../../src/host/http-host.ts'
import { servePort } from '../../src/host/port-host.ts'
import { buildRouter } from '../../src/host/router.ts'
import { openWire } from '../../src/host/wire.ts'
import { resultOf, simulatingRoom, type SimulatingRoom } from '../desk/simulating-room.ts'
import { keepingLog } from '../support/sample-desk.ts'

const TOKEN = 'a'.repeat(32)
const RUN = {
  model: { kind: 'winloss', p: 0.55, b: 1.2 },
  staking: { method: 'fixed_fraction', fraction: 0.02 },
  paths: 3_001,
  trades: 40,
  seed: 9,
} as const satisfies RunInput
const LONG = { ...RUN, paths: 2_000_000, trades: 2_000 }

let room: SimulatingRoom
let host: HttpHost
beforeAll(async () => {
  room = await simulatingRoom({ workers: 1 }, 'sample')
  const { log } = keepingLog()
  const { desk } = room
  host = await startHttpHost({
    contract,
    restContract,
    desk,
    pageFolder: undefined,
    apiToken: TOKEN,
    version: '1',
    port: 0,
    log,
  })
})
afterAll(async () => {
  await host.close()
  await room.close()
})

const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
async function post(path: string, body: unknown): Promise<{ status: number; answer: Record<string, unknown> }> {
  const answer = await fetch(`${host.origin}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, answer: (await answer.json()) as Record<string, unknown> }
}
function socketClient(): { client: ContractClient; socket: WebSocket } {
  const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc`, { headers })
  return { client: createORPCClient(new SocketLink({ websocket: socket as never })), socket }
}
function portClient(): { client: ContractClient; close: () => void } {
  const { log } = keepingLog()
  const { port1, port2 } = new MessageChannel()
  servePort(openWire(buildRouter(contract, room.desk, log), log), port1)
  port2.start()
  return { client: createORPCClient(new PortLink({ port: port2 })), close: () => port2.close() }
}

describe('a simulation', () => {
  it('has the same digest over a socket, a message port and REST', async () => {
    const { client, socket } = socketClient()
    const port = portClient()
    const digests = [
      (await resultOf(client.simulation.run(RUN))).digest,
      (await resultOf(port.client.simulation.run(RUN))).digest,
      (await post('/simulation/run', RUN)).answer['digest'],
    ]
    socket.close()
    port.close()
    expect([...new Set(digests)]).toEqual([(await room.calls.simulation.runOnce(RUN)).digest])
  })

  it.each(['a closed page', 'a closed window', 'an aborted call', 'a stream that is left'])(
    'ends with %s, and nothing of it is kept',
    async (how) => {
      const before = room.ends.length
      const { client, socket } = socketClient()
      const port = portClient()
      const stop = new AbortController()
      const through = how === 'a closed window' ? port.client : client
      const follow = async (): Promise<void> => {
        const stream = await through.simulation.run({ ...LONG, record: true }, { signal: stop.signal })
        for await (const { kind } of stream) {
          expect(kind).toBe('progress')
          if (how === 'a closed page') socket.terminate()
          else if (how === 'a closed window') port.close()
          else if (how === 'an aborted call') stop.abort()
          else break
        }
      }
      // A connection that is gone may leave its reader without an end: only what the desk did counts.
      void follow().catch(() => undefined)
      await expect.poll(() => room.ends.length, { timeout: 20_000 }).toBe(before + 1)
      expect(await room.ends[before]).toMatchObject({ ok: false, error: { code: 'CANCELLED' } })
      expect(await room.calls.simulation.records()).toEqual([])
      socket.terminate()
      port.close()
    },
  )
})

describe('REST', () => {
  it('answers runs, curves, odds and the lab', async () => {
    const curve = await post('/simulation/curve', { ...RUN, staking: undefined, points: 4 })
    expect(curve.answer['points']).toHaveLength(4)
    const odds = await post('/simulation/prop-firm', {
      programId: 'ftmo-2-step',
      initial: '100000',
      riskPerTrade: 0.01,
      paths: 100,
    })
    expect(odds).toMatchObject({ status: 200, answer: { programId: 'ftmo-2-step' } })
    const lab = await post('/simulation/lab', { on: { from: 'example', skill: 0, days: 30 } })
    expect(lab).toMatchObject({ status: 200, answer: { periods: 30 } })
  })

  it('refuses with the field and a sentence', async () => {
    const broken = await post('/simulation/run', { ...RUN, model: { kind: 'bootstrap', returns: [1, 'NaN', -1] } })
    expect(broken).toMatchObject({ status: 422, answer: { data: { field: 'model.returns[1]' } } })
    const gap = await post('/simulation/run', { ...RUN, model: { kind: 'bootstrap', returns: [1, null, -1] } })
    expect(gap).toMatchObject({ status: 422, answer: { data: { code: 'INPUT_MISSING' } } })
  })

  it('describes them', async () => {
    const document = (await (await fetch(`${host.origin}/api/openapi.json`, { headers })).json()) as { paths: object }
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/simulation/run', '/simulation/curve', '/simulation/prop-firm', '/simulation/lab']),
    )
  })
})
