import type { OrderView } from '../../contract/trading/order.ts'
import { approveExit } from '../../domain/governor/approved.ts'
import type { Intent } from '../../domain/desk-state/desk-state.ts'
import { dec, magnitude, readPositive, smaller, text, type Dec } from '../../domain/kernel/money.ts'
import { DeskRefusal } from '../refusal.ts'
import { decideOrder } from '../size-order.ts'
import { clientIdOf } from './client-id.ts'
import { refuse } from './refuse.ts'
import { ticketOf } from './ticket-of.ts'
import type { TradingRoom } from './trading-room.ts'

/** A position to be closed: what is held of a symbol for a strategy, wholly where no quantity is given. */
export interface ExitWanted {
  readonly exitId: string
  readonly symbol: string
  readonly strategy: string | null
  readonly quantity: string | null
}

/**
 * Closes a position at the market. No limit, gate or quote is asked; it is never more than is held less what is on its way
 * to be closed. The same id again is the same exit.
 */
export async function exitPosition(
  room: TradingRoom,
  { exitId, symbol, strategy, quantity }: ExitWanted,
  intent: Intent = 'exit',
): Promise<OrderView> {
  const { workspace } = room
  const clientId = clientIdOf(exitId)
  if (room.trading.has(clientId)) return room.trading.view(clientId)
  if (workspace.book.info.kind === 'sample')
    throw new DeskRefusal('NOT_ARMED', 'The sample book shows the past: open a paper book to send orders.', 'symbol')
  const permitted = workspace.posture.permission(intent)
  if (!permitted.ok) refuse(permitted.error)
  const { accountId } = room.trading.account
  const held = workspace.book
    .holdings(accountId, workspace.now())
    .find((one) => one.symbol === symbol && one.strategy === strategy)
  if (held === undefined || dec(held.quantity).isZero())
    throw new DeskRefusal('EXIT_PAST_FLAT', `Nothing is held of ${symbol}${forStrategy(strategy)}.`, 'symbol')
  const asked = quantity === null ? null : readPositive(quantity, 'quantity')
  if (asked?.ok === false) refuse(asked.error)
  const whole = magnitude(dec(held.quantity))
  const size = asked === null ? whole : smaller<Dec>(asked.value, whole)
  const { decisionId } = decideOrder(workspace, {
    request: {
      symbol,
      side: dec(held.quantity).gt(0) ? 'sell' : 'buy',
      strategy,
      entry: 'market',
      quantity: text(size),
    },
    accountId,
    decisionId: exitId,
    flattens: intent === 'flatten',
  })
  const body = workspace.book.decision(decisionId)?.body
  if (body?.kind !== 'exit')
    throw new DeskRefusal(
      'EXIT_PAST_FLAT',
      `${symbol}${forStrategy(strategy)} is held against a larger position of another strategy: close that one first.`,
      'symbol',
    )
  const exit = approveExit(body, ticketOf(workspace, body, { decisionId, quantity: body.quantity }))
  if (!exit.ok) refuse(exit.error)
  await room.send(exit.value, 'exit')
  return room.trading.view(clientId)
}

function forStrategy(strategy: string | null): string {
  return strategy === null ? '' : ` for ${strategy}`
}
