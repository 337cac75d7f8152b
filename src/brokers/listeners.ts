import type { BrokerEvent } from '../desk/broker/ports.ts'

/** Those who hear a broker. */
export class Listeners {
  readonly #hear = new Set<(event: BrokerEvent) => void>()

  /** Adds one; the returned function takes it away. */
  add(hear: (event: BrokerEvent) => void): () => void {
    this.#hear.add(hear)
    return () => {
      this.#hear.delete(hear)
    }
  }

  /** Tells everybody each event, in order. */
  tell(events: readonly BrokerEvent[]): void {
    for (const event of events) for (const hear of this.#hear) hear(event)
  }
}
