import type { BookInput, InstrumentSpec, PositionInput, RateQuote, WorkingOrderInput } from '../../src/domain/inputs.ts'
import {
  compare,
  least,
  minus,
  most,
  NOTHING,
  over,
  plus,
  rational,
  size,
  times,
  WHOLE,
  type Rational,
} from './reference-sizing-rational.ts'

/** Account currency per unit of `from`, found by search over the quotes; throws where none leads there. */
export function rateOf(from: string, to: string, rates: readonly RateQuote[]): Rational {
  if (from === to) return WHOLE
  const direct = quoteOf(from, to, rates)
  if (direct !== undefined) return direct.rate
  const currencies = [...new Set(rates.flatMap((quote) => [quote.from, quote.to]))].sort()
  let best: { rate: Rational; at: number } | undefined
  for (const via of currencies) {
    const first = quoteOf(from, via, rates)
    const second = quoteOf(via, to, rates)
    if (first === undefined || second === undefined) continue
    const at = Math.min(first.at, second.at)
    if (best === undefined || at > best.at) best = { rate: times(first.rate, second.rate), at }
  }
  if (best === undefined) throw new Error(`the reference finds no rate from ${from} to ${to}`)
  return best.rate
}

function quoteOf(from: string, to: string, rates: readonly RateQuote[]): { rate: Rational; at: number } | undefined {
  const usable = rates.filter(
    (quote) => (quote.from === from && quote.to === to) || (quote.from === to && quote.to === from),
  )
  const newest = Math.max(...usable.map(({ at }) => at))
  const latest = usable.filter(({ at }) => at === newest)
  const chosen = latest.find((quote) => quote.from === from) ?? latest[0]
  if (chosen === undefined) return undefined
  const rate = rational(chosen.rate)
  return { rate: chosen.from === from ? rate : over(WHOLE, rate), at: chosen.at }
}

/** Exposure of one unit in the instrument's currency. */
export function unitNotional(spec: InstrumentSpec, price: Rational, side: 'buy' | 'sell'): Rational {
  const pointValue = rational(spec.pointValue)
  if (spec.assetClass !== 'option') return times(price, pointValue)
  const underlying = rational(spec.optionUnderlying ?? '')
  const strike = rational(spec.optionStrike ?? '')
  const delta = most(times(size(rational(spec.optionDelta ?? '')), underlying), price)
  const worst = spec.optionRight === 'put' ? most(minus(strike, price), NOTHING) : most(strike, underlying)
  return times(side === 'buy' ? delta : most(delta, worst), pointValue)
}

/** Margin of a quantity in account currency. */
export function marginOf(spec: InstrumentSpec, quantity: Rational, notional: Rational, rate: Rational): Rational {
  if (spec.marginPerUnit !== null) return times(times(rational(spec.marginPerUnit), quantity), rate)
  return spec.marginRate === null ? notional : times(notional, rational(spec.marginRate))
}

/** Loss at a stop as two-sided commissions and a move per unit, account currency. */
export interface Loss {
  readonly move: Rational
  readonly sides: readonly { readonly perUnit: Rational; readonly minimum: Rational }[]
}

/** The loss of one unit between two prices with half a spread and slippage at the exit, and both commissions. */
export function lossBetween(
  spec: InstrumentSpec,
  entry: Rational,
  stop: Rational,
  rate: Rational,
  rateAtStop: Rational,
  spread: Rational,
): Loss {
  const pointValue = rational(spec.pointValue)
  const slip = times(rational(spec.slippageTicks), rational(spec.tickSize))
  const distance = plus(plus(size(minus(entry, stop)), over(spread, rational(2))), slip)
  const side = (price: Rational, fx: Rational): Loss['sides'][number] => {
    const share = times(times(rational(spec.commissionRate), price), pointValue)
    return {
      perUnit: times(plus(rational(spec.commissionPerUnit), share), fx),
      minimum: times(rational(spec.commissionMinimum), fx),
    }
  }
  return { move: times(times(distance, pointValue), rateAtStop), sides: [side(entry, rate), side(stop, rateAtStop)] }
}

/** The loss of a quantity. */
export function lossOf(loss: Loss, quantity: Rational): Rational {
  if (quantity.n === 0n) return NOTHING
  return loss.sides.reduce(
    (total, { perUnit, minimum }) => plus(total, most(minimum, times(perUnit, quantity))),
    times(loss.move, quantity),
  )
}

