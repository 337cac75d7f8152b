import type { RefusalBody } from '../../contract/refusal.ts'
import { answer } from '../rpc.ts'

const debounce = 120

/** Something asked about the order beside its size; asked anew as the order changes while it is open, latest answer kept. */
export class Question<Value> {
  open = $state(false)
  value = $state.raw<Value>()
  refusal = $state.raw<RefusalBody>()
  /** True while the answer shown is of an earlier order. */
  asking = $state(false)

  #turn = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Asks in a moment; an earlier question is dropped. Nothing is asked while it is shut. */
  askSoon(call: () => Promise<Value>): void {
    clearTimeout(this.#timer)
    this.#turn += 1
    this.asking = this.open
    if (this.open) this.#timer = setTimeout(() => void this.#ask(call), debounce)
  }

  async #ask(call: () => Promise<Value>): Promise<void> {
    const turn = this.#turn
    const said = await answer(call())
    if (turn !== this.#turn) return
    this.asking = false
    this.value = said.ok ? said.value : undefined
    this.refusal = said.ok ? undefined : said.refusal
  }
}
