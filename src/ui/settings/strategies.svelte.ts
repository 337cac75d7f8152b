import type { Strategy } from '../../contract/market.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { compare, isDecimalText, ratio } from '../format/ratio.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { keptValue, shownValue } from './setting-text.ts'

/** A strategy as typed: the budget in per cent, empty where there is none. */
export interface StrategyDraft {
  readonly code: string
  readonly budget: string
  readonly fixedQuantity: string
  readonly method: string
  readonly enabled: string
}

type Field = keyof StrategyDraft
const blank: StrategyDraft = { code: '', budget: '', fixedQuantity: '', method: '', enabled: 'true' }

/** The strategies of the book, and the one being typed. */
export class Strategies {
  all = $state.raw<readonly Strategy[]>()
  methods = $state.raw<Answers['sizing']['methods']>([])
  refusal = $state.raw<RefusalBody>()
  /** Code of the strategy shown; undefined for none, empty for a new one. */
  selected = $state<string>()
  draft = $state.raw<StrategyDraft>()
  refused = $state.raw<Readonly<Partial<Record<Field, string>>>>({})
  rest = $state<string>()
  busy = $state(false)

  readonly #desk: { readonly client: Pick<DeskClient, 'market' | 'sizing'> }
  #before: StrategyDraft = blank

  readonly changes = $derived.by(() => {
    const { draft } = this
    const before = this.#before
    return draft === undefined ? [] : (Object.keys(draft) as Field[]).filter((name) => draft[name] !== before[name])
  })
  readonly isChanged = $derived(this.changes.length > 0)
  readonly faults = $derived<Readonly<Partial<Record<Field, string>>>>({
    ...this.refused,
    ...(this.draft === undefined ? {} : draftFaults(this.draft)),
  })

  constructor(desk: { readonly client: Pick<DeskClient, 'market' | 'sizing'> }) {
    this.#desk = desk
  }

  /** Asks for the strategies and the methods there are; what is typed stays. */
  async load(): Promise<void> {
    const [all, methods] = await Promise.all([
      answer(this.#desk.client.market.strategies()),
      answer(this.#desk.client.sizing.methods()),
    ])
    this.all = all.ok ? all.value : undefined
    this.refusal = all.ok ? undefined : all.refusal
    this.methods = methods.ok ? methods.value : []
  }

  /** Shows a strategy for editing, or starts a new one; nothing happens while changes are not saved. */
  show(code: string): void {
    if (this.isChanged) return
    const strategy = this.all?.find((one) => one.code === code)
    this.#start(code, strategy === undefined ? blank : draftOf(strategy))
  }

  /** Types into a field. */
  type(name: Field, typed: string): void {
    if (this.draft === undefined || this.draft[name] === typed) return
    this.refused = {}
    this.rest = undefined
    this.draft = { ...this.draft, [name]: typed }
  }

  /** Saves the typed strategy; its code when it was taken. */
  async save(): Promise<string | undefined> {
    if (this.draft === undefined || this.busy || Object.keys(this.faults).length > 0) return undefined
    const { code, budget, fixedQuantity, method, enabled } = this.draft
    this.busy = true
    const saved = await answer(
      this.#desk.client.market.saveStrategy({
        code: code.trim(),
        budget: budget === '' ? null : keptValue('fraction', budget),
        fixedQuantity: fixedQuantity === '' ? null : fixedQuantity,
        method: method === '' ? null : method,
        enabled: enabled === 'true',
      }),
    )
    this.busy = false
    if (!saved.ok) {
      const field = saved.refusal.field
      if (field !== undefined && field in blank) this.refused = { [field]: saved.refusal.says }
      else this.rest = saved.refusal.says
      return undefined
    }
    await this.load()
    this.#start(saved.value.code, draftOf(saved.value))
    return saved.value.code
  }

  /** Drops what was typed and not saved. */
  drop(): void {
    if (this.selected === '') {
      this.selected = undefined
      this.draft = undefined
      this.refused = {}
      this.rest = undefined
    } else this.#start(this.selected ?? '', this.#before)
  }

  #start(code: string, draft: StrategyDraft): void {
    this.#before = draft
    this.selected = code
    this.draft = draft
    this.refused = {}
    this.rest = undefined
  }
}

function draftOf({ code, budget, fixedQuantity, method, enabled }: Strategy): StrategyDraft {
  return {
    code,
    budget: budget === null ? '' : shownValue('fraction', budget),
    fixedQuantity: fixedQuantity ?? '',
    method: method ?? '',
    enabled: String(enabled),
  }
}

function draftFaults({ code, budget, fixedQuantity }: StrategyDraft): Partial<Record<Field, string>> {
  return {
    ...(code.trim() === '' ? { code: 'Code is empty: give the strategy a short name.' } : {}),
    ...(budget !== '' && !isAtLeastZero(budget)
      ? { budget: `Budget “${budget}” must be a share of equity in per cent, 0 or more.` }
      : {}),
    ...(fixedQuantity !== '' && !isAtLeastZero(fixedQuantity)
      ? { fixedQuantity: `Fixed quantity “${fixedQuantity}” must be a number of units, 0 or more.` }
      : {}),
  }
}

const isAtLeastZero = (text: string): boolean => isDecimalText(text) && compare(ratio(text), ratio('0')) >= 0

/** The strategies of this window, with what was typed kept while another screen is shown. */
export const strategiesOf = keptPerBook((desk) => new Strategies(desk))
