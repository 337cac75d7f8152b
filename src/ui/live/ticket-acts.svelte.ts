import { Approval, type Approvable } from './approval.svelte.ts'
import { HoldPress, windowClock, type HoldClock } from './hold-press.svelte.ts'
import { UnusualOrder, type TicketActsSource } from './unusual-order.svelte.ts'

/** The acts of one ticket by key: a key that is held or pressed twice makes one decision. */
export class TicketActs {
  readonly approval: Approval
  readonly hold: HoldPress
  readonly unusual: UnusualOrder
  readonly #ticket: Approvable
  readonly #source: TicketActsSource

  constructor(ticket: Approvable, source: TicketActsSource, clock: HoldClock = windowClock) {
    this.#ticket = ticket
    this.#source = source
    this.approval = new Approval(ticket, source, clock)
    this.unusual = new UnusualOrder(ticket, source)
    this.hold = new HoldPress(
      () => this.#approveLive(),
      clock,
      () => this.approval.begin(),
    )
  }

  /** No press is taken while one is on its way, once the order was sent, and before the size of an unusual one is typed. */
  readonly mayHold = $derived.by(
    () => this.unusual.isSettled && !this.approval.busy && this.approval.order === undefined,
  )

  /** Ctrl+Enter went down. A refused decision is recorded whatever the book is. */
  down(): void {
    const { way } = this.#source
    if (way === 'record' || this.#ticket.decision?.outcome === 'rejected') void this.#ticket.record()
    else if (way === 'paper') void this.approval.approve()
    else if (this.mayHold) this.hold.press()
    else if (!this.unusual.isSettled) this.unusual.askForSize()
  }

  /** A key came up: a hold ends with either of its two. */
  up({ key }: KeyboardEvent): void {
    if (['Enter', 'Control', 'Meta'].includes(key)) this.hold.release()
  }

  #approveLive(): void {
    if (!this.mayHold || this.#source.way !== 'live') return
    void this.approval.approveLive(this.approval.offersLess, this.unusual.typedQuantity).then(() => {
      if (this.approval.refusal?.code === 'UNUSUAL_ORDER') void this.unusual.look()
    })
  }
}
