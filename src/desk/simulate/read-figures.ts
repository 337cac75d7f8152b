import type { Budget, Figure } from '../../contract/simulation/input.ts'
import { readDecimal } from '../../domain/kernel/money.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'
import { numberField, type Allowed } from '../../domain/simulation/number-field.ts'
import { DeskRefusal } from '../refusal.ts'

/** A number as float64, for statistics; refuses what is none or not allowed with its field. */
export function figure(value: Figure | undefined, field: string, allowed: Allowed = {}): number {
  const number = statistic(value) ?? decimal(value, field)
  refuseAll(numberField(field, number, allowed))
  return number
}

/** A plain number, of as many digits as a float prints; anything else is for the reader of decimals to name. */
function statistic(value: Figure | undefined): number | undefined {
  const number = typeof value === 'string' && PLAIN.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const PLAIN = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i

function decimal(value: Figure | undefined, field: string): number {
  const read = readDecimal(value, field)
  if (read.ok) return read.value.toNumber()
  throw new DeskRefusal(read.error.code, read.error.says, field)
}

/** The same, or what stands in where nothing is given. */
export function figureOr<Other>(
  value: Figure | undefined,
  field: string,
  other: Other,
  allowed: Allowed = {},
): number | Other {
  return value === undefined ? other : figure(value, field, allowed)
}

/** A list of numbers; the first that is none is refused by its place. */
export function figures(values: readonly Figure[], field: string): number[] {
  return values.map((value, index) =>
    // Most lists are long and plain: only what is odd is read with care.
    typeof value === 'number' && Number.isFinite(value) ? value : figure(value, `${field}[${index}]`),
  )
}

/** A value of the domain; its faults are refused in one answer, by the field of the first. */
export function accepted<T>(read: Result<T, Reason | readonly Reason[]>): T {
  if (read.ok) return read.value
  const faults: readonly Reason[] = 'says' in read.error ? [read.error] : read.error
  refuseAll(faults)
  throw new DeskRefusal('INPUT_MALFORMED', 'The simulation was not understood.')
}

/** Refuses where there is a fault. */
export function refuseAll(faults: readonly Reason[]): void {
  const [first] = faults
  if (first === undefined) return
  const says = [...new Set(faults.map((fault) => fault.says))].slice(0, 5).join(' ')
  throw new DeskRefusal(first.code, says, first.field)
}

/** Most milliseconds and megabytes that may be asked for: a day, and what a machine may have. */
const MOST_TIME = 86_400_000
const MOST_MEMORY = 1_048_576

/** What a simulation may take: a minute and a gigabyte where nothing is said. Milliseconds and bytes. */
export function budgetOf(budget: Budget = {}): { readonly timeBudget: number; readonly memoryBudget: number } {
  const milliseconds = figureOr(budget.milliseconds, 'budget.milliseconds', 60_000, { above: 0, to: MOST_TIME })
  const megabytes = figureOr(budget.megabytes, 'budget.megabytes', 1_024, { above: 0, to: MOST_MEMORY })
  return { timeBudget: milliseconds, memoryBudget: megabytes * 1_048_576 }
}
