import { pastEntries, type PastEntry } from '../../domain/broker/past-entries.ts'
import { unusualOrder, USUAL_COLLAR, type Unusual } from '../../domain/broker/unusual-order.ts'
import { dec, readPositive, type Dec } from '../../domain/kernel/money.ts'
import { DeskRefusal } from '../refusal.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

/** An order that would add risk. A price is given where the order names one. */
export interface OrderLook {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly price: string | null
  readonly strategy: string | null
}

/** What is unusual about an order of a live book; on paper, where nothing is at stake, nothing is. */
export function lookAtOrder(room: TradingRoom, look: OrderLook): readonly Unusual[] {
  const { workspace } = room
  if (workspace.book.info.kind !== 'live') return []
  const quantity = readPositive(look.quantity, 'quantity')
  if (!quantity.ok) refuse(quantity.error)
  const price = look.price === null ? null : readPositive(look.price, 'price')
  if (price?.ok === false) refuse(price.error)
  const { symbol, side, strategy } = look
  const last = workspace.book.lastMark(symbol, workspace.now())
  return unusualOrder({
    symbol,
    side,
    quantity: quantity.value,
    price: price?.value ?? null,
    last: last === undefined ? null : dec(last.price),
    collar: collarOf(room, strategy),
    past: entriesIn(room, symbol),
  })
}

/** Refuses an unusual order of a live book unless its size was typed once more, the very size that was decided. */
export function refuseUnusual(room: TradingRoom, look: OrderLook, typedQuantity: string | undefined): void {
  const unusual = lookAtOrder(room, look)
  if (unusual.length === 0) return
  const typed = typedQuantity === undefined ? null : readPositive(typedQuantity, 'typedQuantity')
  if (typed?.ok === true && typed.value.eq(dec(look.quantity))) return
  const why = unusual.map(({ says }) => says).join(' ')
  const asked =
    typedQuantity === undefined
      ? `Type its size, ${look.quantity}, to approve it.`
      : `typedQuantity is ${typedQuantity}: type the size of the order, ${look.quantity}.`
  throw new DeskRefusal('UNUSUAL_ORDER', `Unusual order. ${why} ${asked}`, 'typedQuantity')
}

/** Entries in a symbol: orders of this book as far as they were filled, and what other sources booked. */
function entriesIn({ workspace, trading }: TradingRoom, symbol: string): readonly PastEntry[] {
  const fills = workspace.book.fills(trading.account.accountId).filter((fill) => fill.symbol === symbol)
  const own = trading.blotter
    .orders()
    .filter(({ ticket, role, filled }) => ticket.symbol === symbol && role === 'entry' && filled.gt(0))
    .map((order) => ({ at: trading.viewOf(order).at, side: order.ticket.side, quantity: order.filled }))
  return [...pastEntries(fills, trading.source), ...own].sort((a, b) => a.at - b.at)
}

/** The collar of the profile that decides the order; what is usual where that check is switched off. */
function collarOf({ workspace }: TradingRoom, strategy: string | null): Dec {
  const { profile } = workspace.activeProfile(strategy ?? '')
  // Safe: the registry reads the settings of this rule by the shape it declares.
  const set = profile.gate.get('price_collar') as { readonly max: Dec } | undefined
  return set?.max ?? USUAL_COLLAR
}
