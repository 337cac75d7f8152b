import { fixedText, plainText } from './decimal-text.ts'
import {
  compared,
  cutTo,
  isNothing,
  negative,
  operand,
  product,
  Quick,
  quotient,
  read,
  signOf,
  sum,
} from './quick-arithmetic.ts'

/**
 * Quick ways through the arithmetic of decimal.js: the library copies its operands at every step, and a decision takes
 * hundreds of steps. Numbers whose digits fit into a safe integer are worked on as such, longer ones word by word.
 * Results are the same digit for digit (tested against the library); what is rare is left to it.
 */

/** The library's methods behind the quick ones. */
interface Slow {
  cmp(other: unknown): number
  plus(other: unknown): object
  minus(other: unknown): object
  times(other: unknown): object
  div(other: unknown): object
}

/** What makes decimals of a private constructor by the quick ways. */
export interface Makes<T> {
  /** n · 10^x, of safe integers. */
  of(n: number, x: number): T
  /** Reads plain text of few digits; anything else is not for this road. */
  read(text: string): T | undefined
  /** Quotient to 40 digits towards zero; `undefined` where it is left to the library. */
  quotientDown(a: T, b: T): T | undefined
  /** Cut towards zero to the digits whose exponent is at least `exponent`. */
  cut(value: T, exponent: number): T
}

/** Once, gives a private decimal constructor a prototype of its own with the quick ways, in front of the library's. */
export function quicken<T>(constructor: { prototype: T }): Makes<T> {
  const slow = constructor.prototype as unknown as Slow
  const ways = Object.assign(
    Object.create(slow as object) as object,
    { constructor, n: Number.NaN, x: 0, w: undefined },
    waysBefore(slow),
  )
  constructor.prototype = ways as unknown as T
  Object.setPrototypeOf(Quick.prototype, ways)
  delete (Quick.prototype as { constructor?: unknown }).constructor
  return {
    of: (n, x) => new Quick(n, x, null) as unknown as T,
    read: (text) => read(text) as unknown as T | undefined,
    quotientDown: (a, b) => quotient(a as unknown as Quick, b as unknown as Quick, false) as unknown as T | undefined,
    cut: (value, exponent) => cutTo(value as unknown as Quick, exponent) as unknown as T,
  }
}

function waysBefore(slow: Slow): object {
  const cmp = (a: Quick, b: unknown): number => {
    const other = operand(b)
    return other === undefined ? slow.cmp.call(a, b) : compared(a, other)
  }
  return {
    cmp(this: Quick, b: unknown) {
      return cmp(this, b)
    },
    comparedTo(this: Quick, b: unknown) {
      return cmp(this, b)
    },
    gt(this: Quick, b: unknown) {
      return cmp(this, b) > 0
    },
    gte(this: Quick, b: unknown) {
      return cmp(this, b) >= 0
    },
    lt(this: Quick, b: unknown) {
      return cmp(this, b) < 0
    },
    lte(this: Quick, b: unknown) {
      return cmp(this, b) <= 0
    },
    eq(this: Quick, b: unknown) {
      return cmp(this, b) === 0
    },
    isZero(this: Quick) {
      return isNothing(this)
    },
    abs(this: Quick) {
      return signOf(this) < 0 ? negative(this) : this
    },
    negated(this: Quick) {
      return negative(this)
    },
    plus(this: Quick, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : sum(this, other, 1)) ?? slow.plus.call(this, b)
    },
    minus(this: Quick, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : sum(this, other, -1)) ?? slow.minus.call(this, b)
    },
    times(this: Quick, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : product(this, other)) ?? slow.times.call(this, b)
    },
    div(this: Quick, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : quotient(this, other, true)) ?? slow.div.call(this, b)
    },
    toFixed(this: Quick, places?: number) {
      return places === undefined ? plainText(this) : fixedText(this, places)
    },
  }
}
