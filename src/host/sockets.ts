import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { callLimit, fileCalls, fileLimit } from './body.ts'
import type { Turned } from './answers.ts'
import type { WireEnd } from './wire.ts'

const notText = 1003
const tooBig = 1009

/** The WebSocket side of the desk host. */
export interface Sockets {
  /** Tells every page that the host ends, and closes. */
  close: () => void
}

/** Serves WebSockets at /rpc to whom `admit` does not turn away. A message over the limit of its call closes its socket. */
export function openSockets(
  server: Server,
  admit: (request: IncomingMessage) => Turned | undefined,
  serve: (end: WireEnd, request: IncomingMessage) => void,
): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: fileLimit })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const turned = admit(request)
    if (turned !== undefined) {
      socket.end(`HTTP/1.1 ${turned.status} ${turned.code}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(wireEnd(webSocket), request))
  })
  return {
    close: () => {
      for (const client of sockets.clients) client.close(1001, 'the desk ends')
      sockets.close()
    },
  }
}

function wireEnd(socket: WebSocket): WireEnd {
  // A broken frame is reported here and closes the socket; without a listener it would end the process.
  socket.on('error', () => socket.terminate())
  return {
    send: (message) => socket.send(message),
    onMessage: (listener) => {
      socket.on('message', (raw: RawData, isBinary: boolean) => {
        const bytes = Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw as Buffer)
        if (bytes.length > callLimit && !carriesFile(bytes)) socket.close(tooBig, 'message too large for its call')
        else if (isBinary) socket.close(notText, 'calls are text')
        else listener(bytes.toString('utf8'))
      })
    },
    onClose: (listener) => socket.on('close', listener),
  }
}

function carriesFile(bytes: Buffer): boolean {
  try {
    const envelope = JSON.parse(bytes.toString('utf8')) as { p?: { u?: unknown } } | null
    return typeof envelope?.p?.u === 'string' && fileCalls.has(envelope.p.u.replace(/^\//, ''))
  } catch {
    return false
  }
}
