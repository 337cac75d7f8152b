import { Decimal } from 'decimal.js'
import type { Brand } from './brand.ts'
import {
  cutText,
  exactText,
  fixedText,
  grouped,
  nearText,
  plainText,
  quotientText,
  significantText,
  type Figures,
} from './decimal-text.ts'
import { invariant } from './invariant.ts'
import { quicken } from './quick-decimal.ts'
import { reason, type Reason } from './reason.ts'
import { err, ok, type Result } from './result.ts'

// Private constructors: nobody else's `Decimal.config()` can change our precision or rounding.
const settings = { precision: 40, toExpNeg: -9e15, toExpPos: 9e15 } as const
const Exact = Decimal.clone({ ...settings, rounding: Decimal.ROUND_HALF_EVEN })
const Down = Decimal.clone({ ...settings, rounding: Decimal.ROUND_DOWN })
const Significant = Decimal.clone({ ...settings, precision: 12, rounding: Decimal.ROUND_HALF_EVEN })
const quick = quicken<Decimal>(Exact)
// Safe: every exact decimal has the figures of its prototype.
const figures = (value: Dec): Figures => value as unknown as Figures

/** An exact decimal number without a unit. */
export type Dec = Decimal
/** An exact amount in the account's currency. */
export type Money = Brand<Dec, 'Money'>
/** Price of one unit in the instrument's own currency. */
export type Price = Brand<Dec, 'Price'>
/** Units of an instrument (shares, contracts, lots, coins), never negative; direction lives on the order. */
export type Quantity = Brand<Dec, 'Quantity'>
/** Units held: positive long, negative short. */
export type SignedQuantity = Brand<Dec, 'SignedQuantity'>
/** Share of equity lost if the stop is hit. What a trader means by "risk one per cent" (0.01). */
export type RiskFraction = Brand<Dec, 'RiskFraction'>
/** Signed notional over equity. */
export type NotionalWeight = Brand<Dec, 'NotionalWeight'>
/** Gross notional over equity. */
export type Leverage = Brand<Dec, 'Leverage'>
/** Account currency paid for one unit of the instrument's currency. */
export type FxRate = Brand<Dec, 'FxRate'>

const LARGEST = new Exact('1e15')
const MOST_DECIMALS = 18
const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)$/
const plainWithExponent = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i

/** Reads a decimal from a string or number; refuses blanks, text, locale commas, NaN, infinities and sizes beyond 1e15. */
export function readDecimal(value: unknown, field: string): Result<Dec, Reason> {
  if (typeof value === 'string') {
    const plainly = quick.read(value)
    if (plainly !== undefined) return ok(plainly)
  }
  if (value === undefined || value === null || value === '') {
    return err(reason('INPUT_MISSING', `${field} is missing: give a decimal number.`, field))
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    return err(reason('INPUT_MALFORMED', `${field} is a ${typeof value}: give a decimal number.`, field))
  }
  const text = typeof value === 'number' ? String(value) : value.trim()
  if (/^[+-]?(nan|inf|infinity)$/i.test(text)) {
    return err(reason('INPUT_NOT_FINITE', `${field} is ${text}: give a finite decimal number.`, field))
  }
  const shape = typeof value === 'number' ? plainWithExponent : plain
  if (text.length > 60 || !shape.test(text)) {
    return err(
      reason(
        'INPUT_MALFORMED',
        `${field} is "${clip(text)}": give a plain decimal such as 1234.5, with a point and no commas.`,
        field,
      ),
    )
  }
  const parsed = new Exact(text)
  if (parsed.abs().gt(LARGEST)) {
    return err(reason('INPUT_OUT_OF_RANGE', `${field} is ${clip(text)}: numbers beyond 1e15 are not accepted.`, field))
  }
  if (parsed.decimalPlaces() > MOST_DECIMALS) {
    return err(reason('INPUT_OUT_OF_RANGE', `${field} has more than ${MOST_DECIMALS} decimals: ${clip(text)}.`, field))
  }
  return ok(parsed.isZero() ? ZERO : parsed)
}

/** As `readDecimal`, and greater than zero. */
export function readPositive(value: unknown, field: string): Result<Dec, Reason> {
  const read = readDecimal(value, field)
  if (!read.ok || read.value.gt(0)) return read
  return err(reason('INPUT_OUT_OF_RANGE', `${field} is ${text(read.value)}: it must be greater than 0.`, field))
}

/** As `readDecimal`, and zero or more. */
export function readNonNegative(value: unknown, field: string): Result<Dec, Reason> {
  const read = readDecimal(value, field)
  if (!read.ok || read.value.gte(0)) return read
  return err(reason('INPUT_OUT_OF_RANGE', `${field} is ${text(read.value)}: it must be 0 or more.`, field))
}

/** A decimal written by us: anything but a plain decimal is a bug. */
export function dec(plain: string | number): Dec {
  invariant(plainWithExponent.test(String(plain)), `"${plain}" is a plain decimal`)
  return (typeof plain === 'string' ? quick.read(plain) : undefined) ?? new Exact(plain)
}

