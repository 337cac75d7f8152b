/** How long the key or the button is held before it counts, milliseconds. */
export const holdMs = 600
/** The second of two presses counts up to this long after the first one began, milliseconds. */
export const secondPressMs = 3_000

/** What a hold needs of the clock; tests give their own. */
export interface HoldClock {
  readonly now: () => number
  readonly after: (milliseconds: number, run: () => void) => () => void
}

/** The clock of this window. */
export const windowClock: HoldClock = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}

/**
 * One act by holding for 0.6 s, or by two presses that begin 0.6 to 3 s apart. A key that repeats is one press; after the
 * act nothing counts until it is let go.
 */
export class HoldPress {
  isHeld = $state(false)
  /** True after a first short press: the second one may come. */
  isWaiting = $state(false)
  readonly #run: () => void
  readonly #begin: () => void
  readonly #clock: HoldClock
  #beganAt: number | undefined
  #hasRun = false
  #stopHold: () => void = () => undefined
  #stopWait: () => void = () => undefined

  /** `begin` is called with each press that may come to its end, `run` where one did. */
  constructor(run: () => void, clock: HoldClock = windowClock, begin: () => void = () => undefined) {
    this.#run = run
    this.#begin = begin
    this.#clock = clock
  }

  /** The key or the button went down. */
  press(): void {
    if (this.isHeld) return
    this.isHeld = true
    this.#hasRun = false
    const now = this.#clock.now()
    const since = this.#beganAt === undefined ? undefined : now - this.#beganAt
    if (since !== undefined && since >= holdMs && since <= secondPressMs) {
      this.#act()
      return
    }
    // A hurried second press is no second look: it begins anew.
    this.#beganAt = now
    this.#stopWait()
    this.#stopHold = this.#clock.after(holdMs, () => this.#act())
    this.#begin()
  }

  /** It was let go: a hold that was too short is a first press. */
  release(): void {
    if (!this.isHeld) return
    this.isHeld = false
    this.#stopHold()
    if (this.#hasRun || this.#beganAt === undefined) return
    this.isWaiting = true
    this.#stopWait = this.#clock.after(secondPressMs, () => this.forget())
  }

  /** Nothing was pressed: what was begun does not count any more. */
  forget(): void {
    this.#stopHold()
    this.#stopWait()
    this.isHeld = this.isWaiting = false
    this.#beganAt = undefined
  }

  #act(): void {
    this.#stopHold()
    this.#stopWait()
    this.isWaiting = false
    this.#hasRun = true
    this.#beganAt = undefined
    this.#run()
  }
}
