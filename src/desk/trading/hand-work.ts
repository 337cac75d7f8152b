import type { HandTicket } from '../../contract/trading/hand-work.ts'
import type { OrderView } from '../../contract/trading/order.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'
import { DeskRefusal } from '../refusal.ts'
import type { ManualPort } from './ports.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

/** Tickets that still have to be carried to the terminal, or may still be filled there; none in a book on paper. */
export function listTickets(room: TradingRoom): HandTicket[] {
  const { trading } = room
  if (trading.source === 'paper') return []
  return room.manual.tickets().flatMap(({ ticket, task, says }) => {
    const order = trading.blotter.order(ticket.clientId)
    return order === undefined || order.open.lte(0) ? [] : [{ order: trading.viewOf(order), task, says }]
  })
}

/** Tells the broker by hand what the terminal said of an order. */
export function tellTerminal(
  room: TradingRoom,
  clientId: string,
  tell: (manual: ManualPort) => Result<true, Reason>,
): OrderView {
  if (!room.trading.has(clientId))
    throw new DeskRefusal('NOT_FOUND', `There is no order ${clientId} in this book.`, 'clientId')
  const told = tell(room.manual)
  if (!told.ok) refuse(told.error)
  room.flush()
  return room.trading.view(clientId)
}

/** An execution as it was typed; one whose number is known already changes nothing. */
export function typeFill(room: TradingRoom, fill: Parameters<ManualPort['typeFill']>[0]): OrderView {
  const { workspace, trading } = room
  if (trading.knowsExecution(fill.executionId) && trading.has(fill.clientId)) return trading.view(fill.clientId)
  if (fill.at > workspace.now())
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', 'at is in the future: give the instant of the execution.', 'at')
  return tellTerminal(room, fill.clientId, (manual) => manual.typeFill(fill))
}
