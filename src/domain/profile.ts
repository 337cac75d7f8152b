import { BRAKES, CEILINGS, GATE, SCALERS } from './governor/registry.ts'
import type { Dec } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import { err, ok, type Result } from './kernel/result.ts'
import { readSettings } from './kernel/read-settings.ts'
import { amount, choice, fraction, toggle, type Settings, type Values } from './kernel/setting.ts'
import { contradictionsOf } from './profile-contradictions.ts'
import { METHODS } from './sizing/registry.ts'

/** Settings that belong to no rule. */
export const GENERAL = {
  aggregate: choice(
    ['weakest_link', 'product'],
    'Brakes together',
    'The smallest brake counts (weakest link), or all are multiplied (product).',
    'higher',
  ),
  allowBoosts: toggle(
    'Allow boosts',
    'Whether a factor above 1 may raise the proposal; every ceiling still holds.',
    'lower',
  ),
  gapLoss: fraction({
    title: 'Gap loss',
    help: 'Share of a position lost where it has no stop: 1 is the whole of it.',
    least: '0',
    most: '1',
    above: true,
    stricter: 'higher',
  }),
  minimumWeight: fraction({
    title: 'Smallest position',
    help: 'A smaller share of equity is rounded to nothing, never raised.',
    least: '0',
    most: '1',
    stricter: 'higher',
  }),
  hunterFrom: amount({
    title: 'Tier HUNTER from',
    help: 'Equity from which an account is a HUNTER, account currency.',
    least: '0',
    most: '1000000000',
    stricter: 'higher',
  }),
  strategistFrom: amount({
    title: 'Tier STRATEGIST from',
    help: 'Equity from which an account is a STRATEGIST, account currency.',
    least: '0',
    most: '1000000000',
    stricter: 'higher',
  }),
  kellyFromHunter: toggle(
    'Kelly from HUNTER on',
    'Whether a SNIPER account sizes by fixed_fraction where a Kelly method is chosen.',
  ),
} as const satisfies Settings

/** A named, complete and validated configuration. Rules absent from a map are switched off, explicitly, in its source. */
export interface Profile {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly method: string
  readonly methods: ReadonlyMap<string, unknown>
  readonly scalers: ReadonlyMap<string, unknown>
  readonly brakes: ReadonlyMap<string, unknown>
  readonly ceilings: ReadonlyMap<string, unknown>
  readonly gate: ReadonlyMap<string, unknown>
  readonly general: Values<typeof GENERAL>
}

interface Described {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly settings: Settings
}

/** Sections of a profile whose entries are rules: each has its settings, or the word `off`. */
export const SECTIONS = [
  { key: 'methods', rules: METHODS, mayBeOff: false },
  { key: 'scalers', rules: SCALERS, mayBeOff: true },
  { key: 'brakes', rules: BRAKES, mayBeOff: true },
  { key: 'ceilings', rules: CEILINGS, mayBeOff: true },
  { key: 'gate', rules: GATE, mayBeOff: true },
] as const

/** Gate checks without which nothing can be sized safely: they may be loosened, never switched off. */
export const ALWAYS_ON: ReadonlySet<string> = new Set([
  'account_enabled',
  'instrument_enabled',
  'spec_check',
  'stop_side',
  'short_allowed',
  'market_data',
])
const TOP_KEYS = ['schema', 'name', 'title', 'says', 'method', 'general', ...SECTIONS.map(({ key }) => key)]

