import { commissionAt } from '../../domain/costs.ts'
import { notionalPerUnit } from '../../domain/exposure.ts'
import { convert } from '../../domain/fx.ts'
import type { BookInput, Reading } from '../../domain/inputs.ts'
import { readInstrument, type Instrument } from '../../domain/instrument.ts'
import {
  add,
  dec,
  divide,
  floorTo,
  fromFloat,
  magnitude,
  readPositive,
  text,
  toFloat,
  ZERO,
  type Dec,
  type Price,
} from '../../domain/kernel/money.ts'
import type { RebalanceAsset } from '../../domain/portfolio/rebalance/rebalance-plan.ts'
import { readingOf } from '../gather.ts'
import type { BookReader } from '../ports.ts'

/** What one symbol of a plan is traded by. */
export interface PlanLots {
  readonly asset: RebalanceAsset
  readonly instrument: Instrument | undefined
  /** Last known price with its source; no value where none is known. */
  readonly last: Reading
  /** Signed units held. */
  readonly held: Dec
  /** Notional of one unit in account currency; zero where it is not known. */
  readonly perUnit: Dec
}

/** A symbol as the plan weighs it: its lot as a share of equity, and its costs per unit of weight: commission and half the spread. */
export function planLots(
  book: BookReader,
  input: BookInput,
  symbol: string,
  weights: { readonly present: number; readonly target: number; readonly equity: Dec },
): PlanLots {
  const last = readingOf(book.lastMark(symbol, input.at))
  const spec = book.instrument(symbol)
  const read = spec === undefined ? undefined : readInstrument(spec, 'instrument')
  const instrument = read?.ok === true ? read.value : undefined
  const price = readPositive(last.value, 'last')
  const rate = spec === undefined ? undefined : convert(spec.currency, input.currency, input.rates)
  const held = input.positions
    .filter((position) => position.symbol === symbol)
    .reduce((sum, { quantity }) => add(sum, dec(quantity)), ZERO)
  const { present, target, equity } = weights
  if (instrument === undefined || !price.ok || rate?.ok !== true)
    return { asset: { name: symbol, present, target, lotWeight: null, cost: 0 }, instrument, last, held, perUnit: ZERO }
  const fx = rate.value.rate
  const perUnit = notionalPerUnit(instrument, price.value as Price, target < present ? 'sell' : 'buy').times(fx)
  const commission = commissionAt(instrument, price.value, fx).perUnit
  const spread = instrument.spread.div(2).times(instrument.pointValue).times(fx)
  return {
    asset: {
      name: symbol,
      present,
      target,
      lotWeight: toFloat(divide(perUnit.times(instrument.lotStep), equity)),
      cost: perUnit.isZero() ? 0 : toFloat(divide(add<Dec>(commission, spread), perUnit)),
    },
    instrument,
    last,
    held,
    perUnit,
  }
}

/** Orders that bring units held to units wanted: one that crosses flat is an exit and an entry. */
export function ordersTo(
  { held, instrument }: PlanLots,
  lots: number | null,
): readonly { readonly side: 'buy' | 'sell'; readonly quantity: string }[] {
  const change = lots === null || instrument === undefined ? held.negated() : instrument.lotStep.times(dec(lots))
  const after = held.plus(change)
  const side = change.lt(0) ? 'sell' : 'buy'
  if (held.isZero() || after.isZero() || held.lt(0) === after.lt(0))
    return [{ side, quantity: text(magnitude(change)) }]
  return [
    { side, quantity: text(magnitude(held)) },
    { side, quantity: text(magnitude(after)) },
  ]
}

/** The stop this share of the price away from it, on the tick grid. */
export function stopFor({ last, instrument }: PlanLots, share: number, side: 'buy' | 'sell'): string | null {
  if (last.value === null || instrument === undefined) return null
  const price = dec(last.value)
  const away = price.times(fromFloat(side === 'buy' ? 1 - share : 1 + share))
  return text(floorTo(away, instrument.tickSize))
}
