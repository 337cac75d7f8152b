import type { Book } from '../book.ts'
import type { DecisionInputs } from '../inputs.ts'
import { dec, larger, readDecimal, rounded, say, sayExact, sayPercent, text, type Dec } from '../kernel/money.ts'
import type { Setting } from '../kernel/setting.ts'
import type { Profile } from '../profile.ts'
import { decide } from './decide.ts'
import type { DecisionBody, Rung } from './decision.ts'
import { CEILINGS } from './registry.ts'

/** A setting of the profile that would have to change, and to what. */
export interface SettingMove {
  /** Dotted path in the profile. */
  readonly path: string
  readonly title: string
  readonly from: string
  readonly to: string
}

/** One limit that stands in the way of a quantity, and how far it would have to move. */
export interface LimitMove {
  readonly rule: string
  readonly title: string
  readonly code: string
  readonly unit: Rung['unit']
  /** Quantity it allows now. */
  readonly allows: string
  readonly limit: string | null
  readonly needed: string | null
  readonly more: string | null
  /** The smallest change of one setting that is enough; `null` where no one setting is. */
  readonly setting: SettingMove | null
  readonly says: string
}

/** Every limit that is below a quantity, tightest first, and what the quantity would be if all moved. */
export interface LimitMoves {
  readonly moves: readonly LimitMove[]
  /** Decided again with every setting moved. */
  readonly then: DecisionBody
  readonly enough: boolean
}

/** Which limits must move for a typed quantity, by how much, and whether that would do. */
export function limitsInTheWay(inputs: DecisionInputs, book: Book, profile: Profile, quantity: Dec): LimitMoves {
  const asked: DecisionInputs = { ...inputs, request: { ...inputs.request, quantity: text(quantity) } }
  const now = decide(asked, book, profile)
  let moved = profile
  const moves: LimitMove[] = []
  for (const rung of now.ladder) {
    if (rung.allows === null || dec(rung.allows).gte(quantity)) continue
    const found = settingFor(rung.rule, asked, book, profile, quantity)
    if (found !== null) moved = withCeiling(moved, rung.rule, found.values)
    moves.push(moveOf(rung, found?.move ?? null, now, quantity))
  }
  const then = moves.length === 0 ? now : decide(asked, book, moved)
  return { moves, then, enough: then.outcome !== 'rejected' && dec(then.quantity).gte(quantity) }
}

function moveOf(rung: Rung, setting: SettingMove | null, now: DecisionBody, quantity: Dec): LimitMove {
  const more = rung.whatWouldRelax?.fullProposal ?? null
  const { limit, unit, title } = rung
  // A limit that could not be measured has neither a height nor a distance.
  const measured = more === null || limit === null ? null : { limit, more, needed: rounded(dec(limit).plus(more)) }
  const amount = (value: string): string =>
    unit === 'fraction'
      ? sayPercent(dec(value))
      : unit === 'money'
        ? `${say(dec(value))} ${now.currency}`
        : sayExact(dec(value))
  const says =
    measured === null
      ? rung.says
      : `${title} allows ${sayExact(dec(rung.allows ?? '0'))}: ${amount(measured.limit)} would have to be ${amount(measured.needed)}, ${amount(measured.more)} more, for ${sayExact(quantity)}.`
  return {
    rule: rung.rule,
    title,
    code: rung.code,
    unit,
    allows: rung.allows ?? '0',
    limit,
    needed: measured?.needed ?? null,
    more,
    setting,
    says,
  }
}

interface FoundSetting {
  readonly move: SettingMove
  readonly values: Readonly<Record<string, unknown>>
}

/** The first setting of a ceiling that alone lets the quantity through, moved by as little as its grid allows. */
function settingFor(
  rule: string,
  asked: DecisionInputs,
  book: Book,
  profile: Profile,
  quantity: Dec,
): FoundSetting | null {
  const ceiling = CEILINGS.find(({ id }) => id === rule)
  const values = profile.ceilings.get(rule) as Readonly<Record<string, unknown>> | undefined
  if (ceiling === undefined || values === undefined) return null
  const allows = (changed: Readonly<Record<string, unknown>>): boolean => {
    const rung = decide(asked, book, withCeiling(profile, rule, changed)).ladder.find((one) => one.rule === rule)
    return rung !== undefined && (rung.allows === null || dec(rung.allows).gte(quantity))
  }
  for (const [key, setting] of Object.entries(ceiling.settings)) {
    if (setting.stricter !== 'lower') continue
    for (const { path, from, put } of numbersOf(key, setting, values)) {
      const to = leastThat(setting, from, (value) => allows(put(value)))
      if (to === null) continue
      const move = { path: `ceilings.${rule}.${path}`, title: setting.title, from: text(from), to: text(to) }
      return { move, values: put(to) }
    }
  }
  return null
}

interface Movable {
  readonly path: string
  readonly from: Dec
  readonly put: (value: Dec) => Readonly<Record<string, unknown>>
}

/** The numbers behind a setting: its own, or each entry of its table. */
function numbersOf(
  key: string,
  setting: Setting<unknown>,
  values: Readonly<Record<string, unknown>>,
): readonly Movable[] {
  const value = values[key]
  if (value instanceof Map) {
    const table = value as ReadonlyMap<string, Dec>
    return [...table].map(([name, from]) => ({
      path: `${key}.${name}`,
      from,
      put: (to) => ({ ...values, [key]: new Map([...table, [name, to]]) }),
    }))
  }
  if (!['fraction', 'number', 'money', 'quantity'].includes(setting.kind)) return []
  const from = readDecimal(typeof value === 'object' ? text(value as Dec) : value, key)
  // A whole number is kept as one: a ceiling counts with what it declared.
  const isWhole = typeof value === 'number'
  return from.ok
    ? [{ path: key, from: from.value, put: (to) => ({ ...values, [key]: isWhole ? to.toNumber() : to }) }]
    : []
}

/** The smallest value above `from`, on the setting's grid and within its range, that does. */
function leastThat(setting: Setting<unknown>, from: Dec, does: (value: Dec) => boolean): Dec | null {
  if (setting.most === null) return null
  const step = setting.whole === true ? dec(1) : setting.kind === 'fraction' ? dec('0.0001') : dec('0.01')
  const value = (at: number): Dec => step.times(at)
  let no = from.div(step).floor().toNumber()
  let yes = dec(setting.most).div(step).floor().toNumber()
  if (yes <= no || !does(value(yes))) return null
  while (yes - no > 1) {
    const at = no + Math.floor((yes - no) / 2)
    if (does(value(at))) yes = at
    else no = at
  }
  return larger(value(yes), from)
}

function withCeiling(profile: Profile, rule: string, values: Readonly<Record<string, unknown>>): Profile {
  return { ...profile, ceilings: new Map([...profile.ceilings, [rule, values]]) }
}
