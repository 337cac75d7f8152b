import { invariant } from '../kernel/invariant.ts'
import { dec, divide, magnitude, ONE, smaller, text, ZERO, type Dec } from '../kernel/money.ts'
import type { Fill, Holding, Trade } from './records.ts'

/** What the fills of one symbol are valued with. */
export interface RoundTripTerms {
  readonly accountCurrency: string
  /** The instrument's own currency. */
  readonly currency: string
  /** Money per one unit of price per one unit of quantity. */
  readonly pointValue: string
  /** Units of `to` per unit of `from` at an instant; `undefined` where none is known. */
  readonly rate: (from: string, to: string, at: number) => string | undefined
}

/** What the fills of one account and symbol amount to: closed round trips by exit time, and what is still open. */
export interface RoundTrips {
  readonly trades: readonly Trade[]
  readonly holdings: readonly Holding[]
}

interface Lot {
  readonly fill: Fill
  readonly price: Dec
  readonly quantity: Dec
  readonly fee: Dec | undefined
  left: Dec
  feeLeft: Dec | undefined
}

/** Digits kept after the point where a division does not end. */
const PLACES = 18

/**
 * Matches the fills of one account and symbol first in, first out, each strategy on its own; the order they are given in
 * does not matter (they are taken by time, then by id). One trade per matched pair of entry and exit; a fill larger than
 * what is open closes it and opens the rest on the other side. Fees are split by quantity and their pieces add up to them.
 */
export function roundTrips(fills: readonly Fill[], terms: RoundTripTerms): RoundTrips {
  const groups = new Map<string | null, Fill[]>()
  for (const fill of [...fills].sort(byTime)) {
    invariant(
      fill.accountId === fills[0]?.accountId && fill.symbol === fills[0].symbol,
      'fills of one account and symbol are matched together',
    )
    const group = groups.get(fill.strategy)
    if (group === undefined) groups.set(fill.strategy, [fill])
    else group.push(fill)
  }
  const trades: Trade[] = []
  const holdings: Holding[] = []
  for (const group of groups.values()) {
    const open = match(group, terms, trades)
    const [first] = open
    if (first !== undefined) holdings.push(holding(first, open))
  }
  trades.sort((a, b) => a.exitAt - b.exitAt || order(a.tradeId, b.tradeId))
  holdings.sort((a, b) => a.openedAt - b.openedAt || order(a.strategy ?? '', b.strategy ?? ''))
  return { trades, holdings }
}

function match(fills: readonly Fill[], terms: RoundTripTerms, trades: Trade[]): Lot[] {
  const lots: Lot[] = []
  let oldest = 0
  for (const fill of fills) {
    const exit = lotOf(fill, terms)
    invariant(exit.quantity.gt(0), 'a fill has a positive quantity')
    for (
      let lot = lots[oldest];
      lot !== undefined && lot.fill.side !== fill.side && exit.left.gt(0);
      lot = lots[oldest]
    ) {
      const quantity = smaller(lot.left, exit.left)
      trades.push(trade(lot, exit, quantity, terms))
      if (lot.left.isZero()) oldest += 1
    }
    if (exit.left.gt(0)) lots.push(exit)
  }
  return lots.slice(oldest)
}

function lotOf(fill: Fill, terms: RoundTripTerms): Lot {
  const quantity = dec(fill.quantity)
  const fee = feeOf(fill, terms)
  return { fill, price: dec(fill.price), quantity, fee, left: quantity, feeLeft: fee }
}

function feeOf(fill: Fill, terms: RoundTripTerms): Dec | undefined {
  const fee = dec(fill.fee)
  if (fee.isZero() || fill.feeCurrency === terms.currency) return fee
  if (fill.feeCurrency === terms.accountCurrency && fill.fxRate !== null) {
    return divide(fee, dec(fill.fxRate)).toDecimalPlaces(PLACES)
  }
  const rate = terms.rate(fill.feeCurrency, terms.currency, fill.at)
  return rate === undefined ? undefined : fee.times(dec(rate)).toDecimalPlaces(PLACES)
}

