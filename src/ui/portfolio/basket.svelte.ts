import type { BasketInput, BasketView } from '../../contract/portfolio/plan.ts'
import { fractionOf, given } from '../simulate/figures.ts'
import type { FrameForm } from './frame-form.svelte.ts'
import { Loaded } from './loaded.svelte.ts'
import type { PortfolioDesk } from './portfolio-desk.ts'

/** The typed fields of one hypothetical order. */
export type BasketField = 'entry' | 'stop' | 'quantity' | 'risk'

const MOST_ORDERS = 100

/** One hypothetical order, as typed; an empty entry is the market. */
export class BasketRow {
  readonly id: number
  symbol = $state('')
  side = $state<'buy' | 'sell'>('buy')
  entry = $state('')
  stop = $state('')
  quantity = $state('')
  /** Per cent of equity. */
  risk = $state('')
  unread = $state<Partial<Record<BasketField, string | undefined>>>({})

  readonly name = $derived(this.symbol.trim())
  readonly isWrong = $derived(Object.values(this.unread).some((text) => text !== undefined))

  constructor(id: number) {
    this.id = id
  }
}

/** Several hypothetical orders looked at together; nothing of them is recorded. */
export class BasketForm {
  rows = $state.raw<readonly BasketRow[]>([new BasketRow(0)])
  readonly view = new Loaded<BasketView>()
  #asked = $state('')

  readonly #desk: PortfolioDesk
  readonly #frame: FrameForm
  #next = 1

  readonly input = $derived.by<BasketInput>(() => ({
    orders: this.rows.filter(({ name }) => name !== '').map(orderOf),
    ...this.#frame.lookbackGiven,
  }))
  readonly canAdd = $derived(this.rows.length < MOST_ORDERS)
  readonly canLook = $derived.by(
    () => this.input.orders.length > 0 && !this.#frame.isWrong && this.rows.every(({ isWrong }) => !isWrong),
  )
  /** Whether an order was changed since the answer. */
  readonly isStale = $derived(this.view.value !== undefined && this.#asked !== JSON.stringify(this.input))

  constructor(desk: PortfolioDesk, frame: FrameForm) {
    this.#desk = desk
    this.#frame = frame
  }

  /** Adds an empty order. */
  add(): void {
    if (this.canAdd) this.rows = [...this.rows, new BasketRow(this.#next++)]
  }

  /** Takes an order away; one row always stays. */
  drop(id: number): void {
    const left = this.rows.filter((row) => row.id !== id)
    this.rows = left.length === 0 ? [new BasketRow(this.#next++)] : left
  }

  /** Asks what the orders would do together. */
  async look(): Promise<void> {
    if (!this.canLook) return
    const { input } = this
    this.#asked = JSON.stringify(input)
    await this.view.ask(() => this.#desk.client.portfolio.basket(input))
  }
}

function orderOf({ name, side, entry, stop, quantity, risk }: BasketRow): BasketInput['orders'][number] {
  return {
    symbol: name,
    side,
    entry: entry === '' ? 'market' : entry,
    ...given('stop', stop),
    ...given('quantity', quantity),
    ...given('risk', risk === '' ? '' : fractionOf(risk)),
  }
}
