import type { OrderView } from '../../contract/trading/order.ts'
import type { OrderRequest } from '../../contract/sizing.ts'
import { readTicket, type OrderTicket } from '../../domain/broker/order-ticket.ts'
import { approveExit, approveOrder } from '../../domain/governor/approved.ts'
import { decide } from '../../domain/governor/decide.ts'
import type { DecisionBody } from '../../domain/governor/decision.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import { dec, sayExact, smaller, text, type Dec } from '../../domain/kernel/money.ts'
import { lookAt } from '../feed/live-market.ts'
import type { RecordedDecision } from '../ports.ts'
import { withStudies } from '../prepare-studies.ts'
import { DeskRefusal } from '../refusal.ts'
import { gatherOrder, type SizeOrder } from '../size-order.ts'
import type { Workspace } from '../workspace.ts'
import { instrumentOf } from './carried-book.ts'
import { clientIdOf } from './client-id.ts'
import type { Confirmations } from './confirmation.ts'
import { refuseUnusual } from './look-at-order.ts'
import { refuse } from './refuse.ts'
import { ticketOf, type Sending } from './ticket-of.ts'
import type { TradingRoom } from './trading-room.ts'

/** What is approved, and how it is to be sent. */
export interface Approval extends Sending {
  readonly decisionId: string
  readonly orLess?: boolean | undefined
  readonly confirmation?: string | undefined
  readonly typedQuantity?: string | undefined
}

/**
 * Sends the order of a recorded decision, once, whoever asks how often. It is decided again together with every order that
 * may still be filled, and stored in the same breath: two approvals never pass a limit together.
 */
export async function approveDecision(
  room: TradingRoom,
  approval: Approval,
  confirmations: Confirmations,
): Promise<OrderView> {
  const { workspace } = room
  const { decisionId } = approval
  const recorded = workspace.book.decision(decisionId)
  if (recorded === undefined)
    throw new DeskRefusal('NOT_FOUND', `There is no decision ${decisionId} in this book.`, 'decisionId')
  if (workspace.book.info.kind === 'sample')
    throw new DeskRefusal(
      'NOT_ARMED',
      'The sample book shows the past: open a paper book to send orders.',
      'decisionId',
    )
  const clientId = clientIdOf(decisionId)
  const order: SizeOrder = {
    request: recorded.inputs.request as OrderRequest,
    accountId: recorded.body.accountId,
  }
  await withStudies(workspace, order, () => {
    // Read after the studies: nothing else happens between here and the order being stored.
    if (room.trading.has(clientId)) return undefined
    return recorded.body.kind === 'exit'
      ? sendExit(room, recorded, approval)
      : sendEntry(room, recorded, order, approval, confirmations)
  })
  return room.trading.view(clientId)
}

function sendEntry(
  room: TradingRoom,
  { body, decisionId }: RecordedDecision,
  order: SizeOrder,
  approval: Approval,
  confirmations: Confirmations,
): Promise<void> {
  const { workspace } = room
  const permitted = workspace.posture.permission('entry')
  if (!permitted.ok) refuse(permitted.error)
  if (dec(body.quantity).isZero()) refuse(nothingDecided(body))
  confirmations.use(room, approval.confirmation, body)
  const { board } = workspace.market
  if (board.has(body.symbol)) {
    const quote = board.usable(body.symbol, lookAt(workspace.now()))
    if (!quote.ok) refuse(quote.error)
  }
  const now = decideNow(workspace, order)
  if (dec(now.quantity).isZero()) refuse(nothingDecided(now))
  const decided = dec(body.quantity)
  const allowed = smaller<Dec>(decided, dec(now.quantity))
  if (allowed.lt(decided) && approval.orLess !== true) {
    const why = now.reasons[0]?.says ?? ''
    refuse({
      code: 'LESS_ALLOWED',
      says: `${sayExact(allowed)} of ${sayExact(decided)} ${body.symbol} are allowed now: approve for less, or decide again. ${why}`.trim(),
      field: 'decisionId',
    })
  }
  const ticket = ticketOf(workspace, body, { ...approval, decisionId, quantity: text(allowed) })
  refuseUnreadable(workspace, ticket)
  const price = ticket.limit ?? ticket.trigger
  refuseUnusual(room, { ...ticket, quantity: body.quantity, price }, approval.typedQuantity)
  const approved = approveOrder(body, ticket)
  if (!approved.ok) refuse(approved.error)
  return room.send(approved.value, 'entry')
}

/** What no broker could take, such as a price off the tick, is refused before it is stored. */
function refuseUnreadable(workspace: Workspace, ticket: OrderTicket): void {
  const instrument = instrumentOf(workspace, ticket.symbol)
  if (instrument === undefined)
    throw new DeskRefusal('INPUT_MISSING', `${ticket.symbol} has no specification that can be read.`, 'decisionId')
  const read = readTicket(ticket, instrument)
  if (!read.ok) refuse(read.error)
}

function sendExit(room: TradingRoom, { body, decisionId }: RecordedDecision, approval: Approval): Promise<void> {
  const { workspace } = room
  const permitted = workspace.posture.permission('exit')
  if (!permitted.ok) refuse(permitted.error)
  const request: OrderRequest = {
    symbol: body.symbol,
    side: body.side,
    strategy: body.strategy,
    entry: 'market',
    quantity: body.quantity,
  }
  const now = decideNow(workspace, { request, accountId: body.accountId })
  if (now.kind !== 'exit' || dec(now.quantity).isZero())
    refuse({ code: 'EXIT_PAST_FLAT', says: `Nothing is left of ${body.symbol} to close.`, field: 'decisionId' })
  const quantity = text(smaller<Dec>(dec(body.quantity), dec(now.quantity)))
  const ticket = ticketOf(workspace, body, { ...approval, decisionId, quantity })
  const exit = approveExit(body, ticket)
  if (!exit.ok) refuse(exit.error)
  return room.send(exit.value, 'exit')
}

/** The same order decided on what is known now; that it repeats itself was looked at when it was recorded. */
function decideNow(workspace: Workspace, order: SizeOrder): DecisionBody {
  const { inputs, valued, profile } = gatherOrder(workspace, order)
  const ordersToday = Math.max(0, inputs.ordersToday - 1)
  return decide({ ...inputs, recent: [], ordersToday }, valued.book, profile)
}

function nothingDecided({ reasons, says }: DecisionBody): Reason {
  return { code: reasons[0]?.code ?? 'INTERNAL', says: `Nothing is approved. ${says}`, field: 'decisionId' }
}
