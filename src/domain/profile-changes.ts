import type { Dec } from './kernel/money.ts'
import type { Setting, SettingKind, Settings } from './kernel/setting.ts'
import { GENERAL, SECTIONS } from './profile.ts'

/** A profile as it stands in its source: sections of rules, each with its settings or the word `off`. */
export type RawProfile = Readonly<Record<string, unknown>>

/** Where a change leads: a limit allows less, allows more, or no limit is touched. */
export type Direction = 'tighter' | 'looser' | 'other'

/** One difference between two profiles. `before` and `after` are the values of the sources, `undefined` where absent. */
export interface ProfileChange {
  /** Keys from the top of the profile, such as `ceilings`, `risk_per_trade`, `max`. */
  readonly path: readonly string[]
  readonly title: string
  /** What the value is, or `rule` where a whole rule is switched. */
  readonly kind: SettingKind | 'rule'
  readonly before: unknown
  readonly after: unknown
  readonly direction: Direction
}

/** Sections whose settings are limits. How an order is proposed is the trader's intent and takes effect at once. */
const LIMITS = new Set(['general', 'brakes', 'ceilings', 'gate'])

/**
 * What differs between two valid profiles, setting by setting, and which way each change leads. A change that cannot be
 * told to allow less counts as one that allows more.
 */
export function profileChanges(before: RawProfile, after: RawProfile): readonly ProfileChange[] {
  const changes: ProfileChange[] = []
  if (before['method'] !== after['method']) {
    const method = { before: before['method'], after: after['method'], direction: 'other' } as const
    changes.push({ path: ['method'], title: 'Sizing method', kind: 'choice', ...method })
  }
  changes.push(...ruleChanges(['general'], 'General', GENERAL, before['general'], after['general']))
  for (const { key, rules } of SECTIONS) {
    for (const { id, title, settings } of rules) {
      const entry = (raw: RawProfile): unknown => recordOf(raw[key])[id]
      changes.push(...ruleChanges([key, id], title, settings, entry(before), entry(after)))
    }
  }
  return changes
}

/** The changes that allow more, undone: what to set in `after` so that the stricter of both holds everywhere. */
export function heldBack(changes: readonly ProfileChange[]): readonly ProfileChange[] {
  return changes.filter(({ direction }) => direction === 'looser')
}

function ruleChanges(
  path: readonly string[],
  title: string,
  settings: Settings,
  before: unknown,
  after: unknown,
): readonly ProfileChange[] {
  const limits = LIMITS.has(path[0] ?? '')
  const isOff = (entry: unknown): boolean => entry === 'off' || entry === undefined
  if (isOff(before) && isOff(after)) return []
  if (isOff(before) || isOff(after)) {
    const direction = !limits ? 'other' : isOff(after) ? 'looser' : 'tighter'
    return [{ path, title, kind: 'rule', before, after, direction }]
  }
  const [old, now] = [recordOf(before), recordOf(after)]
  return Object.entries(settings).flatMap(([key, setting]) => {
    const named = { path: [...path, key], title: `${title}: ${setting.title}`, kind: setting.kind }
    const absent = setting.absent
    if (setting.kind === 'table') {
      const stand = absent === undefined ? undefined : settings[absent]
      const general = { setting: stand, before: old[absent ?? ''], after: now[absent ?? ''] }
      return tableChanges(named, setting, recordOf(old[key]), recordOf(now[key]), general, limits)
    }
    const order = compared(setting, old[key], now[key])
    if (order === 0) return []
    return [{ ...named, before: old[key], after: now[key], direction: directionOf(setting, order, limits) }]
  })
}

/** A name that is not in a table counts with the general value beside it, where there is one. */
function tableChanges(
  { path, title }: { readonly path: readonly string[]; readonly title: string },
  setting: Setting<unknown>,
  before: RawProfile,
  after: RawProfile,
  general: { readonly setting: Setting<unknown> | undefined; readonly before: unknown; readonly after: unknown },
  limits: boolean,
): readonly ProfileChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => {
    const [old, now] = [before[name], after[name]]
    const counted = [old ?? general.before, now ?? general.after] as const
    const known = counted[0] !== undefined && counted[1] !== undefined
    const order = known ? compareDecimals(setting, general.setting, old, now, counted) : undefined
    if (order === 0 && old !== undefined && now !== undefined) return []
    const direction = !limits ? 'other' : order !== undefined && order <= 0 ? 'tighter' : 'looser'
    return [{ path: [...path, name], title: `${title}, ${name}`, kind: 'fraction', before: old, after: now, direction }]
  })
}

function compareDecimals(
  setting: Setting<unknown>,
  stand: Setting<unknown> | undefined,
  old: unknown,
  now: unknown,
  [before, after]: readonly [unknown, unknown],
): number | undefined {
  const read = (own: unknown, counted: unknown): Dec | undefined => {
    const value = own === undefined ? stand?.read(counted, '') : setting.read({ it: own }, '')
    if (value?.ok !== true) return undefined
    return value.value instanceof Map ? (value.value.get('it') as Dec) : (value.value as Dec)
  }
  const [from, to] = [read(old, before), read(now, after)]
  return from === undefined || to === undefined ? undefined : to.comparedTo(from)
}

/** Below 0 where the value fell, above where it rose, 0 where it is the same, `undefined` where they have no order. */
function compared(setting: Setting<unknown>, before: unknown, after: unknown): number | undefined {
  const [from, to] = [setting.read(before, ''), setting.read(after, '')]
  if (!from.ok || !to.ok) return undefined
  if (setting.kind === 'choice' || setting.kind === 'switch') {
    const rank = (value: unknown): number => setting.choices.indexOf(String(value))
    return rank(to.value) - rank(from.value)
  }
  if (typeof from.value === 'number' && typeof to.value === 'number') return to.value - from.value
  return (to.value as Dec).comparedTo(from.value as Dec)
}

function directionOf(setting: Setting<unknown>, order: number | undefined, limits: boolean): Direction {
  if (!limits) return 'other'
  if (order === undefined || setting.stricter === 'neither') return 'looser'
  return order < 0 === (setting.stricter === 'lower') ? 'tighter' : 'looser'
}

function recordOf(raw: unknown): RawProfile {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as RawProfile) : {}
}
