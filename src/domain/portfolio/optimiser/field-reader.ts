import { type Reason, reason } from '../../kernel/reason.ts'

/** What a number may be, ends included, unless `above`. */
export interface NumberRange {
  readonly from?: number
  readonly above?: number
  readonly to?: number
  readonly whole?: boolean
}

/** Most faults that are told at once. */
const MOST_FAULTS = 8

/** Reads values of unknown shape and keeps the faults it finds, each naming its field, its value and what is allowed. */
export interface FieldReader {
  readonly faults: readonly Reason[]
  /** The fields of an object, refusing any that are not among `known`. `null` stands for a field that is left out. */
  fields(field: string, value: unknown, known: readonly string[]): ReadonlyMap<string, unknown>
  number(field: string, value: unknown, range?: NumberRange): number | undefined
  /** A list of exactly `length` numbers; any length above zero where it is not said. */
  numbers(field: string, value: unknown, length?: number, range?: NumberRange): Float64Array | undefined
  /** A list of anything. */
  list(field: string, value: unknown): readonly unknown[]
  fault(code: Reason['code'], field: string, says: string): void
}

/** A reader that has found nothing wrong yet. */
export function fieldReader(): FieldReader {
  const faults: Reason[] = []
  const fault: FieldReader['fault'] = (code, field, says) => {
    if (faults.length < MOST_FAULTS) faults.push(reason(code, says, field))
  }
  const number: FieldReader['number'] = (field, value, range = {}) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      const code =
        value === undefined ? 'INPUT_MISSING' : typeof value === 'number' ? 'INPUT_NOT_FINITE' : 'INPUT_MALFORMED'
      fault(code, field, `${field} is ${shown(value)}; it must be a finite number${inWords(range)}.`)
      return undefined
    }
    const { from = -Infinity, above = -Infinity, to = Infinity, whole = false } = range
    const fits = value >= from && value > above && value <= to && (!whole || Number.isInteger(value))
    if (!fits) fault('INPUT_OUT_OF_RANGE', field, `${field} is ${value}; it must be a finite number${inWords(range)}.`)
    return fits ? value : undefined
  }
  const list: FieldReader['list'] = (field, value) => {
    if (Array.isArray(value)) return value as readonly unknown[]
    const code = value === undefined ? 'INPUT_MISSING' : 'INPUT_MALFORMED'
    fault(code, field, `${field} is ${shown(value)}; it must be a list.`)
    return []
  }
  return {
    faults,
    fault,
    number,
    list,
    fields(field, value, known) {
      const found = new Map<string, unknown>()
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        fault('INPUT_MALFORMED', field, `${field} is ${shown(value)}; it must be an object.`)
        return found
      }
      for (const [name, content] of Object.entries(value)) {
        if (!known.includes(name)) {
          const path = field === 'problem' ? name : `${field}.${name}`
          fault('INPUT_MALFORMED', path, `${path} is not known; ${field} may have ${known.join(', ')}.`)
        } else if (content !== null && content !== undefined) found.set(name, content)
      }
      return found
    },
    numbers(field, value, length, range) {
      const before = faults.length
      const items = list(field, value)
      if (faults.length > before) return undefined
      if (items.length === 0 || (length !== undefined && items.length !== length)) {
        const wanted = length === undefined ? 'at least one number' : `${length} numbers, one per asset`
        fault('INPUT_OUT_OF_RANGE', field, `${field} has ${items.length} numbers; it must have ${wanted}.`)
        return undefined
      }
      const numbers = items.map((item, index) => number(`${field}[${index}]`, item, range))
      return numbers.every((one) => one !== undefined) ? Float64Array.from(numbers) : undefined
    },
  }
}

function inWords({ from, above, to, whole }: NumberRange): string {
  const parts = [
    ...(whole === true ? ['whole'] : []),
    ...(from === undefined ? [] : [`at least ${from}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(to === undefined ? [] : [`at most ${to}`]),
  ]
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `«${value.slice(0, 40)}»`
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'of another kind'
}
