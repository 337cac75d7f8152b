import type { Digits } from './decimal-text.ts'

/** Makes a decimal of its sign, exponent and words. */
export type Make<T extends Digits> = (s: number, e: number, d: readonly number[]) => T

/** Significant digits that a result is rounded to. */
const PRECISION = 40
/** Words of seven digits that fit into the precision whatever their alignment. */
const WORDS_WITHIN = 5
/** Words of a quotient that hold the precision and the digit behind it, however short the first is. */
const QUOTIENT_WORDS = 8
/** Words that a sum or a product may take before it is rounded; longer ones are left to the library. */
const MOST_WORDS = 16
const BASE = 10_000_000
const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000] as const
const ZERO_WORDS: readonly number[] = new Array<number>(MOST_WORDS).fill(0)

/** −1, 0 or 1. */
export function compare(a: Digits, b: Digits): number {
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

/** Sum of two of one sign, not zero. */
export function added<T extends Digits>(make: Make<T>, a: Digits, b: Digits): T | undefined {
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
  if (carry === 1) words.unshift(1)
  return within(make, a.s, carry === 1 ? top + 1 : top, words)
}

/** Difference of two of one sign (the second counted against the first), not zero. */
export function subtracted<T extends Digits>(make: Make<T>, a: Digits, b: Digits): T | undefined {
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
  return within(make, order > 0 ? a.s : -a.s, top, words)
}

/** Product, rounded to the precision; zero is left to the library. */
export function multiplied<T extends Digits>(make: Make<T>, a: Digits, b: Digits): T | undefined {
  const x = a.d
  const y = b.d
  if (x[0] === 0 || y[0] === 0) return undefined
  const length = x.length + y.length
  if (length > MOST_WORDS) return undefined
  const words = ZERO_WORDS.slice(0, length)
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
  return within(make, a.s * b.s, wordOf(a.e) + wordOf(b.e) + 1, words)
}

/**
 * Quotient to 40 digits, half to even or towards zero, by long division with a divisor of at most two words: trial and
 * remainder are exact in floats, since both stay below 10^14. Any other divisor is left to the library.
 */
export function divided<T extends Digits>(make: Make<T>, a: Digits, b: Digits, halfEven: boolean): T | undefined {
  const [high = 0, low = 0] = b.d.length === 1 ? [0, b.d[0]] : b.d
  if (b.d.length > 2 || a.d[0] === 0 || a.d.length > MOST_WORDS || high + low === 0) return undefined
  const divisor = high * BASE + low
  const words: number[] = []
  let top = wordOf(a.e) - wordOf(b.e) + b.d.length - 1
  let rest = 0
  let i = 0
  for (; (i < a.d.length || rest !== 0) && words.length < QUOTIENT_WORDS; i++) {
    const next = a.d[i] ?? 0
    let digit = Math.floor((rest * BASE + next) / divisor)
    let left = (rest - digit * high) * BASE + next - digit * low
    if (left < 0) {
      digit -= 1
      left += divisor
    } else if (left >= divisor) {
      digit += 1
      left -= divisor
    }
    rest = left
    if (digit !== 0 || words.length > 0) words.push(digit)
    else top -= 1
  }
  const more = rest !== 0 || i < a.d.length
  return rounded(make, a.s * b.s, top, words, more, halfEven)
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
  const words = ZERO_WORDS.slice(0, length)
  for (let i = 0; i < value.d.length; i++) words[i + offset] = value.d[i] as number
  return words
}

function within<T extends Digits>(make: Make<T>, s: number, top: number, words: number[]): T {
  return words.length <= WORDS_WITHIN ? trimmed(make, s, top, words) : rounded(make, s, top, words, false, true)
}

/** A number of these words rounded to the precision; `more` tells of digits behind them that are not all zero. */
function rounded<T extends Digits>(
  make: Make<T>,
  s: number,
  top: number,
  words: number[],
  more: boolean,
  halfEven: boolean,
): T {
  let first = 0
  while (words[first] === 0) first += 1
  let exponent = (top - first) * 7
  for (let word = words[first] as number; word >= 10; word /= 10) exponent += 1
  const lowest = exponent - PRECISION + 1
  const at = top - wordOf(lowest)
  if (at >= words.length) return trimmed(make, s, top, words)
  const below = 10 ** (lowest - wordOf(lowest) * 7)
  const word = words[at] as number
  // The digits to be cut begin within this word or, where its last is the last kept, with the next.
  const tail = below === 1 ? (words[at + 1] ?? 0) : word % below
  const half = below === 1 ? BASE / 2 : below / 2
  const up =
    halfEven &&
    tail >= half &&
    (tail > half || more || anyFrom(words, below === 1 ? at + 2 : at + 1) || Math.floor(word / below) % 2 === 1)
  words.length = at + 1
  words[at] = word - (word % below) + (up ? below : 0)
  let carry = at
  while (words[carry] === BASE) {
    words[carry] = 0
    if (carry === 0) {
      words.unshift(1)
      return trimmed(make, s, top + 1, words)
    }
    carry -= 1
    words[carry] = (words[carry] as number) + 1
  }
  return trimmed(make, s, top, words)
}

function anyFrom(words: readonly number[], from: number): boolean {
  for (let i = from; i < words.length; i++) if (words[i] !== 0) return true
  return false
}

/** A number of these words without zero words at either end; the first has the word exponent `top`. */
function trimmed<T extends Digits>(make: Make<T>, s: number, top: number, words: number[]): T {
  while (words[words.length - 1] === 0) words.pop()
  let first = 0
  while (words[first] === 0) first += 1
  const kept = first === 0 ? words : words.slice(first)
  let e = (top - first) * 7
  for (let word = kept[0] as number; word >= 10; word /= 10) e += 1
  return make(s, e, kept)
}

/** Reads plain text of at most 14 digits on either side of the point; anything else is not for this road. */
export function parsedPlainly<T extends Digits>(make: Make<T>, text: string): T | undefined {
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
  return Number(digits) * (POWERS_OF_TEN[7 - digits.length] as number)
}

/** Cut towards zero to the digits whose exponent is at least `exponent`; zero has nothing to cut. */
export function cut<T extends Digits>(make: Make<T>, value: T, exponent: number): T | undefined {
  const word = wordOf(exponent)
  const at = wordOf(value.e) - word
  if (at < 0 || value.e < exponent) return undefined
  if (at >= value.d.length) return value
  const words = value.d.slice(0, at + 1)
  const last = words[at] as number
  words[at] = last - (last % 10 ** (exponent - word * 7))
  return words[at] === last && at === value.d.length - 1 ? value : trimmed(make, value.s, wordOf(value.e), words)
}
