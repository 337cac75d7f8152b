/** An exact fraction; every decimal text is one, and + − × ÷ stay exact. */
export interface Ratio {
  readonly top: bigint
  readonly bottom: bigint
}

/** How a ratio that has no short decimal form is cut: towards zero, away from it, or to the nearest even digit. */
export type Rounding = 'towards-zero' | 'away-from-zero' | 'half-even'

const plainDecimal = /^-?\d+(\.\d+)?$/

/** True for plain decimal text such as `-12.50`: no sign +, no exponent, no separators. */
export const isDecimalText = (text: string): boolean => plainDecimal.test(text)

/** The exact value of plain decimal text; throws on anything else, because callers check what people type. */
export function ratio(text: string): Ratio {
  if (!isDecimalText(text)) throw new RangeError(`«${text}» is not plain decimal text`)
  const [whole = '0', fraction = ''] = text.split('.')
  return { top: BigInt(whole + fraction), bottom: 10n ** BigInt(fraction.length) }
}

/** a + b, exact. */
export const plus = (a: Ratio, b: Ratio): Ratio => reduce(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
/** a − b, exact. */
export const minus = (a: Ratio, b: Ratio): Ratio => reduce(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
/** a × b, exact. */
export const times = (a: Ratio, b: Ratio): Ratio => reduce(a.top * b.top, a.bottom * b.bottom)
/** a ÷ b, exact; throws when b is zero. */
export function over(a: Ratio, b: Ratio): Ratio {
  if (b.top === 0n) throw new RangeError('division by zero')
  return b.top < 0n ? reduce(-a.top * b.bottom, a.bottom * -b.top) : reduce(a.top * b.bottom, a.bottom * b.top)
}
/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
/** The value without its sign. */
export const magnitude = (a: Ratio): Ratio => (a.top < 0n ? { top: -a.top, bottom: a.bottom } : a)

/** Plain decimal text with at most `places` digits after the point and no trailing zeros. */
export function decimalText(value: Ratio, places: number, rounding: Rounding = 'half-even'): string {
  const scaled = divide(value.top * 10n ** BigInt(places), value.bottom, rounding)
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '')
  return `${scaled < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Digits after the point in decimal text: 2 for `0.25`, 0 for `5`; trailing zeros do not count. */
export function placesOf(text: string): number {
  const fraction = text.split('.')[1]
  return fraction === undefined ? 0 : fraction.replace(/0+$/, '').length
}

/** A float for drawing only: pixels and bar lengths, never an amount that is kept. */
export const forDrawing = (value: Ratio): number => Number(decimalText(value, 12))

function divide(top: bigint, bottom: bigint, rounding: Rounding): bigint {
  const whole = top / bottom
  const rest = top % bottom
  if (rest === 0n || rounding === 'towards-zero') return whole
  const away = top < 0n ? -1n : 1n
  if (rounding === 'away-from-zero') return whole + away
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice > bottom || (twice === bottom && whole % 2n !== 0n)) return whole + away
  return whole
}

function reduce(top: bigint, bottom: bigint): Ratio {
  let a = top < 0n ? -top : top
  let b = bottom
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? { top: 0n, bottom: 1n } : { top: top / a, bottom: bottom / a }
}