function trade(entry: Lot, exit: Lot, quantity: Dec, terms: RoundTripTerms): Trade {
  const entryFee = takeFee(entry, quantity)
  const exitFee = takeFee(exit, quantity)
  const long = entry.fill.side === 'buy'
  const pointValue = terms.pointValue === '1' ? ONE : dec(terms.pointValue)
  const move = long ? exit.price.minus(entry.price) : entry.price.minus(exit.price)
  const value = pointValue === ONE ? quantity : quantity.times(pointValue)
  const fees = (entryFee ?? ZERO).plus(exitFee ?? ZERO)
  const profit = move.times(value).minus(fees).toDecimalPlaces(PLACES)
  const complete = entryFee !== undefined && exitFee !== undefined
  const rate = complete ? profitRate(exit.fill, terms) : undefined
  return {
    tradeId: `${entry.fill.fillId}~${exit.fill.fillId}`,
    accountId: entry.fill.accountId,
    symbol: entry.fill.symbol,
    strategy: entry.fill.strategy,
    tag: entry.fill.tag,
    side: long ? 'long' : 'short',
    quantity: text(quantity),
    entryAt: entry.fill.at,
    entryPrice: text(entry.price),
    exitAt: exit.fill.at,
    exitPrice: text(exit.price),
    fees: text(fees),
    profit: text(profit),
    currency: terms.currency,
    accountProfit: rate === undefined ? null : text(rate === ONE ? profit : profit.times(rate).toDecimalPlaces(PLACES)),
    r: complete ? multipleOf(profit, entry, value, long) : null,
    origin: 'fills',
    batchId: exit.fill.batchId,
  }
}

/** Takes `quantity` out of a lot with its share of the fee; the last piece carries what rounding left. */
function takeFee(lot: Lot, quantity: Dec): Dec | undefined {
  const whole = quantity.eq(lot.left)
  lot.left = whole ? ZERO : lot.left.minus(quantity)
  if (lot.fee === undefined || lot.feeLeft === undefined) return undefined
  const share = whole ? lot.feeLeft : divide(lot.fee.times(quantity), lot.quantity).toDecimalPlaces(PLACES)
  lot.feeLeft = lot.feeLeft.minus(share)
  return share
}

function profitRate(exit: Fill, terms: RoundTripTerms): Dec | undefined {
  if (terms.currency === terms.accountCurrency) return ONE
  const rate = exit.fxRate ?? terms.rate(terms.currency, terms.accountCurrency, exit.at)
  return rate === undefined ? undefined : dec(rate)
}

/** A stop on the wrong side of the entry, or at it, is no initial risk: the multiple is not known. */
function multipleOf(profit: Dec, entry: Lot, value: Dec, long: boolean): string | null {
  if (entry.fill.stop === null) return null
  const stop = dec(entry.fill.stop)
  const distance = long ? entry.price.minus(stop) : stop.minus(entry.price)
  if (distance.lte(0)) return null
  return text(divide(profit, distance.times(value)).toDecimalPlaces(PLACES))
}

function holding(first: Lot, lots: readonly Lot[]): Holding {
  const long = first.fill.side === 'buy'
  let quantity = ZERO
  let cost = ZERO
  let fees: Dec | undefined = ZERO
  let stop: Dec | null | undefined
  for (const lot of lots) {
    quantity = quantity.plus(lot.left)
    cost = cost.plus(lot.left.times(lot.price))
    fees = fees === undefined || lot.feeLeft === undefined ? undefined : fees.plus(lot.feeLeft)
    stop = stop === null ? null : nearerStop(stop, lot.fill.stop, long)
  }
  return {
    accountId: first.fill.accountId,
    symbol: first.fill.symbol,
    strategy: first.fill.strategy,
    quantity: text(long ? quantity : quantity.negated()),
    averagePrice: text(divide(cost, magnitude(quantity)).toDecimalPlaces(PLACES)),
    cost: text(long ? cost : cost.negated()),
    stop: stop === undefined || stop === null ? null : text(stop),
    openFees: fees === undefined ? null : text(fees),
    openedAt: first.fill.at,
  }
}

/** The higher stop of longs, the lower of shorts; `null` as soon as one lot has none. */
function nearerStop(sofar: Dec | undefined, stop: string | null, long: boolean): Dec | null {
  if (stop === null) return null
  const next = dec(stop)
  return sofar === undefined || (long ? next.gt(sofar) : next.lt(sofar)) ? next : sofar
}

function byTime(a: Fill, b: Fill): number {
  return a.at - b.at || order(a.fillId, b.fillId)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
