import type { OptimiseInput } from '../../contract/portfolio/optimise.ts'
import { wrongWith, type Allowed } from '../simulate/field-checks.ts'
import { fractionOf } from '../simulate/figures.ts'

/** What may be said of one instrument alone. */
export type OverrideField = 'lower' | 'upper' | 'expected' | 'cost' | 'signal' | 'riskBudget'

const CHECKS: Readonly<Record<OverrideField, Allowed>> = {
  lower: { label: 'Least', unit: '%', from: -2_000, to: 2_000 },
  upper: { label: 'Most', unit: '%', from: -2_000, to: 2_000 },
  expected: { label: 'Expected return', unit: '% a year', from: -1_000, to: 1_000 },
  cost: { label: 'Cost', unit: '%', from: 0, to: 100 },
  signal: { label: 'Signal', from: -1, to: 1 },
  riskBudget: { label: 'Risk share', from: 0, to: 1e6, isOpen: true },
}
const FIELDS = Object.keys(CHECKS) as readonly OverrideField[]

/** One instrument with limits and figures of its own, as typed; empty fields say nothing. */
export class OverrideRow {
  readonly id: number
  symbol = $state('')
  lower = $state('')
  upper = $state('')
  expected = $state('')
  cost = $state('')
  signal = $state('')
  riskBudget = $state('')
  unread = $state<Partial<Record<OverrideField, string | undefined>>>({})

  readonly name = $derived(this.symbol.trim())
  readonly faults = $derived.by(() => {
    const found: Partial<Record<OverrideField | 'symbol', string>> = {}
    for (const field of FIELDS) {
      const wrong = wrongWith(this.unread[field] ?? this[field], CHECKS[field])
      if (wrong !== undefined) found[field] = wrong
    }
    if (this.name === '' && FIELDS.some((field) => this[field] !== ''))
      found.symbol = 'Symbol is empty; name the instrument these are of.'
    if (found.upper === undefined && this.lower !== '' && this.upper !== '' && Number(this.lower) > Number(this.upper))
      found.upper = `Most is ${this.upper} %; give at least ${this.lower} %, the least.`
    return found
  })

  constructor(id: number) {
    this.id = id
  }
}

type Overrides = Pick<OptimiseInput, 'bounds' | 'expected' | 'costs' | 'signals' | 'riskBudgets'>

/** The rows as parts of what is asked; a part nobody typed anything for is left out. */
export function overridesOf(rows: readonly OverrideRow[], withRiskBudgets: boolean): Overrides {
  const named = rows.filter(({ name }) => name !== '')
  const record = (field: OverrideField, as: (text: string) => string): Record<string, string> =>
    Object.fromEntries(named.flatMap((row) => (row[field] === '' ? [] : [[row.name, as(row[field])]])))
  const bounds = named
    .filter(({ lower, upper }) => lower !== '' || upper !== '')
    .map(({ name, lower, upper }) => ({
      symbol: name,
      ...(lower === '' ? {} : { lower: fractionOf(lower) }),
      ...(upper === '' ? {} : { upper: fractionOf(upper) }),
    }))
  const parts = {
    expected: record('expected', fractionOf),
    costs: record('cost', fractionOf),
    signals: record('signal', (text) => text),
    ...(withRiskBudgets ? { riskBudgets: record('riskBudget', (text) => text) } : {}),
  }
  return {
    ...(bounds.length === 0 ? {} : { bounds }),
    ...Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0)),
  }
}
