import { dec, magnitude, smaller, text, ZERO, type Dec } from '../kernel/money.ts'
import type { BlotterOrder } from './blotter.ts'
import type { OrderTicket } from './order-ticket.ts'

/** A stop or a target as it should stand now: `quantity` of the ticket counts what it has closed, `open` what it still may. */
export interface WantedExit {
  readonly ticket: OrderTicket
  readonly open: Dec
}

/**
 * The protective exits of all entries that were filled: for as many units as are still held, those of the newest entry first.
 * With `open` zero an exit has nothing left to close. An exit that was moved keeps the price it was moved to.
 */
export function wantedProtection(
  orders: readonly BlotterOrder[],
  orderOf: (clientId: string) => BlotterOrder | undefined,
  held: (symbol: string, strategy: string | null) => Dec,
): readonly WantedExit[] {
  const left = new Map<string, Dec>()
  return orders
    .filter(({ role, filled, ticket: { protect } }) => {
      const isProtected = protect.stop !== null || protect.target !== null
      return role === 'entry' && filled.gt(0) && isProtected
    })
    .reverse()
    .flatMap(({ ticket, filled }) => {
      const { symbol, strategy, side, clientId } = ticket
      const key = JSON.stringify([symbol, strategy, side])
      const [stop, target] = [orderOf(`${clientId}.stop`), orderOf(`${clientId}.target`)]
      const closed = (stop?.filled ?? ZERO).plus(target?.filled ?? ZERO)
      const units = left.get(key) ?? heldOn(side, held(symbol, strategy))
      const mine = filled.minus(closed)
      const open = smaller<Dec>(mine.lt(0) ? ZERO : mine, units)
      left.set(key, units.minus(open))
      return exitsOf(ticket, stop, target).map(({ made, known }) => ({
        ticket: { ...made, quantity: text((known?.filled ?? ZERO).plus(open)) },
        open,
      }))
    })
}

function heldOn(side: OrderTicket['side'], held: Dec): Dec {
  return held.gt(0) === (side === 'buy') ? magnitude(held) : ZERO
}

function exitsOf(
  entry: OrderTicket,
  stop: BlotterOrder | undefined,
  target: BlotterOrder | undefined,
): readonly { readonly made: OrderTicket; readonly known: BlotterOrder | undefined }[] {
  const shared = {
    ...entry,
    side: entry.side === 'buy' ? ('sell' as const) : ('buy' as const),
    lasts: 'until-cancelled' as const,
    protect: { stop: null, target: null },
  }
  const { clientId, protect } = entry
  const made = []
  if (protect.stop !== null) {
    const trigger = stop?.ticket.trigger ?? protect.stop
    made.push({
      made: {
        ...shared,
        clientId: `${clientId}.stop`,
        kind: 'stop' as const,
        limit: null,
        trigger,
        reference: trigger,
      },
      known: stop,
    })
  }
  if (protect.target !== null) {
    const limit = dec(target?.ticket.limit ?? protect.target)
    const price = text(limit)
    made.push({
      made: {
        ...shared,
        clientId: `${clientId}.target`,
        kind: 'limit' as const,
        limit: price,
        trigger: null,
        reference: price,
      },
      known: target,
    })
  }
  return made
}
