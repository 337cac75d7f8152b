import type { DecisionRow, Verdict } from '../../contract/decisions.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { readSearch, type DecisionFilter } from './search-tokens.ts'

/** What the screen needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface AuditSource {
  readonly client: Pick<DeskClient, 'decisions' | 'audit'>
  readonly timeZone: string
}

type LogRow = Answers['audit']['rows'][number]
const pageSize = 100
const debounce = 150

/** The list of decisions, what is searched for in it, and the rows of the log itself. */
export class AuditScreen {
  shown = $state<'decisions' | 'rows'>('decisions')
  query = $state('')
  rows = $state.raw<readonly DecisionRow[]>()
  total = $state(0)
  refusal = $state.raw<RefusalBody>()
  loading = $state(false)
  logRows = $state.raw<readonly LogRow[]>()
  logRefusal = $state.raw<RefusalBody>()
  /** True once the log has no older rows. */
  logEnded = $state(false)
  verifying = $state(false)
  verifyRefusal = $state.raw<RefusalBody>()

  readonly #desk: AuditSource
  #turn = 0
  #followed = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly search = $derived.by(() => readSearch(this.query, this.#desk.timeZone))
  readonly filter = $derived<DecisionFilter>(this.search.ok ? this.search.filter : {})
  readonly isFiltered = $derived(this.query.trim() !== '')

  constructor(desk: AuditSource) {
    this.#desk = desk
  }

  /** Searches as one types; a search that is not understood changes nothing. */
  type(query: string): void {
    this.query = query
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.load(), debounce)
  }

  /** Asks anew for what is shown when the count of changes is another one than last time. */
  follow(shown: 'decisions' | 'rows', changes: number): void {
    const place = `${shown} ${changes}`
    if (place === this.#followed) return
    this.#followed = place
    void (shown === 'decisions' ? this.load() : this.loadLog())
  }

  /** Asks for the newest decisions of the filter, as many as are shown already. */
  async load(): Promise<void> {
    if (!this.search.ok) return
    const turn = ++this.#turn
    this.loading = true
    const limit = Math.min(500, Math.max(pageSize, this.rows?.length ?? 0))
    const page = await answer(this.#desk.client.decisions.list({ ...this.filter, limit }))
    if (turn !== this.#turn) return
    this.loading = false
    this.rows = page.ok ? page.value.rows : undefined
    this.total = page.ok ? page.value.total : 0
    this.refusal = page.ok ? undefined : page.refusal
  }

  /** Asks for the decisions before the last one shown. */
  async older(): Promise<void> {
    const last = this.rows?.at(-1)
    if (last === undefined || this.loading || !this.search.ok || (this.rows?.length ?? 0) >= this.total) return
    const turn = ++this.#turn
    this.loading = true
    const page = await answer(
      this.#desk.client.decisions.list({ ...this.filter, limit: pageSize, beforeSeq: last.seq }),
    )
    if (turn !== this.#turn) return
    this.loading = false
    if (page.ok) this.rows = [...(this.rows ?? []), ...page.value.rows]
    else this.refusal = page.refusal
  }

  /** Asks for the newest rows of the log. */
  async loadLog(): Promise<void> {
    const page = await answer(this.#desk.client.audit.rows({ limit: pageSize }))
    this.#takeLog(page.ok ? page.value : undefined, [], page.ok ? undefined : page.refusal)
  }

  /** Asks for the log rows before the last one shown. */
  async olderLog(): Promise<void> {
    const last = this.logRows?.at(-1)
    if (last === undefined || this.logEnded) return
    const page = await answer(this.#desk.client.audit.rows({ limit: pageSize, beforeSeq: last.seq }))
    this.#takeLog(page.ok ? page.value : undefined, this.logRows ?? [], page.ok ? undefined : page.refusal)
  }

  /** Walks the whole chain now; undefined when the desk refused, with the reason shown. */
  async verify(): Promise<Verdict | undefined> {
    if (this.verifying) return undefined
    this.verifying = true
    const verdict = await answer(this.#desk.client.audit.verify())
    this.verifying = false
    this.verifyRefusal = verdict.ok ? undefined : verdict.refusal
    return verdict.ok ? verdict.value : undefined
  }

  #takeLog(page: readonly LogRow[] | undefined, before: readonly LogRow[], refusal: RefusalBody | undefined): void {
    this.logRefusal = refusal
    if (page === undefined) return
    this.logRows = [...before, ...page]
    this.logEnded = page.length < pageSize
  }
}

/** The audit screen of this window, with its search kept while another screen is shown. */
export const auditScreenOf = keptPerBook((desk) => new AuditScreen(desk))
