import { parse } from 'yaml'
import type { ProfileView } from '../contract/profile.ts'
import type { StrategyInput } from '../domain/inputs.ts'
import { readProfile } from '../domain/profile.ts'
import { nextDayStart } from '../domain/trading-day.ts'
import { shipped } from './books.ts'
import { assignments } from './profile-assignments.ts'
import { checkProfile } from './profile-check.ts'
import { storedProfile } from './profile-in-force.ts'
import { overridden } from './profile-overrides.ts'
import { pendingProfiles, settlePending } from './profile-pending.ts'
import { isSetUp, putProfile } from './profile-put.ts'
import { rulesOf, settingsOf, withChanges, type PathChange } from './profile-settings.ts'
import type { ProfileRecord } from './ports.ts'
import type { Workspace } from './workspace.ts'

/** The book's profile as settings for a form and as its source, with what waits and what overrides it. */
export function profileView(workspace: Workspace): ProfileView {
  settlePending(workspace)
  const record = storedProfile(workspace, '')
  const raw: unknown = parse(record.yaml)
  const { strategies, before } = assignments(workspace)
  const strategiesKnown = workspace.book.strategies()
  return {
    name: record.name,
    version: record.version,
    hash: record.hash,
    title: titleOf(raw, record.name),
    at: record.at,
    settings: settingsOf(raw),
    rules: rulesOf(raw),
    yaml: record.yaml,
    warnings: workspace.remember('profile-warnings', () => warningsOf(record, strategiesKnown)),
    pending: pendingProfiles(workspace).map(({ strategy, name, effectiveAt, requestedAt, reason, changes }) => ({
      strategy: strategy === '' ? null : strategy,
      name,
      effectiveAt,
      requestedAt,
      reason,
      changes: [...changes],
    })),
    overrides: overridden(workspace, record.yaml).holds.map((hold) => ({ ...hold })),
    assignments: Object.entries(strategies).map(([strategy, { name, hash }]) => ({
      strategy,
      name,
      version: workspace.book.profileByHash(hash)?.version ?? 0,
    })),
    lastAssignment: before?.says ?? null,
    loosensLater: !isSetUp(workspace),
    nextSessionAt: nextDayStart(workspace.now(), workspace.account()),
  }
}

/** Profiles shipped with Ballast and those saved in this book. */
export function listProfiles(
  workspace: Workspace,
): { name: string; title: string; says: string; shipped: boolean; active: boolean }[] {
  const active = workspace.openBook?.activeProfile()?.name
  const all = new Map<string, ReturnType<typeof introduced> & { readonly shipped: boolean }>()
  for (const one of workspace.options.shipped) all.set(one.name, { ...introduced(one), shipped: true })
  for (const one of workspace.openBook?.profiles() ?? [])
    if (!all.has(one.name))
      all.set(one.name, { ...workspace.remember(`introduced:${one.hash}`, () => introduced(one)), shipped: false })
  return [...all].map(([name, one]) => ({ name, ...one, active: name === active }))
}

const introductions = new WeakMap<object, { readonly title: string; readonly says: string }>()

/** What a profile says of itself, read once for as long as it is held. */
function introduced(profile: { readonly name: string; readonly yaml: string }): { title: string; says: string } {
  const known = introductions.get(profile)
  if (known !== undefined) return known
  const read = readProfile(parse(profile.yaml))
  const made = read.ok
    ? { title: read.value.title, says: read.value.says }
    : { title: profile.name, says: 'It cannot be read by this version.' }
  introductions.set(profile, made)
  return made
}

/** The text of a profile by its name: as shipped, else its last saved version; of one version where it is named. */
export function profileText(workspace: Workspace, name: string, version?: number): string {
  const saved = workspace.book.profiles().filter((one) => one.name === name)
  const found = saved.find((one) => one.version === version)
  if (found !== undefined) return found.yaml
  const last = saved.at(-1)
  if (version !== undefined || last === undefined || workspace.options.shipped.some((one) => one.name === name))
    return shipped(workspace, name)
  return last.yaml
}

/** Makes a shipped profile the active one; a saved one by its last version. Limits that allow more wait. */
export function chooseProfile(workspace: Workspace, name: string, reason = ''): ProfileView {
  putProfile(workspace, { strategy: '', name, yaml: profileText(workspace, name), reason })
  return profileView(workspace)
}

/** Changes settings by path, keeping the comments of the source; nothing changes while one of them is wrong. */
export function changeProfile(workspace: Workspace, changes: readonly PathChange[], reason = ''): ProfileView {
  const { name, yaml } = wantedBase(workspace)
  putProfile(workspace, { strategy: '', name, yaml: withChanges(yaml, changes, workspace.options.shipped), reason })
  return profileView(workspace)
}

/** What changes start from: what waits for the next session, so that it goes on waiting, else what is in force. */
export function wantedBase(workspace: Workspace): { readonly name: string; readonly yaml: string } {
  settlePending(workspace)
  const waiting = pendingProfiles(workspace).find(({ strategy }) => strategy === '')
  return waiting ?? storedProfile(workspace, '')
}

function warningsOf(record: ProfileRecord, strategies: readonly StrategyInput[]): ProfileView['warnings'] {
  const { warnings } = checkProfile(record.yaml, `${record.name}.yaml`, strategies)
  return warnings.map(({ key, says }) => ({ path: key, says }))
}

function titleOf(raw: unknown, name: string): string {
  const title = (raw as { readonly title?: unknown } | null)?.title
  return typeof title === 'string' ? title : name
}
