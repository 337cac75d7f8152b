/** Does one job at a time and keeps only the newest that waits: a slider that moves asks for far more than is wanted. */
export class NewestWins<Job> {
  readonly #do: (job: Job, signal: AbortSignal) => Promise<void>
  readonly #grace: number
  #running: { readonly stop: AbortController; readonly since: number } | undefined
  #waiting: { readonly job: Job } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** A job that a newer one waits for may run on for `grace` milliseconds, so that a moving slider still shows something. */
  constructor(work: (job: Job, signal: AbortSignal) => Promise<void>, grace: number) {
    this.#do = work
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
    if (left <= 0) running.stop.abort()
    else this.#timer = setTimeout(() => running.stop.abort(), left)
  }

  /** Leaves what runs and forgets what waits. */
  stop(): void {
    this.#waiting = undefined
    clearTimeout(this.#timer)
    this.#running?.stop.abort()
  }

  #next(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    clearTimeout(this.#timer)
    const running = { stop: new AbortController(), since: Date.now() }
    this.#running = running
    void this.#do(waiting.job, running.stop.signal).finally(() => {
      this.#running = undefined
      this.#next()
    })
  }
}
