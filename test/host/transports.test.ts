import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, safe, type ORPCError } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startHttpHost, type HttpHost } from '../../src/host/http-host.ts'
import { servePort } from '../../src/host/port-host.ts'
import { buildRouter } from '../../src/host/router.ts'
import { openWire } from '../../src/host/wire.ts'
import { pair } from '../support/electron.ts'
import {
  keepingLog,
  sampleContract,
  sampleDesk,
  sampleRestContract,
  type SampleContract,
} from '../support/sample-desk.ts'

type Client = ContractRouterClient<SampleContract>

const apiToken = 'a'.repeat(32)
const { desk, state } = sampleDesk()
const { log, lines } = keepingLog()
let host: HttpHost
const socketAddress = (): string => `${host.origin.replace('http', 'ws')}/rpc`
const openSocket = (headers: Record<string, string> = { authorization: `Bearer ${apiToken}` }): WebSocket =>
  new WebSocket(socketAddress(), { headers })

beforeAll(async () => {
  host = await startHttpHost({
    contract: sampleContract,
    restContract: sampleRestContract,
    desk,
    pageFolder: undefined,
    apiToken,
    version: '1',
    port: 0,
    log,
  })
})
afterAll(() => host.close())
afterEach(() => void lines.splice(0))

/** Each gives a client, a way to send bytes that are no call, and an end. */
const transports = {
  'a socket': async () => {
    const socket = openSocket()
    await new Promise((resolve) => socket.once('open', resolve))
    const client: Client = createORPCClient(new SocketLink({ websocket: socket as never }))
    return { client, send: (text: string) => socket.send(text), close: () => socket.close() }
  },
  'a message port': () => {
    const { port1, port2 } = new MessageChannel()
    servePort(openWire(buildRouter(sampleContract, desk, log), log), port1)
    port2.start()
    const client: Client = createORPCClient(new PortLink({ port: port2 }))
    return Promise.resolve({ client, send: (text: string) => port2.postMessage(text), close: () => port2.close() })
  },
  "Electron's message port": () => {
    const [mine, theirs] = pair()
    servePort(openWire(buildRouter(sampleContract, desk, log), log), theirs)
    mine.start()
    const client: Client = createORPCClient(new PortLink({ port: mine }))
    return Promise.resolve({ client, send: (text: string) => mine.postMessage(text), close: () => mine.close() })
  },
}

