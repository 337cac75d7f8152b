import type { BookView } from '../../contract/books.ts'
import type { BarSeries, Instrument, InstrumentFacts, Strategy } from '../../contract/market.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import type { Decision, OrderRequest, RecordedDecision } from '../../contract/sizing.ts'
import { numberText } from '../format/number-text.ts'
import { answer, type Answer, type Answers, type DeskClient } from '../rpc.ts'
import { inWords } from './decision-text.ts'
import { firstEntry } from './first-entry.ts'
import { keepRequest } from './last-request.ts'
import { Forecast } from './forecast.svelte.ts'
import { riskFraction, riskIn, riskUnits, unitWorth, type RiskUnit } from './risk-unit.ts'

/** What the ticket needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface TicketDesk {
  readonly client: Pick<DeskClient, 'sizing' | 'market' | 'profile' | 'whatIf'>
  readonly book: BookView | undefined
  readonly equity: string | undefined
}

type PriceField = 'entry' | 'stop' | 'target'
type NumberName = PriceField | 'risk' | 'quantity'

const debounce = 40
const lastSymbol = (bookId: string): string => `ballast.ticket.symbol.${bookId}`
const keptUnit = 'ballast.ticket.unit'

/** One order being thought about: what was typed, what the desk says of it, and what was recorded. */
export class Ticket {
  symbol = $state('')
  side = $state<'buy' | 'sell'>('buy')
  entry = $state('')
  stop = $state('')
  target = $state('')
  risk = $state('')
  quantity = $state('')
  strategy = $state('')
  method = $state('')
  note = $state('')
  unit = $state<RiskUnit>('percent')
  /** Typed text that is no number yet, by field: it goes to the desk as it is, so that it is refused and never left out. */
  unread = $state<Partial<Record<NumberName, string | undefined>>>({})

  instruments = $state.raw<readonly Instrument[]>([])
  strategies = $state.raw<readonly Strategy[]>([])
  methods = $state.raw<Answers['sizing']['methods']>([])
  ownRisk = $state<string>()
  facts = $state.raw<InstrumentFacts>()
  factsRefusal = $state.raw<RefusalBody>()
  bars = $state.raw<BarSeries>()
  interval = $state<BarSeries['interval']>()

  decision = $state.raw<Decision>()
  refusal = $state.raw<RefusalBody>()
  recorded = $state.raw<RecordedDecision>()
  recording = $state(false)
  loaded = $state(false)

  readonly forecast = new Forecast()
  readonly #desk: TicketDesk
  #turn = 0
  #stopAsking: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking: Promise<void> | undefined
  #decisionId: string | undefined
  #lookTurn = 0
  #fresh = false

