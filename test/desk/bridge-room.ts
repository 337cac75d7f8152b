import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { EMPTY, share, tradingRoom, type TradingRoom } from './trading-room.ts'

/** The settings of a local feed at any free port. */
export const LOCAL = { feed: 'local-socket', port: 0, ttl: 5_000 } as const

/** A book with a share, and nothing that tells its price. */
export async function bridgeRoom(kind: 'paper' | 'live' = 'paper'): Promise<TradingRoom> {
  const room = tradingRoom()
  endAtLast(room)
  await room.calls.books.create({ ...EMPTY, kind, equity: '100000' })
  await room.calls.market.saveInstrument(share('AAPL'))
  return room
}

/** Closes a room when its test is over, so that nothing of it listens any more. */
export function endAtLast(room: TradingRoom): TradingRoom {
  onTestFinished(() => room.workspace.close())
  return room
}

/** A bridge as a user would write one, with what the desk answered it. */
export interface Bridge {
  readonly socket: WebSocket
  readonly answers: string[]
  /** Sends quotes stamped now, and resolves once the desk has counted them. */
  readonly send: (...quotes: readonly unknown[]) => Promise<void>
}

/** Connects a bridge to the local feed that runs in a room. */
export async function bridgeTo(room: TradingRoom, token = tokenOf(room)): Promise<Bridge> {
  const { address } = (await room.calls.feed.status()).live
  const socket = new WebSocket(address ?? '', { headers: { authorization: `Bearer ${token}` } })
  const answers: string[] = []
  socket.on('message', (raw: Buffer) => answers.push(raw.toString('utf8')))
  await once(socket, 'open')
  const counted = async (): Promise<number> => {
    const { quotes, faults } = (await room.calls.feed.status()).live
    return quotes + faults.reduce((sum, { times }) => sum + times, 0)
  }
  return {
    socket,
    answers,
    send: async (...quotes) => {
      const before = await counted()
      for (const quote of quotes) socket.send(JSON.stringify(quote))
      while ((await counted()) < before + quotes.length) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

/** The token of a room's data folder. */
export function tokenOf({ dataDir }: TradingRoom): string {
  return readFileSync(join(dataDir, 'feed-token'), 'utf8').trim()
}

/** Sends three quotes in a row, a tenth of a second apart: then the price is believed. */
export async function quote(room: TradingRoom, bridge: Bridge, price: string, times = 3): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    room.clock.now += 100
    // A market that moves: the size on offer changes even where the price does not.
    const ask = (Number(price) + 0.02 + n / 100).toFixed(2)
    await bridge.send({ symbol: 'AAPL', bid: price, ask, at: room.clock.now })
  }
}