/** Zero without a unit. */
export const ZERO: Dec = quick.of(0, 0)
/** One without a unit. */
export const ONE: Dec = quick.of(1, 0)
/** No money. */
export const NO_MONEY = ZERO as Money
/** No units. */
export const NO_QUANTITY = ZERO as Quantity

/** Crosses from float64 statistics into exact arithmetic: 12 significant digits, half-even (SPEC 1). */
export function fromFloat(value: number): Dec {
  invariant(Number.isFinite(value), 'a statistic is finite before it becomes exact')
  return new Exact(new Significant(value).toSignificantDigits(12))
}

/** Crosses from exact arithmetic into float64, for statistics only. */
export function toFloat(value: Dec): number {
  return value.toNumber()
}

/** Plain decimal text without exponent or trailing zeros; minus zero reads "0". */
export function text(value: Dec): string {
  return plainText(figures(value))
}

/** Text for a sentence: `places` decimals, half-even, thousands grouped with commas. */
export function say(value: Dec, places = 2): string {
  return grouped(fixedText(figures(value), places))
}

/** Text of a fraction as per cent for a sentence: 0.0253 reads "2.53 %". */
export function sayPercent(value: Dec, places = 2): string {
  return `${grouped(fixedText(figures(value), places, 2))} %`
}

/** Text of a price or quantity for a sentence: its own digits, thousands grouped. */
export function sayExact(value: Dec, mostPlaces = 8): string {
  return grouped(exactText(figures(value), mostPlaces))
}

/** The sum, in the unit of both. */
export const add = <T extends Dec>(a: T, b: NoInfer<T>): T => a.plus(b) as T
/** The difference, in the unit of both. */
export const subtract = <T extends Dec>(a: T, b: NoInfer<T>): T => a.minus(b) as T
/** `a` scaled by a number without a unit. */
export const scale = <T extends Dec>(a: T, by: Dec): T => a.times(by) as T
/** The smaller of two. */
export const smaller = <T extends Dec>(a: T, b: NoInfer<T>): T => (a.lte(b) ? a : b)
/** The larger of two. */
export const larger = <T extends Dec>(a: T, b: NoInfer<T>): T => (a.gte(b) ? a : b)
/** The size without its sign. */
export const magnitude = <T extends Dec>(a: T): T => a.abs() as T

/** Quotient to 40 digits, half-even; `b` is not zero. */
export function divide(a: Dec, b: Dec): Dec {
  invariant(!b.isZero(), 'a divisor is not zero')
  return a.div(b)
}

/** Quotient to 40 digits rounded towards zero, so that a capacity is never overstated; `b` is positive. */
export function divideDown(a: Dec, b: Dec): Dec {
  invariant(b.gt(0), 'a capacity is divided by a positive use per unit')
  return quick.quotientDown(a, b) ?? new Exact(new Down(a).div(b))
}

/** Quotient of two as text with 12 significant digits, half-even; `b` is not zero. */
export function ratio(a: Dec, b: Dec): string {
  invariant(!b.isZero(), 'a divisor is not zero')
  if (a.isZero()) return '0'
  return quotientText(figures(a), figures(b)) ?? text(new Exact(new Significant(a).div(b)))
}

/** Down to a multiple of `step`, towards zero; `step` is positive. */
export function floorTo(value: Dec, step: Dec): Dec {
  invariant(step.gt(ZERO), 'a lot step is positive')
  if (value.isZero()) return ZERO
  const power = powerOfTen(step)
  if (power !== undefined) return quick.cut(value, power)
  const exact = quick.cut(divideDown(value, step), 0).times(step)
  // A quotient rounded at the 40th digit may fall one step short of an exact multiple; it never exceeds.
  const next = exact.plus(step)
  return next.lte(value) ? next : exact
}

/** Whether `value` lies on the grid of `step`. */
export function onGrid(value: Dec, step: Dec): boolean {
  return value.mod(step).isZero()
}

/** Square root to 40 digits of a number not below zero. */
export function root(value: Dec): Dec {
  invariant(value.gte(0), 'a square root is taken of zero or more')
  return value.sqrt()
}

function clip(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value
}

/** Text of a computed quantity: at most 12 decimals, cut towards zero, so that it never reads as more than it is. */
export function brief(value: Dec): string {
  return cutText(figures(value), 12)
}

/** Text of a computed quantity: at most 12 decimals, half-even. */
export function near(value: Dec): string {
  return nearText(figures(value), 12)
}

/** Text of a computed share or amount: 12 significant digits, half-even. */
export function rounded(value: Dec): string {
  return significantText(figures(value), 12)
}

/** The exponent of a power of ten. */
function powerOfTen(value: Dec): number | undefined {
  const { n, x } = figures(value)
  if (n === 1) return x
  const { e, d } = value
  return d.length === 1 && d[0] === 10 ** (e - Math.floor(e / 7) * 7) ? e : undefined
}
