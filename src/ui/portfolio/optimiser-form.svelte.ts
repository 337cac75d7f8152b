import type { OptimiseInput, PortfolioMethod } from '../../contract/portfolio/optimise.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { wrongWith, type Allowed } from '../simulate/field-checks.ts'
import { fractionOf, given } from '../simulate/figures.ts'
import type { FrameForm } from './frame-form.svelte.ts'
import { GroupRow, groupsOf } from './group-rows.svelte.ts'
import { OverrideRow, overridesOf } from './override-rows.svelte.ts'
import type { CorrelationKind } from './study-cells.ts'

/** The typed fields of an optimisation that hold for all instruments. */
export type OptimiserField =
  | 'lambda'
  | 'riskFree'
  | 'cost'
  | 'lower'
  | 'upper'
  | 'budgetMin'
  | 'budgetMax'
  | 'gross'
  | 'turnover'
  | 'volatilityCap'
  | 'topCount'
  | 'topMax'

const WEIGHT = { unit: '% of equity', from: -2_000, to: 2_000 } as const
const CHECKS: Readonly<Record<OptimiserField, Allowed>> = {
  lambda: { label: 'Aversion', from: 0, to: 1_000, isOpen: true },
  riskFree: { label: 'Risk-free', unit: '% a year', from: -100, to: 100 },
  cost: { label: 'Cost', unit: '% of turnover', from: 0, to: 100 },
  lower: { label: 'Least', ...WEIGHT },
  upper: { label: 'Most', ...WEIGHT },
  budgetMin: { label: 'Invested, least', ...WEIGHT },
  budgetMax: { label: 'Invested, most', ...WEIGHT },
  gross: { label: 'Gross', unit: '% of equity', from: 0, to: 2_000 },
  turnover: { label: 'Turnover', unit: '% of equity', from: 0, to: 10_000 },
  volatilityCap: { label: 'Volatility', unit: '% a year', from: 0, to: 1_000, isOpen: true },
  topCount: { label: 'Largest', unit: 'instruments', from: 1, to: 1_000, isWhole: true },
  topMax: { label: 'Largest, most', ...WEIGHT },
}
const FIELDS = Object.keys(CHECKS) as readonly OptimiserField[]
/** Fields of the desk beside the fields of the form. */
const DESK_FIELDS: Readonly<Record<string, OptimiserField>> = {
  'budget.min': 'budgetMin',
  'budget.max': 'budgetMax',
  'topK.k': 'topCount',
  'topK.max': 'topMax',
}

/** What a portfolio is weighed by, as typed: percentages where the desk takes fractions. */
export class OptimiserForm {
  readonly frame: FrameForm
  method = $state<PortfolioMethod>('kelly_mvo')
  correlation = $state<CorrelationKind>('denoised')
  start = $state<'positions' | 'cash'>('positions')
  lambda = $state('')
  riskFree = $state('')
  cost = $state('')
  lower = $state('')
  upper = $state('')
  budgetMin = $state('')
  budgetMax = $state('')
  gross = $state('')
  turnover = $state('')
  volatilityCap = $state('')
  topCount = $state('')
  topMax = $state('')
  clusterCaps = $state(false)
  overrides = $state.raw<readonly OverrideRow[]>([])
  groups = $state.raw<readonly GroupRow[]>([])
  unread = $state<Partial<Record<OptimiserField, string | undefined>>>({})

  #next = 1

  readonly faults = $derived.by(() => {
    const found: Partial<Record<OptimiserField, string>> = {}
    for (const field of FIELDS) {
      const wrong = wrongWith(this.unread[field] ?? this[field], CHECKS[field])
      if (wrong !== undefined) found[field] = wrong
    }
    if (this.topCount !== '' && this.topMax === '')
      found.topMax ??= 'Largest, most is empty; give what the largest may weigh together, or leave both empty.'
    if (this.topMax !== '' && this.topCount === '')
      found.topCount ??= 'Largest is empty; say how many instruments, or leave both empty.'
    return found
  })
  readonly isWrong = $derived.by(
    () =>
      this.frame.isWrong ||
      [this.faults, ...this.overrides.map(({ faults }) => faults), ...this.groups.map(({ faults }) => faults)].some(
        (faults) => Object.keys(faults).length > 0,
      ),
  )
  readonly input = $derived.by<OptimiseInput>(() => {
    const share = (field: OptimiserField, as: string = field): Partial<Record<string, string>> =>
      given(as, this[field] === '' ? '' : fractionOf(this[field]))
    const budget = { ...share('budgetMin', 'min'), ...share('budgetMax', 'max') }
    return {
      method: this.method,
      ...this.frame.input,
      correlation: this.correlation,
      start: this.start,
      ...given('lambda', this.lambda),
      ...share('riskFree'),
      ...share('cost'),
      ...share('lower'),
      ...share('upper'),
      ...share('gross'),
      ...share('turnover'),
      ...share('volatilityCap'),
      ...(Object.keys(budget).length === 0 ? {} : { budget }),
      ...(this.topCount === '' ? {} : { topK: { k: this.topCount, max: fractionOf(this.topMax) } }),
      ...(this.clusterCaps ? { clusterCaps: true } : {}),
      ...overridesOf(this.overrides, this.method === 'risk_parity'),
      ...groupsOf(this.groups),
    }
  })

  constructor(frame: FrameForm) {
    this.frame = frame
  }

  /** Adds an empty row for one instrument. */
  addOverride(): void {
    this.overrides = [...this.overrides, new OverrideRow(this.#next++)]
  }

  /** Adds an empty group. */
  addGroup(): void {
    this.groups = [...this.groups, new GroupRow(this.#next++)]
  }

  /** Takes a row away. */
  drop(id: number): void {
    this.overrides = this.overrides.filter((row) => row.id !== id)
    this.groups = this.groups.filter((row) => row.id !== id)
  }

  /** Where a refusal of the desk belongs: a field of the form, `symbols`, `lookback`, or `rest`. */
  place(refusal: RefusalBody | undefined): Readonly<Record<string, string>> {
    if (refusal === undefined) return {}
    const { field = '', says } = refusal
    const own = DESK_FIELDS[field] ?? FIELDS.find((known) => known === field)
    if (own !== undefined) return { [own]: says }
    return field === 'symbols' || field === 'lookback' || field === 'clusterCaps' ? { [field]: says } : { rest: says }
  }
}
