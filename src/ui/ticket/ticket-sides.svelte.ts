import type { Inverse, MethodComparison } from '../../contract/what-if.ts'
import { Question } from './question.svelte.ts'

/** What may stand beside the ladder, above it, or below the form. */
export type Side = 'methods' | 'allow' | 'forecasts'

/** The parts of the ticket that are opened on request. */
export class TicketSides {
  readonly methods = new Question<MethodComparison>()
  readonly allow = new Question<Inverse>()
  forecasts = $state(false)
  #before: Element | null = null

  /** Opens or shuts one; shutting a question gives the focus back to where it was. */
  turn(side: Side): void {
    if (side === 'forecasts') {
      this.forecasts = !this.forecasts
      return
    }
    const question = this[side]
    question.open = !question.open
    if (question.open) this.#before = document.activeElement
    else if (this.#before instanceof HTMLElement) this.#before.focus()
  }
}
