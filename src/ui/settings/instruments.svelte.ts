import type { Instrument } from '../../contract/market.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type DeskClient } from '../rpc.ts'
import { faultsByPath } from './faults-by-path.ts'
import {
  draftFaults,
  draftOf,
  instrumentOf,
  newDraft,
  type DraftFaults,
  type InstrumentDraft,
} from './instrument-draft.ts'

/** What the form needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface InstrumentsSource {
  readonly client: Pick<DeskClient, 'market'>
  readonly account: { readonly currency: string } | undefined
}

/** The instruments of the book, and the one being typed; what was typed stays until it is saved or dropped. */
export class Instruments {
  all = $state.raw<readonly Instrument[]>()
  refusal = $state.raw<RefusalBody>()
  query = $state('')
  /** Symbol of the instrument shown; undefined for none, empty for a new one. */
  selected = $state<string>()
  draft = $state.raw<InstrumentDraft>()
  refused = $state.raw<DraftFaults>({})
  rest = $state<string>()
  /** Empty fields count as faults once Save was tried. */
  tried = $state(false)
  busy = $state(false)

  readonly #desk: InstrumentsSource
  #before: InstrumentDraft | undefined

  readonly found = $derived.by(() => {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean)
    return (this.all ?? []).filter(({ symbol, name, assetClass, clusters, currency }) => {
      const text = `${symbol} ${name} ${assetClass} ${currency} ${clusters.join(' ')}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
  })
  readonly changes = $derived.by(() => {
    const { draft } = this
    if (draft === undefined) return []
    const before = this.#before
    return (Object.keys(draft) as (keyof Instrument)[]).filter((name) => draft[name] !== before?.[name])
  })
  readonly isChanged = $derived(this.changes.length > 0)
  readonly faults = $derived.by<DraftFaults>(() => {
    if (this.draft === undefined) return {}
    const own = draftFaults(this.draft)
    const shown = this.tried
      ? own
      : Object.fromEntries(Object.entries(own).filter(([name]) => this.draft?.[name as keyof Instrument] !== ''))
    return { ...this.refused, ...shown }
  })

  constructor(desk: InstrumentsSource) {
    this.#desk = desk
  }

  /** Asks for the instruments; what is typed stays. */
  async load(): Promise<void> {
    const all = await answer(this.#desk.client.market.instruments())
    this.all = all.ok ? all.value : undefined
    this.refusal = all.ok ? undefined : all.refusal
  }

  /** Shows an instrument for editing; nothing happens while another one has changes that are not saved. */
  show(symbol: string): void {
    const instrument = this.all?.find((one) => one.symbol === symbol)
    if (instrument === undefined || this.isChanged) return
    this.#start(symbol, draftOf(instrument))
  }

  /** Starts a new instrument with what is usual for its class. */
  startNew(assetClass: Instrument['assetClass']): void {
    this.#start('', newDraft(assetClass, this.#desk.account?.currency ?? ''))
  }

  /** Types into a field; a new instrument of another class gets what is usual there. */
  type(name: keyof Instrument, typed: string): void {
    if (this.draft === undefined || this.draft[name] === typed) return
    const { [name]: mended, ...refused } = this.refused
    if (mended !== undefined) this.refused = refused
    this.rest = undefined
    this.draft = { ...this.draft, [name]: typed }
  }

  /** Saves the typed instrument; its symbol when it was taken. */
  async save(): Promise<string | undefined> {
    this.tried = true
    if (this.draft === undefined || this.busy || Object.keys(this.faults).length > 0) return undefined
    this.busy = true
    const saved = await answer(this.#desk.client.market.saveInstrument(instrumentOf(this.draft)))
    this.busy = false
    if (!saved.ok) {
      const names = Object.keys(this.draft)
      const paths = [...names, ...names.map((name) => `instrument.${name}`)]
      const { byPath, rest } = faultsByPath(saved.refusal.says, saved.refusal.field, paths)
      this.refused = Object.fromEntries(
        Object.entries(byPath).map(([path, says]) => [path.replace('instrument.', ''), says]),
      )
      this.rest = rest
      return undefined
    }
    await this.load()
    this.#start(saved.value.symbol, draftOf(saved.value))
    return saved.value.symbol
  }

  /** Drops what was typed and not saved. */
  drop(): void {
    if (this.selected === '' || this.#before === undefined) {
      this.selected = undefined
      this.draft = undefined
    } else this.#start(this.selected ?? '', this.#before)
    this.refused = {}
    this.rest = undefined
  }

  #start(symbol: string, draft: InstrumentDraft): void {
    this.#before = symbol === '' ? undefined : draft
    this.selected = symbol
    this.draft = draft
    this.refused = {}
    this.rest = undefined
    this.tried = false
  }
}

/** The instruments of this window, with what was typed kept while another screen is shown. */
export const instrumentsOf = keptPerBook((desk) => new Instruments(desk))
