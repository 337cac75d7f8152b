import type { Moment } from './ports.ts'

const BEAT_MS = 1_000

/** When the desk looks again: a second after it last did, by its own time or by the machine's, which a replay may outrun. */
export class LookBeat {
  #last: Moment | undefined
  #taken = 0

  /** The next look is due at once. */
  restart(): void {
    this.#last = undefined
  }

  /** Whether a second has passed by one of the clocks, or one began anew. */
  isDue(now: Moment): boolean {
    const last = this.#last
    if (last === undefined) return true
    return hasPassed(last.mono, now.mono) || hasPassed(last.machine?.mono ?? 0, now.machine?.mono ?? 0)
  }

  /** Whether quotes came since prices were last looked at, by the count of all that came. */
  hasMoved(taken: number): boolean {
    return taken !== this.#taken
  }

  /** A look was taken; with `taken` prices were part of it. */
  looked(now: Moment, taken = this.#taken): void {
    this.#last = now
    this.#taken = taken
  }
}

function hasPassed(from: number, to: number): boolean {
  return to - from >= BEAT_MS || to < from
}
