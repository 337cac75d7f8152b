/** Seconds a rate is the mean of. */
const WINDOW = 10

/** How many quotes come a second, the mean of the last ten, by a clock nobody can set. */
export class QuoteRate {
  readonly #counts = new Map<number, number>()
  #since: number | undefined

  /** Counts one quote. */
  count(mono: number): void {
    this.#since ??= mono
    const second = Math.floor(mono / 1_000)
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + 1)
    if (this.#counts.size > WINDOW + 1) this.#drop(second)
  }

  /** Quotes a second now, to one digit behind the point. */
  now(mono: number): number {
    if (this.#since === undefined) return 0
    this.#drop(Math.floor(mono / 1_000))
    const total = [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
    const seconds = Math.min(WINDOW, Math.max(1, (mono - this.#since) / 1_000))
    return Math.round((total / seconds) * 10) / 10
  }

  #drop(second: number): void {
    for (const known of this.#counts.keys()) if (known <= second - WINDOW) this.#counts.delete(known)
  }
}
