import type { OrderView } from '../../contract/trading/order.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import { approveExit } from '../../domain/governor/approved.ts'
import { dec, onGrid, readPositive, text, type Dec } from '../../domain/kernel/money.ts'
import { DeskRefusal } from '../refusal.ts'
import { previewOrder } from '../size-order.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

/** Moves a protective stop, named by itself or by its entry, nearer to the market. A stop further away adds risk, and is refused. */
export async function replaceStop(
  room: TradingRoom,
  { clientId, stop }: { readonly clientId: string; readonly stop: string },
): Promise<OrderView> {
  const { workspace, trading } = room
  const stopId = trading.blotter.order(clientId)?.role === 'protect' ? clientId : `${clientId}.stop`
  const order = trading.blotter.order(stopId)
  if (order === undefined || order.open.lte(0) || order.ticket.trigger === null)
    throw new DeskRefusal(
      'NOT_FOUND',
      `Order ${clientId} has no protective stop at work: cancel the entry and decide anew, or close the position.`,
      'clientId',
    )
  const read = readPositive(stop, 'stop')
  if (!read.ok) refuse(read.error)
  const { ticket } = order
  const spec = workspace.book.instrument(ticket.symbol)
  if (spec === undefined || !onGrid(read.value, dec(spec.tickSize)))
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', `stop is ${stop}: use a multiple of the tick.`, 'stop')
  refuseWider(ticket, read.value)
  const permitted = workspace.posture.permission('exit')
  if (!permitted.ok) refuse(permitted.error)
  const changed: OrderTicket = { ...ticket, trigger: text(read.value), quantity: text(order.filled.plus(order.open)) }
  const { symbol, side, strategy, quantity, accountId } = changed
  const body = previewOrder(workspace, { request: { symbol, side, strategy, entry: 'market', quantity }, accountId })
  const exit = approveExit(body, changed)
  if (!exit.ok) refuse(exit.error)
  await room.change(exit.value)
  return trading.view(stopId)
}

function refuseWider({ trigger, side, symbol }: OrderTicket, next: Dec): void {
  const now = dec(trigger ?? '0')
  const nearer = side === 'sell' ? next.gt(now) : next.lt(now)
  if (nearer) return
  throw new DeskRefusal(
    'INPUT_OUT_OF_RANGE',
    `stop is ${text(next)}, the stop of ${symbol} is at ${text(now)}: a wider stop adds risk, so give one ${side === 'sell' ? 'above' : 'below'} it.`,
    'stop',
  )
}
