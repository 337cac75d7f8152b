import type { ProgramView, PropFirmView } from '../../contract/prop-firm.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import type { OddsInput, OddsResult } from '../../contract/simulation/odds.ts'
import { decimalText, over, ratio } from '../format/ratio.ts'
import { answer, type DeskClient } from '../rpc.ts'
import { lastRequest } from '../ticket/last-request.ts'
import { wrongWith, type Allowed } from './field-checks.ts'
import { fractionOf, given, percentOf } from './figures.ts'
import { followStream } from './follow-stream.ts'
import type { ModelForm } from './model-form.svelte.ts'

/** What the odds need of the desk. */
export interface OddsSource {
  readonly client: Pick<DeskClient, 'simulation' | 'propFirm' | 'sizing'>
  readonly book: { readonly bookId: string } | undefined
}

/** The typed fields of the odds. */
export type OddsField = 'riskPerTrade' | 'orderRisk' | 'horizon' | 'paths' | 'initial'

const CHECKS: Readonly<Record<OddsField, Allowed>> = {
  riskPerTrade: { label: 'Risk a trade', unit: '%', from: 0, to: 100 },
  orderRisk: { label: 'Order', unit: '%', from: 0, to: 100 },
  horizon: { label: 'Days', from: 1, isWhole: true, isRequired: true },
  paths: { label: 'Accounts', from: 1, isWhole: true, isRequired: true },
  initial: { label: 'Balance', from: 0, isOpen: true, isRequired: true },
}
const FIELDS = Object.keys(CHECKS) as readonly OddsField[]
/** Fields of the desk beside those of this form. */
const PLACES: Readonly<Record<string, OddsField>> = {
  riskPerTrade: 'riskPerTrade',
  'order.risk': 'orderRisk',
  horizon: 'horizon',
  paths: 'paths',
  initial: 'initial',
}

/** The odds of a prop-firm challenge from the account's state today, as typed and as answered. */
export class OddsForm {
  programs = $state.raw<readonly ProgramView[]>([])
  /** The program of the account; `null` where it has none. */
  own = $state.raw<PropFirmView | null>(null)
  /** Empty for the account's own. */
  programId = $state('')
  initial = $state('100000')
  riskPerTrade = $state('')
  /** Risk of the next order in per cent of the initial balance; empty without one. */
  orderRisk = $state('')
  horizon = $state('60')
  paths = $state('5000')
  seed = $state('1')
  unread = $state<Partial<Record<OddsField, string | undefined>>>({})
  result = $state.raw<OddsResult>()
  refusal = $state.raw<RefusalBody>()
  progress = $state.raw<{ readonly done: number; readonly of: number }>()
  left = $state<string>()
  /** What the order on the ticket came to, or why there is none. */
  ticketSays = $state<string>()

  readonly #desk: OddsSource
  readonly #model: ModelForm
  #stop: AbortController | undefined

  readonly faults = $derived.by(() => {
    const found: Partial<Record<OddsField, string>> = {}
    for (const field of FIELDS) {
      const wrong = wrongWith(this.#text(field), CHECKS[field])
      if (wrong !== undefined) found[field] = wrong
    }
    const place = PLACES[this.refusal?.field ?? '']
    if (place !== undefined && this.refusal !== undefined) found[place] ??= this.refusal.says
    return found
  })
  /** The refusal where no field has it. */
  readonly rest = $derived(PLACES[this.refusal?.field ?? ''] === undefined ? this.refusal?.says : undefined)
  readonly input = $derived.by<OddsInput>(() => ({
    ...given('programId', this.programId),
    ...(this.programId === '' ? {} : given('initial', this.#text('initial'))),
    trades: this.#model.trades,
    ...given('riskPerTrade', fractionOf(this.#text('riskPerTrade'))),
    ...(this.#text('orderRisk') === '' ? {} : { order: { risk: fractionOf(this.#text('orderRisk')) } }),
    horizon: this.#text('horizon'),
    paths: this.#text('paths'),
    seed: this.seed,
  }))

  constructor(desk: OddsSource, model: ModelForm) {
    this.#desk = desk
    this.#model = model
  }

  /** Asks which programs there are and which one the account is in. */
  async load(): Promise<void> {
    const { propFirm } = this.#desk.client
    const [programs, own] = await Promise.all([answer(propFirm.programs()), answer(propFirm.get())])
    this.programs = programs.ok ? programs.value : []
    this.own = own.ok ? own.value : null
    if (this.own === null && this.programId === '') this.programId = this.programs[0]?.id ?? ''
  }

  /** Takes the risk of the order that the ticket asked about last. */
  async takeTicket(): Promise<void> {
    const request = lastRequest(this.#desk.book?.bookId)
    if (request === undefined) {
      this.ticketSays = 'The ticket holds no order yet: size one there, then come back.'
      return
    }
    const said = await answer(this.#desk.client.sizing.preview({ request }))
    if (!said.ok) {
      this.ticketSays = said.refusal.says
      return
    }
    const { riskAmount, riskFraction, quantity, symbol, currency } = said.value
    const initial = this.own === null || this.programId !== '' ? undefined : this.own.initial
    const share = initial === undefined ? riskFraction : decimalText(over(ratio(riskAmount), ratio(initial)), 8)
    if (share === null || Number(quantity) === 0) {
      this.ticketSays = `The order in ${symbol} has a size of 0: ${said.value.says}`
      return
    }
    this.orderRisk = percentOf(share)
    this.ticketSays = `${quantity} ${symbol} risks ${riskAmount} ${currency}.`
  }

  /** Works the odds out; what is not finished is not shown. */
  async run(): Promise<void> {
    if (FIELDS.some((field) => wrongWith(this.#text(field), CHECKS[field]) !== undefined)) return
    this.#stop?.abort()
    const stop = new AbortController()
    this.#stop = stop
    this.left = undefined
    this.progress = { done: 0, of: 0 }
    const { simulation } = this.#desk.client
    const end = await followStream(
      (signal) => simulation.propFirm(this.input, { signal }),
      stop.signal,
      (done, of) => {
        if (this.#stop === stop) this.progress = { done, of }
      },
    )
    if (this.#stop !== stop) return
    this.#stop = undefined
    this.progress = undefined
    if (end.kind === 'left') return
    this.result = end.kind === 'done' ? end.result : undefined
    this.refusal = end.kind === 'refused' ? end.refusal : undefined
  }

  /** Leaves the run; tells whether there was one. */
  cancel(): boolean {
    if (this.#stop === undefined) return false
    this.#stop.abort()
    this.#stop = undefined
    this.progress = undefined
    this.left = 'The odds were cancelled: nothing of them is shown.'
    return true
  }

  #text(field: OddsField): string {
    return this.unread[field] ?? this[field]
  }
}
