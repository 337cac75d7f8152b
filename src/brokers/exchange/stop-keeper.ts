import type { Handed } from '../../desk/broker/ports.ts'
import type { CarriedOrder } from '../../desk/trading/ports.ts'
import type { OrderTicket } from '../../domain/broker/order-ticket.ts'
import { wantedProtection, type WantedExit } from '../../domain/broker/wanted-protection.ts'
import { dec, text, ZERO } from '../../domain/kernel/money.ts'
import { reason } from '../../domain/kernel/reason.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import type { Following, OrderFollower } from './order-follower.ts'
import { strayStops } from './orders-at-work.ts'
import type { StopAlarms } from './stop-alarms.ts'
import type { Answered, VenueFault, VenueOrder, VenueState } from './venue.ts'

/** A protective order that was refused is tried again after so long. */
const AGAIN_MS = 10_000

interface Change {
  readonly ticket: OrderTicket
  readonly revision: number
}

/**
 * Keeps the stop and the target of every entry at the exchange: for what is held, no more and no less. A changed one is there
 * before the one it replaces is taken out, so that nothing is held without a stop in between.
 */
export class StopKeeper {
  readonly #on: Following
  readonly #follower: OrderFollower
  readonly #alarms: StopAlarms
  readonly #changes = new Map<string, Change>()
  /** Revisions that were replaced and may still be there, by the id they were sent under. */
  readonly #replaced = new Map<string, { readonly clientId: string; readonly revision: number }>()
  readonly #notBefore = new Map<string, number>()
  /** Changes that are being sent: they are not looked for meanwhile. */
  readonly #flying = new Set<string>()
  #isProbed = false

  constructor(on: Following, follower: OrderFollower, alarms: StopAlarms) {
    this.#on = on
    this.#follower = follower
    this.#alarms = alarms
  }

