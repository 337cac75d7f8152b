import type { RefusalBody } from '../../contract/refusal.ts'
import type { LabInput, LabResult } from '../../contract/simulation/lab.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type DeskClient } from '../rpc.ts'
import { wrongWith, type Allowed } from '../simulate/field-checks.ts'
import { fractionOf, given } from '../simulate/figures.ts'

/** What the lab needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface LabSource {
  readonly client: Pick<DeskClient, 'simulation'>
}

/** What the methods are compared on. */
export type LabOn = 'trades' | 'csv' | 'example'
/** The typed fields of the lab. */
export type LabField =
  'last' | 'csv' | 'skill' | 'days' | 'seed' | 'assetCap' | 'intraday' | 'overnight' | 'interest' | 'cost' | 'variants'

const CHECKS: Partial<Readonly<Record<LabField, Allowed>>> = {
  last: { label: 'Last', from: 1, isWhole: true },
  skill: { label: 'Skill', from: 0, to: 1, isRequired: true },
  days: { label: 'Days', from: 2, isWhole: true, isRequired: true },
  seed: { label: 'Seed', from: 0, isWhole: true, isRequired: true },
  assetCap: { label: 'Asset cap', unit: '%', from: 0, isOpen: true },
  intraday: { label: 'In the day', from: 0, isOpen: true },
  overnight: { label: 'Overnight', from: 0, isOpen: true },
  interest: { label: 'Interest', unit: '%', from: 0 },
  cost: { label: 'Cost', unit: '%', from: 0 },
  variants: { label: 'Variants', from: 1, isWhole: true },
}
const OF_ALL: readonly LabField[] = ['variants']
const OF_FORECASTS: readonly LabField[] = ['assetCap', 'intraday', 'overnight', 'interest', 'cost']
const FIELDS: Readonly<Record<LabOn, readonly LabField[]>> = {
  trades: ['last', ...OF_ALL],
  csv: ['csv', ...OF_FORECASTS, ...OF_ALL],
  example: ['skill', 'days', 'seed', ...OF_FORECASTS, ...OF_ALL],
}
/** Fields of the desk beside those of this form. */
const PLACES: Readonly<Record<string, LabField>> = {
  'on.text': 'csv',
  'on.skill': 'skill',
  'on.days': 'days',
  'on.seed': 'seed',
  'on.trades': 'last',
  'on.trades.last': 'last',
  'terms.assetCap': 'assetCap',
  'terms.intradayLeverage': 'intraday',
  'terms.overnightLeverage': 'overnight',
  'terms.interest': 'interest',
  'terms.cost': 'cost',
  variants: 'variants',
}
/** The desk reads no longer text. */
const MOST_TEXT = 900_000
const DEBOUNCE = 200

/** The sizing lab: what methods are compared on, and what they came to. */
export class LabScreen {
  on = $state<LabOn>('trades')
  strategy = $state('')
  last = $state('')
  csv = $state('')
  csvName = $state('')
  skill = $state('0.6')
  days = $state('1000')
  seed = $state('1')
  assetCap = $state('')
  intraday = $state('')
  overnight = $state('')
  interest = $state('')
  cost = $state('')
  variants = $state('')
  unread = $state<Partial<Record<LabField, string | undefined>>>({})
  strategies = $state.raw<readonly string[]>([])
  result = $state.raw<LabResult>()
  refusal = $state.raw<RefusalBody>()
  asking = $state(false)
  /** The method whose curve is strong. */
  chosen = $state<string>()

  readonly #desk: LabSource
  #turn = 0
  #followed: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #ready = false

