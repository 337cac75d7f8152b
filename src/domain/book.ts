import { commissionAt } from './costs.ts'
import { notionalPerUnit } from './exposure.ts'
import { convert } from './fx.ts'
import type { BookInput, CalendarId, PositionInput, WorkingOrderInput } from './inputs.ts'
import { readInstrument, type Instrument } from './instrument.ts'
import {
  add,
  larger,
  magnitude,
  NO_MONEY,
  readDecimal,
  readPositive,
  ZERO,
  type Dec,
  type FxRate,
  type Money,
  type Price,
  type SignedQuantity,
} from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import { err, ok, type Result } from './kernel/result.ts'

/** Worst-case signed notional of one thing: if all working buys fill, and if all working sells fill. */
export interface Span {
  readonly high: Money
  readonly low: Money
}

/** One position valued in account currency. */
export interface ValuedPosition {
  readonly input: PositionInput
  readonly instrument: Instrument
  readonly quantity: SignedQuantity
  readonly mark: Price
  readonly rate: FxRate
  /** Signed. */
  readonly notional: Money
  /** Loss from the mark to the stop with exit costs; `null` where no stop is known. */
  readonly riskAtStop: Money | null
  /** Unrealised, before exit costs. */
  readonly profit: Money
  readonly margin: Money
}

/** The account's exposures in account currency, working orders counted as filled in the worse direction. */
export interface Book {
  readonly input: BookInput
  readonly positions: readonly ValuedPosition[]
  /** Sum over symbols of the worst-case size. */
  readonly gross: Money
  readonly net: Span
  readonly bySymbol: ReadonlyMap<string, Span>
  readonly byCluster: ReadonlyMap<string, Money>
  readonly byStrategy: ReadonlyMap<string, Money>
  /** Loss if every known stop is hit, with exit costs. */
  readonly riskAtStops: Money
  /** Worst-case size of positions and working orders without a stop. */
  readonly withoutStop: Money
  /** Symbols without a stop, for the sentence. */
  readonly unstopped: readonly string[]
  readonly marginUsed: Money
  readonly unrealised: Money
  /** Oldest mark of each calendar with its field. */
  readonly oldestMarks: ReadonlyMap<
    CalendarId,
    { readonly at: number | null; readonly field: string; readonly source: string }
  >
  /** What could not be valued; while there is one, exposures are not known and no limit can be kept. */
  readonly unknown: readonly Reason[]
}

/** Values a book. What cannot be valued is listed in `unknown`, never counted as nothing. */
export function valueBook(input: BookInput): Book {
  const unknown: Reason[] = []
  const positions: ValuedPosition[] = []
  const tally = new Tally()
  for (const position of input.positions) {
    const valued = valuePosition(position, input)
    if (valued.ok) {
      positions.push(valued.value)
      tally.position(valued.value)
    } else unknown.push(...valued.error)
  }
  for (const order of input.working) {
    const faults = tally.workingOrder(order, input)
    unknown.push(...faults)
  }
  return { input, positions, unknown, ...tally.result() }
}

function valuePosition(input: PositionInput, book: BookInput): Result<ValuedPosition, readonly Reason[]> {
  const at = `positions.${input.symbol}`
  if (input.spec === null)
    return err([
      reason('INPUT_MISSING', `${input.symbol} is held but has no specification: add the instrument.`, `${at}.spec`),
    ])
  const instrument = readInstrument(input.spec, `${at}.spec`)
  const quantity = readDecimal(input.quantity, `${at}.quantity`)
  const average = readPositive(input.averagePrice, `${at}.averagePrice`)
  const mark = readPositive(input.mark.value, `${at}.mark`)
  const stop = input.stop === null ? null : readPositive(input.stop, `${at}.stop`)
  const rate = convert(input.spec.currency, book.currency, book.rates)
  const faults = [quantity, average, mark, stop, rate].flatMap((read) => (read === null || read.ok ? [] : [read.error]))
  if (!instrument.ok) return err([...instrument.error, ...faults])
  if (faults.length > 0 || !quantity.ok || !average.ok || !mark.ok || stop?.ok === false || !rate.ok) return err(faults)
  const fx = rate.value.rate
  const perPoint = instrument.value.pointValue.times(fx)
  const size = magnitude(quantity.value)
  const perUnit = notionalPerUnit(instrument.value, mark.value as Price, quantity.value.lt(0) ? 'sell' : 'buy').times(
    fx,
  )
  const notional = perUnit.times(quantity.value) as Money
  return ok({
    input,
    instrument: instrument.value,
    quantity: quantity.value as SignedQuantity,
    mark: mark.value as Price,
    rate: fx,
    notional,
    riskAtStop: stop === null ? null : riskAt(stop.value),
    profit: mark.value.minus(average.value).times(quantity.value).times(perPoint) as Money,
    margin: marginOf(instrument.value, size, magnitude(notional), fx),
  })

  function riskAt(price: Dec): Money {
    if (!instrument.ok || !mark.ok || !quantity.ok) return NO_MONEY
    const spec = instrument.value
    const direction = quantity.value.lt(0) ? -1 : 1
    const move = larger(mark.value.minus(price).times(direction), ZERO)
    const exit = spec.spread.div(2).plus(spec.slippageTicks.times(spec.tickSize))
    const commission = commissionAt(spec, price, fx)
    return move
      .plus(exit)
      .times(perPoint)
      .times(size)
      .plus(larger(commission.minimum, commission.perUnit.times(size))) as Money
  }
}

