/** A second press sooner than this is a slip, later than that was forgotten; in milliseconds. */
const SOONEST = 600
const LATEST = 6_000

/** An act that takes two presses with a breath between them: one press alone, a double press and a held key do nothing. */
export class SecondPress {
  /** The first press was made, and the second one is waited for. */
  armed = $state(false)

  readonly #act: () => void
  readonly #now: () => number
  #since = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(act: () => void, now: () => number = () => performance.now()) {
    this.#act = act
    this.#now = now
  }

  /** Takes a press; `isRepeat` is a key that is held. */
  press(isRepeat = false): void {
    if (isRepeat) return
    const passed = this.#now() - this.#since
    if (!this.armed || passed > LATEST) {
      this.#arm()
      return
    }
    if (passed < SOONEST) return
    this.cancel()
    this.#act()
  }

  /** Forgets the first press. */
  cancel(): void {
    this.armed = false
    clearTimeout(this.#timer)
  }

  #arm(): void {
    this.armed = true
    this.#since = this.#now()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.cancel(), LATEST)
  }
}
