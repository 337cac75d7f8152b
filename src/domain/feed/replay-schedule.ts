import type { Bar } from '../ledger/records.ts'
import { barQuotes, type BarOrder, type BarTerms } from './bar-quotes.ts'
import type { Quote } from './quote.ts'

/** What a replay is made of. */
export interface ReplayPlan {
  /** Bars of any symbols, in any order. */
  readonly bars: readonly Bar[]
  /** Recorded quotes, played as they are. */
  readonly quotes: readonly Quote[]
  readonly termsOf: (symbol: string) => BarTerms
  /** Asked as each bar begins, so that what hurts what is held comes first. */
  readonly orderOf: (symbol: string) => BarOrder
  readonly source: string
}

/** The quotes of a plan one after another, by time, then by symbol: the same order however they are taken. */
export class ReplaySchedule {
  readonly #plan: ReplayPlan
  readonly #bars: readonly Bar[]
  readonly #quotes: readonly Quote[]
  #nextBar = 0
  #nextQuote = 0
  #pending: Quote[] = []
  #taken = 0

  constructor(plan: ReplayPlan) {
    this.#plan = plan
    this.#bars = [...plan.bars].sort((a, b) => a.at - b.at || compare(a.symbol, b.symbol))
    this.#quotes = [...plan.quotes].sort((a, b) => a.at - b.at || compare(a.symbol, b.symbol))
  }

  /** Instant of the next quote; `undefined` at the end. */
  get nextAt(): number | undefined {
    const times = [this.#pending[0]?.at, this.#bars[this.#nextBar]?.at, this.#quotes[this.#nextQuote]?.at]
    const known = times.filter((at) => at !== undefined)
    return known.length === 0 ? undefined : Math.min(...known)
  }

  /** How many quotes were taken. */
  get taken(): number {
    return this.#taken
  }

  /** Takes the next quote. */
  take(): Quote | undefined {
    const at = this.nextAt
    if (at === undefined) return undefined
    while (this.#bars[this.#nextBar]?.at === at) {
      const bar = this.#bars[this.#nextBar] as Bar
      this.#nextBar += 1
      const { orderOf, termsOf, source } = this.#plan
      this.#pending.push(...barQuotes(bar, orderOf(bar.symbol), termsOf(bar.symbol), source))
    }
    while (this.#quotes[this.#nextQuote]?.at === at) {
      this.#pending.push(this.#quotes[this.#nextQuote] as Quote)
      this.#nextQuote += 1
    }
    // Stable, so that quotes of one bar keep their order.
    this.#pending.sort((a, b) => a.at - b.at || compare(a.symbol, b.symbol))
    const quote = this.#pending.shift()
    if (quote !== undefined) this.#taken += 1
    return quote
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
