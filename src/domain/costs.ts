import type { Instrument } from './instrument.ts'
import {
  divideDown,
  larger,
  NO_QUANTITY,
  ZERO,
  type Dec,
  type FxRate,
  type Money,
  type Price,
  type Quantity,
} from './kernel/money.ts'

/** What one side of an order costs: the larger of a minimum and a proportional commission, account currency. */
export interface SideCommission {
  readonly perUnit: Dec
  readonly minimum: Dec
}

/**
 * All-in loss at the stop as a function of quantity q, account currency (SPEC 1):
 * loss(q) = move·q + max(entry minimum, entry rate·q) + max(exit minimum, exit rate·q), where `move` is the stop
 * distance, half the spread at the exit and the slippage allowance.
 */
export interface LossAtStop {
  readonly move: Dec
  readonly entry: SideCommission
  readonly exit: SideCommission
  readonly spread: Dec
  readonly slippage: Dec
  /** loss(q) is the largest of these rising lines, one for each side paying its minimum or its rate: all must fit. */
  readonly lines: readonly { readonly fixed: Dec; readonly slope: Dec }[]
}

/** Builds the loss function; `rate` converts at entry, `rateAtStop` at the stop (they differ where the pair is itself the conversion). */
export function lossAtStop(
  instrument: Instrument,
  entry: Price,
  stop: Price,
  rate: FxRate,
  rateAtStop: FxRate,
  spread: Dec,
): LossAtStop {
  const perPoint = instrument.pointValue.times(rateAtStop)
  const halfSpread = spread.div(2).times(perPoint)
  const slippage = instrument.slippageTicks.times(instrument.tickSize).times(perPoint)
  const move = entry.minus(stop).abs().times(perPoint).plus(halfSpread).plus(slippage)
  const into = commissionAt(instrument, entry, rate)
  const out = commissionAt(instrument, stop, rateAtStop)
  return { move, entry: into, exit: out, spread: halfSpread, slippage, lines: linesOf(move, into, out) }
}

/** Commission of one side at `price`, account currency. */
export function commissionAt(instrument: Instrument, price: Dec, rate: FxRate): SideCommission {
  const share = instrument.commissionRate.isZero()
    ? ZERO
    : instrument.commissionRate.times(price).times(instrument.pointValue)
  return {
    perUnit: instrument.commissionPerUnit.plus(share).times(rate),
    minimum: instrument.commissionMinimum.times(rate),
  }
}

/** Loss at the stop of `quantity` units, account currency; nothing for no units. */
export function lossOf(loss: LossAtStop, quantity: Dec): Money {
  if (quantity.isZero()) return ZERO as Money
  return loss.move.times(quantity).plus(commissionOf(loss, quantity)) as Money
}

/** Commissions of both sides of `quantity` units, account currency. */
export function commissionOf(loss: LossAtStop, quantity: Dec): Money {
  if (quantity.isZero()) return ZERO as Money
  return sideOf(loss.entry, quantity).plus(sideOf(loss.exit, quantity)) as Money
}

/** Commissions of `quantity` units entered and left at its target instead of its stop, account currency. */
export function commissionToTarget(loss: LossAtStop, atTarget: SideCommission, quantity: Dec): Money {
  if (quantity.isZero()) return ZERO as Money
  return sideOf(loss.entry, quantity).plus(sideOf(atTarget, quantity)) as Money
}

/** Commission of one side of `quantity` units, account currency. */
export function sideOf({ perUnit, minimum }: SideCommission, quantity: Dec): Dec {
  return larger(minimum, perUnit.times(quantity))
}

/** Largest quantity, not yet on the lot grid, whose loss at the stop stays within `budget`. */
export function capacityOf({ lines }: LossAtStop, budget: Dec): Quantity {
  if (budget.lte(0)) return NO_QUANTITY
  let least: Dec | undefined
  for (const { fixed, slope } of lines) {
    const left = budget.minus(fixed)
    if (left.lte(0)) return NO_QUANTITY
    const fits = divideDown(left, slope)
    if (least === undefined || fits.lt(least)) least = fits
  }
  return (least ?? ZERO) as Quantity
}

/** Proportional all-in loss per unit at the stop, account currency: what a trader divides the budget by. */
export function lossPerUnit(loss: LossAtStop): Money {
  return loss.move.plus(loss.entry.perUnit).plus(loss.exit.perUnit) as Money
}

function linesOf(move: Dec, entry: SideCommission, exit: SideCommission): LossAtStop['lines'] {
  const whole = { fixed: ZERO, slope: move.plus(entry.perUnit).plus(exit.perUnit) }
  if (entry.minimum.isZero() && exit.minimum.isZero()) return [whole]
  return [
    whole,
    { fixed: entry.minimum, slope: move.plus(exit.perUnit) },
    { fixed: exit.minimum, slope: move.plus(entry.perUnit) },
    { fixed: entry.minimum.plus(exit.minimum), slope: move },
  ]
}
