import type { Digits } from './decimal-words.ts'

const BASE = 10_000_000
/** 1 to 10^22: those that a float holds exactly. */
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)
const ZEROS = '00000000000000000000000000000000000000000000000000000000000000000000000000000000'

/** A decimal as it is written from: n · 10^x where `n` is not NaN, else its digits in words. */
export interface Figures extends Digits {
  readonly n: number
  readonly x: number
}

/** Plain text without exponent or trailing zeros: `-12.5`; zero of either sign reads `0`. */
export function plainText(value: Figures): string {
  const read = written(value, Number.POSITIVE_INFINITY)
  return read === null ? '0' : placed(read.negative, read.digits, read.e, 0)
}

/** Text with exactly `places` decimals, half to even, of value · 10^shift; its sign is that before it was rounded. */
export function fixedText(value: Figures, places: number, shift = 0): string {
  const read = written(value, places + shift)
  return read === null
    ? placed(false, '0', 0, places)
    : roundedText(read, read.e + shift, read.e + 1 + places + shift, places)
}

/** Plain text of at most `places` decimals, half to even. */
export function nearText(value: Figures, places: number): string {
  const read = written(value, places)
  return read === null ? '0' : roundedText(read, read.e, read.e + 1 + places, 0)
}

/** Text of its own digits, but at most `places` decimals, half to even. */
export function exactText(value: Figures, places: number): string {
  const read = written(value, places)
  if (read === null) return '0'
  if (read.whole && read.digits.length - read.e - 1 <= places) return placed(read.negative, read.digits, read.e, 0)
  return roundedText(read, read.e, read.e + 1 + places, places)
}

/** Plain text of at most `count` significant digits, half to even. */
export function significantText(value: Figures, count: number): string {
  const read = written(value, 0, count)
  return read === null ? '0' : roundedText(read, read.e, count, 0)
}

/** Plain text of at most `places` decimals, cut towards zero. */
export function cutText(value: Figures, places: number): string {
  const read = written(value, places)
  if (read === null) return '0'
  const { negative, digits, e } = read
  const kept = e + 1 + places
  if (kept <= 0) return '0'
  return placed(negative, digits.length <= kept ? digits : withoutZeros(digits.slice(0, kept)), e, 0)
}

/**
 * Quotient as text of 12 significant digits, half to even, by way of floats; `undefined` where those could round to
 * another digit, since the quotient lies too near the middle between two. Neither is zero.
 */
export function quotientText(a: Figures, b: Figures): string | undefined {
  const small = a.n * b.n
  const [top, bottom] = Number.isNaN(small) ? [leading(a) * a.s, leading(b) * b.s] : [a.n, b.n]
  const apart = Number.isNaN(small) ? 7 * (Math.floor(a.e / 7) - Math.floor(b.e / 7)) : a.x - b.x
  const quotient = Math.abs(top / bottom)
  let e = 0
  while (e < 11 && quotient >= (POWERS_OF_TEN[e + 1] as number)) e += 1
  while (e > -11 && quotient * (POWERS_OF_TEN[-e] as number) < 1) e -= 1
  const scaled = quotient * (POWERS_OF_TEN[11 - e] as number)
  const whole = Math.floor(scaled)
  const rest = scaled - whole
  if (Math.abs(rest - 0.5) < 0.01 || whole < 1e11 || whole >= 999_999_999_999) return undefined
  const digits = rest > 0.5 ? whole + 1 : whole
  return placed(top * bottom < 0, withoutZeros(String(digits)), e + apart, 0)
}

/** The first three words as one number with the point behind the first. */
function leading({ d }: Digits): number {
  return (d[0] as number) + ((d[1] ?? 0) + (d[2] ?? 0) / BASE) / BASE
}

/** The same number with commas between thousands: `-1,234,567.50`. */
export function grouped(text: string): string {
  const point = text.indexOf('.')
  const end = point < 0 ? text.length : point
  const start = text.startsWith('-') ? 1 : 0
  let from = end - 3
  if (from <= start) return text
  let out = text.slice(from)
  for (; from - 3 > start; from -= 3) out = `${text.slice(from - 3, from)},${out}`
  return `${text.slice(0, from)},${out}`
}

