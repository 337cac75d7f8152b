import type { FeedFault } from '../../contract/feed/live-feed.ts'

/** Different faults that are remembered. */
const MOST = 20

/** What went wrong with a feed: of each kind the newest, how often, and never more than can be read. */
export class FaultLog {
  readonly #known = new Map<string, FeedFault>()

  /** Notes a fault; one of the same kind takes the place of the one before. */
  note(kind: string, at: number, says: string): void {
    const times = (this.#known.get(kind)?.times ?? 0) + 1
    // Newest last.
    this.#known.delete(kind)
    this.#known.set(kind, { at, says, times })
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest)
  }

  /** All of them, newest last. */
  list(): FeedFault[] {
    return [...this.#known.values()]
  }
}
