/** As many as are taken in one go. */
const MOST = 25

/** Lets many have their turn, some at a time. */
export class TakingTurns {
  #from = 0

  /** Those whose turn it is: all of them where they are few. */
  next<T>(all: readonly T[]): readonly T[] {
    if (all.length <= MOST) return all
    this.#from = (this.#from + MOST) % all.length
    return [...all.slice(this.#from), ...all.slice(0, this.#from)].slice(0, MOST)
  }
}
