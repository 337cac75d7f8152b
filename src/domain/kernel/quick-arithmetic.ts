import { POWERS_OF_TEN, type Figures } from './decimal-text.ts'
import { divided } from './decimal-division.ts'
import { added, compare, cut, multiplied, subtracted, type Digits } from './decimal-words.ts'

const LARGEST = Number.MAX_SAFE_INTEGER

/** A decimal made here: a safe integer times a power of ten, or digits in words where `n` is NaN. */
export class Quick implements Figures {
  declare readonly n: number
  declare readonly x: number
  /** Its digits in words, once they were needed. */
  declare w: Digits | null

  constructor(n: number, x: number, w: Digits | null) {
    this.n = n
    this.x = x
    this.w = w
  }

  // What the library reads of a decimal.
  get s(): number {
    return wordsOf(this).s
  }

  get e(): number {
    return wordsOf(this).e
  }

  get d(): readonly number[] {
    return wordsOf(this).d
  }
}

/** A number to work with; `undefined` for what is left to the library to read. */
export function operand(value: unknown): Quick | undefined {
  if (typeof value === 'object' && value !== null) return value as Quick
  return typeof value === 'number' && Number.isSafeInteger(value) ? new Quick(value, 0, null) : undefined
}

/** Digits in words; those of a decimal that the library made are its own. */
function wordsOf(value: Quick): Digits {
  const known = value.w as Digits | null | undefined
  if (known === undefined) return value
  return known ?? (value.w = inWords(value.n, value.x))
}

function inWords(n: number, x: number): Digits {
  if (n === 0) return { s: 1, e: 0, d: [0] }
  const size = Math.abs(n)
  const lowest = Math.floor(x / 7)
  const shift = POWERS_OF_TEN[x - lowest * 7] as number
  // Word by word from the last: each is shifted on its own, since the whole might not be a safe integer any more.
  const words: number[] = []
  let carry = 0
  for (let left = size; left > 0 || carry > 0;) {
    const higher = Math.floor(left / 10_000_000)
    const word = (left - higher * 10_000_000) * shift + carry
    carry = Math.floor(word / 10_000_000)
    words.push(word - carry * 10_000_000)
    left = higher
  }
  let first = 0
  while (words[first] === 0) first += 1
  const d = words.slice(first).reverse()
  let e = (lowest + words.length - 1) * 7
  for (let word = d[0] as number; word >= 10; word /= 10) e += 1
  return { s: n < 0 ? -1 : 1, e, d }
}

/** A decimal of digits in words: as an integer where they are few. */
function fromWords(digits: Digits): Quick {
  const { s, e, d } = digits
  if (d.length > 2) return new Quick(Number.NaN, 0, digits)
  let x = (Math.floor(e / 7) - d.length + 1) * 7
  let n = d.length === 1 ? (d[0] as number) : (d[0] as number) * 10_000_000 + (d[1] as number)
  for (let power = 4; power > 0; power >>= 1) {
    const ten = POWERS_OF_TEN[power] as number
    if (n % ten !== 0 || n === 0) continue
    n /= ten
    x += power
  }
  return new Quick(s < 0 ? -n : n, x, digits)
}

/** Whether it is zero. */
export function isNothing(value: Quick): boolean {
  return value.n === 0 || (value.w !== null && wordsOf(value).d[0] === 0)
}

/** Its sign, or a number of that sign. */
export function signOf(value: Quick): number {
  return Number.isNaN(value.n) ? wordsOf(value).s : value.n
}

/** The number with the other sign. */
export function negative(value: Quick): Quick {
  if (!Number.isNaN(value.n)) return new Quick(-value.n, value.x, null)
  const { s, e, d } = wordsOf(value)
  return fromWords({ s: -s, e, d })
}

/** −1, 0 or 1. */
export function compared(a: Quick, b: Quick): number {
  if (a.x === b.x && a.n === a.n && b.n === b.n) return a.n < b.n ? -1 : a.n > b.n ? 1 : 0
  if (a.n * b.n <= 0) return a.n < b.n ? -1 : a.n > b.n ? 1 : 0
  const apart = a.x - b.x
  if (apart < 16 && apart > -16) {
    const left = apart > 0 ? a.n * (POWERS_OF_TEN[apart] as number) : a.n
    const right = apart < 0 ? b.n * (POWERS_OF_TEN[-apart] as number) : b.n
    if (Math.abs(left) <= LARGEST && Math.abs(right) <= LARGEST) return left < right ? -1 : left > right ? 1 : 0
  }
  // A small and a long number are rarely so near that floats cannot tell them apart.
  const [high, low] = [approximate(a), approximate(b)]
  if (Math.abs(high - low) > Math.abs(high) * 1e-12) return high < low ? -1 : 1
  return compare(wordsOf(a), wordsOf(b))
}

