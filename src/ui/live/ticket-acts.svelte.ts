import { Approval, type Approvable, type ApprovalSource } from './approval.svelte.ts'
import { HoldPress } from './hold-press.svelte.ts'

/** What Ctrl+Enter does with the ticket: record it, approve it on paper, or hold to approve it live. */
export type TicketWay = 'record' | 'paper' | 'live'

/** What the ticket's acts need to know of book and arming. */
export interface TicketActsSource extends ApprovalSource {
  readonly way: TicketWay
}

/** The acts of one ticket by key: a key that is held or pressed twice makes one decision. */
export class TicketActs {
  readonly approval: Approval
  readonly hold: HoldPress
  readonly #ticket: Approvable
  readonly #source: TicketActsSource

  constructor(ticket: Approvable, source: TicketActsSource) {
    this.#ticket = ticket
    this.#source = source
    this.approval = new Approval(ticket, source)
    this.hold = new HoldPress(() => void this.approval.approve())
  }

  /** Ctrl+Enter went down. A refused decision is recorded whatever the book is. */
  down(): void {
    const { way } = this.#source
    if (way === 'record' || this.#ticket.decision?.outcome === 'rejected') void this.#ticket.record()
    else if (way === 'paper') void this.approval.approve()
    else this.hold.press()
  }

  /** A key came up: a hold ends with either of its two. */
  up({ key }: KeyboardEvent): void {
    if (['Enter', 'Control', 'Meta'].includes(key)) this.hold.release()
  }
}
