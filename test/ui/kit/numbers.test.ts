import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arithmetic } from '../../../src/ui/format/arithmetic.ts'
import { chooseLocale, numberLocale } from '../../../src/ui/format/number-locale.ts'
import { moneyText, multipleText, numberText, percentText, priceText } from '../../../src/ui/format/number-text.ts'
import { numberWords } from '../../../src/ui/format/number-words.ts'
import { compare, decimalText, minus, over, plus, ratio, times } from '../../../src/ui/format/ratio.ts'
import { readNumber } from '../../../src/ui/format/read-number.ts'

chooseLocale('en-US')
const english = numberLocale('en-US')
const german = numberLocale('de-DE')

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, places]) => decimalText({ top: units, bottom: 10n ** BigInt(places) }, 12))

describe('exact decimals', () => {
  it('add, subtract and multiply without losing a digit', () => {
    expect(decimalText(plus(ratio('0.1'), ratio('0.2')), 20)).toBe('0.3')
    expect(decimalText(times(ratio('12345678901234567890.5'), ratio('3')), 20)).toBe('37037036703703703671.5')
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(decimalText(minus(plus(ratio(a), ratio(b)), ratio(b)), 24)).toBe(decimalText(ratio(a), 24))
      }),
    )
  })

  it('round as asked: half to even, towards zero, away from zero', () => {
    expect(decimalText(ratio('2.5'), 0)).toBe('2')
    expect(decimalText(ratio('3.5'), 0)).toBe('4')
    expect(decimalText(ratio('-1.005'), 2)).toBe('-1')
    expect(decimalText(ratio('-1.009'), 2, 'towards-zero')).toBe('-1')
    expect(decimalText(ratio('1.001'), 2, 'away-from-zero')).toBe('1.01')
  })

  it('keep the sign of values between minus one and zero', () => {
    expect(decimalText(ratio('-0.25'), 4)).toBe('-0.25')
    expect(compare(ratio('-0.25'), ratio('0'))).toBe(-1)
  })
})

describe('arithmetic in a field', () => {
  it('works out brackets, signs and the four operations exactly', () => {
    expect(arithmetic('=(5012.25-4998.25)*5', english)).toEqual({ ok: true, value: '70' })
    expect(arithmetic('= 0.1 + 0.2', english)).toEqual({ ok: true, value: '0.3' })
    expect(arithmetic('=-(2+3)*-2', english)).toEqual({ ok: true, value: '10' })
    expect(arithmetic('=10/4/5', english)).toEqual({ ok: true, value: '0.5' })
    expect(arithmetic('=1/3', english)).toEqual({ ok: true, value: '0.333333333333' })
    expect(arithmetic('=5.012,25*2', german)).toEqual({ ok: true, value: '10024.5' })
  })

  it('refuses everything but digits and + − * / ( ), with a sentence', () => {
    for (const typed of [
      '=2^3',
      '=alert(1)',
      '=1e3',
      '=0x10',
      '=2+',
      '=(2',
      '=2 3',
      '=',
      '=1/0',
      '=1/(2-2)',
      '=1,234+1',
    ]) {
      const worked = arithmetic(typed, english)
      expect(worked.ok, typed).toBe(false)
      expect(!worked.ok && worked.why.endsWith('.'), typed).toBe(true)
    }
    expect(arithmetic(`=${'1+'.repeat(100)}1`, english).ok).toBe(false)
  })

  it('agrees with exact fractions on generated sums', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        const expected = decimalText(plus(ratio(a), times(ratio(b), ratio(c))), 12)
        expect(arithmetic(`=${a}+(${b})*(${c})`, english)).toEqual(
          `=${a}+(${b})*(${c})`.length > 120 ? expect.objectContaining({ ok: false }) : { ok: true, value: expected },
        )
      }),
    )
  })
})

