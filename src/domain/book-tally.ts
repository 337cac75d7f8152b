import { lossAtStop, lossOf } from './costs.ts'
import { notionalPerUnit } from './exposure.ts'
import { convert } from './fx.ts'
import type { BookInput, CalendarId, WorkingOrderInput } from './inputs.ts'
import { readInstrument } from './instrument.ts'
import { add, larger, magnitude, NO_MONEY, readPositive, type Dec, type Money, type Price } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import { marginOf, type ValuedPosition } from './valued-position.ts'

/** How old something that values the book is, and what it is. */
export interface Dated {
  readonly at: number | null
  readonly field: string
  readonly source: string
}

/** One working order as if it were filled, in account currency; exits that only reduce are none. */
export interface ValuedOrder {
  readonly symbol: string
  /** Signed. */
  readonly notional: Money
  /** Loss from its price to its stop with costs; `null` where it has no stop. */
  readonly riskAtStop: Money | null
}

const SIDES: readonly unknown[] = ['buy', 'sell']

/** Adds up a book, position by position: exposures, risk at the stops, margin, and the ages of what they rest on. */
export class Tally {
  readonly #symbols = new Map<string, { high: Money; low: Money; clusters: readonly string[] }>()
  readonly #strategies = new Map<string, { code: string; high: Money; low: Money }>()
  readonly #oldest = new Map<CalendarId, Dated>()
  #newest: Dated | null = null
  readonly #unstopped = new Set<string>()
  readonly #working: ValuedOrder[] = []
  #risk = NO_MONEY
  #withoutStop = NO_MONEY
  #margin = NO_MONEY
  #unrealised = NO_MONEY

  /** Counts an open position. */
  position(valued: ValuedPosition, currency: string): void {
    const { input, instrument, notional } = valued
    this.#expose(input.symbol, input.strategy, instrument.clusters, notional, notional)
    if (valued.riskAtStop === null) this.#gap(input.symbol, notional)
    else this.#risk = add(this.#risk, valued.riskAtStop)
    this.#margin = add(this.#margin, valued.margin)
    this.#unrealised = add(this.#unrealised, valued.profit)
    this.#date(instrument.calendar, input.mark.at, `positions.${input.symbol}.mark`, input.mark.source)
    this.#dateRate(instrument.currency, currency, valued.ratedAt)
  }

  /** Counts a working order as if it were filled; answers what cannot be read of it. */
  workingOrder(order: WorkingOrderInput, book: BookInput): readonly Reason[] {
    const at = typeof order.orderId === 'string' ? `working.${order.orderId}` : 'working'
    if (typeof order.spec !== 'object' || (order.spec as object | null) === null) {
      return [reason('INPUT_MISSING', `${at}.spec is missing: add the instrument.`, `${at}.spec`)]
    }
    const faults: Reason[] = []
    if (!SIDES.includes(order.side))
      faults.push(reason('INPUT_MALFORMED', `${at}.side must be buy or sell.`, `${at}.side`))
    if (typeof order.symbol !== 'string' || order.symbol === '') {
      faults.push(reason('INPUT_MISSING', `${at}.symbol is missing: give a name.`, `${at}.symbol`))
    }
    if (order.spec.symbol !== order.symbol) {
      faults.push(reason('SPEC_MISMATCH', `The specification of ${at} is that of another symbol.`, `${at}.spec.symbol`))
    }
    const instrument = readInstrument(order.spec, `${at}.spec`)
    const quantity = readPositive(order.quantity, `${at}.quantity`)
    const price = readPositive(order.price, `${at}.price`)
    const stop = order.stop === null ? null : readPositive(order.stop, `${at}.stop`)
    const rate = convert(order.spec.currency, book.currency, book.rates)
    faults.push(
      ...[quantity, price, stop, rate].flatMap((read) => (read === null || read.ok ? [] : [read.error])),
      ...(instrument.ok ? [] : instrument.error),
    )
    if (faults.length > 0 || !instrument.ok || !quantity.ok || !price.ok || stop?.ok === false || !rate.ok)
      return faults
    // Until it is filled an exit changes nothing: what it closes still counts as held.
    if (order.reduces === true) return []
    const spec = instrument.value
    const fx = rate.value.rate
    const size = notionalPerUnit(spec, price.value as Price, order.side)
      .times(fx)
      .times(quantity.value) as Money
    const [high, low] = order.side === 'buy' ? [size, NO_MONEY] : [NO_MONEY, size.negated() as Money]
    this.#expose(order.symbol, order.strategy, spec.clusters, high, low)
    const riskAtStop =
      stop === null
        ? null
        : lossOf(lossAtStop(spec, price.value as Price, stop.value as Price, fx, fx, spec.spread), quantity.value)
    if (riskAtStop === null) this.#gap(order.symbol, size)
    else this.#risk = add(this.#risk, riskAtStop)
    this.#working.push({ symbol: order.symbol, notional: add(high, low), riskAtStop })
    this.#margin = add(this.#margin, marginOf(spec, quantity.value, magnitude(size), fx))
    this.#dateRate(spec.currency, book.currency, rate.value.at)
    return []
  }

