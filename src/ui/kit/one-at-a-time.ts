/**
 * Asks one question at a time. What is asked for while an answer is on its way is asked once more after it, so that a desk
 * that changes faster than it answers is shown all the same.
 */
export class OneAtATime {
  readonly #question: (isWanted: () => boolean) => Promise<void>
  #current: Promise<void> | undefined
  #next: Promise<void> | undefined
  #dropped = 0

  /** `question` takes its answer in only where `isWanted` says so then. */
  constructor(question: (isWanted: () => boolean) => Promise<void>) {
    this.#question = question
  }

  /** Asks now, or as soon as the question before is answered; resolves with the answer to a question of after this call. */
  ask(): Promise<void> {
    if (this.#next !== undefined) return this.#next
    if (this.#current === undefined) return this.#begin()
    const begin = (): Promise<void> => this.#begin()
    this.#next = this.#current.then(begin, begin)
    return this.#next
  }

  /** The answer on its way is of something that is no longer shown, such as another book. */
  drop(): void {
    this.#dropped += 1
  }

  #begin(): Promise<void> {
    this.#next = undefined
    const dropped = this.#dropped
    const current = this.#question(() => dropped === this.#dropped).finally(() => {
      if (this.#current === current) this.#current = undefined
    })
    this.#current = current
    return current
  }
}
