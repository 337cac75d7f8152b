import type { Unusual } from '../../contract/trading/approval.ts'
import { compare, isDecimalText, ratio } from '../format/ratio.ts'
import { answer } from '../rpc.ts'
import type { Approvable, ApprovalSource } from './approval.svelte.ts'

/** What Ctrl+Enter does with the ticket: record it, approve it on paper, or hold to approve it live. */
export type TicketWay = 'record' | 'paper' | 'live'

/** What the ticket's acts need to know of book and arming. */
export interface TicketActsSource extends ApprovalSource {
  readonly way: TicketWay
}

/** What is unusual about the live order on the ticket, and its size as it was typed once more. */
export class UnusualOrder {
  typed = $state('')
  /** Goes up when the size is asked for: whoever shows its field brings the focus there. */
  asked = $state(0)
  /** Why nothing is known of it. */
  refusal = $state<string>()
  #found = $state.raw<{ readonly key: string; readonly reasons: readonly Unusual[] }>()
  readonly #ticket: Approvable
  readonly #source: TicketActsSource

  /** Names the order that is looked at; empty where none is: on paper, for an exit, and for a refused decision. */
  readonly key = $derived.by(() => {
    const { decision } = this.#ticket
    if (this.#source.way !== 'live' || decision?.kind !== 'entry' || decision.outcome === 'rejected') return ''
    const { symbol, side, quantity, entry, strategy } = decision
    return JSON.stringify([symbol, side, quantity, entry, strategy])
  })
  readonly isKnown = $derived.by(() => this.key === '' || this.#found?.key === this.key)
  /** One sentence each; empty where nothing is unusual, and until it is known. */
  readonly reasons = $derived.by(() => (this.#found?.key === this.key && this.key !== '' ? this.#found.reasons : []))
  readonly #isTyped = $derived.by(() => {
    const quantity = this.#ticket.decision?.quantity
    return quantity !== undefined && isDecimalText(this.typed) && compare(ratio(this.typed), ratio(quantity)) === 0
  })
  /** Whether nothing stands between the order and the hold: it is usual, or its size was typed. */
  readonly isSettled = $derived.by(() => this.isKnown && (this.reasons.length === 0 || this.#isTyped))

  constructor(ticket: Approvable, source: TicketActsSource) {
    this.#ticket = ticket
    this.#source = source
  }

  /** The size to send along with an unusual order. */
  get typedQuantity(): string | undefined {
    return this.reasons.length > 0 ? this.typed : undefined
  }

  /** Asks the desk anew; what was typed for another order does not count for this one. */
  async look(): Promise<void> {
    const { key } = this
    const { decision } = this.#ticket
    this.refusal = undefined
    if (this.#found?.key !== key) this.typed = ''
    if (key === '' || decision === undefined || decision.side === null) return
    const { symbol, side, quantity, entry, strategy } = decision
    const told = await answer(this.#source.client.trading.unusual({ symbol, side, quantity, price: entry, strategy }))
    if (key !== this.key) return
    this.#found = told.ok ? { key, reasons: told.value } : undefined
    this.refusal = told.ok ? undefined : told.refusal.says
  }

  /** The key was pressed before the size was typed. */
  askForSize(): void {
    this.asked += 1
  }
}
