import { type Reason, reason } from '../kernel/reason.ts'

/** What a number may be: bounds included (`from`, `to`) or left out (`above`, `below`). */
export interface Allowed {
  readonly from?: number
  readonly above?: number
  readonly to?: number
  readonly below?: number
  readonly whole?: boolean
}

/** No reasons when `value` is a finite number as allowed, else one that names the field, the value and the bounds. */
export function numberField(field: string, value: number, allowed: Allowed): Reason[] {
  if (!Number.isFinite(value)) {
    return [reason('INPUT_NOT_FINITE', `${field} is ${value}; it must be a finite number, ${inWords(allowed)}.`, field)]
  }
  const { from, above, to, below, whole = false } = allowed
  const fits =
    (from === undefined || value >= from) &&
    (above === undefined || value > above) &&
    (to === undefined || value <= to) &&
    (below === undefined || value < below) &&
    (!whole || Number.isInteger(value))
  return fits ? [] : [reason('INPUT_OUT_OF_RANGE', `${field} is ${value}; it must be ${inWords(allowed)}.`, field)]
}

function inWords({ from, above, to, below, whole = false }: Allowed): string {
  const parts = [
    ...(from === undefined ? [] : [`at least ${from}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(to === undefined ? [] : [`at most ${to}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ]
  return [whole ? 'a whole number' : '', parts.join(' and ')].filter((part) => part !== '').join(', ')
}
