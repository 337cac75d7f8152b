import { approveExit, approveOrder } from '../../domain/governor/approved.ts'
import type { Workspace } from '../workspace.ts'
import type { BookTrading } from './book-trading.ts'
import type { PaperDesk } from './paper-desk.ts'
import type { ManualPort, OrderFact } from './ports.ts'

/** The broker of a book that is taken up. */
export interface Resumed {
  readonly trading: BookTrading
  readonly paper: PaperDesk
  readonly manual: ManualPort | undefined
}

/**
 * Takes up the orders that are still open. What was stored and never reached the paper broker never will; what is carried by
 * hand is shown again; what may have reached an exchange is of unknown outcome until it answers.
 */
export function resumeOrders(workspace: Workspace, { trading, paper, manual }: Resumed): void {
  const at = workspace.now()
  for (const { ticket, role, open, stage } of trading.blotter.orders()) {
    if (open.lte(0)) continue
    const { clientId } = ticket
    if (trading.source === 'exchange') {
      const isOnItsWay = stage === 'sent' || (stage === 'stored' && role !== 'protect')
      if (isOnItsWay) trading.flush([lost(clientId, at)])
      continue
    }
    if (manual === undefined) {
      if (!paper.knows(clientId))
        trading.flush([{ kind: 'cancelled', at, clientId, says: 'It was never sent: the desk stopped before.' }])
      continue
    }
    const body = workspace.book.decision(ticket.decisionId)?.body
    if (body === undefined) continue
    if (role === 'entry') {
      const approved = approveOrder(body, ticket)
      if (approved.ok) void manual.submit(approved.value)
    } else {
      const exit = approveExit(body, ticket)
      if (exit.ok) void manual.exit(exit.value)
    }
  }
}

function lost(clientId: string, at: number): OrderFact {
  return { kind: 'unknown', clientId, at, says: 'The desk stopped before the exchange answered: it is being asked.' }
}