  /** Brings what is at the exchange in line with what is held. */
  async keep(): Promise<Answered<true>> {
    const { book } = this.#on
    if (!this.#isProbed) {
      const probed = await this.#probe()
      if (!probed.ok) return probed
      this.#isProbed = true
    }
    for (const clientId of [...this.#changes.keys()]) {
      const done = await this.#finish(clientId)
      if (!done.ok) return done
    }
    const orderOf = (clientId: string): CarriedOrder | undefined => book.order(clientId)
    const wanted = wantedProtection(book.orders(), orderOf, (symbol, strategy) => dec(book.held(symbol, strategy)))
    for (const exit of wanted) {
      const done = await this.#keepOne(exit)
      if (!done.ok) return done
    }
    for (const order of strayStops(book)) {
      const done = await this.#drop(order)
      if (!done.ok) return done
    }
    return this.#takeOut()
  }

  /** Moves a protective order, as a person asked. */
  async change(ticket: OrderTicket, revision: number): Promise<Handed> {
    const { clientId } = ticket
    const known = this.#on.book.order(clientId)
    if (known?.role !== 'protect' || known.stage !== 'working')
      return err(
        reason(
          'RESTRICTED',
          `Order ${clientId} cannot be changed at the exchange: cancel it and decide anew.`,
          'clientId',
        ),
      )
    if (this.#changes.has(clientId) || this.#isReplacing(clientId))
      return err(reason('RESTRICTED', `Order ${clientId} is being changed already: wait for it.`, 'clientId'))
    this.#changes.set(clientId, { ticket, revision })
    this.#flying.add(clientId)
    const placing = this.#on.venue.place(this.#venueOrder(ticket, revision))
    const placed = await placing.finally(() => this.#flying.delete(clientId))
    if (placed.ok) return ok(await this.#made(clientId, placed.value))
    const { kind, reason: why } = placed.error
    if (kind === 'duplicate' || kind === 'unknown')
      return err(
        reason('OUTCOME_UNKNOWN', `Whether order ${clientId} was changed is not known yet: it is being asked.`),
      )
    this.#changes.delete(clientId)
    return err(why)
  }

  async #keepOne({ ticket, open }: WantedExit): Promise<Answered<true>> {
    const { book, mono } = this.#on
    const { clientId } = ticket
    const known = book.order(clientId)
    if (open.isZero()) {
      this.#alarms.clear(clientId)
      return known === undefined || known.open.lte(0) ? ok(true) : this.#drop(known)
    }
    if (known !== undefined && ['refused', 'cancelled', 'expired'].includes(known.stage)) {
      const why = `its stop is out: ${known.stage}`
      // A stop that was cancelled by hand goes before the exit that follows it.
      if (known.stage === 'cancelled') this.#alarms.waits(ticket, why)
      else this.#alarms.raise(ticket, why)
      return ok(true)
    }
    const stands = known?.stage === 'working' && known.open.gt(0)
    if (stands) this.#alarms.clear(clientId)
    else this.#alarms.waits(ticket, 'the exchange has not taken its stop')
    if (known !== undefined && (stands || known.stage === 'filled')) {
      if (known.filled.plus(known.open).eq(dec(ticket.quantity))) return ok(true)
      if (this.#changes.has(clientId) || this.#isReplacing(clientId)) return ok(true)
      this.#changes.set(clientId, { ticket, revision: known.revision + 1 })
      return this.#finish(clientId)
    }
    if (known !== undefined) {
      const asked = await this.#follower.ask(known, 0)
      if (!asked.ok) return asked
      if (asked.value !== undefined) return ok(true)
    }
    const may = book.may('exit')
    if (!may.ok || mono() < (this.#notBefore.get(clientId) ?? 0)) return ok(true)
    if (known === undefined) book.store(ticket)
    const placed = await this.#on.venue.place(this.#venueOrder(known?.ticket ?? ticket, 0))
    return placed.ok ? this.#heard(clientId, placed.value, 0) : this.#failed(ticket, placed.error)
  }

  /** Makes a change, or finds that it was made. */
  async #finish(clientId: string): Promise<Answered<true>> {
    const change = this.#changes.get(clientId)
    const known = this.#on.book.order(clientId)
    if (change === undefined || known === undefined || this.#flying.has(clientId)) return ok(true)
    const found = await this.#on.venue.look(this.#on.names.refOf(known, change.revision))
    if (found.ok) {
      await this.#made(clientId, found.value)
      return ok(true)
    }
    if (found.error.kind !== 'missing') return err(found.error)
    if (!this.#on.book.may('exit').ok || this.#on.mono() < (this.#notBefore.get(clientId) ?? 0)) return ok(true)
    const placed = await this.#on.venue.place(this.#venueOrder(change.ticket, change.revision))
    if (placed.ok) {
      await this.#made(clientId, placed.value)
      return ok(true)
    }
    if (placed.error.kind === 'refused') {
      this.#changes.delete(clientId)
      this.#on.tell([{ kind: 'change-refused', at: this.#on.now(), clientId, revision: change.revision }])
    }
    return this.#failed(change.ticket, placed.error)
  }

  async #made(clientId: string, state: VenueState): Promise<'handed'> {
    const change = this.#changes.get(clientId)
    if (change === undefined) return 'handed'
    this.#changes.delete(clientId)
    const { ticket, revision } = change
    const before = this.#on.book.order(clientId)?.revision ?? revision - 1
    this.#replaced.set(this.#on.names.of(clientId, before), { clientId, revision: before })
    this.#on.tell([{ kind: 'replaced', at: this.#on.now(), clientId, revision, ticket }])
    await this.#follower.hear(clientId, state, revision)
    return 'handed'
  }

  async #drop(known: CarriedOrder): Promise<Answered<true>> {
    const asked = await this.#follower.ask(known)
    if (!asked.ok) return asked
    if (asked.value === undefined) this.#follower.notKnown(known)
    if (asked.value?.status !== 'working') return ok(true)
    const cancelled = await this.#on.venue.cancel(this.#on.names.refOf(known))
    if (!cancelled.ok && cancelled.error.kind !== 'missing') return cancelled
    const again = await this.#follower.ask(known)
    return again.ok ? ok(true) : again
  }

  /** Takes replaced revisions out, and hears what they were filled with before. */
  async #takeOut(): Promise<Answered<true>> {
    for (const [venueId, { clientId, revision }] of this.#replaced) {
      const known = this.#on.book.order(clientId)
      if (known === undefined) continue
      const cancelled = await this.#on.venue.cancel(this.#on.names.refOf(known, revision))
      if (!cancelled.ok && cancelled.error.kind !== 'missing') return cancelled
      const answered = await this.#on.venue.look(this.#on.names.refOf(known, revision))
      if (!answered.ok && answered.error.kind !== 'missing') return err(answered.error)
      const whole = answered.ok ? await this.#follower.hear(clientId, answered.value, revision) : ok(true)
      if (!whole.ok) return whole
      if (whole.value && (!answered.ok || answered.value.status !== 'working')) this.#replaced.delete(venueId)
    }
    return ok(true)
  }

  /** After a start: a change may have been made that was never heard of, and the one before it may still be there. */
  async #probe(): Promise<Answered<true>> {
    for (const order of this.#on.book.orders()) {
      const { role, open, revision, ticket } = order
      if (role !== 'protect' || open.lte(0)) continue
      const { clientId } = ticket
      if (revision > 0)
        this.#replaced.set(this.#on.names.of(clientId, revision - 1), { clientId, revision: revision - 1 })
      const next = await this.#on.venue.look(this.#on.names.refOf(order, revision + 1))
      if (!next.ok && next.error.kind !== 'missing') return err(next.error)
      if (!next.ok) continue
      const quantity = text(order.filled.plus(dec(next.value.quantity)))
      const price = next.value.trigger === null ? null : text(dec(next.value.trigger))
      const moved = ticket.kind === 'stop' ? { trigger: price } : { limit: price }
      this.#changes.set(clientId, { ticket: { ...ticket, ...moved, quantity }, revision: revision + 1 })
      await this.#made(clientId, next.value)
    }
    return ok(true)
  }

  async #heard(clientId: string, state: VenueState, revision: number): Promise<Answered<true>> {
    const heard = await this.#follower.hear(clientId, state, revision)
    return heard.ok ? ok(true) : heard
  }

  #failed(ticket: OrderTicket, fault: VenueFault): Answered<true> {
    if (fault.kind === 'duplicate') return ok(true)
    if (fault.kind !== 'refused') return err(fault)
    this.#notBefore.set(ticket.clientId, this.#on.mono() + AGAIN_MS)
    if (this.#on.book.order(ticket.clientId)?.stage !== 'working') this.#alarms.raise(ticket, fault.reason.says)
    return ok(true)
  }

  #isReplacing(clientId: string): boolean {
    return [...this.#replaced.values()].some((one) => one.clientId === clientId)
  }

  #venueOrder(ticket: OrderTicket, revision: number): VenueOrder {
    const { clientId, symbol, side, kind, limit, trigger } = ticket
    const filled = this.#on.book.order(clientId)?.filled ?? ZERO
    return {
      venueId: this.#on.names.of(clientId, revision),
      symbol,
      side,
      kind: kind === 'stop' ? 'stop' : 'take-profit',
      quantity: text(dec(ticket.quantity).minus(filled)),
      price: limit,
      trigger: trigger ?? limit,
      reduceOnly: true,
    }
  }
}
