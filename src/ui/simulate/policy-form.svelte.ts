import type { StakingInput } from '../../contract/simulation/input.ts'
import { wrongWith, type Allowed } from './field-checks.ts'
import { figureText, fractionOf, given, percentOf } from './figures.ts'

/** The fields of a policy. */
export type PolicyField = 'fraction' | 'step' | 'cap' | 'drawdownLimit' | 'factor' | 'stop'

/** A staking rule of the simulation's own, with the fields it takes. */
export interface OwnMethod {
  readonly id: string
  readonly label: string
  /** Unit of its fraction. */
  readonly unit: string
  readonly fields: readonly PolicyField[]
}

/** Staking rules that take their figures here; every other method takes them from the profile. */
export const OWN_METHODS: readonly OwnMethod[] = [
  { id: 'kelly', label: 'Share of Kelly', unit: '% of Kelly', fields: ['fraction'] },
  { id: 'fixed_fraction', label: 'Fixed fraction', unit: '% of equity', fields: ['fraction'] },
  { id: 'fixed_amount', label: 'Fixed amount', unit: '% of start', fields: ['fraction'] },
  { id: 'anti_martingale', label: 'Anti-martingale', unit: '% of equity', fields: ['fraction', 'step', 'cap'] },
  {
    id: 'drawdown_throttle',
    label: 'Drawdown throttle',
    unit: '% of equity',
    fields: ['fraction', 'drawdownLimit', 'factor'],
  },
]

const CHECKS: Readonly<Record<PolicyField, Allowed>> = {
  fraction: { label: 'Fraction', unit: '%', from: 0, to: 10_000, isOpen: true, isRequired: true },
  step: { label: 'Step', from: 1, to: 100, isRequired: true },
  cap: { label: 'Cap', unit: '%', from: 0, to: 10_000, isOpen: true, isRequired: true },
  drawdownLimit: { label: 'Stop at', unit: '%', from: 0, to: 100, isOpen: true, isRequired: true },
  factor: { label: 'Divisor', from: 1, to: 1000, isRequired: true },
  stop: { label: 'Stop', unit: '%', from: 0, to: 100, isOpen: true },
}

/** One staking policy as typed. */
export class PolicyForm {
  method = $state('kelly')
  fraction = $state('')
  step = $state('1.5')
  cap = $state('5')
  drawdownLimit = $state('20')
  factor = $state('2')
  stop = $state('')
  /** Typed text that is no number yet, by field. */
  unread = $state<Partial<Record<PolicyField, string | undefined>>>({})

  readonly own = $derived(OWN_METHODS.find(({ id }) => id === this.method))
  readonly fields = $derived<readonly PolicyField[]>(this.own?.fields ?? ['stop'])
  readonly faults = $derived.by(() => {
    const found: Partial<Record<PolicyField, string>> = {}
    for (const field of this.fields) {
      const wrong = wrongWith(this.#text(field), CHECKS[field])
      if (wrong !== undefined) found[field] = wrong
    }
    return found
  })
  readonly input = $derived.by<StakingInput>(() => {
    const text = (field: PolicyField): string => (this.fields.includes(field) ? this.#text(field) : '')
    return {
      method: this.method,
      ...given('fraction', fractionOf(text('fraction'))),
      ...given('step', text('step')),
      ...given('cap', fractionOf(text('cap'))),
      ...given('drawdownLimit', fractionOf(text('drawdownLimit'))),
      ...given('factor', text('factor')),
      ...given('stop', fractionOf(text('stop'))),
    }
  })

  constructor(method: string, fraction: string) {
    this.method = method
    this.fraction = fraction
  }

  /**
   * Takes another rule. A share of Kelly is no share of equity: the fraction becomes what the rule before came to, so that
   * a half of Kelly does not turn into a half of everything.
   */
  choose(method: string, came: number | undefined): void {
    if ((method === 'kelly') !== (this.method === 'kelly')) {
      this.unread = { ...this.unread, fraction: undefined }
      this.fraction = method === 'kelly' ? '50' : came === undefined ? '1' : String(Number((came * 100).toPrecision(3)))
    }
    this.method = method
  }

  /** Fills the fields from a policy that was kept. */
  fill(staking: StakingInput): void {
    this.unread = {}
    this.method = staking.method
    this.fraction = percentOf(staking.fraction)
    const keep = (text: string, before: string): string => (text === '' ? before : text)
    this.step = keep(figureText(staking.step), this.step)
    this.cap = keep(percentOf(staking.cap), this.cap)
    this.drawdownLimit = keep(percentOf(staking.drawdownLimit), this.drawdownLimit)
    this.factor = keep(figureText(staking.factor), this.factor)
    this.stop = percentOf(staking.stop)
  }

  #text(field: PolicyField): string {
    return this.unread[field] ?? this[field]
  }
}
