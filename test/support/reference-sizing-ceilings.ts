import type { DecisionInputs, InstrumentSpec } from '../../src/domain/inputs.ts'
import { capacityWithin, lossOf, marginOf, type Loss, type ReferenceBook } from './reference-sizing-book.ts'
import {
  compare,
  least,
  minus,
  most,
  NOTHING,
  over,
  plus,
  rational,
  times,
  WHOLE,
  type Rational,
} from './reference-sizing-rational.ts'
import type { RawProfile } from './sizing-fixtures.ts'

/** A limit as the reference sees it: its use with a quantity of the order, and the most that keeps it. */
export interface ReferenceCeiling {
  readonly limit: Rational
  readonly before: Rational
  readonly use: (quantity: Rational) => Rational
  readonly capacity: Rational
}

type Raw = Readonly<Record<string, string | number>>

interface Context {
  readonly inputs: DecisionInputs
  readonly raw: RawProfile
  readonly spec: InstrumentSpec
  readonly side: 'buy' | 'sell'
  readonly equity: Rational
  readonly loss: Loss
  readonly perUnit: Rational
  readonly rate: Rational
  readonly book: ReferenceBook
}

/** Every ceiling of the profile, worked out from plain data. */
export function ceilingsOf({
  inputs,
  raw,
  spec,
  side,
  equity,
  loss,
  perUnit,
  rate,
  book,
}: Context): ReadonlyMap<string, ReferenceCeiling> {
  const ceilings = new Map<string, ReferenceCeiling>()
  const settingsOf = (id: string): Raw | null => (raw.ceilings[id] === 'off' ? null : (raw.ceilings[id] as Raw))
  const linear = (limit: Rational, before: Rational, each: Rational): ReferenceCeiling => ({
    limit,
    before,
    use: (quantity) => plus(before, times(each, quantity)),
    capacity: most(over(minus(limit, before), each), NOTHING),
  })
  const risky = (limit: Rational, before: Rational): ReferenceCeiling => ({
    limit,
    before,
    use: (quantity) => plus(before, lossOf(loss, quantity)),
    capacity: capacityWithin(loss, minus(limit, before)),
  })
  const put = (id: string, make: (settings: (key: string) => Rational) => ReferenceCeiling | null): void => {
    const settings = settingsOf(id)
    const made = settings === null ? null : make((key) => rational(settings[key] ?? ''))
    if (made !== null) ceilings.set(id, made)
  }
  const held = book.symbols.get(inputs.request.symbol as string) ?? { high: NOTHING, low: NOTHING }
  const towards = (high: Rational, low: Rational): Rational => (side === 'buy' ? high : minus(NOTHING, low))
  put('risk_per_trade', (at) => risky(times(equity, at('max')), NOTHING))
  put('daily_loss', (at) => {
    const opening = rational(inputs.account.openingEquity.day.value ?? '')
    const lost = most(minus(plus(opening, rational(inputs.account.flows.day)), equity), NOTHING)
    const open = plus(book.atStops, times(book.withoutStop, rational(raw.general['gapLoss'] as string)))
    return risky(times(opening, at('max')), plus(lost, open))
  })
  put('single_asset', (at) => linear(times(equity, at('max')), most(towards(held.high, held.low), NOTHING), perUnit))
  put('cluster', (at) => {
    const caps = (raw.ceilings['cluster'] as { caps: Raw }).caps
    const each = spec.clusters.map((name) =>
      linear(
        times(equity, name in caps ? rational(caps[name] ?? '') : at('max')),
        book.clusters.get(name) ?? NOTHING,
        perUnit,
      ),
    )
    return each.reduce<ReferenceCeiling | null>(
      (tight, one) => (tight === null || compare(one.capacity, tight.capacity) < 0 ? one : tight),
      null,
    )
  })
  put('gross_exposure', (at) => linear(times(times(equity, at('maxExposure')), at('maxLeverage')), book.gross, perUnit))
  put('net_exposure', (at) => linear(times(equity, at('max')), towards(book.high, book.low), perUnit))
  put('strategy_budget', (at) => {
    const code = inputs.request.strategy
    if (typeof code !== 'string') return null
    const budget = inputs.strategy?.budget ?? null
    return linear(
      times(equity, budget === null ? at('fallback') : rational(budget)),
      book.strategies.get(code) ?? NOTHING,
      perUnit,
    )
  })
  put('buying_power', (at) => linear(times(equity, at('usable')), book.margin, marginOf(spec, WHOLE, perUnit, rate)))
  put('order_qty', (at) =>
    linear(spec.maxQuantity === null ? at('max') : least(at('max'), rational(spec.maxQuantity)), NOTHING, WHOLE),
  )
  put('order_notional', (at) => linear(at('max'), NOTHING, perUnit))
  return ceilings
}
