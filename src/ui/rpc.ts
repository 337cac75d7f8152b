import { createORPCClient, isDefinedError, safe } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../contract/index.ts'
import type { RefusalBody } from '../contract/refusal.ts'

/** Every call of the contract, typed, as the window makes it. */
export type DeskClient = ContractRouterClient<Contract>

/** What each call answers: `Answers['market']['facts']`. */
export type Answers = InferContractRouterOutputs<Contract>

/** One line to the desk: its client, and the promise that ends when the line does. */
export interface Line {
  readonly client: DeskClient
  readonly opened: Promise<void>
  readonly closed: Promise<void>
  readonly close: () => void
}

/** What a call came to: its value, or the refusal in words. */
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: RefusalBody }

/** True in Electron's window, where the desk is reached over a message port and not over a socket. */
export const inElectron = navigator.userAgent.includes('Electron/')

/** Opens a line to the desk: a message port in Electron, a WebSocket to the page's own host in a browser. */
export const openLine = (): Line => (inElectron ? portLine() : socketLine())

/** Waits for a call and turns the refusals it may answer with into values; a broken line is one of them. */
export async function answer<Value>(call: Promise<Value>): Promise<Answer<Value>> {
  const { error, data } = await safe(call)
  return error === null ? { ok: true, value: data } : { ok: false, refusal: refusalOf(error) }
}

/** The words of an error a call ended with. */
export function refusalOf(error: unknown): RefusalBody {
  if (error instanceof Error && isDefinedError(error)) {
    const { data } = error as { data?: unknown }
    if (isRefusal(data)) return data
  }
  const text = error instanceof Error ? error.message : String(error)
  if (/validation/i.test(text)) {
    return { code: 'BAD_INPUT', says: 'The desk does not take this entry: a value is too long or of the wrong kind.' }
  }
  if (/closed|abort|socket|network/i.test(text)) {
    return { code: 'CONNECTION_LOST', says: 'The line to the desk broke before it answered; it is being opened again.' }
  }
  return { code: 'INTERNAL', says: 'The desk could not answer because of a fault of its own. Nothing was recorded.' }
}

function isRefusal(data: unknown): data is RefusalBody {
  return typeof data === 'object' && data !== null && 'code' in data && 'says' in data && typeof data.says === 'string'
}

function socketLine(): Line {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/rpc`)
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true })
  })
  const opened = new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('close', () => reject(new Error('socket closed')), { once: true })
  })
  // A line may break before anybody waits for it; whoever does is still told.
  opened.catch(() => undefined)
  return {
    client: createORPCClient(new SocketLink({ websocket: socket })),
    opened,
    closed,
    close: () => socket.close(),
  }
}

function portLine(): Line {
  const { port1, port2 } = new MessageChannel()
  const closed = new Promise<void>((resolve) => {
    port1.addEventListener('close', () => resolve(), { once: true })
  })
  const client: DeskClient = createORPCClient(new PortLink({ port: port1 }))
  port1.start()
  postMessage('desk:connect', location.origin, [port2])
  return { client, opened: Promise.resolve(), closed, close: () => port1.close() }
}
