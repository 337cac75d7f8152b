import type { ModelInput, TradesWanted } from '../../contract/simulation/input.ts'
import { wrongWith, type Allowed } from './field-checks.ts'
import { figureText, fractionOf, given, percentOf } from './figures.ts'
import { readList, type ReadList } from './read-list.ts'

/** Where outcomes are drawn from. */
export type OutcomeSource = 'book' | 'hand' | 'pasted' | 'normal'
/** How a list of trades is drawn from. */
export type Drawing = 'blocks' | 'single' | 'winloss'
/** The typed fields of a model. */
export type ModelField =
  'last' | 'block' | 'p' | 'b' | 'pasted' | 'mu' | 'sigma' | 'correlation' | 'weights' | 'freedom'

const CHECKS: Partial<Readonly<Record<ModelField, Allowed>>> = {
  last: { label: 'Last trades', from: 1, isWhole: true },
  block: { label: 'Block', from: 1 },
  p: { label: 'Win rate', unit: '%', from: 0, to: 100, isRequired: true },
  b: { label: 'Payoff', unit: 'R', from: 0, isOpen: true, isRequired: true },
  correlation: { label: 'Correlation', from: -1, to: 1 },
  freedom: { label: 'Degrees', from: 2, isOpen: true },
}
type ListField = 'mu' | 'sigma' | 'weights'
const LIST_LABELS = { mu: 'Means', sigma: 'Deviations', weights: 'Weights' } as const

/** What the outcomes are drawn from, as typed. */
export class ModelForm {
  source = $state<OutcomeSource>('book')
  strategy = $state('')
  last = $state('')
  drawing = $state<Drawing>('blocks')
  /** Mean block length; empty to have it chosen. */
  block = $state('')
  uncertain = $state(false)
  p = $state('55')
  b = $state('1.5')
  pasted = $state('')
  mu = $state('0.05')
  sigma = $state('1')
  correlation = $state('')
  weights = $state('1')
  /** Degrees of freedom of Student's t; empty for the normal law. */
  freedom = $state('')
  unread = $state<Partial<Record<ModelField, string | undefined>>>({})

  readonly list = $derived<ReadList>(readList(this.pasted))
  readonly fields = $derived.by<readonly ModelField[]>(() => {
    const block: readonly ModelField[] = this.drawing === 'blocks' ? ['block'] : []
    switch (this.source) {
      case 'book':
        return ['last', ...block]
      case 'hand':
        return ['p', 'b']
      case 'pasted':
        return ['pasted', ...block]
      case 'normal':
        return ['mu', 'sigma', 'weights', 'correlation', 'freedom']
    }
  })
  readonly faults = $derived.by(() => {
    const found: Partial<Record<ModelField, string>> = {}
    for (const field of this.fields) {
      const wrong = this.#wrong(field)
      if (wrong !== undefined) found[field] = wrong
    }
    return found
  })
  /** Which closed trades of the book are meant. */
  readonly trades = $derived.by<TradesWanted>(() => ({
    ...(this.strategy === '' ? {} : { filter: { strategy: this.strategy } }),
    ...given('last', this.#text('last')),
  }))
  readonly input = $derived.by<ModelInput>(() => {
    switch (this.source) {
      case 'book':
        return this.#book()
      case 'hand':
        return { kind: 'winloss', p: fractionOf(this.#text('p')), b: this.#text('b') }
      case 'pasted':
        return {
          kind: 'bootstrap',
          returns: this.list.ok ? [...this.list.values] : [],
          block: this.#block(),
          uncertain: this.uncertain,
        }
      case 'normal':
        return this.#normal()
    }
  })

  /** Fills the fields from a model that was kept. */
  fill(model: ModelInput): void {
    this.unread = {}
    if (model.kind === 'book') this.#fillBook(model)
    else if (model.kind === 'bootstrap') this.#fillPasted(model)
    else if (model.kind === 'winloss') {
      this.source = 'hand'
      this.p = percentOf(model.p)
      this.b = figureText(model.b)
    } else this.#fillNormal(model)
  }

  #fillBook(model: Extract<ModelInput, { kind: 'book' }>): void {
    this.source = 'book'
    this.strategy = model.trades?.filter?.strategy ?? ''
    this.last = figureText(model.trades?.last)
    this.drawing = model.as === 'winloss' ? 'winloss' : model.block === 1 ? 'single' : 'blocks'
    this.block = this.drawing === 'blocks' && model.block !== 'auto' ? figureText(model.block) : ''
    this.uncertain = model.uncertain ?? false
  }

  #fillPasted(model: Extract<ModelInput, { kind: 'bootstrap' }>): void {
    this.source = 'pasted'
    this.pasted = model.returns.map((value) => figureText(value)).join('\n')
    this.drawing = model.block === 1 || model.block === undefined ? 'single' : 'blocks'
    this.block = this.drawing === 'blocks' && model.block !== 'auto' ? figureText(model.block) : ''
    this.uncertain = model.uncertain ?? false
  }

  #fillNormal(model: Extract<ModelInput, { kind: 'gaussian' | 'student-t' }>): void {
    this.source = 'normal'
    this.mu = model.mu.map(percentOf).join(' ')
    this.sigma = model.sigma.map((one) => (Array.isArray(one) ? '' : percentOf(one))).join(' ')
    this.weights = model.weights.map((one) => figureText(one)).join(' ')
    this.correlation = figureText(model.correlation?.[0]?.[1])
    this.freedom = model.kind === 'student-t' ? figureText(model.degreesOfFreedom) : ''
  }

