import { dec, readDecimal, text as plainText } from '../domain/kernel/money.ts'

/** Which character stands before the fraction. */
export type DecimalMark = '.' | ','

/** What a number's own shape says of the decimal mark. `either` may be a fraction of three digits or thousands. */
export type MarkEvidence = 'none' | 'point' | 'comma' | 'either-point' | 'either-comma' | 'not-a-number'

/** A decimal read, or why not. `choices` are the values it may mean. */
export type DecimalRead =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly says: string; readonly choices: readonly string[] }

const PLAIN = /^-?\d{1,15}$/
const PLAIN_POINT = /^-?\d{1,15}\.\d{1,18}$/
const SYMBOLS = /^[$€£¥₿]|[$€£¥₿]$/u
const CODE = /^(?:[A-Z]{3,5} ?)(?=[-+(.\d])|(?<=[\d).]) ?[A-Z]{2,8}$/
const GROUPING = /(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?:\D|$))/gu
const BODY = /^(?:\d[\d.,]*|[.,]\d+)$/
const EXPONENT = /e([+-]?\d{1,3})$/i

/** Whether a cell means: nothing here. */
export function isBlank(cell: string): boolean {
  return cell === '' || cell === '-' || cell === '--' || /^(?:n\/?a|nan|null|none|nil|not available|—|–)$/i.test(cell)
}

/** What the shape of one cell says of the file's decimal mark. */
export function markEvidence(cell: string): MarkEvidence {
  if (PLAIN.test(cell)) return 'none'
  if (PLAIN_POINT.test(cell)) return evidenceOf(cell.startsWith('-') ? cell.slice(1) : cell, false)
  const parts = dissect(cell)
  return parts === null ? 'not-a-number' : evidenceOf(parts.body, parts.grouped)
}

function evidenceOf(body: string, grouped: boolean): MarkEvidence {
  const points = count(body, '.')
  const commas = count(body, ',')
  if (points === 0 && commas === 0) return 'none'
  if (points > 0 && commas > 0) {
    const last = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ','
    return fits(body, last) ? (last === '.' ? 'point' : 'comma') : 'not-a-number'
  }
  const mark = points > 0 ? '.' : ','
  if (points + commas > 1) {
    const other = mark === '.' ? ',' : '.'
    return fits(body, other) ? (other === '.' ? 'point' : 'comma') : 'not-a-number'
  }
  const before = body.indexOf(mark)
  const thousandsShape = body.length - before - 1 === 3 && before >= 1 && before <= 3 && !body.startsWith('0')
  if (thousandsShape && !grouped) return mark === '.' ? 'either-point' : 'either-comma'
  return mark === '.' ? 'point' : 'comma'
}

/**
 * Reads a number written with this decimal mark into a plain decimal: currency signs, thousands, brackets or a trailing
 * sign for negatives and exponents are understood; a shape that fits another reading only is never scaled silently.
 */
export function readDecimalText(cell: string, mark: DecimalMark): DecimalRead {
  if (mark === '.' ? PLAIN_POINT.test(cell) : false) return { ok: true, value: tidy(cell) }
  if (PLAIN.test(cell)) return { ok: true, value: tidy(cell) }
  const parts = dissect(cell)
  if (parts === null) return { ok: false, says: 'is not a number', choices: [] }
  if (!fits(parts.body, mark)) return otherReading(parts.body, parts.negative, mark)
  const digits = mark === '.' ? parts.body.replaceAll(',', '') : parts.body.replaceAll('.', '').replace(',', '.')
  return inRange(`${parts.negative ? '-' : ''}${digits}`, parts.exponent)
}

interface Parts {
  readonly body: string
  readonly negative: boolean
  readonly grouped: boolean
  readonly exponent: string
}

function dissect(cell: string): Parts | null {
  if (cell.length > 60) return null
  let rest = cell.replace(/\u2212/g, '-').trim()
  let negative = false
  const bracketed = /^\((.*)\)$/.exec(rest)
  if (bracketed?.[1] !== undefined) {
    negative = true
    rest = bracketed[1].trim()
  }
  const exponent = EXPONENT.exec(rest)
  if (exponent !== null) rest = rest.slice(0, exponent.index)
  rest = rest.replace(CODE, '').trim()
  const sign = /^[+-]|[+-]$/.exec(rest)
  if (sign !== null) {
    if (negative) return null
    negative = sign[0] === '-'
    rest = (sign.index === 0 ? rest.slice(1) : rest.slice(0, -1)).trim()
  }
  rest = rest.replace(SYMBOLS, '').trim()
  // The sign may stand after the currency: $-12.50.
  if (sign === null && rest.startsWith('-')) {
    negative = true
    rest = rest.slice(1)
  }
  const body = rest.replace(GROUPING, '')
  if (!BODY.test(body)) return null
  return { body, negative, grouped: body.length !== rest.length, exponent: exponent?.[1] ?? '' }
}

/** Whether the body can be read with this mark: at most one of it, and other marks only between groups of thousands. */
function fits(body: string, mark: DecimalMark): boolean {
  const at = body.indexOf(mark)
  if (at !== body.lastIndexOf(mark)) return false
  const whole = at === -1 ? body : body.slice(0, at)
  const fraction = at === -1 ? '' : body.slice(at + 1)
  const other = mark === '.' ? ',' : '.'
  if (fraction.includes(other)) return false
  const groups = whole.split(other)
  if (groups.length === 1) return true
  const last = groups.at(-1) ?? ''
  const first = groups[0] ?? ''
  if (first.startsWith('0')) return false
  // Groups of two occur in India: 12,34,567.
  return (
    last.length === 3 &&
    first.length >= 1 &&
    first.length <= 3 &&
    groups.slice(1, -1).every((group) => group.length === 3 || group.length === 2)
  )
}

function otherReading(body: string, negative: boolean, mark: DecimalMark): DecimalRead {
  const other = mark === '.' ? ',' : '.'
  if (!fits(body, other)) return { ok: false, says: 'is not a number', choices: [] }
  const sign = negative ? '-' : ''
  const fraction = other === ',' ? body.replaceAll('.', '').replace(',', '.') : body.replaceAll(',', '')
  const whole = body.replaceAll(other, '').replaceAll(mark, '')
  return {
    ok: false,
    says: `has "${other}" where the file's decimal mark is "${mark}"`,
    choices: [`${sign}${fraction}`, `${sign}${whole}`],
  }
}

function inRange(digits: string, exponent: string): DecimalRead {
  const plain = digits.endsWith('.') ? digits.slice(0, -1) : digits
  const written = exponent === '' ? plain : plainText(dec(`${plain}e${exponent}`))
  const read = readDecimal(written, 'It')
  if (read.ok) return { ok: true, value: plainText(read.value) }
  return { ok: false, says: 'is beyond what is stored: up to 15 digits before the point and 18 after it', choices: [] }
}

/** Plain decimal without leading or trailing zeros. */
function tidy(plain: string): string {
  const negative = plain.startsWith('-')
  let start = negative ? 1 : 0
  const point = plain.indexOf('.')
  const wholeEnd = point === -1 ? plain.length : point
  while (start < wholeEnd - 1 && plain[start] === '0') start++
  let end = plain.length
  if (point !== -1) {
    while (plain[end - 1] === '0') end--
    if (plain[end - 1] === '.') end--
  }
  const digits = plain.slice(start, end)
  return negative && digits !== '0' ? `-${digits}` : digits
}

function count(text: string, mark: string): number {
  let found = 0
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found++
  return found
}
