import type { ProfileView, SettingView } from '../../contract/profile.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { faultsByPath } from './faults-by-path.ts'
import { settingFault } from './setting-text.ts'

/** What the form needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface ProfileSource {
  readonly client: Pick<DeskClient, 'profile'>
}

/** One heading of the form with its settings. */
export interface SettingGroup {
  readonly section: string
  readonly settings: readonly SettingView[]
}

/** The active profile as a form: what was typed stays until it is saved or dropped, and all faults are shown at once. */
export class ProfileForm {
  profile = $state.raw<ProfileView>()
  refusal = $state.raw<RefusalBody>()
  known = $state.raw<Answers['profile']['list']>([])
  /** Typed values by path, where they differ from the saved ones. */
  drafts = $state.raw<Readonly<Record<string, string>>>({})
  /** What the desk refused, by path. */
  refused = $state.raw<Readonly<Record<string, string>>>({})
  /** What the desk refused and no field stands for. */
  rest = $state<string>()
  filter = $state('')
  busy = $state(false)

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
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean)
    const found = (this.profile?.settings ?? []).filter((setting) => {
      const text = `${setting.section} ${setting.title} ${setting.path} ${setting.help}`.toLowerCase()
      return words.every((word) => text.includes(word)) || this.faults[setting.path] !== undefined
    })
    return Object.entries(Object.groupBy(found, ({ section }) => section)).map(
      ([section, settings = []]): SettingGroup => ({ section, settings }),
    )
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

  /** Types a value; the saved value again is no change. */
  type({ path, value }: SettingView, typed: string): void {
    const { [path]: former, ...others } = this.drafts
    const { [path]: mended, ...refused } = this.refused
    if (former === typed && mended === undefined) return
    this.refused = refused
    this.rest = undefined
    this.drafts = typed === value ? others : { ...others, [path]: typed }
  }

  /** Saves all changes at once, or none; true when they were taken. */
  async save(): Promise<boolean> {
    if (!this.isChanged || this.busy || Object.keys(this.faults).length > 0) return false
    this.busy = true
    const changes = Object.entries(this.drafts).map(([path, value]) => ({ path, value }))
    const saved = await answer(this.#desk.client.profile.change({ changes }))
    this.busy = false
    if (!saved.ok) {
      const paths = this.profile?.settings.map(({ path }) => path) ?? []
      const { byPath, rest } = faultsByPath(saved.refusal.says, saved.refusal.field, paths)
      this.refused = byPath
      this.rest = rest
      return false
    }
    this.drop()
    this.#take(saved.value)
    return true
  }

  /** Drops what was typed and not saved. */
  drop(): void {
    this.drafts = {}
    this.refused = {}
    this.rest = undefined
  }

  /** Makes another profile the active one; undefined when it was taken, else why it was not. */
  async choose(name: string): Promise<string | undefined> {
    const chosen = await answer(this.#desk.client.profile.choose({ name }))
    if (!chosen.ok) return chosen.refusal.says
    this.drop()
    this.#take(chosen.value)
    await this.load()
    return undefined
  }

  #take(profile: ProfileView): void {
    this.profile = profile
    const kept = Object.entries(this.drafts).filter(([path, typed]) =>
      profile.settings.some((setting) => setting.path === path && setting.value !== typed),
    )
    this.drafts = Object.fromEntries(kept)
  }
}

/** The profile form of this window, with what was typed kept while another screen is shown. */
export const profileFormOf = keptPerBook((desk) => new ProfileForm(desk))
