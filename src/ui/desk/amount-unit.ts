import { moneyText, multipleText, numberText, percentText } from '../format/number-text.ts'
import { decimalText, over, ratio, times, type Ratio } from '../format/ratio.ts'

/** What amounts of the desk are shown in: account money, per cent of equity, or multiples of the planned risk. */
export type AmountUnit = 'money' | 'percent' | 'multiple'

/** What an amount is measured by; equity and risk are absent where they are not known. */
export interface AmountBase {
  readonly currency: string
  readonly equity: string | undefined
  /** Planned risk of one order as a fraction of equity: that much is 1 R. */
  readonly risk: string | undefined
}

/** How the amount itself is given: in account money, as a fraction of equity, or as units of an instrument. */
export type GivenIn = 'money' | 'fraction' | 'quantity'

/** True where amounts can be shown in a unit: per cent needs equity, R needs the planned risk too. */
export function canShow(unit: AmountUnit, { equity, risk }: AmountBase): boolean {
  if (unit === 'money') return true
  if (!isPositive(equity)) return false
  return unit === 'percent' || isPositive(risk)
}

/** An amount as text in a unit; an amount that has no such form stays in the one it was given in. */
export function amountText(
  value: string,
  unit: AmountUnit,
  base: AmountBase,
  style: { readonly givenIn?: GivenIn; readonly signed?: boolean } = {},
): string {
  const { givenIn = 'money', signed = false } = style
  if (givenIn === 'quantity') return numberText(value, { signed })
  const fraction = asFraction(value, givenIn, base)
  if (unit === 'money') {
    const money = givenIn === 'money' ? value : asMoney(value, base)
    return money === undefined ? percentText(value, 2, signed) : moneyText(money, base.currency, signed)
  }
  if (fraction === undefined || !canShow(unit, base)) return moneyText(value, base.currency, signed)
  if (unit === 'percent') return percentText(decimalText(fraction, 10), 2, signed)
  return multipleText(decimalText(over(fraction, ratio(base.risk ?? '1')), 6), signed)
}

/** A money amount as a multiple of equity, such as 1.24×; undefined without equity. */
export function leverageText(value: string, { equity }: AmountBase, signed = false): string | undefined {
  if (!isPositive(equity)) return undefined
  return `${numberText(decimalText(over(ratio(value), ratio(equity)), 6), { places: 2, signed })}×`
}

function asFraction(value: string, givenIn: GivenIn, { equity }: AmountBase): Ratio | undefined {
  if (givenIn === 'fraction') return ratio(value)
  return isPositive(equity) ? over(ratio(value), ratio(equity)) : undefined
}

const asMoney = (fraction: string, { equity }: AmountBase): string | undefined =>
  isPositive(equity) ? decimalText(times(ratio(fraction), ratio(equity)), 8) : undefined

const isPositive = (text: string | undefined): text is string => text !== undefined && ratio(text).top > 0n
