import { notionalPerUnit } from '../../exposure.ts'
import { convert } from '../../fx.ts'
import type { RateQuote } from '../../inputs.ts'
import type { Instrument } from '../../instrument.ts'
import { invariant } from '../../kernel/invariant.ts'
import {
  add,
  dec,
  divide,
  magnitude,
  NO_MONEY,
  subtract,
  text,
  ZERO,
  type Dec,
  type FxRate,
  type Money,
  type Price,
} from '../../kernel/money.ts'
import { marginOf } from '../../valued-position.ts'

/** A position of the paper account, as plain data. Quantity is signed. */
export interface PaperPosition {
  readonly symbol: string
  readonly quantity: string
  readonly average: string
  readonly mark: string
  /** Of it each strategy's own, signed; left out it belongs to none. */
  readonly parts?: readonly PositionPart[]
}

/** What one strategy holds of a position. */
export interface PositionPart {
  readonly strategy: string | null
  readonly quantity: string
}

/** A position with the margin it needs, account currency. */
export interface MarginUse {
  readonly symbol: string
  readonly quantity: Dec
  readonly mark: Dec
  readonly margin: Money
  readonly parts: ReadonlyMap<string | null, Dec>
}

/** The paper account as plain data. Money in its currency. */
export interface PaperAccountState {
  readonly currency: string
  readonly cash: string
  readonly positions: readonly PaperPosition[]
  readonly rates: readonly RateQuote[]
}

interface Held {
  quantity: Dec
  average: Dec
  mark: Dec
  profit: Money
  margin: Money
  notional: Money
  readonly parts: Map<string | null, Dec>
}

const PLACES = 18

/** Cash, positions and margin of a paper account; sums are kept as prices move, so that a quote touches one symbol. */
export class PaperAccount {
  readonly currency: string
  readonly #held = new Map<string, Held>()
  readonly #instrumentOf: (symbol: string) => Instrument
  #cash: Dec
  #rates: readonly RateQuote[]
  #profit = NO_MONEY
  #margin = NO_MONEY
  #notional = NO_MONEY

  constructor(state: PaperAccountState, instrumentOf: (symbol: string) => Instrument) {
    this.currency = state.currency
    this.#cash = dec(state.cash)
    this.#rates = state.rates
    this.#instrumentOf = instrumentOf
    for (const { symbol, quantity, average, mark, parts = [{ strategy: null, quantity }] } of state.positions) {
      const held = {
        quantity: dec(quantity),
        average: dec(average),
        mark: dec(mark),
        profit: NO_MONEY,
        margin: NO_MONEY,
        notional: NO_MONEY,
        parts: new Map(parts.map((part) => [part.strategy, dec(part.quantity)])),
      }
      this.#held.set(symbol, held)
      this.#value(symbol, held)
    }
  }

