/**
 * Digits of a finite decimal as decimal.js keeps them: sign, exponent of the first digit, and words of seven digits
 * aligned to the decimal point, the first without leading zeros and the last not zero.
 */
export interface Digits {
  readonly s: number
  readonly e: number
  readonly d: readonly number[]
}

const ZEROS = '00000000000000000000000000000000000000000000000000000000000000000000000000000000'

/** Plain text without exponent or trailing zeros: `-12.5`; zero of either sign reads `0`. */
export function plainText(value: Digits): string {
  if (value.d[0] === 0) return '0'
  return placed(value.s < 0, significand(value.d), value.e, 0)
}

/** Text with exactly `places` decimals, half to even; the sign is that of the value before it was rounded. */
export function fixedText(value: Digits, places: number): string {
  if (value.d[0] === 0) return placed(false, '0', 0, places)
  const digits = significand(value.d)
  const kept = value.e + 1 + places
  if (digits.length <= kept) return placed(value.s < 0, digits, value.e, places)
  if (kept < 0) return placed(value.s < 0, '0', 0, places)
  return roundedText(value, digits, kept, places)
}

/** Plain text of at most `count` significant digits, half to even. */
export function significantText(value: Digits, count: number): string {
  if (value.d[0] === 0) return '0'
  const digits = significand(value.d)
  if (digits.length <= count) return placed(value.s < 0, digits, value.e, 0)
  return roundedText(value, digits, count, 0)
}

/** Plain text of at most `places` decimals, cut towards zero. */
export function cutText(value: Digits, places: number): string {
  if (value.d[0] === 0) return '0'
  const digits = significand(value.d)
  const kept = value.e + 1 + places
  if (digits.length <= kept) return placed(value.s < 0, digits, value.e, 0)
  return kept <= 0 ? '0' : placed(value.s < 0, withoutZeros(digits.slice(0, kept)), value.e, 0)
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

/** Significant digits without trailing zeros. */
function significand(words: readonly number[]): string {
  let digits = String(words[0])
  for (let i = 1; i < words.length; i++) {
    const word = String(words[i])
    digits += word.length === 7 ? word : ZEROS.slice(0, 7 - word.length) + word
  }
  return withoutZeros(digits)
}

function withoutZeros(digits: string): string {
  let end = digits.length
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end -= 1
  return end === digits.length ? digits : digits.slice(0, end)
}

/** Rounds to the first `kept` digits, fewer than there are, half to even; with `places` decimals, or as many as needed. */
function roundedText(value: Digits, digits: string, kept: number, places: number): string {
  const next = digits.charCodeAt(kept)
  // Digits carry no trailing zeros: a five that is not the last has something behind it.
  const tie = next === 53 && kept === digits.length - 1
  const odd = kept > 0 && digits.charCodeAt(kept - 1) % 2 === 1
  const up = tie ? odd : next >= 53
  const negative = value.s < 0
  if (!up)
    return placed(negative, kept === 0 ? '0' : withoutZeros(digits.slice(0, kept)), kept === 0 ? 0 : value.e, places)
  let last = kept - 1
  while (last >= 0 && digits.charCodeAt(last) === 57) last -= 1
  if (last < 0) return placed(negative, '1', value.e + 1, places)
  return placed(negative, digits.slice(0, last) + String.fromCharCode(digits.charCodeAt(last) + 1), value.e, places)
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
