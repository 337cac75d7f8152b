import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  brief,
  dec,
  divideDown,
  floorTo,
  onGrid,
  ratio,
  readDecimal,
  readPositive,
  rounded,
  say,
  sayExact,
  sayPercent,
  text,
  type Dec,
} from '../../../src/domain/kernel/money.ts'

/** The library itself, with the precision and rounding the product promises. */
const Stock = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -9e15, toExpPos: 9e15 })
const StockDown = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_DOWN, toExpNeg: -9e15, toExpPos: 9e15 })

/** Numbers of 1 to 42 digits with many zeros and nines, from 1e-30 to 1e30, of both signs, and round ones. */
const digits = fc.oneof(
  fc.nat({ max: 99 }).map(String),
  fc
    .array(fc.constantFrom('0', '0', '9', '9', '5', '4', '1', '7'), { minLength: 1, maxLength: 42 })
    .map((drawn) => drawn.join('')),
  fc.bigInt({ min: 0n, max: 10n ** 24n }).map(String),
)
const numbers = fc.tuple(digits, fc.integer({ min: -30, max: 12 }), fc.boolean()).map(([drawn, shift, negative]) => {
  const plain =
    shift >= 0
      ? drawn + '0'.repeat(shift)
      : `${drawn.padStart(1 - shift, '0').slice(0, shift)}.${drawn.padStart(1 - shift, '0').slice(shift)}`
  return (negative ? '-' : '') + plain
})
const CASES = 25_000

/** A number as the product makes it: the quick road where there is one. */
function ours(plain: string): Dec {
  const read = readDecimal(plain, 'number')
  return read.ok ? read.value : dec(plain)
}

function pairsHold(check: (a: string, b: string) => readonly (readonly [string, string, string])[]): void {
  let looked = 0
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      for (const [what, got, expected] of check(a, b))
        if (got !== expected) throw new Error(`${what} of ${a} and ${b} is ${got}, not ${expected}`)
      looked += 1
    }),
    { numRuns: CASES, endOnFailure: true },
  )
  expect(looked).toBe(CASES)
}

const plainly = (value: Decimal): string => (value.isZero() ? '0' : value.toFixed())

