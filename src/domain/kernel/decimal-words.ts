import { POWERS_OF_TEN } from './decimal-text.ts'

/**
 * Digits of a finite decimal as decimal.js keeps them: sign, exponent of the first digit, and words of seven digits
 * aligned to the decimal point, the first without leading zeros and the last not zero. Zero is one word of zero.
 */
export interface Digits {
  readonly s: number
  readonly e: number
  readonly d: readonly number[]
}

/** Significant digits that a result is rounded to. */
const PRECISION = 40
/** Words of seven digits that fit into the precision whatever their alignment. */
const WORDS_WITHIN = 5
/** Words that a number may take before it is rounded; longer ones are left to the library. */
export const MOST_WORDS = 16
/** What a word counts to. */
export const BASE = 10_000_000
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
export function added(a: Digits, b: Digits): Digits | undefined {
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
  return within(a.s, carry === 1 ? top + 1 : top, words)
}

/** Difference of two of one sign (the second counted against the first), not zero. */
export function subtracted(a: Digits, b: Digits): Digits | undefined {
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
  return within(order > 0 ? a.s : -a.s, top, words)
}

/** Product, rounded to the precision; zero is left to the library. */
export function multiplied(a: Digits, b: Digits): Digits | undefined {
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
  return within(a.s * b.s, wordOf(a.e) + wordOf(b.e) + 1, words)
}

/** Exponent of the word that holds the digit of exponent `e`. */
export function wordOf(e: number): number {
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

function within(s: number, top: number, words: number[]): Digits {
  return words.length <= WORDS_WITHIN ? trimmed(s, top, words) : rounded(s, top, words, false, true)
}

/** A number of these words rounded to the precision; `more` tells of digits behind them that are not all zero. */
export function rounded(s: number, top: number, words: number[], more: boolean, halfEven: boolean): Digits {
  let first = 0
  while (words[first] === 0) first += 1
  let exponent = (top - first) * 7
  for (let word = words[first] as number; word >= 10; word /= 10) exponent += 1
  const lowest = exponent - PRECISION + 1
  const at = top - wordOf(lowest)
  if (at >= words.length) return trimmed(s, top, words)
  const below = POWERS_OF_TEN[lowest - wordOf(lowest) * 7] as number
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
      return trimmed(s, top + 1, words)
    }
    carry -= 1
    words[carry] = (words[carry] as number) + 1
  }
  return trimmed(s, top, words)
}

/** Whether a word from there on is not zero. */
export function anyFrom(words: readonly number[], from: number): boolean {
  for (let i = from; i < words.length; i++) if (words[i] !== 0) return true
  return false
}

/** A number of these words without zero words at either end; the first has the word exponent `top`. */
function trimmed(s: number, top: number, words: number[]): Digits {
  while (words[words.length - 1] === 0) words.pop()
  let first = 0
  while (words[first] === 0) first += 1
  const kept = first === 0 ? words : words.slice(first)
  let e = (top - first) * 7
  for (let word = kept[0] as number; word >= 10; word /= 10) e += 1
  return { s, e, d: kept }
}

/** Cut towards zero to the digits whose exponent is at least `exponent`; zero has nothing to cut. */
export function cut(value: Digits, exponent: number): Digits | undefined {
  const word = wordOf(exponent)
  const at = wordOf(value.e) - word
  if (at < 0 || value.e < exponent) return undefined
  if (at >= value.d.length) return value
  const words = value.d.slice(0, at + 1)
  const last = words[at] as number
  words[at] = last - (last % 10 ** (exponent - word * 7))
  return words[at] === last && at === value.d.length - 1 ? value : trimmed(value.s, wordOf(value.e), words)
}
