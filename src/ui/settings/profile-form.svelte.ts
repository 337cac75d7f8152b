import type { ProfileView, RuleView, SettingView } from '../../contract/profile.ts'
import type { ProfileComparison } from '../../contract/profile-change.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import type { OrderRequest } from '../../contract/sizing.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answer, type Answers, type DeskClient } from '../rpc.ts'
import { Question } from '../ticket/question.svelte.ts'
import { faultsByPath } from './faults-by-path.ts'
import { settingFault } from './setting-text.ts'

/** What the form needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface ProfileSource {
  readonly client: Pick<DeskClient, 'profile'>
}

/** One heading of the form: its rule where it has a switch, and its settings. */
export interface SettingGroup {
  readonly section: string
  readonly rule: RuleView | undefined
  readonly settings: readonly SettingView[]
}

/** The active profile as a form: what was typed stays until it is saved or dropped, and all faults are shown at once. */
export class ProfileForm {
  profile = $state.raw<ProfileView>()
  refusal = $state.raw<RefusalBody>()
  known = $state.raw<Answers['profile']['list']>([])
  /** Typed values by path, and switches as `on` or `off`, where they differ from the saved ones. */
  drafts = $state.raw<Readonly<Record<string, string>>>({})
  /** What the desk refused, by path. */
  refused = $state.raw<Readonly<Record<string, string>>>({})
  /** What the desk refused and no field stands for. */
  rest = $state<string>()
  /** Why a limit is to allow more; asked for when the desk wants to know. */
  reason = $state('')
  /** The desk's question for the reason, while it stands. */
  reasonAsked = $state<string>()
  filter = $state('')
  busy = $state(false)

  /** What the typed changes, or a profile looked at, would do; also to the order on the ticket. */
  readonly diff = new Question<ProfileComparison>()
  readonly #desk: ProfileSource