/** The number to 14 digits or more; NaN where it is too large or too small for that. */
function approximate(value: Quick): number {
  if (!Number.isNaN(value.n)) {
    const power = POWERS_OF_TEN[Math.abs(value.x)] ?? Number.NaN
    return value.x < 0 ? value.n / power : value.n * power
  }
  const { s, e, d } = wordsOf(value)
  const word = Math.floor(e / 7)
  const power = POWERS_OF_TEN[Math.abs(word) * 7] ?? Number.NaN
  const leading = s * ((d[0] as number) + ((d[1] ?? 0) + (d[2] ?? 0) / 10_000_000) / 10_000_000)
  return word < 0 ? leading / power : leading * power
}

/** a + b, or a − b; `undefined` where it is left to the library. */
export function sum(a: Quick, b: Quick, sign: 1 | -1): Quick | undefined {
  const apart = a.x - b.x
  if (apart < 16 && apart > -16) {
    const left = apart > 0 ? a.n * (POWERS_OF_TEN[apart] as number) : a.n
    const right = sign * (apart < 0 ? b.n * (POWERS_OF_TEN[-apart] as number) : b.n)
    const total = left + right
    if (Math.abs(left) <= LARGEST && Math.abs(right) <= LARGEST && Math.abs(total) <= LARGEST) {
      return new Quick(total, total === 0 ? 0 : Math.min(a.x, b.x), null)
    }
  }
  if (isNothing(b)) return isNothing(a) ? undefined : a
  if (isNothing(a)) return sign > 0 ? b : negative(b)
  const [first, second] = [wordsOf(a), wordsOf(b)]
  const digits = first.s === sign * second.s ? added(first, second) : subtracted(first, second)
  return digits === undefined ? undefined : fromWords(digits)
}

/** a · b; `undefined` where it is left to the library. */
export function product(a: Quick, b: Quick): Quick | undefined {
  const n = a.n * b.n
  if (n <= LARGEST && n >= -LARGEST) return new Quick(n, n === 0 ? 0 : a.x + b.x, null)
  if (isNothing(a) || isNothing(b)) return new Quick(0, 0, null)
  const digits = multiplied(wordsOf(a), wordsOf(b))
  return digits === undefined ? undefined : fromWords(digits)
}

/** a / b to 40 digits, half to even or towards zero; `undefined` where it is left to the library. */
export function quotient(a: Quick, b: Quick, halfEven: boolean): Quick | undefined {
  if (b.n !== 0 && a.n % b.n === 0) return new Quick(a.n / b.n, a.n === 0 ? 0 : a.x - b.x, null)
  if (isNothing(a) && !isNothing(b)) return new Quick(0, 0, null)
  const digits = divided(wordsOf(a), wordsOf(b), halfEven)
  return digits === undefined ? undefined : fromWords(digits)
}

/** Cut towards zero to the digits whose exponent is at least `exponent`. */
export function cutTo(value: Quick, exponent: number): Quick {
  const { n, x } = value
  const below = exponent - x
  if (!Number.isNaN(n)) {
    if (below <= 0) return value
    if (below > 15) return new Quick(0, 0, null)
    const ten = POWERS_OF_TEN[below] as number
    let kept = Math.trunc(n / ten)
    // The quotient may have been rounded up to the next integer.
    if (Math.abs(kept) * ten > Math.abs(n)) kept -= Math.sign(n)
    return new Quick(kept, kept === 0 ? 0 : exponent, null)
  }
  const digits = cut(wordsOf(value), exponent)
  return digits === undefined ? new Quick(0, 0, null) : fromWords(digits)
}

/** Reads plain text of at most 15 signs; anything else is not for this road. */
export function read(text: string): Quick | undefined {
  const start = text.startsWith('-') ? 1 : 0
  if (text.length > 15 || text.length === start) return undefined
  let n = 0
  let point = -1
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46 && point < 0 && i > start && i < text.length - 1) point = i
    else if (code < 48 || code > 57) return undefined
    else n = n * 10 + code - 48
  }
  return new Quick(start === 1 ? -n : n, point < 0 || n === 0 ? 0 : point + 1 - text.length, null)
}