describe.each(Object.entries(transports))('over %s', (_name, open) => {
  let wire: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    wire = await open()
  })
  afterAll(() => wire.close())

  it('answers a call', async () => {
    expect(await wire.client.notes.get({ id: '7' })).toEqual({ id: '7', text: 'kept' })
  })

  it('refuses with the code, the sentence and the field', async () => {
    const { error, isDefined } = await safe(wire.client.notes.get({ id: 'gone' }))
    expect(isDefined).toBe(true)
    expect(error).toMatchObject({
      code: 'REFUSED',
      status: 422,
      data: { code: 'NOTE_GONE', says: 'That note is gone; pick another.', field: 'id' },
    })
  })

  it('refuses an input that does not fit, naming the path', async () => {
    const { error } = await safe(wire.client.notes.save({ id: '1', text: 5 } as never))
    expect(error).toMatchObject({ code: 'BAD_REQUEST', data: { issues: [{ path: ['text'] }] } })
  })

  it.each(['crash', 'lie'] as const)('keeps the inside of a %s to the log', async (fault) => {
    const { error } = await safe<unknown, ORPCError<string, unknown>>(wire.client.faults[fault]() as never)
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(error)).not.toMatch(/secret|expected|stack/)
    expect(lines).toHaveLength(1)
  })

  it('keeps the inside of a stream that crashes to the log', async () => {
    const stream = await wire.client.faults.crashLate()
    const drain = async (): Promise<void> => {
      while ((await stream.next()).done !== true) continue
    }
    const failure = await drain().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(failure)).not.toContain('secret')
    expect(lines.join()).toContain('faults.crashLate')
  })

  it('streams, and leaving the loop ends the desk side', async () => {
    const seen: number[] = []
    for await (const { n } of await wire.client.notes.watch({ most: 1000 })) {
      seen.push(n)
      if (seen.length === 3) break
    }
    expect(seen).toEqual([1, 2, 3])
    await expect.poll(() => state.openStreams).toBe(0)
  })

  it('carries ten streams and a call at once', async () => {
    const streams = await Promise.all(Array.from({ length: 10 }, () => wire.client.notes.watch({ most: 1000 })))
    await Promise.all(streams.map((stream) => stream.next()))
    expect(await wire.client.notes.get({ id: '1' })).toEqual({ id: '1', text: 'kept' })
    await Promise.all(streams.map((stream) => stream.return(undefined)))
    await expect.poll(() => state.openStreams).toBe(0)
  })

  it('takes a file where the call carries one', async () => {
    expect(await wire.client.imports.inspect({ text: 'x'.repeat(3 * 2 ** 20) })).toEqual({ length: 3 * 2 ** 20 })
  })

  it('lives on after messages that are no calls', async () => {
    const before = state.saved
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '0',
      '{}',
      '{"i":1}',
      '{"i":1,"p":{}}',
      '{"i":1,"p":{"u":7}}',
      '{"i":"1","p":{"u":"http://["}}',
      '{"i":1,"t":9,"p":null}',
      '{"i":1,"p":{"u":"/notes/save","b":null}}',
      '{"i":1,"p":{"u":"/__proto__/x","b":{}}}',
      '{"i":1,"p":{"u":"/notes/constructor","b":{}}}',
      '['.repeat(10_000),
    ]) {
      wire.send(text)
    }
    expect(await wire.client.notes.get({ id: '8' })).toEqual({ id: '8', text: 'kept' })
    expect(state.saved).toBe(before)
    expect(lines.length).toBeGreaterThan(10)
  })

  it('ends its streams when the connection closes', async () => {
    const other = await open()
    const stream = await other.client.notes.watch({ most: 1000 })
    await stream.next()
    expect(state.openStreams).toBe(1)
    other.close()
    await expect.poll(() => state.openStreams).toBe(0)
  })
})

describe('a socket', () => {
  const outcome = (socket: WebSocket): Promise<string> =>
    new Promise((resolve) => {
      socket.once('open', () => {
        socket.close()
        resolve('open')
      })
      socket.once('error', (error) => resolve(/\d{3}/.exec(error.message)?.[0] ?? error.message))
    })

  it.each([
    ['no token', {}, '401'],
    ['a wrong token', { authorization: 'Bearer no' }, '401'],
    ['a foreign origin', { authorization: `Bearer ${apiToken}`, origin: 'http://evil.example' }, '403'],
    ['a foreign host', { authorization: `Bearer ${apiToken}`, host: 'evil.example' }, '421'],
    ['the token', { authorization: `Bearer ${apiToken}` }, 'open'],
  ])('is answered by %s as it should be', async (_case, headers, expected) => {
    expect(await outcome(openSocket(headers))).toBe(expected)
  })

  it('opens for a session only from our own page', async () => {
    const first = await fetch(host.newAddress(), { redirect: 'manual' })
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await outcome(openSocket({ cookie, origin: host.origin }))).toBe('open')
    expect(await outcome(openSocket({ cookie }))).toBe('401')
    expect(await outcome(openSocket({ cookie, origin: 'http://127.0.0.1:1' }))).toBe('403')
  })

  it('is served at /rpc alone', async () => {
    expect(
      await outcome(new WebSocket(`${socketAddress()}x`, { headers: { authorization: `Bearer ${apiToken}` } })),
    ).toBe('404')
  })

  it('closes on a message larger than its call takes', async () => {
    const socket = openSocket()
    await new Promise((resolve) => socket.once('open', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.send(
      JSON.stringify({ i: '1', p: { u: '/notes/save', b: { json: { id: '1', text: 'x'.repeat(2 ** 20) } } } }),
    )
    expect(await closed).toBe(1009)
  })
})

it('will not start when the desk lacks a call of the contract', () => {
  expect(() => buildRouter(sampleContract, { ...desk, imports: {} }, log)).toThrow('imports.inspect')
})