  /** Cash and what floats. */
  get equity(): Money {
    return add(this.#cash as Money, this.#profit)
  }

  get marginUsed(): Money {
    return this.#margin
  }

  /** What is held, long and short added. */
  get gross(): Money {
    return this.#notional
  }

  state(): PaperAccountState {
    const positions = [...this.#held].flatMap(([symbol, { quantity, average, mark, parts }]) =>
      quantity.isZero()
        ? []
        : [
            {
              symbol,
              quantity: text(quantity),
              average: text(average),
              mark: text(mark),
              parts: [...parts].flatMap(([strategy, own]) => (own.isZero() ? [] : [{ strategy, quantity: text(own) }])),
            },
          ],
    )
    return { currency: this.currency, cash: text(this.#cash), positions, rates: this.#rates }
  }

  quantity(symbol: string): Dec {
    return this.#held.get(symbol)?.quantity ?? ZERO
  }

  /** Positions with the margin they need, the largest first. */
  marginUses(): readonly MarginUse[] {
    return [...this.#held]
      .filter(([, { quantity }]) => !quantity.isZero())
      .map(([symbol, { quantity, mark, margin, parts }]) => ({ symbol, quantity, mark, margin, parts }))
      .sort((a, b) => b.margin.cmp(a.margin) || (a.symbol < b.symbol ? -1 : 1))
  }

  /** Account currency per unit of a currency; `undefined` where no way is known. */
  rateOf(currency: string): FxRate | undefined {
    const found = convert(currency, this.currency, this.#rates)
    return found.ok ? found.value.rate : undefined
  }

  setRates(rates: readonly RateQuote[]): void {
    this.#rates = rates
    for (const [symbol, held] of this.#held) this.#value(symbol, held)
  }

  /** Takes a new middle price of a symbol; nothing where it is not held. */
  mark(symbol: string, middle: Dec): void {
    const held = this.#held.get(symbol)
    if (held === undefined || held.quantity.isZero()) return
    held.mark = middle
    this.#value(symbol, held)
  }

  /** Books a fill of a strategy: what closes is realised at the average price, what is left or new is held at its own. */
  fill(symbol: string, signed: Dec, price: Dec, fee: Dec, strategy: string | null): void {
    const instrument = this.#instrumentOf(symbol)
    const rate = this.#rate(instrument)
    const held = this.#held.get(symbol) ?? {
      quantity: ZERO,
      average: ZERO,
      mark: price,
      profit: NO_MONEY,
      margin: NO_MONEY,
      notional: NO_MONEY,
      parts: new Map<string | null, Dec>(),
    }
    this.#held.set(symbol, held)
    held.parts.set(strategy, (held.parts.get(strategy) ?? ZERO).plus(signed))
    const next = held.quantity.plus(signed)
    const adds = held.quantity.isZero() || held.quantity.lt(0) === signed.lt(0)
    if (adds) {
      held.average = divide(held.average.times(held.quantity).plus(price.times(signed)), next).toDecimalPlaces(PLACES)
    } else {
      const closed = magnitude(signed).gt(magnitude(held.quantity)) ? held.quantity : signed.negated()
      this.#cash = this.#cash.plus(price.minus(held.average).times(closed).times(instrument.pointValue).times(rate))
      if (next.isZero()) held.average = ZERO
      else if (next.lt(0) !== held.quantity.lt(0)) held.average = price
    }
    this.#cash = this.#cash.minus(fee.times(rate))
    held.quantity = next
    held.mark = price
    this.#value(symbol, held)
  }

  /** Takes money out, as interest does. */
  charge(amount: Dec): void {
    this.#cash = this.#cash.minus(amount)
  }

  /** Margin of a quantity at a price, account currency. */
  marginFor(instrument: Instrument, quantity: Dec, price: Dec, side: 'buy' | 'sell'): Money {
    const rate = this.#rate(instrument)
    return marginOf(instrument, quantity, notionalOf(instrument, quantity, price, side, rate), rate)
  }

  #rate(instrument: Instrument): FxRate {
    const rate = this.rateOf(instrument.currency)
    invariant(rate !== undefined, 'an order is taken only where its currency can be converted')
    return rate
  }

  #value(symbol: string, held: Held): void {
    const instrument = this.#instrumentOf(symbol)
    const rate = this.#rate(instrument)
    const side = held.quantity.lt(0) ? 'sell' : 'buy'
    const size = magnitude(held.quantity)
    const notional = notionalOf(instrument, size, held.mark, side, rate)
    const margin = marginOf(instrument, size, notional, rate)
    const profit = held.mark.minus(held.average).times(held.quantity).times(instrument.pointValue).times(rate) as Money
    this.#profit = add(subtract(this.#profit, held.profit), profit)
    this.#margin = add(subtract(this.#margin, held.margin), margin)
    this.#notional = add(subtract(this.#notional, held.notional), notional)
    Object.assign(held, { profit, margin, notional })
  }
}

function notionalOf(instrument: Instrument, quantity: Dec, price: Dec, side: 'buy' | 'sell', rate: FxRate): Money {
  return notionalPerUnit(instrument, price as Price, side)
    .times(quantity)
    .times(rate) as Money
}
