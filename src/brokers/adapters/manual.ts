import type { Execution, OrderReport } from '../../domain/broker/order-report.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import type { StatedPositions } from '../../domain/broker/reconcile.ts'
import { readDecimal, readPositive } from '../../domain/kernel/money.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { Broker, Handed } from '../../desk/broker/ports.ts'
import { Listeners } from '../listeners.ts'

/** An execution as a person reads it off his own terminal. */
export interface TypedFill {
  readonly clientId: string
  readonly executionId: string
  readonly quantity: string
  readonly price: string
  readonly fee: string
  readonly feeCurrency: string
  readonly at: number
}

/** A ticket to be carried to a terminal by hand. */
export interface TicketToCopy {
  readonly ticket: OrderTicket
  /** `open`: enter it; `changed`: change it there; `cancel`: take it out there. */
  readonly task: 'open' | 'changed' | 'cancel'
  /** One line to copy. */
  readonly says: string
}

/** The manual broker behind the port, and what a person tells it. */
export interface ManualDesk extends Broker {
  tickets(): readonly TicketToCopy[]
  /** The terminal took the order. */
  typeTaken(clientId: string, brokerId: string): Result<true, Reason>
  typeFill(fill: TypedFill): Result<true, Reason>
  /** The terminal took the change that was asked for. */
  typeChanged(clientId: string): Result<true, Reason>
  /** The terminal says the order is out. */
  typeCancelled(clientId: string): Result<true, Reason>
  /** The positions as the terminal shows them. */
  statePositions(stated: StatedPositions): void
}

/** Shows each ticket to be copied into the trader's own terminal; what became of it is typed or imported. */
export const manual = {
  id: 'manual',
  title: 'By hand',
  says: 'Shows the ticket to copy into your own terminal; you type or import the fills.',
  connect({ now }: { readonly now: () => number }): ManualDesk {
    const listeners = new Listeners()
    const tickets = new Map<string, TicketToCopy>()
    const done = new Set<string>()
    const asked = new Map<string, number>()
    let stated: StatedPositions = { complete: false, positions: [] }

    const show = (ticket: OrderTicket, task: TicketToCopy['task']): Promise<Handed> => {
      if (!done.has(ticket.clientId)) tickets.set(ticket.clientId, { ticket, task, says: lineOf(ticket, task) })
      return Promise.resolve(ok('handed'))
    }
    const known = (clientId: string): Result<OrderTicket, Reason> => {
      const found = tickets.get(clientId)
      return found === undefined
        ? err(
            reason(
              'INPUT_OUT_OF_RANGE',
              `Order ${clientId} is not among the tickets: choose one of the list.`,
              'clientId',
            ),
          )
        : ok(found.ticket)
    }
    const tell = (report: OrderReport): Result<true, Reason> => {
      listeners.tell([report])
      return ok(true)
    }
    return {
      id: 'manual',
      forwards: false,
      // A ticket that comes again is the ticket that is there, with the task it has now.
      submit: (order) => (tickets.has(order.clientId) ? Promise.resolve(ok('handed')) : show(order, 'open')),
      exit: (order) => (tickets.has(order.clientId) ? Promise.resolve(ok('handed')) : show(order, 'open')),
      cancel: (clientId) => {
        const found = known(clientId)
        return found.ok
          ? show(found.value, 'cancel')
          : Promise.resolve(done.has(clientId) ? ok('handed') : err(found.error))
      },
      change: (order, revision) => {
        const found = known(order.clientId)
        if (!found.ok) return Promise.resolve(err(found.error))
        asked.set(order.clientId, revision)
        return show(order, 'changed')
      },
      positions: () =>
        Promise.resolve(
          stated.complete
            ? ok(stated)
            : err(
                reason(
                  'OUTCOME_UNKNOWN',
                  'Positions were not stated yet: type or import what your terminal shows.',
                  'positions',
                ),
              ),
        ),
      listen: (hear) => listeners.add(hear),
      tickets: () => [...tickets.values()],
      typeTaken: (clientId, brokerId) => {
        const found = known(clientId)
        return found.ok ? tell({ kind: 'accepted', at: now(), clientId, brokerId }) : found
      },
      typeFill: (fill) => {
        const found = known(fill.clientId)
        if (!found.ok) return found
        const read = readFill(fill, found.value)
        return read.ok
          ? tell({ kind: 'fill', at: fill.at, clientId: fill.clientId, executionId: fill.executionId, ...read.value })
          : read
      },
      typeChanged: (clientId) => {
        const found = known(clientId)
        if (!found.ok) return found
        const revision = asked.get(clientId)
        if (revision === undefined)
          return err(reason('INPUT_OUT_OF_RANGE', `No change of order ${clientId} was asked for.`, 'clientId'))
        asked.delete(clientId)
        return tell({ kind: 'replaced', at: now(), clientId, revision, ticket: found.value })
      },
      typeCancelled: (clientId) => {
        const found = known(clientId)
        if (!found.ok) return found
        tickets.delete(clientId)
        done.add(clientId)
        return tell({ kind: 'cancelled', at: now(), clientId, says: 'Cancelled at the terminal.' })
      },
      statePositions: (next) => {
        stated = next
      },
    }
  },
} as const

function readFill(fill: TypedFill, { symbol, side }: OrderTicket): Result<Execution, Reason> {
  if (fill.executionId.trim() === '')
    return err(
      reason('INPUT_MISSING', 'executionId is missing: give the terminal’s number of the execution.', 'executionId'),
    )
  if (!Number.isSafeInteger(fill.at))
    return err(reason('INPUT_MISSING', 'at is missing: give the instant of the execution.', 'at'))
  const { quantity, price, fee, feeCurrency } = fill
  for (const read of [readPositive(quantity, 'quantity'), readPositive(price, 'price'), readDecimal(fee, 'fee')])
    if (!read.ok) return read
  if (feeCurrency === '') return err(reason('INPUT_MISSING', 'feeCurrency is missing: give its code.', 'feeCurrency'))
  return ok({ symbol, side, quantity, price, fee, feeCurrency })
}

function lineOf(ticket: OrderTicket, task: TicketToCopy['task']): string {
  const { side, quantity, symbol, kind, limit, trigger, lasts, protect } = ticket
  const words = [
    task === 'cancel' ? 'CANCEL' : task === 'changed' ? 'CHANGE TO' : '',
    side.toUpperCase(),
    quantity,
    symbol,
    kind.toUpperCase(),
    trigger === null ? '' : `TRIGGER ${trigger}`,
    limit === null ? '' : `LIMIT ${limit}`,
    lasts === 'day' ? 'DAY' : 'GTC',
    protect.stop === null ? '' : `STOP LOSS ${protect.stop}`,
    protect.target === null ? '' : `TARGET ${protect.target}`,
  ]
  return words.filter((word) => word !== '').join(' ')
}