describe('reading a typed number', () => {
  it('asks where a separator has two meanings, and never guesses silently', () => {
    expect(readNumber('1,234', english)).toEqual({ kind: 'ambiguous', value: '1234', other: '1.234' })
    expect(readNumber('1.234', german)).toEqual({ kind: 'ambiguous', value: '1234', other: '1.234' })
    expect(readNumber('1,5', english)).toEqual({ kind: 'ambiguous', value: '1.5', other: '15' })
    expect(readNumber('1.234,5', english)).toEqual({ kind: 'ambiguous', value: '1234.5', other: '12345' })
  })

  it('reads what is clear, in the chosen locale', () => {
    const cases: readonly (readonly [string, string, typeof english])[] = [
      ['1,234.5', '1234.5', english],
      ['1.234', '1.234', english],
      ['1,234,567', '1234567', english],
      ['\u221212.50', '-12.5', english],
      ['.5', '0.5', english],
      ['007', '7', english],
      ['1.234,5', '1234.5', german],
      ['1,234', '1.234', german],
      ['12 345,60', '12345.6', numberLocale('fr-FR')],
      ["1'234.5", '1234.5', numberLocale('de-CH')],
      ['12,34,567.5', '1234567.5', numberLocale('en-IN')],
      ['١٢٣٫٥', '123.5', numberLocale('ar-EG')],
    ]
    for (const [typed, value, locale] of cases) {
      const reading = readNumber(typed, { ...locale, point: locale.point === '٫' ? '.' : locale.point })
      expect(reading, typed).toEqual({ kind: 'number', value })
    }
  })

  it('refuses text, exponents, hexadecimals and trailing text with a sentence', () => {
    for (const typed of [
      'abc',
      '1e5',
      '0x10',
      '12 USD',
      '1..2',
      '1,2,3',
      'NaN',
      'Infinity',
      '--5',
      '1 2',
      '5-',
      ',',
      '.',
    ]) {
      expect(readNumber(typed, english), typed).toEqual({
        kind: 'wrong',
        why: expect.stringContaining('not a number') as string,
      })
    }
    expect(readNumber('  ', english)).toEqual({ kind: 'empty' })
  })

  it('reads back every number it wrote, or asks with the right one among the two', () => {
    const tags = ['en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'sv-SE']
    fc.assert(
      fc.property(decimals, fc.constantFrom(...tags), (value, tag) => {
        chooseLocale(tag)
        const reading = readNumber(numberText(value), numberLocale(tag))
        chooseLocale('en-US')
        const plain = decimalText(ratio(value), 12)
        if (reading.kind === 'number') expect(reading.value).toBe(plain)
        else expect(reading.kind === 'ambiguous' && [reading.value, reading.other].includes(plain), value).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('says numbers in words', () => {
    expect(numberWords('1234')).toBe('one thousand two hundred thirty-four')
    expect(numberWords('-20.05')).toBe('minus twenty point zero five')
    expect(numberWords('1000000015')).toBe('one billion fifteen')
  })
})

describe('writing numbers', () => {
  it('shows the tick’s digits, thousands, a true minus and a space before %', () => {
    expect(priceText('5012', '0.25')).toBe('5,012.00')
    expect(priceText('1.08425', '0.0001')).toBe('1.08425')
    expect(moneyText('-368.7', 'USD')).toBe('\u2212368.70')
    expect(moneyText('1234567', 'JPY', true)).toBe('+1,234,567')
    expect(percentText('0.005')).toBe('0.50 %')
    expect(percentText('-0.0036', 2, true)).toBe('\u22120.36 %')
    expect(multipleText('1.335')).toBe('+1.34 R')
  })

  it('keeps digits a float would lose', () => {
    expect(numberText('12345678901234567890.12')).toBe('12,345,678,901,234,567,890.12')
    expect(percentText('0.123456789012', 10)).toBe('12.3456789012 %')
    expect(decimalText(over(ratio('1'), ratio('-4')), 4)).toBe('-0.25')
  })
})
