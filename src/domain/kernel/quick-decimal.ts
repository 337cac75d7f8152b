import { fixedText, plainText, type Digits } from './decimal-text.ts'
import { added, compare, divided, multiplied, subtracted, type Make } from './decimal-words.ts'

/**
 * Quick ways through the arithmetic of decimal.js: the library copies its operands at every step, and a decision takes
 * hundreds of steps. Results are the same digit for digit (tested against it); what is rare is left to the library.
 */

/** What a decimal is to this file: its digits, and the library's methods behind the quick ones. */
interface Slow {
  cmp(other: unknown): number
  plus(other: unknown): Digits
  minus(other: unknown): Digits
  times(other: unknown): Digits
  div(other: unknown): Digits
  toFixed(places?: number): string
}

/** Gives a private decimal constructor a prototype of its own with the quick ways, in front of the library's. */
export function quicken<T extends Digits>(constructor: { prototype: T }): Make<T> {
  const slow: Slow = constructor.prototype as unknown as Slow
  function Quick(
    this: { s: number; e: number; d: readonly number[] },
    s: number,
    e: number,
    d: readonly number[],
  ): void {
    this.s = s
    this.e = e
    this.d = d
  }
  const Made = Quick as unknown as new (s: number, e: number, d: readonly number[]) => T
  const make: Make<T> = (s, e, d) => new Made(s, e, d)
  const cmp = (a: Digits, b: unknown): number => {
    if (b === 0) return a.d[0] === 0 ? 0 : a.s
    const other = operand(b)
    return other === undefined ? slow.cmp.call(a, b) : compare(a, other)
  }
  const sum = (a: Digits, b: Digits, sign: number): Digits | undefined => {
    if (b.d[0] === 0) return a.d[0] === 0 ? undefined : a
    if (a.d[0] === 0) return make(sign, b.e, b.d)
    return a.s === sign ? added(make, a, b) : subtracted(make, a, b)
  }
  const quick = {
    constructor,
    cmp(this: Digits, b: unknown) {
      return cmp(this, b)
    },
    comparedTo(this: Digits, b: unknown) {
      return cmp(this, b)
    },
    gt(this: Digits, b: unknown) {
      return cmp(this, b) > 0
    },
    gte(this: Digits, b: unknown) {
      return cmp(this, b) >= 0
    },
    lt(this: Digits, b: unknown) {
      return cmp(this, b) < 0
    },
    lte(this: Digits, b: unknown) {
      return cmp(this, b) <= 0
    },
    eq(this: Digits, b: unknown) {
      return cmp(this, b) === 0
    },
    isZero(this: Digits) {
      return this.d[0] === 0
    },
    abs(this: Digits) {
      return this.s > 0 ? this : make(1, this.e, this.d)
    },
    negated(this: Digits) {
      return make(-this.s, this.e, this.d)
    },
    plus(this: Digits, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : sum(this, other, other.s)) ?? slow.plus.call(this, b)
    },
    minus(this: Digits, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : sum(this, other, -other.s)) ?? slow.minus.call(this, b)
    },
    times(this: Digits, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : multiplied(make, this, other)) ?? slow.times.call(this, b)
    },
    div(this: Digits, b: unknown) {
      const other = operand(b)
      return (other === undefined ? undefined : divided(make, this, other, true)) ?? slow.div.call(this, b)
    },
    toFixed(this: Digits, places?: number) {
      return places === undefined ? plainText(this) : fixedText(this, places)
    },
  }
  const prototype = Object.assign(Object.create(slow) as T, quick)
  Made.prototype = prototype
  constructor.prototype = prototype
  return make
}

/** The digits of an operand; `undefined` for what is left to the library to read. */
function operand(value: unknown): Digits | undefined {
  if (typeof value === 'object' && value !== null) return value as Digits
  return typeof value === 'number' ? smallInteger(value) : undefined
}

function smallInteger(value: number): Digits | undefined {
  const size = Math.abs(value)
  if (!Number.isInteger(value) || size === 0 || size >= 10_000_000) return undefined
  let e = 0
  for (let left = size; left >= 10; left /= 10) e += 1
  return { s: value < 0 ? -1 : 1, e, d: [size] }
}
