import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { readQuote } from '../../domain/feed/quote.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import type { FeedEvent, FeedOpening, LiveFeed } from '../../desk/feed/ports.ts'

/** What the local feed needs. */
export interface LocalSocketConnection {
  /** 0 takes any free port. */
  readonly port: number
  /** What a bridge shows as `Authorization: Bearer`, at least 16 characters. */
  readonly token: string
}

const LOOPBACK = '127.0.0.1'
const MOST_BYTES = 256 * 1024
const MOST_QUOTES = 1_000
const MOST_BRIDGES = 8

/**
 * Listens on this machine for a user's own bridge: a WebSocket whose messages are quotes as JSON, one or a list. A message
 * that cannot be read is named to the sender and to the desk; the ones after it are read as before.
 */
export const localSocket = {
  id: 'local-socket',
  title: 'Local bridge',
  says: 'Takes quotes as JSON from a program of your own on this machine.',
  connect({ port, token }: LocalSocketConnection): LiveFeed {
    const server = createServer((_, response) => response.writeHead(426).end())
    const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES })
    const opening = new Promise<FeedOpening>((resolve) => {
      server.once('listening', () => resolve(ok(`ws://${LOOPBACK}:${(server.address() as AddressInfo).port}`)))
      server.once('error', (error) => resolve(cannotListen(error, port)))
      server.once('close', () => resolve(stopped))
    })
    let hear: ((event: FeedEvent) => void) | undefined
    const tell = (event: FeedEvent): void => hear?.(event)
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy())
      if (!mayEnter(request, token)) turnAway(socket, '401 Unauthorized')
      else if (sockets.clients.size >= MOST_BRIDGES) turnAway(socket, '503 Service Unavailable')
      else sockets.handleUpgrade(request, socket, head, (bridge) => serve(bridge, sockets, tell))
    })
    server.on('error', (error) => tell(faulty(`The local feed cannot listen: ${error.message}.`)))
    return {
      id: 'local-socket',
      // Its stamps are made on this machine.
      witnesses: false,
      start: (listener) => {
        hear = listener
        listener({ kind: 'status', status: 'waiting', says: 'Waiting for a bridge.' })
        server.listen(port, LOOPBACK)
      },
      stop: () => {
        hear = undefined
        close(server, sockets)
      },
      opening: () => opening,
    }
  },
} as const

const stopped: FeedOpening = err({ code: 'CONFLICT', says: 'The feed was stopped while it began: start it again.' })

function cannotListen(error: NodeJS.ErrnoException, port: number): FeedOpening {
  const says =
    error.code === 'EADDRINUSE'
      ? `port is ${port}, which another program listens at: choose a free one.`
      : `port is ${port}, where this machine does not let Ballast listen (${error.code ?? error.message}): choose another, above 1023.`
  return err({ code: 'INPUT_OUT_OF_RANGE', says, field: 'port' })
}

/** A bridge shows the token; a page in a browser always names its origin, and is never let in. */
function mayEnter({ headers, socket }: IncomingMessage, token: string): boolean {
  if (headers.origin !== undefined || socket.remoteAddress !== LOOPBACK) return false
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) return false
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  return given !== undefined && token.length >= 16 && timingSafeEqual(digest(given), digest(token))
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

function serve(bridge: WebSocket, { clients }: WebSocketServer, tell: (event: FeedEvent) => void): void {
  const counted = (left: number): string => (left === 1 ? 'A bridge is connected.' : `${left} bridges are connected.`)
  tell({ kind: 'status', status: 'open', says: counted(clients.size) })
  // A broken frame or one too large is reported here and ends this bridge alone.
  bridge.on('error', (error) => tell(faulty(`The bridge sent what is no message: ${error.message}.`)))
  bridge.on('close', () => {
    clients.delete(bridge)
    const left = clients.size
    if (left > 0) tell({ kind: 'status', status: 'open', says: counted(left) })
    else tell({ kind: 'status', status: 'closed', says: 'The bridge is gone: its prices grow old.' })
  })
  bridge.on('message', (raw: RawData, isBinary: boolean) => {
    for (const event of isBinary ? [faulty('A message is binary: send JSON as text.')] : eventsOf(textOf(raw))) {
      if (event.kind === 'fault') bridge.send(JSON.stringify({ error: event.reason }))
      tell(event)
    }
  })
}

function textOf(raw: RawData): string {
  return (Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw as Buffer)).toString('utf8')
}

function eventsOf(message: string): readonly FeedEvent[] {
  let value: unknown
  try {
    value = JSON.parse(message)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [faulty('A message is no JSON: send one quote or a list of quotes.')]
  }
  const quotes: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (quotes.length > MOST_QUOTES)
    return [faulty(`A message has ${quotes.length} quotes: send at most ${MOST_QUOTES}.`)]
  return quotes.map((one) => {
    const read = readQuote(one, 'local-socket')
    return read.ok ? { kind: 'quote', quote: read.value } : { kind: 'fault', reason: read.error }
  })
}

function faulty(says: string): FeedEvent & { readonly kind: 'fault'; readonly reason: Reason } {
  return { kind: 'fault', reason: reason('INPUT_MALFORMED', says, 'message') }
}

function close(server: Server, sockets: WebSocketServer): void {
  for (const bridge of sockets.clients) bridge.terminate()
  sockets.close()
  server.close()
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
