import { parse, parseDocument } from 'yaml'
import { readPositive, smaller, text } from '../domain/kernel/money.ts'
import type { RawProfile } from '../domain/profile-changes.ts'
import { holdBack } from './profile-hold.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** What the environment overrides, as it was written there; unset members override nothing. */
export interface ProfileOverrides {
  /** `BALLAST_PROFILE`: name of a profile that sizes instead of the book's. */
  readonly profile?: string
  /** `BALLAST_MAX_INTRADAY_LEVERAGE`: most leverage by day. */
  readonly intraday?: string
  /** `BALLAST_MAX_OVERNIGHT_LEVERAGE`: most leverage from the cut-off on. */
  readonly overnight?: string
}

/** One override that holds, for the screen. */
export interface HeldOverride {
  readonly variable: string
  readonly value: string
  readonly says: string
}

/** A profile's text under the overrides that hold. Overrides only tighten; one that cannot be read refuses. */
export function overridden(
  workspace: Workspace,
  yaml: string,
): { readonly yaml: string; readonly holds: readonly HeldOverride[] } {
  const { profile, intraday, overnight } = workspace.options.overrides ?? {}
  const holds: HeldOverride[] = []
  let held = yaml
  if (profile !== undefined) {
    held = holdBack(parse(yaml) as RawProfile, named(workspace, profile)).yaml
    const says = `Orders are sized by the profile ${profile}; where its limits allow more than the book’s profile, those of the book hold.`
    holds.push({ variable: 'BALLAST_PROFILE', value: profile, says })
  }
  if (intraday === undefined && overnight === undefined) return { yaml: held, holds }
  const document = parseDocument(held)
  const raw = document.toJS() as { readonly ceilings: { readonly leverage: unknown } }
  const own = raw.ceilings.leverage
  const isOff = typeof own !== 'object' || own === null
  if (isOff)
    document.setIn(
      ['ceilings', 'leverage'],
      document.createNode({ intraday: '100', overnight: '100', byClass: {}, cutOffMinute: 945 }),
    )
  for (const [variable, key, value] of [
    ['BALLAST_MAX_INTRADAY_LEVERAGE', 'intraday', intraday],
    ['BALLAST_MAX_OVERNIGHT_LEVERAGE', 'overnight', overnight],
  ] as const) {
    if (value === undefined) continue
    const most = readPositive(value, variable)
    if (!most.ok) throw new DeskRefusal(most.error.code, `${most.error.says} Or unset it.`, variable)
    for (const name of key === 'intraday' ? ['intraday', 'overnight'] : ['overnight']) {
      const path = ['ceilings', 'leverage', name]
      const now = readPositive(document.getIn(path), path.join('.'))
      if (!now.ok) throw new DeskRefusal(now.error.code, now.error.says, path.join('.'))
      document.setIn(path, text(smaller(now.value, most.value)))
    }
    holds.push({ variable, value, says: `Leverage is at most ${text(most.value)} × equity ${WORDS[key]}.` })
  }
  return { yaml: document.toString(), holds }
}

const WORDS = { intraday: 'at any time', overnight: 'overnight' } as const

function named(workspace: Workspace, name: string): string {
  const saved = workspace.book.profiles().filter((one) => one.name === name)
  const found = workspace.options.shipped.find((one) => one.name === name) ?? saved.at(-1)
  if (found !== undefined) return found.yaml
  const says = `BALLAST_PROFILE names ${name}, which is neither shipped nor saved in this book: correct it or unset it.`
  throw new DeskRefusal('LIMITS_MISSING', says, 'BALLAST_PROFILE')
}
