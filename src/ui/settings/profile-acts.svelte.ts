import type { ProfileView } from '../../contract/profile.ts'
import type { ProfileComparison, SideBySide } from '../../contract/profile-change.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import type { OrderRequest } from '../../contract/sizing.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { Question } from '../ticket/question.svelte.ts'

/** What the acts on profiles need of the desk. */
export interface ActsSource {
  readonly client: Pick<DeskClient, 'profile' | 'market' | 'sizing'>
}

/** One stored version of a profile. */
export type ProfileVersion = Answers['profile']['versions'][number]

/** What is left as it is, and what stands for the book's own, in a picker. */
export const AS_IT_IS = ''
/** Taken back to what the book says. */
export const AS_THE_BOOK = '-'

/** Earlier versions, and who is sized by what: each act is looked at before it is done, and can be taken back. */
export class ProfileActs {
  view = $state.raw<ProfileView>()
  versions = $state.raw<readonly ProfileVersion[]>([])
  known = $state.raw<Answers['profile']['list']>([])
  strategies = $state.raw<readonly { readonly code: string; readonly method: string | null }[]>([])
  methods = $state.raw<Answers['sizing']['methods']>([])
  /** `name@version` of the version looked at. */
  looked = $state<string>()
  whom = $state('all')
  profile = $state(AS_IT_IS)
  method = $state(AS_IT_IS)
  reason = $state('')
  reasonAsked = $state<string>()
  refusal = $state.raw<RefusalBody>()
  busy = $state(false)

  readonly diff = new Question<ProfileComparison>()
  readonly beside = new Question<SideBySide[]>()
  readonly #desk: ActsSource

  readonly version = $derived(this.versions.find((one) => keyOf(one) === this.looked))
  /** Whether an assignment has been chosen that would change something. */
  readonly isChosen = $derived(this.profile !== AS_IT_IS || this.method !== AS_IT_IS)

  constructor(desk: ActsSource) {
    this.#desk = desk
    this.diff.open = true
    this.beside.open = true
  }

  /** Asks for everything these acts choose from. */
  async load(): Promise<void> {
    const { client } = this.#desk
    const [view, versions, known, strategies, methods] = await Promise.all([
      answer(client.profile.get()),
      answer(client.profile.versions()),
      answer(client.profile.list()),
      answer(client.market.strategies()),
      answer(client.sizing.methods()),
    ])
    this.view = view.ok ? view.value : undefined
    this.refusal = view.ok ? undefined : view.refusal
    this.versions = versions.ok ? versions.value : []
    this.known = known.ok ? known.value : []
    this.strategies = strategies.ok ? strategies.value : []
    this.methods = methods.ok ? methods.value : []
  }

  /** Looks at what an earlier version would change, also of an order. */
  look(version: ProfileVersion, request: OrderRequest | undefined): void {
    this.looked = keyOf(version)
    this.#forget()
    const { name, version: number } = version
    this.diff.askSoon(() =>
      this.#desk.client.profile.compare({ name, version: number, ...(request === undefined ? {} : { request }) }),
    )
  }

  /** Puts the version looked at in force; true when it was taken. */
  async revert(): Promise<boolean> {
    const { version } = this
    if (version === undefined) return false
    const { name, version: number } = version
    return this.#act(() => this.#desk.client.profile.revert({ name, version: number, ...this.#why() }))
  }

  /** Asks what the chosen profile and method make of the last decisions. */
  lookBeside(): void {
    this.#forget()
    const { whom, profile, method } = this
    if (!this.isChosen) return
    const name = profile === AS_IT_IS || profile === AS_THE_BOOK ? this.view?.name : profile
    this.beside.askSoon(() =>
      this.#desk.client.profile.sideBySide({
        ...(name === undefined ? {} : { name }),
        ...(method === AS_IT_IS || method === AS_THE_BOOK ? {} : { method }),
        ...(whom === 'all' ? {} : { strategy: whom }),
      }),
    )
  }

  /** Sizes the chosen orders by the chosen profile and method; true when it was taken. */
  async assign(): Promise<boolean> {
    const { whom, profile, method } = this
    const done = await this.#act(() =>
      this.#desk.client.profile.assign({
        strategies: whom === 'all' ? 'all' : [whom],
        ...(profile === AS_IT_IS ? {} : { profile: profile === AS_THE_BOOK ? null : profile }),
        ...(method === AS_IT_IS ? {} : { method: method === AS_THE_BOOK ? null : method }),
        ...this.#why(),
      }),
    )
    if (done) this.profile = this.method = AS_IT_IS
    return done
  }

  /** Takes the last assignment back; true when it was. */
  undo(): Promise<boolean> {
    return this.#act(() => this.#desk.client.profile.undoAssignment(this.#why()))
  }

  async #act(call: () => Promise<ProfileView>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    const done = await answer(call())
    this.busy = false
    this.#forget()
    if (!done.ok) {
      if (done.refusal.field === 'reason') this.reasonAsked = done.refusal.says
      else this.refusal = done.refusal
      return false
    }
    this.reason = ''
    await this.load()
    return true
  }

  #forget(): void {
    this.refusal = undefined
    this.reasonAsked = undefined
  }

  #why(): { reason?: string } {
    return this.reason.trim() === '' ? {} : { reason: this.reason.trim() }
  }
}

/** The key of a version in a list. */
export const keyOf = ({ name, version }: ProfileVersion): string => `${name}@${version}`

/** The acts on profiles of this window, with what was chosen kept while another screen is shown. */
export const profileActsOf = keptPerBook((desk) => new ProfileActs(desk))
