import type { Desk } from '../app/desk.svelte.ts'
import type { LiveDesk } from '../live/live-desk.svelte.ts'
import type { TicketActsSource } from '../live/unusual-order.svelte.ts'
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

/** What the ticket's acts need of desk and arming: a live book that is not armed in this window records alone. */
export function ticketActsSource(desk: Desk, live: LiveDesk): TicketActsSource {
  return {
    get client() {
      return desk.client
    },
    windowId: live.windowId,
    get way() {
      const kind = desk.book?.kind
      return kind === 'paper' || (kind === 'live' && live.isArmedHere) ? kind : 'record'
    },
  }
}