  readonly worth = $derived.by(() => unitWorth(this.#desk.equity, this.facts?.tickValue ?? undefined, this.ownRisk))
  readonly riskFraction = $derived(riskFraction(this.risk, this.unit, this.worth))
  readonly tick = $derived(this.facts?.instrument.tickSize ?? '0.01')
  readonly request = $derived.by<OrderRequest>(() => ({
    symbol: orNull(this.symbol),
    side: this.side,
    entry: this.unread.entry ?? orNull(this.entry),
    stop: this.unread.stop ?? orNull(this.stop),
    target: this.unread.target ?? orNull(this.target),
    quantity: this.unread.quantity ?? orNull(this.quantity),
    risk: this.unread.risk ?? this.riskFraction ?? (this.risk === '' ? null : `${this.risk} ${this.unit}`),
    strategy: orNull(this.strategy),
    method: orNull(this.method),
    ...this.forecast.request,
    note: orNull(this.note.trim()),
  }))

  constructor(desk: TicketDesk) {
    this.#desk = desk
    const unit = riskUnits.find((one) => one === localStorage.getItem(keptUnit))
    if (unit !== undefined) this.unit = unit
  }

  /** Asks for what the pickers offer and goes back to the instrument this book was left at. */
  async load(): Promise<void> {
    const { client, book } = this.#desk
    const [instruments, strategies, methods, profile] = await Promise.all([
      answer(client.market.instruments()),
      answer(client.market.strategies()),
      answer(client.sizing.methods()),
      answer(client.profile.get()),
    ])
    if (instruments.ok) this.instruments = instruments.value.filter(({ enabled }) => enabled)
    if (strategies.ok) this.strategies = strategies.value.filter(({ enabled }) => enabled)
    if (methods.ok) this.methods = methods.value
    this.ownRisk = profile.ok
      ? profile.value.settings.find(({ path, kind }) => kind === 'fraction' && path.includes('fixed_risk.'))?.value
      : undefined
    this.loaded = true
    if (this.symbol !== '') return this.look()
    const last = book === undefined ? null : localStorage.getItem(lastSymbol(book.bookId))
    const known = this.instruments.find(({ symbol }) => symbol === last)
    const first = known ?? (book?.kind === 'sample' ? this.instruments[0] : undefined)
    if (first !== undefined) await this.choose(first.symbol)
  }

  /** Takes an instrument: prices of another one are cleared, and the entry starts at the last price. */
  async choose(symbol: string): Promise<void> {
    if (symbol === this.symbol) return
    this.symbol = symbol
    this.entry = this.stop = this.target = this.quantity = ''
    this.unread = {}
    this.forecast.clear()
    this.facts = this.bars = this.interval = undefined
    this.#fresh = true
    await this.look()
  }

  /** Asks again for the instrument's facts and bars; only the answer to the latest question is kept. */
  async look(interval = this.interval): Promise<void> {
    const { symbol } = this
    if (symbol === '') return
    this.#lookTurn += 1
    const turn = this.#lookTurn
    const { client } = this.#desk
    const [facts, bars] = await Promise.all([
      answer(client.market.facts({ symbol })),
      answer(client.market.bars({ symbol, limit: 70, ...(interval === undefined ? {} : { interval }) })),
    ])
    if (turn !== this.#lookTurn) return
    this.facts = facts.ok ? facts.value : undefined
    this.factsRefusal = facts.ok ? undefined : facts.refusal
    this.bars = bars.ok && bars.value.at.length > 0 ? bars.value : undefined
    this.interval = bars.ok ? bars.value.interval : undefined
    if (facts.ok && this.#fresh) this.#begin(facts.value)
  }

  /** The first look at an instrument gives the entry, and is where this book goes back to. */
  #begin({ last, instrument }: InstrumentFacts): void {
    this.#fresh = false
    if (this.entry === '') this.entry = firstEntry(last.value, instrument.tickSize)
    const { book } = this.#desk
    if (book !== undefined) localStorage.setItem(lastSymbol(book.bookId), instrument.symbol)
  }

  /** Writes the typed risk in the next unit whose worth is known. */
  cycleUnit(step: 1 | -1): void {
    const open = riskUnits.filter((unit) => this.worth[unit] !== undefined)
    const at = open.indexOf(this.unit)
    const next = open[(at + step + open.length) % open.length]
    if (next !== undefined) this.useUnit(next)
  }

  /** Shows risks in a unit; a risk that was typed keeps its size. */
  useUnit(unit: RiskUnit): void {
    const fraction = this.riskFraction
    this.unit = unit
    localStorage.setItem(keptUnit, unit)
    if (fraction !== undefined) this.risk = riskIn(fraction, unit, this.worth) ?? ''
  }

  /** Sets a price as text, from a tag, a key or the pointer. */
  setPrice(field: PriceField, price: string): void {
    this[field] = price
    this.unread = { ...this.unread, [field]: undefined }
  }

  /** Notes what was typed in a field and is no number yet. */
  leaveUnread(field: NumberName, typed: string | undefined): void {
    if (this.unread[field] !== typed) this.unread = { ...this.unread, [field]: typed }
  }

  /** Asks what the desk makes of the order as it stands, in a moment; an earlier question is dropped. */
  askSoon(): void {
    this.recorded = undefined
    this.#decisionId = undefined
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.ask(), debounce)
  }

  /** Asks now; only the answer to the latest question is kept. */
  ask(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#asking = this.#ask()
    return this.#asking
  }

  async #ask(): Promise<void> {
    const turn = (this.#turn += 1)
    this.#stopAsking?.abort()
    if (this.symbol === '') {
      this.decision = this.refusal = undefined
      return
    }
    const { signal } = (this.#stopAsking = new AbortController())
    keepRequest(this.#desk.book?.bookId, this.request)
    const said = await answer(this.#desk.client.sizing.preview({ request: this.request }, { signal }))
    if (turn !== this.#turn) return
    this.decision = said.ok ? said.value : undefined
    this.refusal = said.ok ? undefined : said.refusal
  }

  /** Records the order as it stands, once however often this is called; answers with what that very order became, if anything. */
  async record(): Promise<RecordedDecision | undefined> {
    if (this.recording || this.recorded !== undefined || this.symbol === '') return this.recorded
    this.recording = true
    const order = JSON.stringify(this.request)
    await (this.#timer === undefined ? this.#asking : this.ask())
    const said = order === JSON.stringify(this.request) ? await this.#decide() : undefined
    this.recording = false
    if (said !== undefined) this.refusal = said.ok ? undefined : said.refusal
    if (said?.ok !== true) return undefined
    return (this.recorded = this.decision = said.value)
  }

  /** Nothing where the order was edited meanwhile. */
  async #decide(): Promise<Answer<RecordedDecision> | undefined> {
    const decisionId = (this.#decisionId ??= crypto.randomUUID())
    const said = await answer(this.#desk.client.sizing.decide({ request: this.request, decisionId }))
    return this.#decisionId === decisionId ? said : undefined
  }

  /** The sentence about one field, when the desk refused it and something was typed there. */
  faultOf(field: NumberName | 'symbol' | 'strategy' | 'method'): string | undefined {
    const typed = field in this.unread && this.unread[field as NumberName] !== undefined ? 'x' : this[field]
    if (typed === '') return undefined
    const says = this.decision?.reasons.find((reason) => reason.field?.replace('request.', '') === field)?.says
    return says === undefined ? undefined : inWords(says)
  }

  /** The size in words for those who listen. */
  get spoken(): string {
    const { decision, refusal } = this
    if (refusal !== undefined) return `No size: ${refusal.says}`
    if (decision === undefined) return ''
    return decision.outcome === 'rejected'
      ? inWords(decision.says)
      : `Size ${numberText(decision.quantity)}. ${inWords(decision.says)}`
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text)
