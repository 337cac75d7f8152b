import type { PositionView } from '../../contract/trading.ts'
import { convert } from '../../domain/fx.ts'
import { dec, larger, magnitude, rounded, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import type { BlotterOrder } from '../../domain/broker/blotter.ts'
import type { Holding } from '../../domain/ledger/records.ts'
import { clientIdOf } from './client-id.ts'
import type { TradingRoom } from './trading-room.ts'

/** What is held, marked at the newest prices, with the orders that protect or close it. */
export function listPositions(room: TradingRoom): PositionView[] {
  const { workspace, trading } = room
  const { book } = workspace
  const now = workspace.now()
  const rates = book.rates(now)
  const orders = trading.blotter.orders().filter(({ open }) => open.gt(0))
  return book.holdings(trading.account.accountId, now).map((held) => {
    const { symbol, strategy } = held
    const mark = book.lastMark(symbol, now)
    const spec = book.instrument(symbol)
    const rate = spec === undefined ? undefined : convert(spec.currency, trading.account.currency, rates)
    const floats =
      mark === undefined || spec === undefined || rate?.ok !== true
        ? null
        : dec(mark.price)
            .minus(dec(held.averagePrice))
            .times(dec(held.quantity))
            .times(dec(spec.pointValue))
            .times(rate.value.rate)
    const own = orders.filter(({ ticket }) => ticket.symbol === symbol && ticket.strategy === strategy)
    const closing = own.filter(({ role }) => role === 'exit').reduce((sum, { open }) => sum.plus(open), ZERO)
    return {
      symbol,
      strategy,
      quantity: held.quantity,
      averagePrice: held.averagePrice,
      currency: spec?.currency ?? null,
      mark: mark?.price ?? null,
      markSource: mark?.source ?? 'not known',
      markAt: mark?.at ?? null,
      profit: floats === null ? null : rounded(floats),
      stop: held.stop,
      protectedBy: own.flatMap(({ role, ticket, open, stage }) =>
        role === 'protect' && stage !== 'stored'
          ? [
              {
                clientId: ticket.clientId,
                kind: ticket.kind,
                price: ticket.trigger ?? ticket.limit ?? ticket.reference,
                open: text(open),
              },
            ]
          : [],
      ),
      unprotected: text(unprotectedOf(room, held)),
      closing: text(closing),
    }
  })
}

/** Units of a position that no stop at the broker protects. */
export function unprotectedOf({ trading }: TradingRoom, { symbol, strategy, quantity }: Holding): Dec {
  const stops = trading.blotter
    .orders()
    .filter((order) => isStop(order) && order.ticket.symbol === symbol && order.ticket.strategy === strategy)
  const covered = stops.reduce<Dec>((sum, { open }) => sum.plus(open), ZERO)
  return larger<Dec>(magnitude(dec(quantity)).minus(covered), ZERO)
}

/**
 * Stops of their own that are larger than what is held, one sentence each: a terminal fills them past flat, so that a person
 * has to change them there. Other brokers never do.
 */
export function strayStops({ workspace, trading }: TradingRoom): readonly string[] {
  if (trading.source !== 'manual') return []
  const held = netHoldings(workspace.book.holdings(trading.account.accountId, workspace.now()))
  return trading.blotter
    .orders()
    .filter((order) => isStop(order) && order.ticket.clientId === clientIdOf(order.ticket.decisionId))
    .flatMap(({ ticket: { clientId, symbol }, open }) => {
      const left = magnitude(held.get(symbol) ?? ZERO)
      if (open.lte(left)) return []
      return [
        `Stop ${clientId} is for ${text(open)} ${symbol}, ${text(left)} are held: cancel it, or it opens a position.`,
      ]
    })
}

/** A stop that an exchange has not taken yet is only stored: it protects nothing. */
function isStop({ role, ticket, open, stage }: BlotterOrder): boolean {
  return role === 'protect' && ticket.trigger !== null && open.gt(0) && stage !== 'stored'
}

/** Net units by symbol. */
export function netHoldings(holdings: readonly Holding[]): ReadonlyMap<string, ReturnType<typeof dec>> {
  const net = new Map<string, ReturnType<typeof dec>>()
  for (const { symbol, quantity } of holdings) net.set(symbol, (net.get(symbol) ?? ZERO).plus(dec(quantity)))
  return net
}
