import type { OrderView } from '../../contract/trading/order.ts'
import { approveExit } from '../../domain/governor/approved.ts'
import { dec, onGrid, readPositive, text, type Dec } from '../../domain/kernel/money.ts'
import { DeskRefusal } from '../refusal.ts'
import { decideOrder } from '../size-order.ts'
import { clientIdOf } from './client-id.ts'
import { unprotectedOf } from './positions.ts'
import { refuse } from './refuse.ts'
import { ticketOf } from './ticket-of.ts'
import type { TradingRoom } from './trading-room.ts'

/** A stop for a position that has none, or for what is held beyond its stops. */
export interface StopWanted {
  readonly stopId: string
  readonly symbol: string
  readonly strategy: string | null
  readonly stop: string
}

/**
 * Protects what no stop at the broker protects yet, with a stop order of its own. It only closes, so no limit is asked; it is
 * never larger than what is held without a stop. The same id again is the same stop.
 */
export async function setStop(room: TradingRoom, { stopId, symbol, strategy, stop }: StopWanted): Promise<OrderView> {
  const { workspace } = room
  const clientId = clientIdOf(stopId)
  if (room.trading.has(clientId)) return room.trading.view(clientId)
  if (workspace.book.info.kind === 'sample')
    throw new DeskRefusal('NOT_ARMED', 'The sample book shows the past: open a paper book to send orders.', 'symbol')
  const permitted = workspace.posture.permission('exit')
  if (!permitted.ok) refuse(permitted.error)
  const { accountId } = room.trading.account
  const held = workspace.book
    .holdings(accountId, workspace.now())
    .find((one) => one.symbol === symbol && one.strategy === strategy)
  const owner = strategy === null ? symbol : `${symbol} for ${strategy}`
  if (held === undefined || dec(held.quantity).isZero())
    throw new DeskRefusal('EXIT_PAST_FLAT', `Nothing is held of ${owner}: there is nothing to protect.`, 'symbol')
  const unprotected = unprotectedOf(room, held)
  if (unprotected.isZero())
    throw new DeskRefusal('DUPLICATE', `All of ${owner} has a stop at work: move that one.`, 'symbol')
  const price = readStop(room, symbol, stop)
  const side = dec(held.quantity).gt(0) ? ('sell' as const) : ('buy' as const)
  refuseWrongSide(room, symbol, side, price)
  const request = { symbol, side, strategy, entry: text(price), quantity: text(unprotected) }
  const { decisionId } = decideOrder(workspace, { request, accountId, decisionId: stopId })
  const body = workspace.book.decision(decisionId)?.body
  if (body?.kind !== 'exit')
    throw new DeskRefusal(
      'EXIT_PAST_FLAT',
      `${owner} is held against a larger position of another strategy: a stop would open a new one.`,
      'symbol',
    )
  const ticket = ticketOf(workspace, body, { decisionId, quantity: body.quantity, as: 'stop' })
  const exit = approveExit(body, ticket)
  if (!exit.ok) refuse(exit.error)
  await room.send(exit.value, 'protect')
  return room.trading.view(clientId)
}

function readStop({ workspace }: TradingRoom, symbol: string, stop: string): Dec {
  const read = readPositive(stop, 'stop')
  if (!read.ok) refuse(read.error)
  const spec = workspace.book.instrument(symbol)
  if (spec !== undefined && onGrid(read.value, dec(spec.tickSize))) return read.value
  throw new DeskRefusal(
    'INPUT_OUT_OF_RANGE',
    `stop is ${stop}: use a multiple of the tick${spec === undefined ? '' : ` of ${spec.tickSize}`}.`,
    'stop',
  )
}

/** A stop that the market is beyond already would close at once: that is an exit, and is asked for as one. */
function refuseWrongSide({ workspace }: TradingRoom, symbol: string, side: 'buy' | 'sell', stop: Dec): void {
  const last = workspace.book.lastMark(symbol, workspace.now())
  if (last === undefined) return
  const isBeyond = side === 'sell' ? stop.gte(dec(last.price)) : stop.lte(dec(last.price))
  if (!isBeyond) return
  throw new DeskRefusal(
    'STOP_WRONG_SIDE',
    `stop is ${text(stop)}, the last price is ${last.price}: give one ${side === 'sell' ? 'below' : 'above'} it, or close at the market.`,
    'stop',
  )
}
