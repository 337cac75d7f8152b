import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, safe } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { contract, restContract, type ContractClient } from '../../src/contract/index.ts'
import { startHttpHost } from '../../src/host/http-host.ts'
import { openDesk, type OpenedDesk } from '../../src/host/open-desk.ts'
import { servePort } from '../../src/host/port-host.ts'
import { buildRouter } from '../../src/host/router.ts'
import { openWire } from '../../src/host/wire.ts'
import { keepingLog } from '../support/sample-desk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const emptyBook = {
  from: 'empty',
  name: 'Swing',
  kind: 'paper',
  currency: 'USD',
  timeZone: 'America/New_York',
  dayRoll: '17:00',
  equity: '100000',
} as const

const none = new AbortController().signal

function opened(dataDir: string): OpenedDesk & { lines: string[] } {
  const { log, lines } = keepingLog()
  return { ...openDesk({ dataDir, host: 'desk', log }), lines }
}

describe('the desk of a data folder', () => {
  it('has no book at the first start, and says so', async () => {
    const { desk, close } = opened(temporaryFolder())
    expect(await desk.books.list(undefined, none)).toMatchObject({ books: [] })
    expect(() => desk.account.get(undefined, none)).toThrow('No book is open')
    close()
  })

  it('opens the last book again after a restart', async () => {
    const dataDir = temporaryFolder()
    const first = opened(dataDir)
    const { bookId } = await first.desk.books.create(emptyBook, none)
    first.close()
    const second = opened(dataDir)
    expect((await second.desk.books.list(undefined, none)).books).toMatchObject([{ bookId, name: 'Swing', open: true }])
    await expect.poll(() => second.desk.account.get(undefined, none)).toMatchObject({ equity: '100000' })
    second.close()
  })

  it('starts without a last book that no longer opens, and logs why', async () => {
    const dataDir = temporaryFolder()
    const first = opened(dataDir)
    const { file } = await first.desk.books.create(emptyBook, none)
    first.close()
    writeFileSync(join(dataDir, basename(file)), 'not a book')
    const second = opened(dataDir)
    expect((await second.desk.books.list(undefined, none)).books).toMatchObject([{ open: false }])
    expect(second.lines.join()).toContain('the last book was not opened again')
    second.close()
  })
})

describe('every transport', () => {
  it('gives the same answers, and the same refusals', async () => {
    const { desk, close } = opened(temporaryFolder())
    const { log } = keepingLog()
    const apiToken = 'a'.repeat(32)
    const host = await startHttpHost({
      contract,
      restContract,
      desk,
      pageFolder: undefined,
      apiToken,
      version: '1',
      port: 0,
      log,
    })
    const headers = { authorization: `Bearer ${apiToken}` }
    const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc`, { headers })
    const { port1, port2 } = new MessageChannel()
    servePort(openWire(buildRouter(contract, desk, log), log), port1)
    port2.start()
    onTestFinished(async () => {
      port2.close()
      socket.close()
      await host.close()
      close()
    })
    const clients: ContractClient[] = [
      createORPCClient(new SocketLink({ websocket: socket as never })),
      createORPCClient(new PortLink({ port: port2 })),
    ]
    const rest = async (path: string): Promise<unknown> =>
      (await fetch(`${host.origin}/api${path}`, { headers })).json()

    const refusals = [
      ...(await Promise.all(
        clients.map(async (client) => (await safe(client.decisions.list())).error as { data?: unknown } | null),
      )),
      (await rest('/decisions')) as { data?: unknown },
    ].map((error) => error?.data)
    expect(refusals[0]).toMatchObject({ code: 'NO_BOOK' })
    expect(refusals).toEqual([refusals[0], refusals[0], refusals[0]])

    await clients[0]?.books.create(emptyBook)
    const methods = [...(await Promise.all(clients.map((client) => client.sizing.methods()))), await rest('/methods')]
    expect(methods[0]).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'fixed_risk' })]))
    expect(methods).toEqual([methods[0], methods[0], methods[0]])
    await expect.poll(() => rest('/portfolio/limits')).toMatchObject({ ok: true, equity: 100_000 })
    const limits = [
      ...(await Promise.all(clients.map((client) => client.limits.portfolio()))),
      await rest('/portfolio/limits'),
    ]
    expect(limits).toEqual([limits[0], limits[0], limits[0]])
  })
})
