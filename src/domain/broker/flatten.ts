import { magnitude, text, ZERO, type Dec } from '../kernel/money.ts'
import type { BlotterOrder } from './blotter.ts'
import type { OrderTicket } from './order-ticket.ts'

/** How far closing one position has come. Sent is not flat: only fills make it so. */
export type FlattenStage = 'open' | 'partly' | 'flat' | 'unknown'

/** One position that is being closed. Signed units. */
export interface FlattenLine {
  readonly symbol: string
  readonly before: string
  readonly now: string
  readonly stage: FlattenStage
  readonly says: string
}

/** Orders to cancel first, then one exit at the market for each position. */
export interface FlattenPlan {
  readonly cancel: readonly string[]
  readonly exits: readonly OrderTicket[]
}

/**
 * What closes everything that is held: cancels first, so that nothing fills behind the exits. The ids name the flatten
 * and the symbol, so that pressing it twice sends each exit once.
 */
export function flattenPlan(
  flattenId: string,
  accountId: string,
  held: ReadonlyMap<string, Dec>,
  orders: readonly BlotterOrder[],
  referenceOf: (symbol: string) => string,
): FlattenPlan {
  const cancel = orders.filter(({ open }) => open.gt(0)).map(({ ticket }) => ticket.clientId)
  const exits = positionsOf(held).map(([symbol, quantity]): OrderTicket => ({
    clientId: `${flattenId}.${symbol}`,
    decisionId: flattenId,
    accountId,
    symbol,
    side: quantity.gt(0) ? 'sell' : 'buy',
    quantity: text(magnitude(quantity)),
    kind: 'market',
    limit: null,
    trigger: null,
    lasts: 'until-cancelled',
    strategy: null,
    protect: { stop: null, target: null },
    reference: referenceOf(symbol),
  }))
  return { cancel, exits }
}

/** How far each position has come; one with an order of unknown outcome is unknown, whatever the fills say. */
export function flattenLines(
  before: ReadonlyMap<string, Dec>,
  now: ReadonlyMap<string, Dec>,
  orders: readonly BlotterOrder[],
): readonly FlattenLine[] {
  return positionsOf(before).map(([symbol, held]) => {
    const left = now.get(symbol) ?? ZERO
    const unknown = orders.some(
      ({ ticket, stage }) => ticket.symbol === symbol && (stage === 'unknown' || stage === 'sent'),
    )
    const stage: FlattenStage = unknown
      ? 'unknown'
      : left.isZero()
        ? 'flat'
        : magnitude(left).lt(magnitude(held)) && left.lt(0) === held.lt(0)
          ? 'partly'
          : 'open'
    return { symbol, before: text(held), now: text(left), stage, says: sentence(symbol, stage, text(left)) }
  })
}

function sentence(symbol: string, stage: FlattenStage, left: string): string {
  switch (stage) {
    case 'flat':
      return `${symbol} is flat.`
    case 'partly':
      return `${symbol} is partly closed: ${left} are held.`
    case 'open':
      return `${symbol} is not closed: ${left} are held.`
    case 'unknown':
      return `${symbol} is not known: an order was sent and the broker has not answered; ${left} are held by what is known.`
  }
}

function positionsOf(held: ReadonlyMap<string, Dec>): readonly (readonly [string, Dec])[] {
  return [...held].filter(([, quantity]) => !quantity.isZero()).sort(([a], [b]) => (a < b ? -1 : 1))
}