/** The largest quantity whose loss stays within a budget: walks the straight pieces of the loss from left to right. */
export function capacityWithin(loss: Loss, budget: Rational): Rational {
  const bends = loss.sides
    .filter(({ perUnit, minimum }) => perUnit.n > 0n && minimum.n > 0n)
    .map(({ perUnit, minimum }) => over(minimum, perUnit))
    .sort(compare)
  let fits = NOTHING
  let left = NOTHING
  for (const right of [...bends, null]) {
    const inside = right === null ? plus(left, WHOLE) : over(plus(left, right), rational(2))
    let fixed = NOTHING
    let slope = loss.move
    for (const { perUnit, minimum } of loss.sides) {
      if (compare(times(perUnit, inside), minimum) >= 0) slope = plus(slope, perUnit)
      else fixed = plus(fixed, minimum)
    }
    const within = over(minus(budget, fixed), slope)
    const reached = right === null ? within : least(within, right)
    if (compare(reached, left) > 0) fits = reached
    if (right !== null) left = right
  }
  return fits
}

interface Exposure {
  high: Rational
  low: Rational
}

/** What the account holds and has at risk, account currency. */
export interface ReferenceBook {
  readonly symbols: ReadonlyMap<string, Exposure>
  readonly gross: Rational
  readonly high: Rational
  readonly low: Rational
  readonly clusters: ReadonlyMap<string, Rational>
  readonly strategies: ReadonlyMap<string, Rational>
  readonly margin: Rational
  readonly atStops: Rational
  readonly withoutStop: Rational
}

/** Adds up a book, working orders as if filled in the worse direction. */
export function referenceBook(book: BookInput): ReferenceBook {
  const symbols = new Map<string, Exposure>()
  const owned = new Map<string, Exposure>()
  const clustersOf = new Map<string, readonly string[]>()
  const total = { margin: NOTHING, atStops: NOTHING, withoutStop: NOTHING }
  const expose = (map: Map<string, Exposure>, key: string, high: Rational, low: Rational): void => {
    const held = map.get(key) ?? { high: NOTHING, low: NOTHING }
    map.set(key, { high: plus(held.high, high), low: plus(held.low, low) })
  }
  const count = (
    one: PositionInput | WorkingOrderInput,
    spec: InstrumentSpec,
    quantity: Rational,
    price: Rational,
    working: boolean,
  ): void => {
    const fx = rateOf(spec.currency, book.currency, book.rates)
    const notional = times(times(unitNotional(spec, price, quantity.n < 0n ? 'sell' : 'buy'), fx), quantity)
    const high = working && quantity.n < 0n ? NOTHING : notional
    const low = working && quantity.n > 0n ? NOTHING : notional
    expose(symbols, one.symbol, high, low)
    clustersOf.set(one.symbol, spec.clusters)
    if (one.strategy !== null) expose(owned, JSON.stringify([one.strategy, one.symbol]), high, low)
    total.margin = plus(total.margin, marginOf(spec, size(quantity), size(notional), fx))
    if (one.stop === null) total.withoutStop = plus(total.withoutStop, size(notional))
    else
      total.atStops = plus(
        total.atStops,
        working
          ? lossOf(lossBetween(spec, price, rational(one.stop), fx, fx, rational(spec.spread)), size(quantity))
          : exitLoss(spec, quantity, price, rational(one.stop), fx),
      )
  }
  for (const position of book.positions)
    if (position.spec !== null)
      count(position, position.spec, rational(position.quantity), rational(position.mark.value ?? ''), false)
  for (const order of book.working)
    count(
      order,
      order.spec,
      rational(order.side === 'buy' ? order.quantity : `-${order.quantity}`),
      rational(order.price),
      true,
    )
  const worst = ({ high, low }: Exposure): Rational => most(size(high), size(low))
  const clusters = new Map<string, Rational>()
  for (const [symbol, exposure] of symbols)
    for (const name of new Set(clustersOf.get(symbol)))
      clusters.set(name, plus(clusters.get(name) ?? NOTHING, worst(exposure)))
  const strategies = new Map<string, Rational>()
  for (const [key, exposure] of owned) {
    const [code] = JSON.parse(key) as [string]
    strategies.set(code, plus(strategies.get(code) ?? NOTHING, worst(exposure)))
  }
  const all = [...symbols.values()]
  return {
    symbols,
    gross: all.map(worst).reduce(plus, NOTHING),
    high: all.map(({ high }) => high).reduce(plus, NOTHING),
    low: all.map(({ low }) => low).reduce(plus, NOTHING),
    clusters,
    strategies,
    ...total,
  }
}

/** Loss of a held quantity from its mark to its stop, with the costs of getting out. */
function exitLoss(spec: InstrumentSpec, held: Rational, mark: Rational, stop: Rational, fx: Rational): Rational {
  const away = held.n < 0n ? minus(stop, mark) : minus(mark, stop)
  const { move } = lossBetween(spec, most(away, NOTHING), NOTHING, fx, fx, rational(spec.spread))
  const sides = lossBetween(spec, stop, stop, fx, fx, NOTHING).sides.slice(1)
  return lossOf({ move, sides }, size(held))
}
