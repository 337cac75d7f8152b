import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { ContractClient } from '../../src/contract/index.ts'

/** A line to a desk host as a window has it: what a program may not do, loosening, it may. */
export interface WindowLine {
  readonly calls: ContractClient
  readonly close: () => void
}

/** Signs in by an address that works once, and opens a line. */
export async function openWindowLine(address: string): Promise<WindowLine> {
  const { origin } = new URL(address)
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`${address} gave no session`)
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/rpc`, { headers: { cookie, origin } })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  // Safe: the link uses nothing of a socket but what the two kinds share.
  const websocket = socket as unknown as globalThis.WebSocket
  return { calls: createORPCClient(new RPCLink({ websocket })), close: () => socket.close() }
}
