import { anyFrom, BASE, MOST_WORDS, rounded, wordOf, type Digits } from './decimal-words.ts'

/** Words of a quotient that hold the precision and the digit behind it, however short the first is. */
const QUOTIENT_WORDS = 8

/** Quotient to 40 digits, half to even or towards zero, by long division; zero is left to the library. */
export function divided(a: Digits, b: Digits, halfEven: boolean): Digits | undefined {
  if (a.d[0] === 0 || b.d[0] === 0 || a.d.length > MOST_WORDS || b.d.length > MOST_WORDS) return undefined
  return b.d.length > 2 ? dividedLong(a, b, halfEven) : dividedShort(a, b, halfEven)
}

/** By a divisor of one or two words: trial and remainder are exact in floats, since both stay below 10^14. */
function dividedShort(a: Digits, b: Digits, halfEven: boolean): Digits {
  const high = b.d.length === 1 ? 0 : (b.d[0] as number)
  const low = b.d[b.d.length - 1] as number
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
  return rounded(a.s * b.s, top, words, more, halfEven)
}

/** By a longer divisor: a trial from the first three words is off by one at most, and is mended. */
function dividedLong(a: Digits, b: Digits, halfEven: boolean): Digits {
  const divisor = b.d
  const n = divisor.length
  const leading = ((divisor[0] as number) * BASE + (divisor[1] as number)) * BASE + (divisor[2] as number)
  // One word more than the divisor; fewer words of the dividend than that cannot reach it.
  const rest = [0, 0, ...Array.from({ length: n - 1 }, (_, i) => a.d[i] ?? 0)]
  const words: number[] = []
  let top = wordOf(a.e) - wordOf(b.e)
  let i = n - 1
  for (; words.length < QUOTIENT_WORDS && (i < a.d.length || anyFrom(rest, 0)); i++) {
    rest.shift()
    rest.push(a.d[i] ?? 0)
    const digit = takeOut(rest, divisor, leading)
    if (digit !== 0 || words.length > 0) words.push(digit)
    else top -= 1
  }
  return rounded(a.s * b.s, top, words, i < a.d.length || anyFrom(rest, 0), halfEven)
}

/** Takes the divisor out of the rest as often as it goes, and answers how often. */
function takeOut(rest: number[], divisor: readonly number[], leading: number): number {
  const head =
    (((rest[0] as number) * BASE + (rest[1] as number)) * BASE + (rest[2] as number)) * BASE + (rest[3] as number)
  let digit = Math.floor(head / leading)
  if (digit > 0) subtractTimes(rest, divisor, digit)
  while ((rest[0] as number) < 0) {
    digit -= 1
    subtractTimes(rest, divisor, -1)
  }
  while (reaches(rest, divisor)) {
    digit += 1
    subtractTimes(rest, divisor, 1)
  }
  return digit
}

/** Takes the divisor out so many times; the first word of the rest keeps the sign. */
function subtractTimes(rest: number[], divisor: readonly number[], times: number): void {
  let borrow = 0
  for (let i = divisor.length; i > 0; i--) {
    const left = (rest[i] as number) - times * (divisor[i - 1] as number) - borrow
    borrow = -Math.floor(left / BASE)
    rest[i] = left + borrow * BASE
  }
  rest[0] = (rest[0] as number) - borrow
}

function reaches(rest: readonly number[], divisor: readonly number[]): boolean {
  if (rest[0] !== 0) return true
  for (let i = 0; i < divisor.length; i++) {
    const difference = (rest[i + 1] as number) - (divisor[i] as number)
    if (difference !== 0) return difference > 0
  }
  return true
}
