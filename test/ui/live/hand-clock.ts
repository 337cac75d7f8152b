import type { HoldClock } from '../../../src/ui/live/hold-press.svelte.ts'

/** A clock that is turned by hand. */
export class HandClock implements HoldClock {
  #at = 0
  #waiting: { at: number; run: () => void }[] = []
  readonly now = (): number => this.#at
  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const one = { at: this.#at + milliseconds, run }
    this.#waiting.push(one)
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== one)
    }
  }
  turn(milliseconds: number): void {
    const until = this.#at + milliseconds
    for (;;) {
      const next = this.#waiting.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#at = next.at
      this.#waiting = this.#waiting.filter((other) => other !== next)
      next.run()
    }
    this.#at = until
  }
}
