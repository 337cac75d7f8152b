import type { FeedTimer } from '../../src/desk/feed/ports.ts'

/** A timer the test turns: nothing happens by itself. */
export class TurnedTimer implements FeedTimer {
  #now = 0
  #jobs: { readonly at: number; readonly run: () => void }[] = []

  mono(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const job = { at: this.#now + ms, run }
    this.#jobs.push(job)
    return () => {
      this.#jobs = this.#jobs.filter((one) => one !== job)
    }
  }

  /** Lets time pass, and runs what was due in it. */
  turn(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const [next] = this.#jobs.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      this.#jobs = this.#jobs.filter((job) => job !== next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = end
  }
}