  /** The sums. */
  result() {
    let gross = NO_MONEY
    let high = NO_MONEY
    let low = NO_MONEY
    const byCluster = new Map<string, Money>()
    for (const { high: most, low: least, clusters } of this.#symbols.values()) {
      const worst = worstOf(most, least)
      gross = add(gross, worst)
      high = add(high, most)
      low = add(low, least)
      for (const cluster of new Set(clusters)) byCluster.set(cluster, add(byCluster.get(cluster) ?? NO_MONEY, worst))
    }
    const byStrategy = new Map<string, Money>()
    for (const { code, high: most, low: least } of this.#strategies.values()) {
      byStrategy.set(code, add(byStrategy.get(code) ?? NO_MONEY, worstOf(most, least)))
    }
    return {
      gross,
      net: { high, low },
      bySymbol: this.#symbols,
      byCluster,
      byStrategy,
      riskAtStops: this.#risk,
      withoutStop: this.#withoutStop,
      unstopped: [...this.#unstopped].sort(),
      working: this.#working,
      marginUsed: this.#margin,
      unrealised: this.#unrealised,
      oldestMarks: this.#oldest,
      newestMark: this.#newest,
    }
  }

  #expose(symbol: string, strategy: string | null, clusters: readonly string[], high: Money, low: Money): void {
    const held = this.#symbols.get(symbol)
    this.#symbols.set(symbol, {
      high: add(held?.high ?? NO_MONEY, high),
      low: add(held?.low ?? NO_MONEY, low),
      clusters,
    })
    if (strategy === null) return
    const key = `${strategy}\u0000${symbol}`
    const used = this.#strategies.get(key)
    this.#strategies.set(key, {
      code: strategy,
      high: add(used?.high ?? NO_MONEY, high),
      low: add(used?.low ?? NO_MONEY, low),
    })
  }

  #gap(symbol: string, notional: Dec): void {
    this.#withoutStop = add(this.#withoutStop, magnitude(notional) as Money)
    this.#unstopped.add(symbol)
  }

  #dateRate(from: string, to: string, at: number | null): void {
    if (from !== to) this.#date('fx', at, `rates.${from}${to}`, `rate of ${from} in ${to}`)
  }

  /** A time that cannot be read counts as unknown, which is older than any. */
  #date(calendar: CalendarId, time: number | null, field: string, source: string): void {
    const at = Number.isFinite(time) ? time : null
    const oldest = this.#oldest.get(calendar)
    if (oldest === undefined || (oldest.at !== null && (at === null || at < oldest.at))) {
      this.#oldest.set(calendar, { at, field, source })
    }
    if (at !== null && (this.#newest?.at ?? Number.NEGATIVE_INFINITY) < at) this.#newest = { at, field, source }
  }
}

function worstOf(high: Money, low: Money): Money {
  return larger(magnitude(high), magnitude(low))
}
