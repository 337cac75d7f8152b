import type { OrderView } from '../../src/contract/trading/order.ts'
import { preflightFindings } from '../../src/desk/state/preflight-findings.ts'
import { EMPTY, share, tradingRoom, type TradingRoom } from './trading-room.ts'

/** The window that holds the arm in tests. */
export const WINDOW = 'window-1'

/** A live book that holds a fresh quote of a share at 100, and is not armed. */
export async function liveRoom(): Promise<TradingRoom> {
  const room = tradingRoom()
  await room.calls.books.create({ ...EMPTY, name: 'Live', kind: 'live', equity: '100000' })
  await room.calls.market.saveInstrument(share('AAPL'))
  await room.calls.feed.typeQuote({ symbol: 'AAPL', bid: '100', ask: '100' })
  return room
}

/** Arms a live book for its window, with a backup that counts as made. */
export async function armRoom(room: TradingRoom): Promise<void> {
  for (let look = 0; look < 4; look += 1) room.workspace.posture.look()
  const { causes } = await room.calls.state.get()
  for (const { id } of causes) await room.calls.state.loosen({ cause: id, reason: 'Looked at in a test.' })
  await room.calls.trading.reconcile({ complete: true, positions: await heldIn(room) })
  await room.calls.audit.verify()
  const lastFour = room.workspace.account().accountId.slice(-4)
  const backup = { passed: true, says: 'A backup was made.' }
  const findings = { ...preflightFindings(room.workspace), backup }
  room.workspace.posture.arm({ lastFour, minutes: 30, findings }, WINDOW)
}

/** Holds for 0.6 s on a decision, and answers what confirms it; the quote stays fresh. */
export async function confirmed(room: TradingRoom, decisionId: string): Promise<string> {
  const { symbol, side, quantity } = (await room.calls.decisions.get({ decisionId })).decision
  const { confirmation, holdFor } = await room.calls.trading.beginApproval({
    windowId: WINDOW,
    symbol,
    side: side ?? 'buy',
    quantity,
  })
  room.clock.now += holdFor
  await room.calls.state.heartbeat({ windowId: WINDOW })
  return confirmation
}

/** Approves a decision as a person does: holds, and types its size where it is unusual. */
export async function approveLive(room: TradingRoom, decisionId: string): Promise<OrderView> {
  const { quantity } = (await room.calls.decisions.get({ decisionId })).decision
  const confirmation = await confirmed(room, decisionId)
  return room.calls.trading.approve({ decisionId, confirmation, typedQuantity: quantity })
}

async function heldIn(room: TradingRoom): Promise<{ symbol: string; quantity: string }[]> {
  return (await room.calls.trading.positions()).map(({ symbol, quantity }) => ({ symbol, quantity }))
}
