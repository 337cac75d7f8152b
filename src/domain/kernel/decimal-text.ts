/**
 * Digits of a finite decimal as decimal.js keeps them: sign, exponent of the first digit, and words of seven digits
 * aligned to the decimal point, the first without leading zeros and the last not zero.
 */
export interface Digits {
  readonly s: number
  readonly e: number
  readonly d: readonly number[]
}

const BASE = 10_000_000
const ZEROS = '00000000000000000000000000000000000000000000000000000000000000000000000000000000'

/** Plain text without exponent or trailing zeros: `-12.5`; zero of either sign reads `0`. */
export function plainText(value: Digits): string {
  if (value.d[0] === 0) return '0'
  return placed(value.s < 0, significand(value.d), value.e, 0)
}

/** Text with exactly `places` decimals, half to even; the sign is that of the value before it was rounded. */
export function fixedText(value: Digits, places: number): string {
  if (value.d[0] === 0) return placed(false, '0', 0, places)
  const kept = value.e + 1 + places
  return kept < 0 ? placed(value.s < 0, '0', 0, places) : roundedText(value, kept, places)
}

/** Plain text of at most `count` significant digits, half to even. */
export function significantText(value: Digits, count: number): string {
  return value.d[0] === 0 ? '0' : roundedText(value, count, 0)
}

/** Plain text of at most `places` decimals, cut towards zero. */
export function cutText(value: Digits, places: number): string {
  const kept = value.e + 1 + places
  if (value.d[0] === 0 || kept <= 0) return '0'
  const digits = firstDigits(value.d, kept)
  return placed(value.s < 0, digits.length <= kept ? digits : withoutZeros(digits.slice(0, kept)), value.e, 0)
}

/**
 * Quotient as text of 12 significant digits, half to even, by way of floats; `undefined` where those could round to
 * another digit, since the quotient lies too near the middle between two.
 */
export function quotientText(a: Digits, b: Digits): string | undefined {
  const quotient = leading(a.d) / leading(b.d)
  let e = Math.floor(Math.log10(quotient))
  if (quotient >= 10 ** (e + 1)) e += 1
  const scaled = quotient * 10 ** (11 - e)
  const whole = Math.floor(scaled)
  const rest = scaled - whole
  if (Math.abs(rest - 0.5) < 0.01 || whole < 1e11) return undefined
  const digits = rest > 0.5 ? whole + 1 : whole
  if (digits >= 1e12) return undefined
  const first = e + 7 * (Math.floor(a.e / 7) - Math.floor(b.e / 7))
  return placed(a.s !== b.s, withoutZeros(String(digits)), first, 0)
}

/** The first three words as one number with the point behind the first. */
function leading(words: readonly number[]): number {
  return (words[0] as number) + ((words[1] ?? 0) + (words[2] ?? 0) / BASE) / BASE
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
  for (let i = 1; i < last; i++) digits += String((words[i] as number) + BASE).slice(1)
  let word = words[last] as number
  if (last === 0) {
    while (whole && word % 10 === 0) word /= 10
    return String(word)
  }
  word += BASE
  while (whole && word % 10 === 0) word /= 10
  return digits + String(word).slice(1)
}

/** The first significant digits: all of them without trailing zeros, or those of enough words for more than `count`. */
function firstDigits(words: readonly number[], count: number): string {
  const enough = Math.ceil(count / 7) + 2
  return enough >= words.length ? significand(words) : significand(words.slice(0, enough), false)
}

function withoutZeros(digits: string): string {
  let end = digits.length
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end -= 1
  return end === digits.length ? digits : digits.slice(0, end)
}

/** Text of the first `kept` digits, half to even; with `places` decimals, or as many as needed. */
function roundedText(value: Digits, kept: number, places: number): string {
  const digits = firstDigits(value.d, kept)
  const negative = value.s < 0
  if (digits.length <= kept) return placed(negative, digits, value.e, places)
  const next = digits.charCodeAt(kept)
  // All digits end in one that is not zero, and words that were left out are not zero: only a last five is a tie.
  const tie = next === 53 && kept === digits.length - 1
  const odd = kept > 0 && digits.charCodeAt(kept - 1) % 2 === 1
  const up = tie ? odd : next >= 53
  if (!up && kept === 0) return placed(negative, '0', 0, places)
  if (!up) return placed(negative, withoutZeros(digits.slice(0, kept)), value.e, places)
  let last = kept - 1
  while (last >= 0 && digits.charCodeAt(last) === 57) last -= 1
  if (last < 0) return placed(negative, '1', value.e + 1, places)
  const raised = digits.slice(0, last) + String.fromCharCode(digits.charCodeAt(last) + 1)
  return placed(negative, raised, value.e, places)
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
