import { numberText } from '../format/number-text.ts'
import { isDecimalText } from '../format/ratio.ts'

/** What a field takes, in the unit it is typed in. */
export interface Allowed {
  readonly label: string
  readonly unit?: string
  readonly from?: number
  readonly to?: number
  /** The ends themselves are not taken. */
  readonly isOpen?: boolean
  readonly isWhole?: boolean
  readonly isRequired?: boolean
}

/** One sentence on what is wrong with a field as typed; `undefined` where nothing is. */
export function wrongWith(text: string, allowed: Allowed): string | undefined {
  const { label, isRequired = false } = allowed
  if (text === '') return isRequired ? `${label} is empty; give ${range(allowed)}.` : undefined
  if (!isDecimalText(text)) return `${label} is «${text}»; give ${range(allowed)}.`
  const value = Number(text)
  const { from = -Infinity, to = Infinity, isOpen = false, isWhole = false, unit } = allowed
  const inside = isOpen ? value > from && value < to : value >= from && value <= to
  if (inside && (!isWhole || Number.isInteger(value))) return undefined
  return `${label} is ${numberText(text)}${unit === undefined ? '' : ` ${unit}`}; give ${range(allowed)}${isRequired ? '' : ', or leave it empty'}.`
}

function range({ from, to, unit, isOpen = false, isWhole = false }: Allowed): string {
  const said = unit === undefined ? '' : ` ${unit}`
  const number = isWhole ? 'a whole number' : 'a number'
  const at = (value: number): string => numberText(value)
  if (from !== undefined && to !== undefined)
    return isOpen
      ? `${number} between ${at(from)} and ${at(to)}${said}, the ends left out`
      : `${number} from ${at(from)} to ${at(to)}${said}`
  if (from !== undefined)
    return isOpen ? `${number} above ${at(from)}${said}` : `${number} of at least ${at(from)}${said}`
  return number
}
