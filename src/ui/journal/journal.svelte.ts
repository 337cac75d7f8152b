import type { RegimeSetting, TradeFilter } from '../../contract/edge.ts'
import type { JournalReview, TradeOrder, TradeView } from '../../contract/journal.ts'
import type { PortfolioStatus } from '../../contract/portfolio.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { endOfDay, startOfDay } from '../format/zone-date.ts'
import type { TableOrder } from '../kit/table-order.ts'
import { answer, type DeskClient } from '../rpc.ts'
import { writtenText } from './review-words.ts'

/** What the screen needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface JournalSource {
  readonly client: Pick<DeskClient, 'journal' | 'limits' | 'edge'>
  readonly timeZone: string
}

/** Columns the desk can order by. */
const ORDERS: readonly TradeOrder[] = ['exitAt', 'entryAt', 'symbol', 'strategy', 'quantity', 'fees', 'profit', 'r']
/** Rows asked for at first, and as many again each time; the desk never sends more than the most. */
const PAGE = 100
const MOST_ROWS = 5000

/** The journal: which trades are looked at, their list, their review, and the strategies together. */
export class JournalScreen {
  /** Filters as they are chosen; an empty one lets everything through. Dates are days of the account's zone. */
  strategy = $state('')
  symbol = $state('')
  tag = $state('')
  from = $state('')
  to = $state('')
  order = $state.raw<TableOrder>({ column: 'exitAt', way: 'descending' })
  rows = $state.raw<readonly TradeView[]>()
  total = $state(0)
  review = $state.raw<JournalReview>()
  loading = $state(false)
  status = $state.raw<PortfolioStatus>()
  statusRefusal = $state.raw<RefusalBody>()
  /** A risk budget tried out here as a share of equity; empty for the profile's own. */
  budget = $state('')
  regime = $state.raw<RegimeSetting>()
  regimeRefusal = $state.raw<RefusalBody>()

  readonly #desk: JournalSource
  #rowsTurn = 0
  #reviewTurn = 0
  #statusTurn = 0
  #limit = PAGE
  #followed: number | undefined

  readonly dates = $derived.by(() => readDates(this.from, this.to, this.#desk.timeZone))
  readonly filter = $derived<TradeFilter>({
    ...(this.strategy === '' ? {} : { strategy: this.strategy }),
    ...(this.symbol === '' ? {} : { symbol: this.symbol }),
    ...(this.tag === '' ? {} : { tag: this.tag }),
    ...this.dates.filter,
  })
  #rowsRefusal = $state.raw<RefusalBody>()
  #reviewRefusal = $state.raw<RefusalBody>()
  /** Why the list or the review is not known. */
  readonly refusal = $derived(this.#rowsRefusal ?? this.#reviewRefusal)
  readonly isFiltered = $derived(Object.keys(this.filter).length > 0)

  constructor(desk: JournalSource) {
    this.#desk = desk
  }

  /** Asks for everything anew when the count of changes is another one than last time. */
  follow(changes: number): void {
    if (changes === this.#followed) return
    this.#followed = changes
    void this.load()
    void this.loadStatus()
  }

  /** Asks for the list and the review of the trades the filter lets through; an overtaken answer is dropped. */
  async load(): Promise<void> {
    if (this.dates.wrong !== undefined) return
    const turn = ++this.#reviewTurn
    this.loading = true
    const [, review] = await Promise.all([this.#loadRows(), answer(this.#desk.client.journal.review(this.filter))])
    if (turn !== this.#reviewTurn) return
    this.loading = false
    this.review = review.ok ? review.value : undefined
    this.#reviewRefusal = review.ok ? undefined : review.refusal
  }

  /** Orders the list by a column; the desk orders, since not all rows are here. */
  async orderBy(order: TableOrder): Promise<void> {
    this.order = order
    await this.#loadRows()
  }

  /** Asks for more rows of the same list. */
  async more(): Promise<void> {
    this.#limit = Math.min(MOST_ROWS, this.#limit + PAGE)
    await this.#loadRows()
  }

  /** Every row of the filter for a file, as far as the desk sends them, and the sentence that tells how many of how many. */
  async exportTo(name: string): Promise<{ readonly rows?: readonly TradeView[]; readonly says: string }> {
    const { wrong } = this.dates
    if (wrong !== undefined) return { says: `No trades were written: ${wrong}` }
    const list = await answer(this.#desk.client.journal.trades({ ...this.#query(), limit: MOST_ROWS }))
    if (!list.ok) return { says: `No trades were written: ${list.refusal.says}` }
    const { rows, total } = list.value
    return { rows, says: writtenText(rows.length, total, name) }
  }

  /** Looks at all trades again. */
  clear(): void {
    this.strategy = this.symbol = this.tag = this.from = this.to = ''
    this.#limit = PAGE
    void this.load()
  }

  /** Asks how the strategies stand together, and which regime is set. */
  async loadStatus(): Promise<void> {
    const turn = ++this.#statusTurn
    const { client } = this.#desk
    const [status, regime] = await Promise.all([
      answer(client.limits.status(this.budget === '' ? {} : { budget: this.budget })),
      answer(client.edge.regime()),
    ])
    if (turn !== this.#statusTurn) return
    this.status = status.ok ? status.value : undefined
    this.statusRefusal = status.ok ? undefined : status.refusal
    this.regime = regime.ok ? regime.value : undefined
  }

  /** Sets the market regime by hand. */
  async setRegime(regime: RegimeSetting['regime'], quality: string): Promise<void> {
    const set = await answer(this.#desk.client.edge.setRegime({ regime, quality: quality === '' ? null : quality }))
    this.regimeRefusal = set.ok ? undefined : set.refusal
    if (set.ok) this.regime = set.value
  }

  /** The list alone: ordering it must not drop a review that is on its way. */
  async #loadRows(): Promise<void> {
    if (this.dates.wrong !== undefined) return
    const turn = ++this.#rowsTurn
    const list = await answer(this.#desk.client.journal.trades(this.#query()))
    if (turn !== this.#rowsTurn) return
    this.rows = list.ok ? list.value.rows : undefined
    this.total = list.ok ? list.value.total : 0
    this.#rowsRefusal = list.ok ? undefined : list.refusal
  }

  #query(): Parameters<DeskClient['journal']['trades']>[0] & object {
    const order = ORDERS.find((known) => known === this.order.column) ?? 'exitAt'
    return { filter: this.filter, order, way: this.order.way, limit: this.#limit }
  }
}

interface Dates {
  readonly filter: { readonly from?: number; readonly to?: number }
  readonly wrong: string | undefined
}

/** Two days as the instants they begin and end at; the last day is in. */
function readDates(from: string, to: string, zone: string): Dates {
  const start = from === '' ? undefined : startOfDay(from, zone)
  const end = to === '' ? undefined : endOfDay(to, zone)
  if ((from !== '' && start === undefined) || (to !== '' && end === undefined))
    return { filter: {}, wrong: 'A date is not understood: give year, month and day.' }
  if (start !== undefined && end !== undefined && start >= end)
    return { filter: {}, wrong: 'The first day lies after the last: exchange them.' }
  return {
    filter: { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end - 1 }) },
    wrong: undefined,
  }
}

/** The journal of this window, with its filter kept while another screen is shown. */
export const journalOf = keptPerBook((desk) => new JournalScreen(desk))
