import type { RefusalBody } from '../../contract/refusal.ts'
import { answer } from '../rpc.ts'

/** What a call of the desk came to: its value or why there is none. Only the newest call counts, and a refusal leaves no value. */
export class Loaded<Value> {
  value = $state.raw<Value>()
  refusal = $state.raw<RefusalBody>()
  busy = $state(false)

  #turn = 0

  /** Asks; what was shown stays until there is an answer. Tells whether this answer is the one shown. */
  async ask(call: () => Promise<Value>): Promise<boolean> {
    const turn = ++this.#turn
    this.busy = true
    const said = await answer(call())
    if (turn !== this.#turn) return false
    this.busy = false
    this.value = said.ok ? said.value : undefined
    this.refusal = said.ok ? undefined : said.refusal
    return true
  }

  /** Forgets value and refusal; an answer on its way no longer counts. */
  clear(): void {
    this.#turn += 1
    this.busy = false
    this.value = undefined
    this.refusal = undefined
  }
}