  #book(): ModelInput {
    const trades = { trades: this.trades, uncertain: this.uncertain }
    return this.drawing === 'winloss'
      ? { kind: 'book', as: 'winloss', ...trades }
      : { kind: 'book', as: 'bootstrap', block: this.#block(), ...trades }
  }

  #normal(): ModelInput {
    const read = (field: ListField): readonly number[] => {
      const list = readList(this[field])
      return list.ok ? list.values : []
    }
    const weights = read('weights')
    const together = this.correlation === '' ? 0 : Number(this.#text('correlation'))
    const law = {
      mu: read('mu').map((value) => value / 100),
      sigma: read('sigma').map((value) => value / 100),
      weights: [...weights],
      ...(weights.length > 1
        ? { correlation: weights.map((_, row) => weights.map((_other, at) => (row === at ? 1 : together))) }
        : {}),
    }
    return this.freedom === ''
      ? { kind: 'gaussian', ...law }
      : { kind: 'student-t', ...law, degreesOfFreedom: this.#text('freedom') }
  }

  #block(): number | string {
    return this.drawing === 'single' ? 1 : this.#text('block') === '' ? 'auto' : this.#text('block')
  }

  #wrong(field: ModelField): string | undefined {
    if (field === 'pasted') {
      if (!this.list.ok) return `R multiples: ${this.list.why}`
      return this.list.values.length === 0
        ? 'R multiples are empty; paste one number for each trade, such as 1.4 or -1.'
        : undefined
    }
    if (field === 'mu' || field === 'sigma' || field === 'weights') return this.#wrongList(field)
    const check = CHECKS[field]
    return check === undefined ? undefined : wrongWith(this.#text(field), check)
  }

  #wrongList(field: ListField): string | undefined {
    const list = readList(this[field])
    const label = LIST_LABELS[field]
    if (!list.ok) return `${label}: ${list.why}`
    const weights = readList(this.weights)
    const count = weights.ok ? weights.values.length : 0
    if (list.values.length === 0) return `${label} are empty; give one number for each asset.`
    return field !== 'weights' && count > 0 && list.values.length !== count
      ? `${label} are ${list.values.length} numbers for ${count} weights; give one for each asset.`
      : undefined
  }

  #text(field: ModelField): string {
    return this.unread[field] ?? this[field]
  }
}
