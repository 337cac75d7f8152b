import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { ContractClient } from '../../src/contract/index.ts'
import type { Instrument } from '../../src/contract/market.ts'
import type { Desk } from './fixtures.ts'
import { share } from '../support/sizing-fixtures.ts'

/** A line to a desk host beside the page: what a test prepares by it, the page is told of like any other window. */
export interface DeskLine {
  readonly calls: ContractClient
  readonly close: () => void
}

/** Opens a line to a desk host by its API token. */
export async function openDeskLine(desk: Desk): Promise<DeskLine> {
  const socket = new WebSocket(`${desk.origin.replace(/^http/, 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${desk.apiToken}` },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  // Safe: the link uses nothing of a socket but what the two kinds share.
  const websocket = socket as unknown as globalThis.WebSocket
  return { calls: createORPCClient(new RPCLink({ websocket })), close: () => socket.close() }
}

/** A share that costs nothing to trade. */
export function aShare(symbol: string): Instrument {
  return { ...share({ symbol, name: symbol, source: 'typed' }), clusters: [] }
}

/** Minute bars as a file: half an hour from 100 down by ten cents a minute, then after a gap two hours at 60 and below. */
export function minuteFile(from: number): string {
  const rows = Array.from({ length: 150 }, (_, minute) => {
    const open = minute < 30 ? 100 - minute * 0.1 : 60 - minute * 0.01
    const close = minute < 30 ? open - 0.1 : open - 0.01
    const at = new Date(from + minute * 60_000).toISOString()
    return [at, open, open + 0.02, close - 0.02, close].map((cell) =>
      typeof cell === 'number' ? cell.toFixed(2) : cell,
    )
  })
  return ['time,open,high,low,close,volume', ...rows.map((cells) => `${cells.join(',')},10000`), ''].join('\n')
}

/** Imports minute bars of a symbol into the open book. */
export async function importMinutes({ imports }: ContractClient, symbol: string, file: string): Promise<void> {
  const content = Buffer.from(file).toString('base64')
  const { uploadId, candidates } = await imports.inspect({ fileName: `${symbol}.csv`, content })
  const [best] = candidates
  if (best === undefined) throw new Error('the file is recognised')
  const settings = {
    ...best.settings,
    symbol,
    interval: '1m',
    currency: 'USD',
    assetClass: 'equity',
    timeZone: 'UTC',
  } as const
  const reading = { uploadId, format: best.format, settings }
  const { previewId } = await imports.preview(reading)
  await imports.commit({ ...reading, previewId, onProblem: 'refuse-file' })
}