/** Significant digits; of a whole number of words without trailing zeros. */
function significand(words: readonly number[], whole = true): string {
  const last = words.length - 1
  let digits = last === 0 ? '' : String(words[0])
  for (let i = 1; i < last; i++) digits += wordText(words[i] as number)
  const word = words[last] as number
  if (!whole) return digits + (last === 0 ? String(word) : wordText(word))
  if (last > 0) return digits + withoutZeros(wordText(word))
  let left = word
  while (left % 10 === 0) left /= 10
  return String(left)
}

const THREE_DIGITS = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'))

/** A word as its seven digits. */
function wordText(word: number): string {
  const thousands = Math.floor(word / 1_000)
  const millions = Math.floor(thousands / 1_000)
  const high = THREE_DIGITS[thousands - millions * 1_000] as string
  return String(millions) + high + (THREE_DIGITS[word - thousands * 1_000] as string)
}

interface Written {
  readonly negative: boolean
  /** Significant digits; without trailing zeros where they are all. */
  readonly digits: string
  readonly e: number
  /** Whether these are all; else there are more behind them that are not all zero. */
  readonly whole: boolean
}

/** Sign, digits and exponent of a number: more than `places` decimals, or `count` digits, of it; `null` is zero. */
function written(value: Figures, places: number, count?: number): Written | null {
  const { n } = value
  if (n === 0) return null
  if (!Number.isNaN(n)) {
    const digits = String(Math.abs(n))
    return { negative: n < 0, digits: withoutZeros(digits), e: digits.length - 1 + value.x, whole: true }
  }
  const { s, e, d } = value
  if (d[0] === 0) return null
  // The first word may be a single digit, and one word behind the last digit kept tells how to round it.
  const enough = Math.ceil(Math.max(count ?? e + 1 + places, 0) / 7) + 2
  const whole = enough >= d.length
  return { negative: s < 0, digits: whole ? significand(d) : significand(d.slice(0, enough), false), e, whole }
}

function withoutZeros(digits: string): string {
  let end = digits.length
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end -= 1
  return end === digits.length ? digits : digits.slice(0, end)
}

/** Text of the first `kept` digits, half to even; with `places` decimals, or as many as needed. */
function roundedText({ negative, digits }: Written, e: number, kept: number, places: number): string {
  if (kept < 0) return placed(negative, '0', 0, places)
  if (digits.length <= kept) return placed(negative, digits, e, places)
  const next = digits.charCodeAt(kept)
  // All digits end in one that is not zero, and words that were left out are not zero: only a last five is a tie.
  const tie = next === 53 && kept === digits.length - 1
  const odd = kept > 0 && digits.charCodeAt(kept - 1) % 2 === 1
  const up = tie ? odd : next >= 53
  if (!up && kept === 0) return placed(negative, '0', 0, places)
  if (!up) return placed(negative, withoutZeros(digits.slice(0, kept)), e, places)
  let last = kept - 1
  while (last >= 0 && digits.charCodeAt(last) === 57) last -= 1
  if (last < 0) return placed(negative, '1', e + 1, places)
  const raised = digits.slice(0, last) + String.fromCharCode(digits.charCodeAt(last) + 1)
  return placed(negative, raised, e, places)
}

/** Sets the point into digits whose first has the exponent `e`, with at least `places` decimals. */
function placed(negative: boolean, digits: string, e: number, places: number): string {
  let out: string
  let decimals: number
  if (e < 0) {
    out = `0.${zeros(-e - 1)}${digits}`
    decimals = digits.length - e - 1
  } else if (digits.length > e + 1) {
    out = `${digits.slice(0, e + 1)}.${digits.slice(e + 1)}`
    decimals = digits.length - e - 1
  } else {
    out = digits.length === e + 1 ? digits : digits + zeros(e + 1 - digits.length)
    decimals = 0
  }
  if (decimals < places) out += (decimals === 0 ? '.' : '') + zeros(places - decimals)
  return negative ? `-${out}` : out
}

function zeros(count: number): string {
  return count <= ZEROS.length ? ZEROS.slice(0, count) : '0'.repeat(count)
}
