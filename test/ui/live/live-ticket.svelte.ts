import type { Decision, RecordedDecision } from '../../../src/contract/sizing.ts'
import type { Unusual } from '../../../src/contract/trading/approval.ts'
import { TicketActs } from '../../../src/ui/live/ticket-acts.svelte.ts'
import type { TicketActsSource, TicketWay } from '../../../src/ui/live/unusual-order.svelte.ts'
import { aDecision } from '../ticket/decisions.ts'
import type { HandClock } from './hand-clock.ts'

/** A call of `approve` as the desk got it. */
export interface Sent {
  readonly at: number
  readonly decisionId: string
  readonly confirmation: string | undefined
  readonly typedQuantity: string | undefined
}

/** A press as the desk heard of it. */
export interface Heard {
  readonly at: number
  readonly order: number
  readonly confirmation: string
}

/** A ticket in a live book on a desk that counts what it is asked; each call takes a while of the turned clock. */
export class LiveTicket {
  decision = $state.raw<Decision | undefined>()
  recorded = $state.raw<RecordedDecision | undefined>()
  way = $state<TicketWay>('live')
  /** Which order this is: goes up with each edit. */
  order = $state(0)
  readonly acts: TicketActs
  readonly sent: Sent[] = []
  readonly heard: Heard[] = []
  readonly orders: string[] = []
  readonly windowId = 'window-1'
  /** How long the desk takes, milliseconds. */
  delay = 0
  /** Whether the next approval is refused. */
  refuses = false
  reasons: readonly Unusual[] = []
  readonly #clock: HandClock

  constructor(clock: HandClock) {
    this.#clock = clock
    this.decision = aDecision({ bookKind: 'live', quantity: '10' })
    const source: TicketActsSource = this as unknown as TicketActsSource
    this.acts = new TicketActs(this, source, clock)
  }

  get client() {
    return { trading: { beginApproval: this.#begin, approve: this.#approve, unusual: this.#unusual } }
  }

  readonly record = async (): Promise<RecordedDecision | undefined> => {
    const { decision, order } = this
    await this.#pause()
    if (order !== this.order) return undefined
    this.recorded ??= { ...decision, decisionId: `made-${order}` } as unknown as RecordedDecision
    return this.recorded
  }

  /** The order is edited: what was begun on the one before does not count. */
  edit(): void {
    this.order += 1
    this.recorded = undefined
    this.decision = aDecision({ bookKind: 'live', quantity: String(10 + this.order) })
    this.acts.hold.forget()
    void this.acts.unusual.look()
  }

  /** The book is armed or disarmed: a press does not outlive either. */
  arm(on: boolean): void {
    this.way = on ? 'live' : 'record'
    this.acts.hold.forget()
    void this.acts.unusual.look()
  }

  readonly #unusual = async () => {
    const { reasons } = this
    await this.#pause()
    return reasons
  }

  readonly #begin = async () => {
    const confirmation = `press-${this.heard.length}`
    await this.#pause()
    this.heard.push({ at: this.#clock.now(), order: this.order, confirmation })
    return { confirmation, holdFor: 600 }
  }

  readonly #approve = async (input: { decisionId: string; confirmation?: string; typedQuantity?: string }) => {
    const { decisionId, confirmation, typedQuantity } = input
    this.sent.push({ at: this.#clock.now(), decisionId, confirmation, typedQuantity })
    const isRefused = this.refuses
    this.refuses = false
    await this.#pause()
    if (isRefused) throw new Error('socket closed')
    this.orders.push(decisionId)
    return { decisionId, says: 'Sent.' }
  }

  async #pause(): Promise<void> {
    const { delay } = this
    if (delay > 0) await new Promise<void>((resolve) => this.#clock.after(delay, resolve))
  }
}