describe('exact arithmetic', () => {
  it('adds, subtracts, multiplies and divides to the very digits of the library', { timeout: 120_000 }, () => {
    pairsHold((a, b) => {
      const [x, y, p, q] = [ours(a), ours(b), new Stock(a), new Stock(b)]
      const small = Number(b.replace(/\D/g, '').slice(0, 6))
      return [
        ['sum', text(x.plus(y)), plainly(p.plus(q))],
        ['difference', text(x.minus(y)), plainly(p.minus(q))],
        ['product', text(x.times(y)), plainly(p.times(q))],
        ['quotient', q.isZero() ? '' : text(x.div(y)), q.isZero() ? '' : plainly(p.div(q))],
        ['triple', text(x.times(y).times(x).plus(y)), plainly(p.times(q).times(p).plus(q))],
        ['third', text(x.div(3).minus(y)), plainly(p.div(3).minus(q))],
        ['small sum', text(x.plus(small)), plainly(p.plus(small))],
        ['small product', text(x.times(-small)), plainly(p.times(-small))],
        [
          'comparison',
          `${x.comparedTo(y)} ${x.lt(y)} ${x.lte(y)} ${x.gt(y)} ${x.gte(y)} ${x.eq(y)} ${x.gt(0)} ${x.lte(1)}`,
          `${p.comparedTo(q)} ${p.lt(q)} ${p.lte(q)} ${p.gt(q)} ${p.gte(q)} ${p.eq(q)} ${p.gt(0)} ${p.lte(1)}`,
        ],
        ['size', text(x.abs()) + text(y.negated()), plainly(p.abs()) + plainly(q.negated())],
      ]
    })
  })

  it('writes the digits of the library: fixed, significant, cut, grouped and as a share', { timeout: 120_000 }, () => {
    pairsHold((a, b) => {
      const [p, q] = [new Stock(a), new Stock(b)]
      const x = ours(a)
      const long = ours(a).times(ours(b))
      const places = Math.abs(q.e) % 9
      const share = q.isZero()
        ? ''
        : plainly(new (Decimal.clone({ precision: 12, rounding: Decimal.ROUND_HALF_EVEN }))(p).div(q))
      return [
        ['fixed', x.toFixed(places), p.toFixed(places)],
        ['grouped', say(long, places), commas(p.times(q).toFixed(places))],
        ['per cent', sayPercent(x), `${commas(p.times(100).toFixed(2))} %`],
        ['exact', sayExact(x), commas(p.toFixed(Math.min(p.decimalPlaces(), 8)))],
        ['rounded', rounded(long), plainly(p.times(q).toSignificantDigits(12))],
        ['brief', brief(long), plainly(p.times(q).toDecimalPlaces(12, Decimal.ROUND_DOWN))],
        ['ratio', q.isZero() ? '' : ratio(x, ours(b)), share],
      ]
    })
  })

  it('rounds a capacity down, and down to the lot', { timeout: 120_000 }, () => {
    pairsHold((a, b) => {
      const [value, step] = [ours(a).abs(), ours(b).abs()]
      if (step.isZero()) return []
      const down = divideDown(value, step)
      const lots = floorTo(value, step)
      const power = dec(`1e${step.e}`)
      return [
        ['capacity', text(down), plainly(new StockDown(a).abs().div(new StockDown(b).abs()))],
        ['lots', String(lots.lte(value) && (lots.plus(step).gt(value) || down.gt('1e39'))), 'true'],
        ['decimal lots', text(floorTo(value, power)), plainly(new Stock(a).abs().div(power).floor().times(power))],
      ]
    })
  })

  it('never changes a number that it works with', () => {
    const [a, b] = [dec('123456789.987654321'), dec('-0.5')]
    for (const use of [a.plus(b), a.minus(b), a.times(b), a.div(b), b.abs(), b.negated(), floorTo(a, dec('0.01'))])
      expect(use).not.toBe(a)
    expect([text(a), text(b)]).toEqual(['123456789.987654321', '-0.5'])
    expect(text(dec('0').plus(7).times(2))).toBe('14')
  })
})

describe('reading a number', () => {
  it.each([
    ['1,234.5', 'INPUT_MALFORMED'],
    ['1234.5 lots', 'INPUT_MALFORMED'],
    ['12abc', 'INPUT_MALFORMED'],
    ['0x10', 'INPUT_MALFORMED'],
    ['--1', 'INPUT_MALFORMED'],
    ['1e5', 'INPUT_MALFORMED'],
    ['1.2.3', 'INPUT_MALFORMED'],
    ['.', 'INPUT_MALFORMED'],
    ['NaN', 'INPUT_NOT_FINITE'],
    ['-Infinity', 'INPUT_NOT_FINITE'],
    ['', 'INPUT_MISSING'],
    ['1000000000000001', 'INPUT_OUT_OF_RANGE'],
    ['0.0000000000000000001', 'INPUT_OUT_OF_RANGE'],
  ])('refuses %j with %s and names the field', (value, code) => {
    expect(readDecimal(value, 'request.stop')).toMatchObject({ ok: false, error: { code, field: 'request.stop' } })
  })

  it.each([
    ['007', '7'],
    ['-0', '0'],
    ['0.000', '0'],
    ['+5', '5'],
    [' 12.50 ', '12.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['99999999999999.00000000000001', '99999999999999.00000000000001'],
    ['999999999999999.5', '999999999999999.5'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
  ])('reads %j as %s', (value, expected) => {
    const read = readDecimal(value, 'x')
    expect(read.ok ? text(read.value) : read.error.says).toBe(expected)
  })

  it('refuses zero and less where more is needed', () => {
    for (const value of ['0', '-0', '-1', -0]) expect(readPositive(value, 'x').ok).toBe(false)
  })

  it('knows the lot grid', () => {
    expect([onGrid(dec('0.3'), dec('0.1')), onGrid(dec('0.35'), dec('0.1')), onGrid(dec('50'), dec('25'))]).toEqual([
      true,
      false,
      true,
    ])
  })
})

function commas(fixed: string): string {
  const [whole = '', rest] = fixed.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return rest === undefined ? grouped : `${grouped}.${rest}`
}
