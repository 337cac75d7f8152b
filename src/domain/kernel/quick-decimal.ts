import type { Digits } from './decimal-text.ts'
import { fixedText, plainText } from './decimal-text.ts'

/**
 * Quick ways through the arithmetic of decimal.js for numbers that need no rounding, which is nearly all of them: the
 * library copies and rounds an operand at every step. Everything else takes the library's own way, so that the results
 * are the same digit for digit (tested against it).
 */

/** What a decimal is to this file: its digits, and the library's methods behind the quick ones. */
interface Slow {
  cmp(other: unknown): number
  plus(other: unknown): Digits
  minus(other: unknown): Digits
  times(other: unknown): Digits
  toFixed(places?: number): string
  toDecimalPlaces(places: number, rounding?: number): Digits
  toSignificantDigits(count: number, rounding?: number): Digits
}

/** Words of seven digits that fit into the precision of 40 whatever their alignment. */
const MOST_WORDS = 5
const BASE = 10_000_000

/** Gives a private decimal constructor a prototype of its own with the quick ways, in front of the library's. */
export function quicken(constructor: { prototype: object }): Make {
  const slow = constructor.prototype as Slow
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
  const Made = Quick as unknown as new (s: number, e: number, d: readonly number[]) => Digits
  const make = (s: number, e: number, d: readonly number[]): Digits => new Made(s, e, d)
  const cmp = (a: Digits, b: unknown): number => {
    if (b === 0) return a.d[0] === 0 ? 0 : a.s
    return isDigits(b) ? compare(a, b) : slow.cmp.call(a, b)
  }
  const sum = (a: Digits, b: Digits, sign: number): Digits | undefined => {
    if (b.d[0] === 0) return a.d[0] === 0 ? undefined : a
    if (a.d[0] === 0) return sign === b.s ? b : make(sign, b.e, b.d)
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
      return (isDigits(b) ? sum(this, b, b.s) : undefined) ?? slow.plus.call(this, b)
    },
    minus(this: Digits, b: unknown) {
      return (isDigits(b) ? sum(this, b, -b.s) : undefined) ?? slow.minus.call(this, b)
    },
    times(this: Digits, b: unknown) {
      return (isDigits(b) ? multiplied(make, this, b) : undefined) ?? slow.times.call(this, b)
    },
    toFixed(this: Digits, places?: number) {
      return places === undefined ? plainText(this) : fixedText(this, places)
    },
  }
  const prototype: unknown = Object.assign(Object.create(slow) as object, quick)
  Made.prototype = prototype
  constructor.prototype = prototype as object
  return make
}

function isDigits(value: unknown): value is Digits {
  return typeof value === 'object' && value !== null
}

function compare(a: Digits, b: Digits): number {
  const x = a.d
  const y = b.d
  if (x[0] === 0 || y[0] === 0) return x[0] !== 0 ? a.s : y[0] !== 0 ? -b.s : 0
  if (a.s !== b.s) return a.s
  return a.e === b.e ? compareWords(x, y) * a.s : a.e > b.e ? a.s : -a.s
}

function compareWords(x: readonly number[], y: readonly number[]): number {
  const shared = Math.min(x.length, y.length)
  for (let i = 0; i < shared; i++) if (x[i] !== y[i]) return (x[i] as number) > (y[i] as number) ? 1 : -1
  return x.length === y.length ? 0 : x.length > y.length ? 1 : -1
}

/** Makes a decimal of its sign, exponent and words. */
export type Make = (s: number, e: number, d: readonly number[]) => Digits

/** Sum of two of one sign, not zero. */
function added(make: Make, a: Digits, b: Digits): Digits | undefined {
  const top = Math.max(wordOf(a.e), wordOf(b.e))
  const length = spanOf(a, b, top)
  if (length > MOST_WORDS) return undefined
  const words = aligned(a, top, length)
  const offset = top - wordOf(b.e)
  let carry = 0
  for (let i = length - 1; i >= 0; i--) {
    let word = (words[i] as number) + carry + (b.d[i - offset] ?? 0)
    carry = 0
    if (word >= BASE) {
      word -= BASE
      carry = 1
    }
    words[i] = word
  }
  if (carry === 1) {
    if (length === MOST_WORDS) return undefined
    words.unshift(1)
  }
  return trimmed(make, a.s, carry === 1 ? top + 1 : top, words)
}

