import type { PositionView } from '../../contract/trading.ts'
import { convert } from '../../domain/fx.ts'
import { dec, rounded, text, ZERO } from '../../domain/kernel/money.ts'
import type { Holding } from '../../domain/ledger/records.ts'
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
      protectedBy: own.flatMap(({ role, ticket }) =>
        role === 'protect'
          ? [
              {
                clientId: ticket.clientId,
                kind: ticket.kind,
                price: ticket.trigger ?? ticket.limit ?? ticket.reference,
              },
            ]
          : [],
      ),
      closing: text(closing),
    }
  })
}

/** Net units by symbol. */
export function netHoldings(holdings: readonly Holding[]): ReadonlyMap<string, ReturnType<typeof dec>> {
  const net = new Map<string, ReturnType<typeof dec>>()
  for (const { symbol, quantity } of holdings) net.set(symbol, (net.get(symbol) ?? ZERO).plus(dec(quantity)))
  return net
}
