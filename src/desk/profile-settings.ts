import { parse, parseDocument } from 'yaml'
import type { RuleView, SettingView } from '../contract/profile.ts'
import type { Settings } from '../domain/kernel/setting.ts'
import { ALWAYS_ON, GENERAL, SECTIONS } from '../domain/profile.ts'
import { METHODS } from '../domain/sizing/registry.ts'
import { typicalSettings } from './profile-typical.ts'
import { DeskRefusal } from './refusal.ts'
import type { ShippedProfile } from './workspace.ts'

/** One change of a setting by its path, or of a rule to `on` or `off`. */
export interface PathChange {
  readonly path: string
  readonly value: string
}

const TITLES: Readonly<Record<string, string>> = {
  methods: 'Method',
  scalers: 'Scaler',
  brakes: 'Brake',
  ceilings: 'Ceiling',
  gate: 'Gate',
}

/** The settings of a profile's source that are on, in its order. */
export function settingsOf(raw: unknown): SettingView[] {
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
  for (const { key, rules } of SECTIONS) {
    const section = source[key] as Readonly<Record<string, unknown>> | undefined
    for (const rule of rules) {
      const entry = section?.[rule.id]
      if (entry !== 'off') views.push(...viewsOf(sectionOf(key, rule.title), `${key}.${rule.id}`, rule.settings, entry))
    }
  }
  return views
}

/** The rules of a profile's source with their switches, in its order. Methods have none. */
export function rulesOf(raw: unknown): RuleView[] {
  const source = raw as Readonly<Record<string, unknown>>
  return SECTIONS.filter(({ mayBeOff }) => mayBeOff).flatMap(({ key, rules }) => {
    const section = source[key] as Readonly<Record<string, unknown>> | undefined
    return rules.map(({ id, title, says }) => ({
      path: `${key}.${id}`,
      section: sectionOf(key, title),
      title,
      says,
      on: section?.[id] !== 'off',
      mayBeOff: !ALWAYS_ON.has(id),
    }))
  })
}

/** The text of a profile with settings changed and rules switched; comments stay. Refuses a path that is not there. */
export function withChanges(yaml: string, changes: readonly PathChange[], shipped: readonly ShippedProfile[]): string {
  const raw: unknown = parse(yaml)
  const settings = new Map(settingsOf(raw).map((setting) => [setting.path, setting]))
  const rules = new Map(rulesOf(raw).map((rule) => [rule.path, rule]))
  const document = parseDocument(yaml)
  // Rules are switched first, so that one switched on may be set in the same breath.
  for (const { path, value } of changes.filter((change) => rules.has(change.path))) {
    const [section = '', id = ''] = path.split('.')
    const entry = switched(path, value, () => typicalSettings(shipped, section, id))
    document.setIn([section, id], document.createNode(entry))
    if (entry !== 'off')
      for (const setting of settingsOf(document.toJS()))
        if (!settings.has(setting.path)) settings.set(setting.path, setting)
  }
  for (const { path, value } of changes.filter((change) => !rules.has(change.path))) {
    const setting = settings.get(path)
    if (setting === undefined)
      throw new DeskRefusal('INPUT_OUT_OF_RANGE', `${path} is not a setting of this profile.`, path)
    document.setIn(path.split('.'), plainOf(setting, value))
  }
  return document.toString()
}

function switched(path: string, value: string, typical: () => unknown): unknown {
  if (value === 'off' || value === '"off"') return 'off'
  if (value === 'on') return typical()
  throw new DeskRefusal('INPUT_OUT_OF_RANGE', `${path} is ${value}: it must be on or off.`, path)
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

function sectionOf(key: string, title: string): string {
  return `${TITLES[key] ?? key}: ${title}`
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
