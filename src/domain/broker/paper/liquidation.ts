import { dec, magnitude, smaller, text } from '../../kernel/money.ts'
import type { OrderTicket } from '../order-ticket.ts'
import type { MarginUse, PaperAccount } from './paper-account.ts'

/** What stands in the place of a decision where the broker closes by itself. */
export const LIQUIDATION = 'liquidation'

/** Whether equity is below a share of the margin in use; never where nothing is in use. */
export function isShort({ equity, marginUsed }: PaperAccount, share: string): boolean {
  return marginUsed.gt(0) && equity.lt(marginUsed.times(dec(share)))
}

/**
 * Market orders that close a position, one for each strategy that holds it on the side of the whole; together they never
 * close more than is held. Their ids go on from a number.
 */
export function liquidationTickets(
  { symbol, quantity: held, mark, parts }: MarginUse,
  accountId: string,
  seq: number,
): readonly OrderTicket[] {
  let left = magnitude(held)
  const long = held.gt(0)
  const tickets: OrderTicket[] = []
  for (const [strategy, own] of parts) {
    const quantity = smaller(magnitude(own), left)
    if (own.gt(0) !== long || quantity.lte(0)) continue
    left = left.minus(quantity)
    tickets.push({
      clientId: `${LIQUIDATION}-${symbol}-${seq + tickets.length}`,
      decisionId: LIQUIDATION,
      accountId,
      symbol,
      side: long ? 'sell' : 'buy',
      quantity: text(quantity),
      kind: 'market',
      limit: null,
      trigger: null,
      lasts: 'until-cancelled',
      strategy,
      protect: { stop: null, target: null },
      reference: text(mark),
    })
  }
  return tickets
}
