import { dec, text, ZERO } from '../../../src/domain/kernel/money.ts'

/** An order as the stand-in keeps it. */
export interface KeptOrder {
  readonly orderId: number
  readonly clientOrderId: string
  readonly symbol: string
  readonly side: 'BUY' | 'SELL'
  readonly type: string
  readonly quantity: string
  readonly price: string
  readonly reduceOnly: boolean
  filled: string
  status: string
  readonly time: number
}

/** A conditional order, which becomes an order when it is set off. */
export interface KeptConditional extends Omit<KeptOrder, 'filled' | 'orderId' | 'clientOrderId'> {
  readonly algoId: number
  readonly clientAlgoId: string
  readonly triggerPrice: string
  actualOrderId: string
}

/** One execution. */
export interface KeptTrade {
  readonly id: number
  readonly orderId: number
  readonly symbol: string
  readonly side: string
  readonly price: string
  readonly qty: string
  readonly commission: string
  readonly time: number
}

/** A refusal in the exchange's words. */
export class VenueRefusal extends Error {
  readonly code: number
  constructor(code: number, says: string) {
    super(says)
    this.code = code
  }
}

/** Fee of every execution, a share of its value. */
const FEE = '0.0004'

/** What happens at the exchange: the truth that a book is held against. Nothing moves unless the test moves it. */
export class StandInMarket {
  readonly orders: KeptOrder[] = []
  readonly conditionals: KeptConditional[] = []
  readonly trades: KeptTrade[] = []
  readonly positions = new Map<string, ReturnType<typeof dec>>()
  /** Orders that came in under an id that was there already, or was there before. */
  readonly repeats: string[] = []
  price = '100'
  /** Market orders are filled so far at once, as a share. */
  fillsNow = '1'
  now = 0
  #next = 1

  place(given: Readonly<Record<string, string>>): KeptOrder {
    const { symbol = '', newClientOrderId = '', quantity = '0', price = '0', type = '', side = '' } = given
    const known = this.orders.filter((order) => order.clientOrderId === newClientOrderId)
    if (known.length > 0) this.repeats.push(newClientOrderId)
    if (known.some(({ status }) => isOpen(status))) throw new VenueRefusal(-4116, 'ClientOrderId is duplicated.')
    const reduceOnly = given['reduceOnly'] === 'true'
    const order: KeptOrder = {
      orderId: this.#number(),
      clientOrderId: newClientOrderId,
      symbol,
      side: side === 'BUY' ? 'BUY' : 'SELL',
      type,
      quantity: reduceOnly ? this.#reducible(symbol, side, quantity) : quantity,
      price,
      reduceOnly,
      filled: '0',
      status: 'NEW',
      time: this.now,
    }
    this.orders.push(order)
    if (type === 'MARKET') this.fill(order, text(dec(order.quantity).times(dec(this.fillsNow))))
    return order
  }

  placeConditional(given: Readonly<Record<string, string>>): KeptConditional {
    const {
      symbol = '',
      clientAlgoId = '',
      quantity = '0',
      price = '0',
      type = '',
      side = '',
      triggerPrice = '0',
    } = given
    const known = this.conditionals.filter((order) => order.clientAlgoId === clientAlgoId)
    if (known.length > 0) this.repeats.push(clientAlgoId)
    if (known.some(({ status }) => status === 'NEW')) throw new VenueRefusal(-4116, 'ClientOrderId is duplicated.')
    const order: KeptConditional = {
      algoId: this.#number(),
      clientAlgoId,
      symbol,
      side: side === 'BUY' ? 'BUY' : 'SELL',
      type,
      quantity,
      price,
      triggerPrice,
      reduceOnly: given['reduceOnly'] === 'true',
      status: 'NEW',
      actualOrderId: '',
      time: this.now,
    }
    this.conditionals.push(order)
    return order
  }

  /** Fills so many units of an order; a reduce-only one never more than is held. */
  fill(order: KeptOrder, units: string): void {
    const left = dec(order.quantity).minus(dec(order.filled))
    const most = order.reduceOnly ? dec(this.#reducible(order.symbol, order.side, text(left))) : left
    const quantity = [dec(units), left, most].reduce((a, b) => (a.lte(b) ? a : b))
    if (!isOpen(order.status) || quantity.lte(0)) return
    const price = order.type === 'LIMIT' ? order.price : this.price
    this.trades.push({
      id: this.#number(),
      orderId: order.orderId,
      symbol: order.symbol,
      side: order.side,
      price,
      qty: text(quantity),
      commission: text(quantity.times(dec(price)).times(dec(FEE))),
      time: this.now,
    })
    order.filled = text(dec(order.filled).plus(quantity))
    order.status = dec(order.filled).gte(dec(order.quantity)) ? 'FILLED' : 'PARTIALLY_FILLED'
    const signed = order.side === 'BUY' ? quantity : quantity.negated()
    this.positions.set(order.symbol, (this.positions.get(order.symbol) ?? ZERO).plus(signed))
  }

  /** Sets a conditional order off: it is an order of the market from here on, and is filled so far. */
  trigger(conditional: KeptConditional, units = conditional.quantity): void {
    if (conditional.status !== 'NEW') return
    const { symbol, side, quantity, reduceOnly } = conditional
    if (reduceOnly && this.#against(symbol, side).lte(0)) {
      conditional.status = 'REJECTED'
      return
    }
    const order: KeptOrder = {
      orderId: this.#number(),
      clientOrderId: `algo_${conditional.algoId}`,
      symbol,
      side,
      type: 'MARKET',
      quantity: reduceOnly ? this.#reducible(symbol, side, quantity) : quantity,
      price: '0',
      reduceOnly,
      filled: '0',
      status: 'NEW',
      time: this.now,
    }
    this.orders.push(order)
    conditional.actualOrderId = String(order.orderId)
    conditional.status = 'TRIGGERED'
    this.fill(order, units)
  }

  cancel(order: KeptOrder | undefined): KeptOrder {
    if (order === undefined || !isOpen(order.status)) throw new VenueRefusal(-2011, 'Unknown order sent.')
    order.status = 'CANCELED'
    return order
  }

  #reducible(symbol: string, side: string, wanted: string): string {
    const against = this.#against(symbol, side)
    if (against.lte(0)) throw new VenueRefusal(-2022, 'ReduceOnly Order is rejected.')
    return text(against.lt(dec(wanted)) ? against : dec(wanted))
  }

  #against(symbol: string, side: string): ReturnType<typeof dec> {
    const held = this.positions.get(symbol) ?? ZERO
    return side === 'SELL' ? held : held.negated()
  }

  #number(): number {
    return (this.#next += 1)
  }
}

/** Whether an order of that status may still be filled. */
export function isOpen(status: string): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED'
}
