import { answer } from '../rpc.ts'
import type { Desk } from './desk.svelte.ts'

/** The form behind a new empty book, and the making of books. */
export class NewBook {
  name = $state('My book')
  kind = $state<'paper' | 'live'>('paper')
  currency = $state('USD')
  timeZone = $state(Intl.DateTimeFormat().resolvedOptions().timeZone)
  dayRoll = $state('00:00')
  equity = $state('')
  busy = $state(false)
  refusal = $state<string>()

  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Makes the sample book and opens it; false when the desk refused, with the reason shown. */
  sample(): Promise<boolean> {
    return this.#run(() => answer(this.#desk.client.books.create({ from: 'sample' })))
  }

  /** Makes an empty book from the form and opens it. */
  empty(): Promise<boolean> {
    const { name, kind, currency, timeZone, dayRoll, equity } = this
    return this.#run(() =>
      answer(
        this.#desk.client.books.create({
          from: 'empty',
          name: name.trim(),
          kind,
          currency: currency.trim().toUpperCase(),
          timeZone: timeZone.trim(),
          dayRoll,
          equity: equity === '' ? null : equity,
        }),
      ),
    )
  }

  /** Opens a book that exists. */
  open(bookId: string): Promise<boolean> {
    return this.#run(() => answer(this.#desk.client.books.open({ bookId })))
  }

  async #run(call: () => Promise<Awaited<ReturnType<typeof answer>>>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.refusal = undefined
    const made = await call()
    if (made.ok) await this.#desk.refresh()
    else this.refusal = made.refusal.says
    this.busy = false
    return made.ok
  }
}
