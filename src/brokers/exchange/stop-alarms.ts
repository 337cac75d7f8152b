import type { OrderTicket } from '../../domain/broker/order-ticket.ts'

/** So long a stop may take to be placed before a person is told. */
const GRACE_MS = 10_000

/** What is held without a stop at the exchange, and why; each is told once, as soon as it is so. */
export class StopAlarms {
  readonly #mono: () => number
  readonly #tell: (says: string) => void
  readonly #waiting = new Map<string, number>()
  readonly #raised = new Map<string, string>()

  constructor(mono: () => number, tell: (says: string) => void) {
    this.#mono = mono
    this.#tell = tell
  }

  /** The sentences that hold now. */
  says(): readonly string[] {
    return [...this.#raised.values()]
  }

  /** A protective order is not there, which may pass. */
  waits(ticket: OrderTicket, why: string): void {
    const since = this.#waiting.get(ticket.clientId) ?? this.#mono()
    this.#waiting.set(ticket.clientId, since)
    if (this.#mono() - since >= GRACE_MS) this.raise(ticket, why)
  }

  /** A stop is not there, and will not be by itself. A target that is not there is no danger. */
  raise({ clientId, symbol, kind, trigger }: OrderTicket, why: string): void {
    if (kind !== 'stop' || this.#raised.has(clientId)) return
    const says = `${symbol} is held without its stop at ${trigger ?? 'the market'}: ${why.replace(/\.$/, '')}. Close it, or place a stop at the exchange.`
    this.#raised.set(clientId, says)
    this.#tell(says)
  }

  /** It stands, or nothing is left to protect. */
  clear(clientId: string): void {
    this.#waiting.delete(clientId)
    this.#raised.delete(clientId)
  }
}
