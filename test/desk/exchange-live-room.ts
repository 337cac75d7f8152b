import { ok } from '../../src/desk/broker/ports.ts'
import type { Secrets } from '../../src/desk/broker/ports.ts'
import { preflightFindings } from '../../src/desk/state/preflight-findings.ts'
import { loadQuickly, startStandIn } from '../brokers/exchange/exchange-room.ts'
import { KEYS, type ExchangeStandIn } from '../brokers/exchange/exchange-stand-in.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { WINDOW } from './live-room.ts'
import { EMPTY, NOON, share, tradingRoom, type TradingRoom } from './trading-room.ts'

/** Keys that were entered before. */
export const SECRETS: Secrets = {
  status: () => ({ from: 'environment', lastFour: KEYS.key.slice(-4), canKeep: false, says: 'Set.' }),
  read: () => ok(KEYS),
  keep: () => ok(true),
  forget: () => ok(true),
}

/** A live book connected to the stand-in. */
export interface ConnectedRoom {
  readonly room: TradingRoom
  readonly standIn: ExchangeStandIn
}

/** A live book that could be connected, and is not yet. */
export async function unconnected(secrets = SECRETS): Promise<ConnectedRoom> {
  const standIn = await startStandIn()
  const clock = { now: NOON }
  standIn.clock = () => clock.now
  const room = tradingRoom(temporaryFolder(), clock, undefined, {}, { load: loadQuickly, secrets })
  await room.calls.books.create({ ...EMPTY, currency: 'USDT', name: 'Live', kind: 'live', equity: '100000' })
  await room.calls.market.saveInstrument(
    share('BTCUSDT', {
      assetClass: 'crypto',
      currency: 'USDT',
      tickSize: '0.1',
      lotStep: '0.001',
      minQuantity: '0.001',
      calendar: 'crypto',
    }),
  )
  await quoted(room)
  return { room, standIn }
}

/** A live book that is connected, and has been compared with the exchange. */
export async function connected(): Promise<ConnectedRoom> {
  const made = await unconnected()
  await made.room.calls.exchange.choose({
    broker: 'exchange',
    exchange: 'binanceusdm',
    network: made.standIn.address,
  })
  await made.room.calls.exchange.reconcile()
  return made
}

/** The price is 100, now. */
export async function quoted(room: TradingRoom): Promise<void> {
  await room.calls.feed.typeQuote({ symbol: 'BTCUSDT', bid: '100', ask: '100' })
}

/** Loosens what can be loosened, and arms. */
export async function arm(room: TradingRoom): Promise<void> {
  await quoted(room)
  for (let look = 0; look < 4; look += 1) room.workspace.posture.look()
  const { causes } = await room.calls.state.get()
  for (const { id } of causes) await room.calls.state.loosen({ cause: id, reason: 'Looked at in a test.' })
  await room.calls.audit.verify()
  const lastFour = room.workspace.account().accountId.slice(-4)
  const backup = { passed: true, says: 'A backup was made.' }
  const findings = { ...preflightFindings(room.workspace), backup }
  room.workspace.posture.arm({ lastFour, minutes: 30, findings }, WINDOW)
}

/** Causes that hold the desk back now, by their codes. */
export async function codes(room: TradingRoom): Promise<string[]> {
  return (await room.calls.state.get()).causes.map(({ code }) => code)
}
