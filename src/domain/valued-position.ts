import { commissionAt } from './costs.ts'
import { notionalPerUnit } from './exposure.ts'
import { convert } from './fx.ts'
import type { BookInput, PositionInput, Reading } from './inputs.ts'
import { readInstrument, type Instrument } from './instrument.ts'
import {
  larger,
  magnitude,
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

/** One position valued in account currency. */
export interface ValuedPosition {
  readonly input: PositionInput
  readonly instrument: Instrument
  readonly quantity: SignedQuantity
  readonly mark: Price
  readonly rate: FxRate
  /** Instant of the oldest exchange rate in it; `null` where none was needed. */
  readonly ratedAt: number | null
  /** Signed. */
  readonly notional: Money
  /** Loss from the mark to the stop with exit costs; `null` where no stop is known. */
  readonly riskAtStop: Money | null
  /** Unrealised, before exit costs. */
  readonly profit: Money
  readonly margin: Money
}

/** Values one position at its mark; all faults at once, each naming its field. */
export function valuePosition(input: PositionInput, book: BookInput): Result<ValuedPosition, readonly Reason[]> {
  const at = typeof input.symbol === 'string' ? `positions.${input.symbol}` : 'positions'
  // Stored or foreign snapshots may lack what the type promises.
  const reading = input.mark as Reading | null | undefined
  const named = faultsInNames(input, at)
  if (typeof input.spec !== 'object' || input.spec === null) {
    const says = `${at} has no specification: add the instrument.`
    return err([...named, reason('INPUT_MISSING', says, `${at}.spec`)])
  }
  const instrument = readInstrument(input.spec, `${at}.spec`)
  const quantity = readDecimal(input.quantity, `${at}.quantity`)
  const average = readPositive(input.averagePrice, `${at}.averagePrice`)
  const mark = readPositive(reading?.value, `${at}.mark`)
  const stop = input.stop === null ? null : readPositive(input.stop, `${at}.stop`)
  const rate = convert(input.spec.currency, book.currency, book.rates)
  const faults = [
    ...named,
    ...[quantity, average, mark, stop, rate].flatMap((read) => (read === null || read.ok ? [] : [read.error])),
  ]
  if (!instrument.ok) return err([...instrument.error, ...faults])
  if (faults.length > 0 || !quantity.ok || !average.ok || !mark.ok || stop?.ok === false || !rate.ok) return err(faults)
  const spec = instrument.value
  const fx = rate.value.rate
  const perPoint = spec.pointValue.times(fx)
  const size = magnitude(quantity.value)
  const side = quantity.value.lt(0) ? 'sell' : 'buy'
  const notional = notionalPerUnit(spec, mark.value as Price, side)
    .times(fx)
    .times(quantity.value) as Money
  return ok({
    input,
    instrument: spec,
    quantity: quantity.value as SignedQuantity,
    mark: mark.value as Price,
    rate: fx,
    ratedAt: rate.value.at,
    notional,
    riskAtStop: stop === null ? null : riskAt(spec, mark.value, stop.value, quantity.value, fx),
    profit: mark.value.minus(average.value).times(quantity.value).times(perPoint) as Money,
    margin: marginOf(spec, size, magnitude(notional), fx),
  })
}

/** Margin of `size` units: the broker's per unit, else its share of notional, else the whole notional. */
export function marginOf(instrument: Instrument, size: Dec, notional: Dec, rate: FxRate): Money {
  if (instrument.marginPerUnit !== null) return instrument.marginPerUnit.times(size).times(rate) as Money
  return (instrument.marginRate === null ? notional : notional.times(instrument.marginRate)) as Money
}

function riskAt(spec: Instrument, mark: Dec, stop: Dec, held: Dec, fx: FxRate): Money {
  const size = magnitude(held)
  const move = larger(mark.minus(stop).times(held.lt(0) ? -1 : 1), ZERO)
  const exit = spec.spread.div(2).plus(spec.slippageTicks.times(spec.tickSize))
  const commission = commissionAt(spec, stop, fx)
  return move
    .plus(exit)
    .times(spec.pointValue)
    .times(fx)
    .times(size)
    .plus(larger(commission.minimum, commission.perUnit.times(size))) as Money
}

function faultsInNames({ symbol, strategy, mark, spec }: PositionInput, at: string): readonly Reason[] {
  const faults: Reason[] = []
  if (typeof symbol !== 'string' || symbol === '') {
    faults.push(reason('INPUT_MISSING', 'A position has no symbol.', `${at}.symbol`))
  }
  if (typeof spec === 'object' && spec !== null && spec.symbol !== symbol) {
    faults.push(reason('SPEC_MISMATCH', `The specification of ${at} is that of another symbol.`, `${at}.spec.symbol`))
  }
  if (strategy !== null && typeof strategy !== 'string') {
    faults.push(reason('INPUT_MALFORMED', 'The strategy of a position must be a name, or null.', `${at}.strategy`))
  }
  if (typeof (mark as Reading | null | undefined)?.source !== 'string') {
    faults.push(reason('INPUT_MISSING', 'The mark of a position must say where it comes from.', `${at}.mark`))
  }
  return faults
}