/** Difference of two of one sign (the second counted against the first), not zero. */
function subtracted(make: Make, a: Digits, b: Digits): Digits | undefined {
  const order = a.e === b.e ? compareWords(a.d, b.d) : a.e > b.e ? 1 : -1
  if (order === 0) return undefined
  const [large, small] = order > 0 ? [a, b] : [b, a]
  const top = wordOf(large.e)
  const length = spanOf(a, b, top)
  if (length > MOST_WORDS) return undefined
  const words = aligned(large, top, length)
  const offset = top - wordOf(small.e)
  let borrow = 0
  for (let i = length - 1; i >= 0; i--) {
    let word = (words[i] as number) - borrow - (small.d[i - offset] ?? 0)
    borrow = 0
    if (word < 0) {
      word += BASE
      borrow = 1
    }
    words[i] = word
  }
  return trimmed(make, order > 0 ? a.s : -a.s, top, words)
}

function multiplied(make: Make, a: Digits, b: Digits): Digits | undefined {
  const x = a.d
  const y = b.d
  if (x[0] === 0 || y[0] === 0) return undefined
  const length = x.length + y.length
  if (length > MOST_WORDS) return undefined
  const words = new Array<number>(length).fill(0)
  for (let i = y.length - 1; i >= 0; i--) {
    const factor = y[i] as number
    let carry = 0
    for (let k = x.length - 1; k >= 0; k--) {
      const term = (words[i + k + 1] as number) + factor * (x[k] as number) + carry
      carry = Math.floor(term / BASE)
      words[i + k + 1] = term - carry * BASE
    }
    words[i] = carry
  }
  return trimmed(make, a.s * b.s, wordOf(a.e) + wordOf(b.e) + 1, words)
}

/** Exponent of the word that holds the digit of exponent `e`. */
function wordOf(e: number): number {
  return Math.floor(e / 7)
}

/** Words from the top one down to the last of either. */
function spanOf(a: Digits, b: Digits, top: number): number {
  return top - Math.min(wordOf(a.e) - a.d.length, wordOf(b.e) - b.d.length)
}

function aligned(value: Digits, top: number, length: number): number[] {
  const offset = top - wordOf(value.e)
  const words = new Array<number>(length).fill(0)
  for (let i = 0; i < value.d.length; i++) words[i + offset] = value.d[i] as number
  return words
}

/** A number of these words without zero words at either end; the first has the word exponent `top`. */
function trimmed(make: Make, s: number, top: number, words: number[]): Digits {
  while (words[words.length - 1] === 0) words.pop()
  let first = 0
  while (words[first] === 0) first += 1
  if (first > 0) words.splice(0, first)
  let e = (top - first) * 7
  for (let word = words[0] as number; word >= 10; word /= 10) e += 1
  return make(s, e, words)
}

/** Reads plain text of at most 14 digits on either side of the point; anything else is not for this road. */
export function parsedPlainly(make: Make, text: string): Digits | undefined {
  const start = text.startsWith('-') ? 1 : 0
  let point = -1
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46 && point < 0) point = i
    else if (code < 48 || code > 57) return undefined
  }
  const end = point < 0 ? text.length : point
  const decimals = point < 0 ? 0 : text.length - point - 1
  const bare = end === start || (point >= 0 && decimals === 0)
  if (bare || end - start > 14 || decimals > 14) return undefined
  const words: number[] = []
  if (end - start > 7) words.push(Number(text.slice(start, end - 7)), Number(text.slice(end - 7, end)))
  else words.push(Number(text.slice(start, end)))
  const top = words.length - 1
  if (decimals > 0) words.push(wordAt(text, point + 1))
  if (decimals > 7) words.push(wordAt(text, point + 8))
  if (words.every((word) => word === 0)) return undefined
  return trimmed(make, start === 1 ? -1 : 1, top, words)
}

/** Seven digits from a place on, as if zeros followed. */
function wordAt(text: string, from: number): number {
  const digits = text.slice(from, from + 7)
  return Number(digits) * 10 ** (7 - digits.length)
}

/** Cut towards zero to the digits whose exponent is at least `exponent`; zero has nothing to cut. */
export function cut(make: Make, value: Digits, exponent: number): Digits | undefined {
  const word = wordOf(exponent)
  const at = wordOf(value.e) - word
  if (at < 0 || value.e < exponent) return undefined
  if (at >= value.d.length) return value
  const words = value.d.slice(0, at + 1)
  const last = words[at] as number
  words[at] = last - (last % 10 ** (exponent - word * 7))
  return words[at] === last && at === value.d.length - 1 ? value : trimmed(make, value.s, wordOf(value.e), words)
}