  readonly own = $derived.by(() => {
    const found: Partial<Record<LabField, string>> = {}
    for (const field of FIELDS[this.on]) {
      const wrong = field === 'csv' ? this.#wrongCsv() : this.#wrong(field)
      if (wrong !== undefined) found[field] = wrong
    }
    return found
  })
  readonly #place = $derived(PLACES[(this.refusal?.field ?? '').replace(/\[.*$/, '')])
  readonly faults = $derived.by<Partial<Record<LabField, string>>>(() =>
    this.#place === undefined || this.refusal === undefined
      ? this.own
      : { [this.#place]: this.refusal.says, ...this.own },
  )
  /** The refusal where no field has it. */
  readonly rest = $derived(this.#place === undefined ? this.refusal?.says : undefined)
  readonly isWrong = $derived(Object.keys(this.own).length > 0)
  readonly input = $derived.by<LabInput>(() => {
    const terms = {
      ...given('assetCap', fractionOf(this.#text('assetCap'))),
      ...given('intradayLeverage', this.#text('intraday')),
      ...given('overnightLeverage', this.#text('overnight')),
      ...given('interest', fractionOf(this.#text('interest'))),
      ...given('cost', fractionOf(this.#text('cost'))),
    }
    return {
      on: this.#on(),
      ...(this.on === 'trades' || Object.keys(terms).length === 0 ? {} : { terms }),
      ...given('variants', this.#text('variants')),
    }
  })

  constructor(desk: LabSource) {
    this.#desk = desk
  }

  /** Asks anew what the book holds when the count of changes is another one than last time. */
  follow(changes: number): void {
    if (changes === this.#followed) return
    const isFirst = this.#followed === undefined
    this.#followed = changes
    void this.#load(isFirst)
  }

  /** Compares in a moment; an earlier question is dropped. */
  askSoon(): void {
    if (!this.#ready) return
    clearTimeout(this.#timer)
    this.#turn += 1
    this.asking = false
    if (!this.isWrong) this.#timer = setTimeout(() => void this.ask(), DEBOUNCE)
  }

  /** Compares the methods now; an overtaken answer is dropped. */
  async ask(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.isWrong) return
    const turn = ++this.#turn
    this.asking = true
    const said = await answer(this.#desk.client.simulation.lab(this.input))
    if (turn !== this.#turn) return
    this.asking = false
    this.result = said.ok ? said.value : undefined
    this.refusal = said.ok ? undefined : said.refusal
    const ids = this.result?.rows.map(({ id }) => id) ?? []
    if (this.chosen === undefined || !ids.includes(this.chosen)) this.chosen = bestOf(this.result)
  }

  /** Takes a text as the CSV, named for where it came from. */
  takeCsv(name: string, text: string): void {
    this.csvName = name
    this.csv = text
  }

  async #load(isFirst: boolean): Promise<void> {
    const source = await answer(this.#desk.client.simulation.source({}))
    this.strategies = source.ok ? source.value.choices.strategies : []
    // A book without usable trades begins with the example; choosing its trades says what is missing.
    if (isFirst && (!source.ok || source.value.missing !== null)) this.on = 'example'
    this.#ready = true
    await this.ask()
  }

  #on(): LabInput['on'] {
    if (this.on === 'csv') return { from: 'csv', text: this.csv }
    if (this.on === 'example') {
      return { from: 'example', skill: this.#text('skill'), days: this.#text('days'), seed: this.#text('seed') }
    }
    const trades = {
      ...(this.strategy === '' ? {} : { filter: { strategy: this.strategy } }),
      ...given('last', this.#text('last')),
    }
    return { from: 'trades', trades }
  }

  #wrongCsv(): string | undefined {
    if (this.csv.trim() === '')
      return 'Forecasts are empty; open a file or paste rows of date,symbol,forecast,return under that header.'
    return this.csv.length > MOST_TEXT
      ? `Forecasts have ${this.csv.length} characters; give at most ${MOST_TEXT}, so leave out early days.`
      : undefined
  }

  #wrong(field: LabField): string | undefined {
    const check = CHECKS[field]
    return check === undefined ? undefined : wrongWith(this.#text(field), check)
  }

  #text(field: LabField): string {
    return this.unread[field] ?? this[field]
  }
}

/** The method with the best Sharpe ratio. */
function bestOf(result: LabResult | undefined): string | undefined {
  return result?.rows.toSorted((a, b) => (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity))[0]?.id
}

/** The lab of this window, kept while another screen is shown. */
export const labOf = keptPerBook((desk) => new LabScreen(desk))
