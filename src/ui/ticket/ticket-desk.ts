import type { Desk } from '../app/desk.svelte.ts'
import type { TicketDesk } from './ticket.svelte.ts'

/** What the ticket needs of the desk, asked for anew each time it is used. */
export function ticketDesk(desk: Desk): TicketDesk {
  return {
    get client() {
      return desk.client
    },
    get book() {
      return desk.book
    },
    get equity() {
      return desk.account?.equity ?? undefined
    },
  }
}
