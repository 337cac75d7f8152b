import { currentLocale, type NumberLocale } from './number-locale.ts'
import { isDecimalText } from './ratio.ts'

/** What a typed number means: nothing, one value, a value with a second possible reading, or why it is none. */
export type Reading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'ambiguous'; readonly value: string; readonly other: string }
  | { readonly kind: 'wrong'; readonly why: string }

const spaces = /[\s\u00a0\u2009\u202f'’]/g
const groups = (separator: string): RegExp => new RegExp(`^\\d{1,3}(\\${separator}\\d{2,3})*\\${separator}\\d{3}$`)

/** Reads a number as a person typed it, in the chosen locale; never guesses silently where two readings are possible. */
export function readNumber(typed: string, locale: NumberLocale = currentLocale()): Reading {
  const text = latinDigits(typed.trim())
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/^\+/, '')
  if (text === '') return { kind: 'empty' }
  const negative = text.startsWith('-')
  const body = spacesAreGroups(negative ? text.slice(1) : text)
  if (!/^[\d.,]*\d[\d.,]*$/.test(body)) return wrong(typed, locale)
  const read = unsigned(body, locale)
  if (read === undefined) return wrong(typed, locale)
  const sign = negative ? '-' : ''
  const value = sign + tidy(read.value)
  return read.other === undefined
    ? { kind: 'number', value }
    : { kind: 'ambiguous', value, other: sign + tidy(read.other) }
}

function unsigned(body: string, locale: NumberLocale): { value: string; other?: string } | undefined {
  const comma = body.includes(',')
  const dot = body.includes('.')
  if (!comma && !dot) return { value: body }
  if (comma && dot) {
    const point = body.lastIndexOf(',') > body.lastIndexOf('.') ? ',' : '.'
    const [whole = '', fraction = '', ...rest] = body.split(point)
    const group = point === ',' ? '.' : ','
    if (rest.length > 0 || fraction === '' || !groups(group).test(whole)) return undefined
    const value = `${whole.replaceAll(group, '')}.${fraction}`
    return point === locale.point ? { value } : { value, other: value.replace('.', '') }
  }
  const separator = comma ? ',' : '.'
  const pieces = body.split(separator)
  if (pieces.length > 2) return groups(separator).test(body) ? { value: pieces.join('') } : undefined
  const [whole = '', fraction = ''] = pieces
  const asDecimal = `${whole === '' ? '0' : whole}.${fraction === '' ? '0' : fraction}`
  if (separator === locale.point) return { value: asDecimal }
  const asWhole = whole + fraction
  const looksGrouped = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole)
  if (fraction === '') return undefined
  return looksGrouped ? { value: asWhole, other: asDecimal } : { value: asDecimal, other: asWhole }
}

/** `1 234,5` and `1'234.5`: blanks and apostrophes only ever group. */
function spacesAreGroups(body: string): string {
  const trimmed = body.trim()
  if (!spaces.test(trimmed)) return trimmed
  return /^\d{1,3}([\s\u00a0\u2009\u202f'’]\d{3})+([.,]\d+)?$/.test(trimmed) ? trimmed.replace(spaces, '') : 'x'
}

function latinDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace('٫', '.')
    .replaceAll('٬', ',')
}

function tidy(value: string): string {
  const plain = value.replace(/^0+(?=\d)/, '')
  const trimmed = plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
  return isDecimalText(trimmed) ? trimmed : plain
}

function wrong(typed: string, locale: NumberLocale): Reading {
  const example = `1${locale.group}234${locale.point}50`
  return { kind: 'wrong', why: `“${typed}” is not a number: write digits as in ${example}, or arithmetic after =.` }
}
