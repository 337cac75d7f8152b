import { arithmetic, isArithmetic } from '../format/arithmetic.ts'
import { currentLocale, type NumberLocale } from '../format/number-locale.ts'
import { numberText } from '../format/number-text.ts'
import { compare, decimalText, minus, over, placesOf, plus, ratio, times } from '../format/ratio.ts'
import { readNumber, type Reading } from '../format/read-number.ts'

/** What a typed entry means, arithmetic after `=` worked out first. */
export function readEntry(typed: string, locale: NumberLocale = currentLocale()): Reading {
  if (!isArithmetic(typed)) return readNumber(typed, locale)
  if (typed.trim() === '=') return { kind: 'empty' }
  const worked = arithmetic(typed, locale)
  return worked.ok ? { kind: 'number', value: worked.value } : { kind: 'wrong', why: worked.why }
}

/** How a value stands in its field: with the tick's digits, more where the value has more; empty stays empty. */
export function entryText(value: string, tick: string | undefined): string {
  if (value === '') return ''
  return numberText(value, tick === undefined ? {} : { places: Math.max(placesOf(tick), placesOf(value)) })
}

/** The value moved by a number of ticks, landing on the tick grid; starts from zero where nothing is typed. */
export function nudged(value: string, tick: string, steps: number, least?: string): string {
  const from = ratio(value === '' ? '0' : value)
  const grid = ratio(tick)
  const exact = over(from, grid)
  const whole = ratio(decimalText(exact, 0, steps > 0 ? 'towards-zero' : 'away-from-zero'))
  const aligned = compare(exact, whole) === 0
  const count = aligned
    ? plus(exact, ratio(String(steps)))
    : plus(below(exact), ratio(String(steps > 0 ? steps : steps + 1)))
  const moved = times(count, grid)
  const floor = least === undefined ? undefined : ratio(least)
  return decimalText(floor !== undefined && compare(moved, floor) < 0 ? floor : moved, 12)
}

function below(exact: ReturnType<typeof ratio>): ReturnType<typeof ratio> {
  const cut = ratio(decimalText(exact, 0, 'towards-zero'))
  return compare(cut, exact) > 0 ? minus(cut, ratio('1')) : cut
}
