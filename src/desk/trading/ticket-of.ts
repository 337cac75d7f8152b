import type { OrderKind, OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { DecisionBody } from '../../domain/governor/decision.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { clientIdOf } from './client-id.ts'

/** How an order is to be sent. */
export interface Sending {
  readonly as?: OrderKind | undefined
  readonly lasts?: OrderTicket['lasts'] | undefined
}

/** The order of a decision as it is sent; an entry takes its stop and target along. */
export function ticketOf(
  workspace: Workspace,
  body: DecisionBody,
  { as, lasts = 'until-cancelled', decisionId, quantity }: Sending & { decisionId: string; quantity: string },
): OrderTicket {
  const { symbol, side, entry, accountId, strategy } = body
  const asked = workspace.book.decision(decisionId)?.inputs.request.entry
  const typed = asked === undefined || asked === null || asked === '' || asked === 'market' ? null : entry
  const kind = as ?? (typed === null ? 'market' : 'limit')
  if (kind !== 'market' && entry === null)
    throw new DeskRefusal('INPUT_MISSING', `A ${kind} order needs the price it was decided at.`, 'as')
  const reference = entry ?? workspace.book.lastMark(symbol, workspace.now())?.price
  if (reference === undefined || side === null)
    throw new DeskRefusal('INPUT_MISSING', `No price of ${symbol} is known: type one, or start a feed.`, 'decisionId')
  return {
    clientId: clientIdOf(decisionId),
    decisionId,
    accountId,
    symbol,
    side,
    quantity,
    kind,
    limit: kind === 'limit' || kind === 'stop-limit' ? entry : null,
    trigger: kind === 'stop' || kind === 'stop-limit' ? entry : null,
    lasts,
    strategy,
    protect: body.kind === 'exit' ? { stop: null, target: null } : { stop: body.stop, target: body.target },
    reference,
  }
}
