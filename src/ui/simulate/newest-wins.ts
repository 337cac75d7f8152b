/** Most milliseconds that a job runs on while a newer one waits. */
const MOST_GRACE = 3000

/** Does one job at a time and keeps only the newest that waits: a slider that moves asks for far more than is wanted. */
export class NewestWins<Job> {
  readonly #do: (job: Job, signal: AbortSignal) => Promise<void>
  readonly #least: number
  #grace: number
  #running: { readonly stop: AbortController; readonly since: number } | undefined
  #waiting: { readonly job: Job } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * A job that a newer one waits for may run on for `grace` milliseconds, or for twice as long as the last one took: a
   * slider that moves must still show something, also on a slow machine.
   */
  constructor(work: (job: Job, signal: AbortSignal) => Promise<void>, grace: number) {
    this.#do = work
    this.#least = grace
    this.#grace = grace
  }

  /** Does a job now or as soon as the one before ends; whatever waited is dropped. */
  ask(job: Job): void {
    this.#waiting = { job }
    const running = this.#running
    if (running === undefined) {
      this.#next()
      return
    }
    const left = running.since + this.#grace - Date.now()
    clearTimeout(this.#timer)
    if (left <= 0) this.#cut(running.stop)
    else this.#timer = setTimeout(() => this.#cut(running.stop), left)
  }

  /** Leaves what runs and forgets what waits. */
  stop(): void {
    this.#waiting = undefined
    clearTimeout(this.#timer)
    this.#running?.stop.abort()
  }

  #cut(stop: AbortController): void {
    this.#grace = Math.min(MOST_GRACE, this.#grace * 2)
    stop.abort()
  }

  #next(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    clearTimeout(this.#timer)
    const running = { stop: new AbortController(), since: Date.now() }
    this.#running = running
    void this.#do(waiting.job, running.stop.signal).finally(() => {
      if (!running.stop.signal.aborted)
        this.#grace = Math.min(MOST_GRACE, Math.max(this.#least, 2 * (Date.now() - running.since)))
      this.#running = undefined
      this.#next()
    })
  }
}
