/** An exact fraction; the denominator is positive. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

/** Reads plain decimal text or a number exactly. */
export function rational(value: string | number | bigint): Rational {
  const text = typeof value === 'number' ? plain(value) : String(value)
  const [whole = '0', decimals = ''] = text.split('.')
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) }
}

/** Zero and one. */
export const NOTHING = rational(0)
export const WHOLE = rational(1)

export const plus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const minus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })
export const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d })
export const over = (a: Rational, b: Rational): Rational => {
  if (b.n === 0n) throw new Error('the reference divides by zero')
  return b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n }
}
export const compare = (a: Rational, b: Rational): number => {
  const left = a.n * b.d
  const right = b.n * a.d
  return left < right ? -1 : left > right ? 1 : 0
}
export const least = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b)
export const most = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b)
export const size = (a: Rational): Rational => (a.n < 0n ? { n: -a.n, d: a.d } : a)
export const sum = (terms: readonly Rational[]): Rational => terms.reduce(plus, NOTHING)

/** Down to a multiple of a step, both not negative. */
export function onSteps(value: Rational, step: Rational): Rational {
  const steps = (value.n * step.d) / (value.d * step.n)
  return { n: steps * step.n, d: step.d }
}

/** Nearest float64, by way of forty decimal digits. */
export function float(value: Rational): number {
  const negative = value.n < 0n
  const scaled = ((negative ? -value.n : value.n) * 10n ** 60n) / value.d
  return Number(`${negative ? '-' : ''}${scaled}e-60`)
}

/** Decimal text cut after 30 decimals, for messages. */
export function show(value: Rational): string {
  return String(float(value))
}

function plain(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  const [mantissa = '0', exponent = '0'] = text.split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  const shift = Number(exponent)
  const digits = whole.replace('-', '') + decimals
  const point = digits.length - decimals.length + shift
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  return `${value < 0 ? '-' : ''}${padded.slice(0, at)}.${padded.slice(at)}`.replace(/\.$/, '')
}
