type Draw = () => void

/** Draws many plots without a long frame: each frame draws until its time is up, the newest drawing of a plot counts. */
export class DrawQueue {
  readonly #waiting = new Map<object, Draw>()
  readonly #frame: (run: () => void) => unknown
  readonly #now: () => number
  readonly #budget: number
  #asked = false

  /** `budget` is in milliseconds a frame; at least one plot is drawn in each. */
  constructor(frame: (run: () => void) => unknown, now: () => number, budget: number) {
    this.#frame = frame
    this.#now = now
    this.#budget = budget
  }

  /** Draws a plot in one of the next frames, in place of what was waiting for it. */
  add(plot: object, draw: Draw): void {
    this.#waiting.set(plot, draw)
    this.#ask()
  }

  /** Forgets what was waiting for a plot. */
  drop(plot: object): void {
    this.#waiting.delete(plot)
  }

  #ask(): void {
    if (this.#asked || this.#waiting.size === 0) return
    this.#asked = true
    this.#frame(() => this.#draw())
  }

  #draw(): void {
    this.#asked = false
    const end = this.#now() + this.#budget
    for (const [plot, draw] of this.#waiting) {
      this.#waiting.delete(plot)
      draw()
      if (this.#now() >= end) break
    }
    this.#ask()
  }
}

/** The drawings of this window: a third of a frame's time is left for everything else. */
export const drawings = new DrawQueue(
  (run) => requestAnimationFrame(run),
  () => performance.now(),
  10,
)
