import { decimalText, over, ratio, times, type Ratio } from '../format/ratio.ts'

/** The units a risk can be typed and shown in. */
export type RiskUnit = 'r' | 'percent' | 'money' | 'ticks'

/** The round the key U goes. */
export const riskUnits: readonly RiskUnit[] = ['r', 'percent', 'money', 'ticks']

/** What one unit of each kind is worth as a fraction of equity; a unit whose worth is not known is left out. */
export type UnitWorth = Readonly<Partial<Record<RiskUnit, Ratio>>>

/** Digits a fraction keeps on its way to the desk. */
const fractionPlaces = 12

/** What one unit is worth: 1 % always; money and ticks need equity, R needs the profile's own risk. */
export function unitWorth(
  equity: string | undefined,
  tickValue: string | undefined,
  ownRisk: string | undefined,
): UnitWorth {
  const account = equity === undefined ? undefined : ratio(equity)
  const known = account !== undefined && account.top > 0n ? account : undefined
  return {
    percent: ratio('0.01'),
    ...(ownRisk === undefined ? {} : { r: ratio(ownRisk) }),
    ...(known === undefined ? {} : { money: over(ratio('1'), known) }),
    ...(known === undefined || tickValue === undefined ? {} : { ticks: over(ratio(tickValue), known) }),
  }
}

/** A risk typed in a unit as a fraction of equity, cut towards zero so that it is never more than was typed. */
export function riskFraction(typed: string, unit: RiskUnit, worth: UnitWorth): string | undefined {
  const one = worth[unit]
  if (typed === '' || one === undefined) return undefined
  return decimalText(times(ratio(typed), one), fractionPlaces, 'towards-zero')
}

/** A fraction of equity written in a unit, with at most four digits after the point. */
export function riskIn(fraction: string, unit: RiskUnit, worth: UnitWorth): string | undefined {
  const one = worth[unit]
  if (one === undefined || one.top === 0n) return undefined
  return decimalText(over(ratio(fraction), one), unit === 'ticks' ? 0 : unit === 'money' ? 2 : 4)
}
