import type { BookReader } from '../ports.ts'
import { marketAnswer } from './market-answer.ts'
import type { AnswerOf, MarketTask, MarketThread } from './ports.ts'

/** Answers kept: a study of 500 instruments takes some megabytes. */
const MOST_KEPT = 24

interface Kept {
  readonly coming: Promise<unknown>
  answer?: unknown
}

/** Market studies of the open book: worked out beside the desk, and kept until the ledger changes. */
export class MarketRoom {
  readonly #thread: MarketThread | undefined
  readonly #kept = new Map<string, Kept>()

  /** Without a thread tasks are worked out on the desk's own. */
  constructor(thread?: MarketThread) {
    this.#thread = thread
  }

  /** Works a task out, or takes what was worked out from the same ledger before. */
  work<T extends MarketTask>(book: BookReader, task: T): Promise<AnswerOf<T>> {
    const key = keyOf(book, task)
    const before = this.#kept.get(key)
    if (before !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, before)
      return before.coming as Promise<AnswerOf<T>>
    }
    const coming = this.#begin(book, task)
    const kept: Kept = { coming }
    this.#kept.set(key, kept)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break
      this.#kept.delete(oldest)
    }
    // What failed is asked for anew the next time; whoever waits is told.
    coming.then(
      (answer) => {
        kept.answer = answer
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key)
      },
    )
    return coming
  }

  /** What was worked out from the same ledger before; `undefined` where it was not, or is not ready. */
  atHand<T extends MarketTask>(book: BookReader, task: T): AnswerOf<T> | undefined {
    return this.#kept.get(keyOf(book, task))?.answer as AnswerOf<T> | undefined
  }

  /** As `atHand`; what is not there is begun, so that it is there soon. */
  soon<T extends MarketTask>(book: BookReader, task: T): AnswerOf<T> | undefined {
    const answer = this.atHand(book, task)
    // Whoever asks again is told what went wrong.
    if (answer === undefined) void this.work(book, task)
    return answer
  }

  async #begin<T extends MarketTask>(book: BookReader, task: T): Promise<AnswerOf<T>> {
    if (this.#thread !== undefined) return this.#thread.work(book.info.path, task)
    // Whoever asked goes on first.
    await Promise.resolve()
    return marketAnswer(book, task)
  }
}

function keyOf(book: BookReader, task: MarketTask): string {
  return JSON.stringify([book.info.path, book.version(), task])
}
