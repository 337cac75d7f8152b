import type { PaperOrder } from './paper-order.ts'

/** The paper broker's orders by client id, and which of them work, by symbol. */
export class PaperOrders {
  readonly #orders = new Map<string, PaperOrder>()
  readonly #working = new Map<string, Set<string>>()

  constructor(orders: readonly PaperOrder[]) {
    for (const order of orders) this.keep(order)
  }

  /** Number of the next order to arrive. */
  get nextSeq(): number {
    return this.#orders.size + 1
  }

  all(): readonly PaperOrder[] {
    return [...this.#orders.values()]
  }

  get(clientId: string): PaperOrder | undefined {
    return this.#orders.get(clientId)
  }

  /** Keeps an order as it is. */
  keep(order: PaperOrder): void {
    const { clientId, symbol } = order.ticket
    this.#orders.set(clientId, order)
    const working = this.#working.get(symbol) ?? new Set()
    this.#working.set(symbol, working)
    if (order.status === 'working') working.add(clientId)
    else working.delete(clientId)
  }

  /** Symbols that orders have named. */
  symbols(): readonly string[] {
    return [...this.#working.keys()]
  }

  /** Working orders of a symbol, oldest first. */
  working(symbol: string): readonly PaperOrder[] {
    const orders: PaperOrder[] = []
    for (const clientId of this.#working.get(symbol) ?? []) {
      const order = this.#orders.get(clientId)
      if (order !== undefined) orders.push(order)
    }
    return orders.sort((a, b) => a.seq - b.seq)
  }
}