/** Reads a profile. Unknown and missing keys, wrong units and contradictions are faults, answered at once by their dotted path. */
export function readProfile(raw: unknown): Result<Profile, readonly Reason[]> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return err([reason('LIMITS_MISSING', 'The profile is empty: it must hold its settings.', 'profile')])
  const given = raw as Readonly<Record<string, unknown>>
  const faults: Reason[] = []
  for (const key of Object.keys(given)) {
    if (!TOP_KEYS.includes(key))
      faults.push(
        reason('INPUT_OUT_OF_RANGE', `${key} is not a section of a profile; known are ${TOP_KEYS.join(', ')}.`, key),
      )
  }
  const words = (key: string): string => {
    const value = given[key]
    if (typeof value === 'string' && value.trim() !== '') return value
    faults.push(reason('INPUT_MISSING', `${key} is missing: give a word or sentence.`, key))
    return ''
  }
  if (given['schema'] !== 1 && given['schema'] !== '1')
    faults.push(reason('VERSION_MIX', 'schema must be 1.', 'schema'))
  const name = words('name')
  const title = words('title')
  const says = words('says')
  const method = words('method')
  if (method !== '' && !METHODS.some(({ id }) => id === method)) {
    faults.push(
      reason(
        'INPUT_OUT_OF_RANGE',
        `method is ${method}; known are ${METHODS.map(({ id }) => id).join(', ')}.`,
        'method',
      ),
    )
  }
  const general = readSettings(GENERAL, given['general'], 'general')
  if (!general.ok) faults.push(...general.error)
  const sections = new Map<string, ReadonlyMap<string, unknown>>()
  for (const { key, rules, mayBeOff } of SECTIONS)
    sections.set(key, readSection(key, rules, mayBeOff, given[key], faults))
  if (faults.length > 0 || !general.ok) return err(faults)
  const section = (key: string): ReadonlyMap<string, unknown> => sections.get(key) ?? new Map()
  const profile: Profile = {
    name,
    title,
    says,
    method,
    methods: section('methods'),
    scalers: section('scalers'),
    brakes: section('brakes'),
    ceilings: section('ceilings'),
    gate: section('gate'),
    general: general.value,
  }
  const contradictions = contradictionsOf(profile)
  return contradictions.length > 0 ? err(contradictions) : ok(profile)
}

function readSection(
  key: string,
  rules: readonly Described[],
  mayBeOff: boolean,
  raw: unknown,
  faults: Reason[],
): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>()
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    faults.push(
      reason('LIMITS_MISSING', `${key} is missing: it must list ${rules.map(({ id }) => id).join(', ')}.`, key),
    )
    return values
  }
  const given = raw as Readonly<Record<string, unknown>>
  for (const { id, settings } of rules) {
    const field = `${key}.${id}`
    const entry = given[id]
    if (entry === undefined) {
      faults.push(
        reason(
          'LIMITS_MISSING',
          `${field} is missing: give its settings${mayBeOff && !ALWAYS_ON.has(id) ? ' or the word off' : ''}.`,
          field,
        ),
      )
      continue
    }
    if (entry === 'off' && mayBeOff) {
      if (ALWAYS_ON.has(id)) faults.push(reason('INPUT_OUT_OF_RANGE', `${field} may not be switched off.`, field))
      continue
    }
    const read = readSettings(settings, entry, field)
    if (read.ok) values.set(id, read.value)
    else faults.push(...read.error)
  }
  for (const id of Object.keys(given)) {
    if (!rules.some((rule) => rule.id === id)) {
      faults.push(
        reason(
          'INPUT_OUT_OF_RANGE',
          `${key}.${id} is not known here; known are ${rules.map((rule) => rule.id).join(', ')}.`,
          `${key}.${id}`,
        ),
      )
    }
  }
  return values
}

/** Oldest close that sizes may be computed with, in milliseconds of market time; nothing is fresh without the setting. */
export function closeMaxAgeOf(profile: Profile): number {
  const settings = profile.gate.get('market_data') as { readonly closeMaxAge: number } | undefined
  return settings?.closeMaxAge ?? 0
}

/** One order's risk budget as a share of equity, for R: the order's own, the method's, else the risk ceiling. */
export function riskBudgetOf(profile: Profile, method: string): Dec | null {
  const own = profile.methods.get(method) as { readonly risk?: Dec } | undefined
  if (own?.risk !== undefined) return own.risk
  const ceiling = profile.ceilings.get('risk_per_trade') as { readonly max: Dec } | undefined
  return ceiling?.max ?? null
}
