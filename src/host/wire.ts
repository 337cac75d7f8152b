import { onError, type AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { callLimit } from './body.ts'
import type { Log } from './log.ts'

/** One end of a connection that carries whole messages: a socket, or a message port dressed as one. */
export interface WireEnd {
  send: (message: string | ArrayBufferLike | Uint8Array) => void
  /** Called with each incoming message. */
  onMessage: (listener: (message: unknown) => void) => void
  onClose: (listener: () => void) => void
}

/** Answers the calls that arrive on any number of connections; a message that is no call is dropped, the connection lives on. */
export function openWire(router: AnyRouter, log: Log): (end: WireEnd) => void {
  const handler = new RPCHandler(router, { interceptors: [onError((error) => logFault(error, log))] })
  return (end) => {
    const addEventListener = (type: string, listener: (event: { data: unknown }) => void): void => {
      if (type === 'message') {
        end.onMessage((data) => {
          if (isCall(data)) listener({ data })
          else log.warn('a message that is no call was dropped')
        })
      }
      if (type === 'close') end.onClose(() => listener({ data: undefined }))
    }
    void handler.upgrade({ addEventListener, send: end.send } as never, { context: {} })
  }
}

// The library below prints what it cannot read, whole, to the console; our callers send text alone, in one envelope.
function isCall(message: unknown): boolean {
  if (typeof message !== 'string') return false
  // A file was read once already, by whoever let a message of this size pass.
  if (message.length > callLimit) return true
  try {
    const { i: id, t: kind, p: call } = JSON.parse(message) as { i?: unknown; t?: unknown; p?: { u?: unknown } | null }
    if (typeof id !== 'string') return false
    return kind === undefined || kind === 1
      ? typeof call?.u === 'string' && call.u.startsWith('/')
      : kind === 3 || kind === 4
  } catch {
    return false
  }
}

// An answer that breaks its own contract is a fault of ours: the caller hears nothing of it, the log does.
function logFault(error: unknown, log: Log): void {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof Error && isOutputFault(error)) log.error({ err: cause }, 'an answer did not fit the contract')
}

function isOutputFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'INTERNAL_SERVER_ERROR'
}