/** Margin of `size` units: the broker's per unit, else its share of notional, else the whole notional. */
export function marginOf(instrument: Instrument, size: Dec, notional: Dec, rate: FxRate): Money {
  if (instrument.marginPerUnit !== null) return instrument.marginPerUnit.times(size).times(rate) as Money
  return (instrument.marginRate === null ? notional : notional.times(instrument.marginRate)) as Money
}

class Tally {
  readonly #symbols = new Map<string, { high: Money; low: Money; clusters: readonly string[] }>()
  readonly #strategies = new Map<string, { code: string; high: Money; low: Money }>()
  readonly #oldest = new Map<CalendarId, { at: number | null; field: string; source: string }>()
  readonly #unstopped = new Set<string>()
  #risk = NO_MONEY
  #withoutStop = NO_MONEY
  #margin = NO_MONEY
  #unrealised = NO_MONEY

  position(valued: ValuedPosition): void {
    const { input, instrument, notional } = valued
    this.#expose(input.symbol, input.strategy, instrument.clusters, notional, notional)
    if (valued.riskAtStop === null) {
      this.#withoutStop = add(this.#withoutStop, magnitude(notional))
      this.#unstopped.add(input.symbol)
    } else this.#risk = add(this.#risk, valued.riskAtStop)
    this.#margin = add(this.#margin, valued.margin)
    this.#unrealised = add(this.#unrealised, valued.profit)
    const oldest = this.#oldest.get(instrument.calendar)
    const at = input.mark.at
    if (oldest === undefined || (oldest.at !== null && (at === null || at < oldest.at))) {
      this.#oldest.set(instrument.calendar, { at, field: `positions.${input.symbol}.mark`, source: input.mark.source })
    }
  }

  workingOrder(order: WorkingOrderInput, book: BookInput): readonly Reason[] {
    const at = `working.${order.orderId}`
    const instrument = readInstrument(order.spec, `${at}.spec`)
    const quantity = readPositive(order.quantity, `${at}.quantity`)
    const price = readPositive(order.price, `${at}.price`)
    const stop = order.stop === null ? null : readPositive(order.stop, `${at}.stop`)
    const rate = convert(order.spec.currency, book.currency, book.rates)
    if (!instrument.ok) return instrument.error
    if (!quantity.ok || !price.ok || stop?.ok === false || !rate.ok) {
      return [quantity, price, stop, rate].flatMap((read) => (read === null || read.ok ? [] : [read.error]))
    }
    const fx = rate.value.rate
    const size = notionalPerUnit(instrument.value, price.value as Price, order.side)
      .times(fx)
      .times(quantity.value) as Money
    const signed = (order.side === 'buy' ? size : size.negated()) as Money
    this.#expose(
      order.symbol,
      order.strategy,
      instrument.value.clusters,
      order.side === 'buy' ? signed : NO_MONEY,
      order.side === 'sell' ? signed : NO_MONEY,
    )
    if (stop === null) {
      this.#withoutStop = add(this.#withoutStop, magnitude(size))
      this.#unstopped.add(order.symbol)
    } else {
      const move = price.value
        .minus(stop.value)
        .abs()
        .times(instrument.value.pointValue)
        .times(fx)
        .times(quantity.value)
      this.#risk = add(this.#risk, move as Money)
    }
    this.#margin = add(this.#margin, marginOf(instrument.value, quantity.value, magnitude(size), fx))
    return []
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

  result(): Omit<Book, 'input' | 'positions' | 'unknown'> {
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
      marginUsed: this.#margin,
      unrealised: this.#unrealised,
      oldestMarks: this.#oldest,
    }
  }
}

function worstOf(high: Money, low: Money): Money {
  return larger(magnitude(high), magnitude(low))
}
