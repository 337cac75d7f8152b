import { parse, parseDocument } from 'yaml'
import type { ProfileView, SettingView } from '../contract/profile.ts'
import type { Settings } from '../domain/kernel/setting.ts'
import { GENERAL, readProfile, SECTIONS } from '../domain/profile.ts'
import { METHODS } from '../domain/sizing/registry.ts'
import { shipped } from './books.ts'
import { DeskRefusal } from './refusal.ts'
import { activateProfile, type Workspace } from './workspace.ts'

/** The active profile as settings for a form, and as its source. */
export function profileView(workspace: Workspace): ProfileView {
  const { record, profile } = workspace.activeProfile()
  return {
    name: record.name,
    version: record.version,
    hash: record.hash,
    title: profile.title,
    at: record.at,
    settings: settingsOf(parse(record.yaml)),
    yaml: record.yaml,
  }
}

/** Profiles shipped with Ballast and those saved in this book. */
export function listProfiles(
  workspace: Workspace,
): { name: string; title: string; says: string; shipped: boolean; active: boolean }[] {
  const active = workspace.openBook?.activeProfile()?.name
  const saved = (workspace.openBook?.profiles() ?? []).map(({ name, yaml }) => ({ name, yaml, shipped: false }))
  const all = new Map<string, { readonly name: string; readonly yaml: string; readonly shipped: boolean }>()
  for (const one of workspace.options.shipped) all.set(one.name, { ...one, shipped: true })
  for (const one of saved) if (!all.has(one.name)) all.set(one.name, one)
  return [...all.values()].map(({ name, yaml, shipped: own }) => {
    const read = readProfile(parse(yaml))
    return {
      name,
      title: read.ok ? read.value.title : name,
      says: read.ok ? read.value.says : 'It cannot be read by this version.',
      shipped: own,
      active: name === active,
    }
  })
}

/** Makes a shipped profile the active one; a saved one by its last version. */
export function chooseProfile(workspace: Workspace, name: string): ProfileView {
  const saved = workspace.book.profiles().filter((one) => one.name === name)
  const last = saved.at(-1)
  activateProfile(
    workspace,
    workspace.book,
    name,
    last === undefined || workspace.options.shipped.some((one) => one.name === name)
      ? shipped(workspace, name)
      : last.yaml,
  )
  workspace.changed('profile')
  return profileView(workspace)
}

/** Changes settings by path, keeping the comments of the source; nothing changes while one of them is wrong. */
export function changeProfile(
  workspace: Workspace,
  changes: readonly { readonly path: string; readonly value: string }[],
): ProfileView {
  const { record } = workspace.activeProfile()
  const known = new Map(settingsOf(parse(record.yaml)).map((setting) => [setting.path, setting]))
  const document = parseDocument(record.yaml)
  for (const { path, value } of changes) {
    const setting = known.get(path)
    if (setting === undefined)
      throw new DeskRefusal('INPUT_OUT_OF_RANGE', `${path} is not a setting of this profile.`, path)
    document.setIn(path.split('.'), plainOf(setting, value))
  }
  activateProfile(workspace, workspace.book, record.name, document.toString())
  workspace.changed('profile')
  return profileView(workspace)
}

function plainOf(setting: SettingView, value: string): unknown {
  if (setting.kind === 'switch') return value === 'true' ? true : value === 'false' ? false : value
  if (setting.kind === 'choice') return value
  if (setting.kind === 'table') {
    try {
      return JSON.parse(value) as unknown
    } catch (fault) {
      throw new DeskRefusal(
        'INPUT_MALFORMED',
        `${setting.path} must be a table of names and shares as JSON: ${fault instanceof Error ? fault.message : ''}`,
        setting.path,
      )
    }
  }
  // A number that would lose digits as a YAML float stays text; the reader takes either.
  const number = Number(value)
  return /^-?\d+(\.\d+)?$/.test(value) && String(number) === value ? number : value
}

function settingsOf(raw: unknown): SettingView[] {
  const source = raw as Readonly<Record<string, unknown>>
  const views: SettingView[] = [
    {
      path: 'method',
      section: 'Method',
      title: 'Sizing method',
      help: 'Proposes the size where neither the order nor its strategy names a method.',
      kind: 'choice',
      value: String(source['method']),
      least: null,
      most: null,
      choices: METHODS.map(({ id }) => id),
    },
    ...viewsOf('General', 'general', GENERAL, source['general']),
  ]
  for (const { key, rules, mayBeOff } of SECTIONS) {
    const section = source[key] as Readonly<Record<string, unknown>> | undefined
    for (const rule of rules) {
      const entry = section?.[rule.id]
      const name = `${TITLES[key] ?? key}: ${rule.title}`
      if (entry === 'off') {
        if (mayBeOff)
          views.push({
            path: `${key}.${rule.id}`,
            section: name,
            title: rule.title,
            help: `${rule.says} Switched off.`,
            kind: 'table',
            value: '"off"',
            least: null,
            most: null,
            choices: [],
          })
        continue
      }
      views.push(...viewsOf(name, `${key}.${rule.id}`, rule.settings, entry))
    }
  }
  return views
}

const TITLES: Readonly<Record<string, string>> = {
  methods: 'Method',
  scalers: 'Scaler',
  brakes: 'Brake',
  ceilings: 'Ceiling',
  gate: 'Gate',
}

function viewsOf(section: string, path: string, settings: Settings, raw: unknown): SettingView[] {
  const values = (raw ?? {}) as Readonly<Record<string, unknown>>
  return Object.entries(settings).map(([key, setting]) => ({
    path: `${path}.${key}`,
    section,
    title: setting.title,
    help: setting.help,
    kind: setting.kind,
    value:
      setting.kind === 'table' ? JSON.stringify(values[key] ?? {}) : String(values[key] as string | number | boolean),
    least: setting.least,
    most: setting.most,
    choices: [...setting.choices],
  }))
}
