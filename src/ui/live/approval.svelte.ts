import type { RefusalBody } from '../../contract/refusal.ts'
import type { Decision, RecordedDecision } from '../../contract/sizing.ts'
import type { OrderView } from '../../contract/trading/order.ts'
import { answer, type DeskClient } from '../rpc.ts'

/** The part of a ticket that an approval needs. */
export interface Approvable {
  readonly decision: Decision | undefined
  readonly recorded: RecordedDecision | undefined
  readonly record: () => Promise<void>
}

/** What approving needs of the desk. */
export interface ApprovalSource {
  readonly client: Pick<DeskClient, 'trading'>
}

/** Records the decision on the ticket and sends its order; the same decision is sent once, however often this is called. */
export class Approval {
  busy = $state(false)
  #order = $state.raw<OrderView>()
  #refusal = $state.raw<{ readonly decisionId: string; readonly body: RefusalBody }>()
  readonly #ticket: Approvable
  readonly #source: ApprovalSource

  /** The order of the decision on the ticket, once it was sent. */
  readonly order = $derived.by(() =>
    this.#order?.decisionId === this.#ticket.recorded?.decisionId ? this.#order : undefined,
  )
  /** Why it was not sent. */
  readonly refusal = $derived.by(() =>
    this.#refusal?.decisionId === this.#ticket.recorded?.decisionId ? this.#refusal?.body : undefined,
  )
  /** The limits allow less by now than was decided, and the desk offers to send that. */
  readonly offersLess = $derived.by(() => this.refusal?.code === 'LESS_ALLOWED')

  constructor(ticket: Approvable, source: ApprovalSource) {
    this.#ticket = ticket
    this.#source = source
  }

  /** Approves; with `orLess` for what the limits still allow. A refused decision is recorded alone. */
  async approve(orLess = false): Promise<void> {
    if (this.busy || this.order !== undefined) return
    this.busy = true
    try {
      await this.#ticket.record()
      const { recorded } = this.#ticket
      if (recorded === undefined || recorded.outcome === 'rejected') return
      await this.#send(recorded.decisionId, orLess)
    } finally {
      this.busy = false
    }
  }

  async #send(decisionId: string, orLess: boolean): Promise<void> {
    const told = await answer(this.#source.client.trading.approve({ decisionId, orLess }))
    this.#order = told.ok ? told.value : undefined
    this.#refusal = told.ok ? undefined : { decisionId, body: told.refusal }
  }
}
