import { once } from 'node:events'
import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import { feeds } from '../../src/feeds/registry.ts'
import type { FeedEvent, LiveFeed } from '../../src/desk/feed/ports.ts'
import { malformed, seeded } from '../faults/hostile-payloads.ts'

const TOKEN = 'a-token-of-the-test-0123456789'
const GOOD = { symbol: 'ACME', bid: '1.5', ask: '1.6', at: 1_794_841_200_000 }
const open: LiveFeed[] = []
const bridges: WebSocket[] = []

afterEach(() => {
  for (const bridge of bridges.splice(0)) bridge.terminate()
  for (const feed of open.splice(0)) feed.stop()
})

async function begin(): Promise<{ port: number; told: FeedEvent[]; until: (count: number) => Promise<void> }> {
  const feed = feeds['local-socket'].connect({ port: 0, token: TOKEN })
  open.push(feed)
  const told: FeedEvent[] = []
  let wake = (): void => undefined
  feed.start((event) => {
    told.push(event)
    wake()
  })
  const until = async (count: number): Promise<void> => {
    while (told.length < count) await new Promise<void>((resolve) => (wake = resolve))
  }
  const opened = await feed.opening()
  return { port: opened.ok ? Number(new URL(opened.value).port) : 0, told, until }
}

function bridgeTo(port: number, options: ClientOptions = { headers: { authorization: `Bearer ${TOKEN}` } }): WebSocket {
  const bridge = new WebSocket(`ws://127.0.0.1:${port}`, options)
  bridges.push(bridge)
  return bridge
}

/** What a careless program would send: members JSON cannot carry are left out. */
function asText(payload: unknown): string {
  const text = JSON.stringify(payload, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) as
    string | undefined
  return text ?? 'undefined'
}

describe('the local feed', () => {
  it('takes one quote or a list, in order', async () => {
    const { port, told, until } = await begin()
    const bridge = bridgeTo(port)
    await once(bridge, 'open')
    bridge.send(JSON.stringify(GOOD))
    bridge.send(
      JSON.stringify([
        { ...GOOD, bid: '1.51' },
        { ...GOOD, bid: '1.52' },
      ]),
    )
    await until(5)
    expect(told.slice(0, 2).map((event) => (event.kind === 'status' ? event.status : event.kind))).toEqual([
      'waiting',
      'open',
    ])
    expect(told.slice(2).map((event) => (event.kind === 'quote' ? event.quote.bid : event.kind))).toEqual([
      '1.5',
      '1.51',
      '1.52',
    ])
    bridge.close()
    await until(6)
    expect(told.at(-1)).toMatchObject({ kind: 'status', status: 'closed' })
  })

  it('names what it cannot read to the sender and to the desk, and reads on', async () => {
    const { port, told, until } = await begin()
    const bridge = bridgeTo(port)
    const answers: string[] = []
    bridge.on('message', (raw: Buffer) => answers.push(raw.toString('utf8')))
    await once(bridge, 'open')
    const bad = [
      '',
      '{',
      'null',
      '[null]',
      '"x"',
      JSON.stringify({ ...GOOD, bid: 1.5 }),
      JSON.stringify(Array(1_001).fill(GOOD)),
    ]
    for (const message of bad) bridge.send(message)
    bridge.send(Buffer.from([1, 2, 3]))
    bridge.send(JSON.stringify([{ ...GOOD, at: 'now' }, GOOD]))
    await until(2 + bad.length + 3)
    const kinds = told.slice(2).map(({ kind }) => kind)
    expect(kinds).toEqual([...Array<string>(bad.length + 2).fill('fault'), 'quote'])
    while (answers.length < bad.length + 2) await once(bridge, 'message')
    expect(
      answers.map((answer) => (JSON.parse(answer) as { error: { code: string; field: string } }).error.field),
    ).toEqual([...['message', 'message', 'quote', 'quote', 'quote', 'quote.bid', 'message', 'message', 'quote.at']])
  })

  it('is not ended by hostile messages: what follows them is read', async () => {
    const { port, told } = await begin()
    const hostile = bridgeTo(port)
    await once(hostile, 'open')
    const pick = seeded(1)
    for (let turn = 0; turn < 400; turn += 1) hostile.send(asText(malformed({ valid: GOOD }, pick).payload))
    hostile.send('x'.repeat(300 * 1024))
    await once(hostile, 'close')
    const bridge = bridgeTo(port)
    await once(bridge, 'open')
    const before = told.length
    bridge.send(JSON.stringify(GOOD))
    while (!told.slice(before).some(({ kind }) => kind === 'quote'))
      await new Promise((resolve) => setImmediate(resolve))
    expect(told.slice(0, before).filter(({ kind }) => kind === 'quote')).toEqual([])
  })

  it.each<[string, ClientOptions]>([
    ['without a token', {}],
    ['with another token', { headers: { authorization: 'Bearer a-token-of-another-012345678' } }],
    ['from a page in a browser', { headers: { authorization: `Bearer ${TOKEN}` }, origin: 'http://127.0.0.1' }],
    ['under another host’s name', { headers: { authorization: `Bearer ${TOKEN}`, host: 'evil.example' } }],
  ])('lets nobody in %s', async (_, options) => {
    const { port, told } = await begin()
    const bridge = bridgeTo(port, options)
    const [error] = (await once(bridge, 'error')) as [Error]
    expect(error.message).toContain('401')
    expect(told).toHaveLength(1)
  })

  it('answers plain requests with the need to upgrade', async () => {
    const { port } = await begin()
    const asked = request({ port, host: '127.0.0.1' })
    asked.end()
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
    response.resume()
    expect(response.statusCode).toBe(426)
  })

  it('says where its port cannot be had', async () => {
    const { port } = await begin()
    const second = feeds['local-socket'].connect({ port, token: TOKEN })
    const told: FeedEvent[] = []
    second.start((event) => told.push(event))
    expect(await second.opening()).toMatchObject({
      ok: false,
      error: { field: 'port', says: `port is ${port}, which another program listens at: choose a free one.` },
    })
    expect(told.at(-1)).toMatchObject({ kind: 'fault' })
  })

  it('is connected while one bridge of several is, and takes eight at most', async () => {
    const { port, told } = await begin()
    const many = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const bridge = bridgeTo(port)
        await once(bridge, 'open')
        return bridge
      }),
    )
    const ninth = bridgeTo(port)
    const [error] = (await once(ninth, 'error')) as [Error]
    expect(error.message).toContain('503')
    const says = (): string | undefined => told.findLast((event) => event.kind === 'status')?.says
    await expect.poll(says).toBe('8 bridges are connected.')
    for (const bridge of many.slice(1)) bridge.close()
    await expect.poll(says).toBe('A bridge is connected.')
    many[0]?.close()
    await expect.poll(says).toBe('The bridge is gone: its prices grow old.')
  })
})