  readonly changedPaths = $derived(Object.keys(this.drafts))
  readonly isChanged = $derived(this.changedPaths.length > 0)
  /** What speaks against the typed values, by path: found here at once, or answered by the desk. */
  readonly faults = $derived.by(() => {
    const faults: Record<string, string> = { ...this.refused }
    for (const setting of this.profile?.settings ?? []) {
      const typed = this.drafts[setting.path]
      const fault = typed === undefined ? undefined : settingFault(setting, typed)
      if (fault !== undefined) faults[setting.path] = fault
    }
    return faults
  })
  /** The settings that match the filter, under their headings, in the order of the profile. */
  readonly groups = $derived.by(() => {
    const { settings = [], rules = [] } = this.profile ?? {}
    const bySection = Object.groupBy(settings, ({ section }) => section)
    const sections = [...settings, ...rules].map(({ section }) => section)
    return sections
      .filter((section, at) => sections.indexOf(section) === at)
      .flatMap((section): SettingGroup[] => {
        const rule = rules.find((one) => one.section === section)
        const shown = (bySection[section] ?? []).filter((setting) => this.#matches(setting, rule))
        const isOff = rule !== undefined && !this.isOn(rule)
        if (shown.length === 0 && (rule === undefined || !this.#hits(`${section} ${rule.says}`))) return []
        return [{ section, rule, settings: isOff ? [] : shown }]
      })
  })

  constructor(desk: ProfileSource) {
    this.#desk = desk
  }

  /** Asks for the active profile and those there are; typed values stay. */
  async load(): Promise<void> {
    const [profile, known] = await Promise.all([
      answer(this.#desk.client.profile.get()),
      answer(this.#desk.client.profile.list()),
    ])
    this.refusal = profile.ok ? undefined : profile.refusal
    this.known = known.ok ? known.value : []
    if (profile.ok) this.#take(profile.value)
    else this.profile = undefined
  }

  /** The value of a setting as it stands in the form. */
  valueOf({ path, value }: SettingView): string {
    return this.drafts[path] ?? value
  }

  /** Whether a rule is on as it stands in the form. */
  isOn({ path, on }: RuleView): boolean {
    const typed = this.drafts[path]
    return typed === undefined ? on : typed === 'on'
  }

  /** Types a value; the saved value again is no change. */
  type({ path, value }: SettingView, typed: string): void {
    this.#put(path, typed, value)
  }

  /** Switches a rule; what was typed into its settings is dropped with it. */
  switch(rule: RuleView, on: boolean): void {
    const kept = Object.entries(this.drafts).filter(([path]) => on || !path.startsWith(`${rule.path}.`))
    this.drafts = Object.fromEntries(kept)
    this.#put(rule.path, on ? 'on' : 'off', rule.on ? 'on' : 'off')
  }

  /** Saves all changes at once, or none; true when they were taken. */
  async save(): Promise<boolean> {
    if (!this.isChanged || this.busy || Object.keys(this.faults).length > 0) return false
    const changes = Object.entries(this.drafts).map(([path, value]) => ({ path, value }))
    return this.#act(() => this.#desk.client.profile.change({ changes, ...this.#why() }))
  }

  /** Asks what the typed changes would do; nothing is asked while one of them is at fault. */
  compareSoon(request: OrderRequest | undefined): void {
    this.diff.open = this.isChanged && Object.keys(this.faults).length === 0
    const changes = Object.entries(this.drafts).map(([path, value]) => ({ path, value }))
    this.diff.askSoon(() =>
      this.#desk.client.profile.compare({ changes, ...(request === undefined ? {} : { request }) }),
    )
  }

  /** Asks what another profile would do. */
  lookAt(name: string, request: OrderRequest | undefined): void {
    this.diff.open = true
    this.diff.askSoon(() => this.#desk.client.profile.compare({ name, ...(request === undefined ? {} : { request }) }))
  }

  /** Makes another profile the active one; true when it was taken. */
  async choose(name: string): Promise<boolean> {
    const chosen = await this.#act(() => this.#desk.client.profile.choose({ name, ...this.#why() }))
    if (chosen) await this.load()
    return chosen
  }

  /** Drops limits that wait for the next session, of a strategy or of the book. */
  dropPending(strategy: string | null): Promise<boolean> {
    return this.#act(() => this.#desk.client.profile.dropPending({ strategy }))
  }

  /** Drops what was typed and not saved. */
  drop(): void {
    this.drafts = {}
    this.#forget()
    this.reason = ''
  }

  async #act(call: () => Promise<ProfileView>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    const done: Answer<ProfileView> = await answer(call())
    this.busy = false
    this.#forget()
    if (!done.ok) {
      this.#refuse(done.refusal)
      return false
    }
    this.drop()
    this.#take(done.value)
    return true
  }

  #refuse({ field, says }: RefusalBody): void {
    if (field === 'reason') {
      this.reasonAsked = says
      return
    }
    const { settings = [], rules = [] } = this.profile ?? {}
    const { byPath, rest } = faultsByPath(
      says,
      field,
      [...settings, ...rules].map(({ path }) => path),
    )
    this.refused = byPath
    this.rest = rest
  }

  #put(path: string, typed: string, saved: string): void {
    const { [path]: former, ...others } = this.drafts
    const { [path]: mended, ...refused } = this.refused
    if (former === typed && mended === undefined) return
    this.refused = refused
    this.rest = undefined
    this.drafts = typed === saved ? others : { ...others, [path]: typed }
  }

  #forget(): void {
    this.refused = {}
    this.rest = undefined
    this.reasonAsked = undefined
  }

  #why(): { reason?: string } {
    return this.reason.trim() === '' ? {} : { reason: this.reason.trim() }
  }

  #take(profile: ProfileView): void {
    this.profile = profile
    const saved = [
      ...profile.settings.map(({ path, value }) => ({ path, value })),
      ...profile.rules.map(({ path, on }) => ({ path, value: on ? 'on' : 'off' })),
    ]
    const kept = Object.entries(this.drafts).filter(([path, typed]) =>
      saved.some((one) => one.path === path && one.value !== typed),
    )
    this.drafts = Object.fromEntries(kept)
  }

  #matches(setting: SettingView, rule: RuleView | undefined): boolean {
    const text = `${setting.section} ${setting.title} ${setting.path} ${setting.help} ${rule?.says ?? ''}`
    return this.#hits(text) || this.faults[setting.path] !== undefined
  }

  #hits(text: string): boolean {
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean)
    return words.every((word) => text.toLowerCase().includes(word))
  }
}

/** The profile form of this window, with what was typed kept while another screen is shown. */
export const profileFormOf = keptPerBook((desk) => new ProfileForm(desk))
