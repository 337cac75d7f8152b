import type { RefusalBody } from '../../contract/refusal.ts'
import type { Decision, RecordedDecision } from '../../contract/sizing.ts'
import type { OrderView } from '../../contract/trading/order.ts'
import { answer, type Answer, type Answers, type DeskClient } from '../rpc.ts'
import { windowClock, type HoldClock } from './hold-press.svelte.ts'

/** The part of a ticket that an approval needs. */
export interface Approvable {
  readonly decision: Decision | undefined
  readonly recorded: RecordedDecision | undefined
  /** Records the order as it stands, and answers with that alone. */
  readonly record: () => Promise<RecordedDecision | undefined>
}

/** What approving needs of the desk. */
export interface ApprovalSource {
  readonly client: Pick<DeskClient, 'trading'>
  /** Names this window: a live order is approved in the one that holds the arm. */
  readonly windowId: string
}

/** A press as the desk answered it, and when it did by the clock of this window. */
interface Begun {
  readonly told: Answer<Answers['trading']['beginApproval']>
  readonly at: number
}

/** The desk counts from when it heard of the press; this much more makes sure of it, milliseconds. */
const sureMs = 10

/** Records the decision on the ticket and sends its order; the same decision is sent once, however often this is called. */
export class Approval {
  busy = $state(false)
  #order = $state.raw<OrderView>()
  #refusal = $state.raw<{ readonly decisionId: string; readonly body: RefusalBody }>()
  readonly #ticket: Approvable
  readonly #source: ApprovalSource
  readonly #clock: HoldClock
  #begun: Promise<Begun> | undefined

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

  constructor(ticket: Approvable, source: ApprovalSource, clock: HoldClock = windowClock) {
    this.#ticket = ticket
    this.#source = source
    this.#clock = clock
  }

  /** The key went down on a live order: the desk is told what is looked at, and begins to count. */
  begin(): void {
    const { decision } = this.#ticket
    this.#begun = undefined
    if (decision === undefined || decision.side === null || decision.kind === 'exit') return
    const { symbol, side, quantity } = decision
    const { client, windowId } = this.#source
    this.#begun = answer(client.trading.beginApproval({ windowId, symbol, side, quantity })).then((told) => ({
      told,
      at: this.#clock.now(),
    }))
  }

  /** Approves on paper; with `orLess` for what the limits still allow. A refused decision is recorded alone. */
  approve(orLess = false): Promise<void> {
    return this.#once((decisionId) => this.#send({ decisionId, orLess }))
  }

  /** Approves live what `begin` began, once and no more; `typedQuantity` where the order is unusual. */
  approveLive(orLess = false, typedQuantity?: string): Promise<void> {
    const begun = this.#begun
    this.#begun = undefined
    return this.#once(async (decisionId) => {
      const typed = typedQuantity === undefined ? {} : { typedQuantity }
      const press = await begun
      if (press === undefined) return this.#send({ decisionId, orLess, ...typed })
      const { told, at } = press
      if (!told.ok) {
        this.#refusal = { decisionId, body: told.refusal }
        return
      }
      const { confirmation, holdFor } = told.value
      await this.#until(at + holdFor + sureMs)
      await this.#send({ decisionId, orLess, confirmation, ...typed })
    })
  }

  async #once(send: (decisionId: string) => Promise<void>): Promise<void> {
    if (this.busy || this.order !== undefined) return
    this.busy = true
    try {
      // What is sent is what was on the ticket now, whatever is typed while it is recorded.
      const recorded = await this.#ticket.record()
      if (recorded === undefined || recorded.outcome === 'rejected') return
      await send(recorded.decisionId)
    } finally {
      this.busy = false
    }
  }

  async #until(at: number): Promise<void> {
    const left = at - this.#clock.now()
    if (left > 0) await new Promise<void>((resolve) => this.#clock.after(left, resolve))
  }

  async #send(input: Parameters<DeskClient['trading']['approve']>[0]): Promise<void> {
    const told = await answer(this.#source.client.trading.approve(input))
    this.#order = told.ok ? told.value : undefined
    this.#refusal = told.ok ? undefined : { decisionId: input.decisionId, body: told.refusal }
  }
}
