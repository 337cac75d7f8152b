import {
  brief,
  dec,
  floorTo,
  larger,
  ratio,
  rounded,
  say,
  sayExact,
  sayPercent,
  text,
  ZERO,
  type Dec,
} from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import type { Sizing } from '../sizing/order.ts'
import type { LimitState, Relaxation, Rung } from './decision.ts'
import { CEILINGS } from './registry.ts'
import type { Cap, Ceiling, CeilingRule } from './rule.ts'

const NEAR = dec('0.7')
const UNKNOWN = {
  unit: 'money',
  limit: null,
  before: null,
  after: null,
  utilisationBefore: null,
  utilisation: null,
} as const

/** A ceiling with what it said of this order. */
export interface Evaluated {
  readonly rule: CeilingRule
  readonly ceiling: Ceiling
  /** Largest quantity that keeps the limit: nothing for a veto, `null` where it does not limit. */
  readonly capacity: Dec | null
  /** The capacity as text. */
  readonly capacityText: string | null
}

/** Evaluates every ceiling of the profile; none is skipped, none sees another. */
export function evaluateCeilings(sizing: Sizing, profile: Profile): readonly Evaluated[] {
  const evaluated: Evaluated[] = []
  for (const rule of CEILINGS) {
    if (!profile.ceilings.has(rule.id)) continue
    const ceiling = rule.evaluate(sizing, profile.ceilings.get(rule.id))
    const capacity = ceiling.kind === 'open' ? null : ceiling.kind === 'veto' ? ZERO : larger(ceiling.capacity, ZERO)
    evaluated.push({ rule, ceiling, capacity, capacityText: capacity === null ? null : brief(capacity) })
  }
  return evaluated
}

/** The capacity of a ceiling: nothing for a veto, `null` where it does not limit. */
export function capacityUnder({ capacity }: Evaluated): Dec | null {
  return capacity
}

/** Down to the lot step after all ceilings, and one step further wherever a division left a use above its limit. */
export function roundDown(quantity: Dec, lotStep: Dec, evaluated: readonly Evaluated[]): Dec {
  let rounded = floorTo(quantity, lotStep)
  for (const { ceiling } of evaluated) {
    if (ceiling.kind !== 'cap') continue
    while (!rounded.isZero() && ceiling.before.lte(ceiling.limit) && ceiling.useOf(rounded).gt(ceiling.limit))
      rounded = larger(rounded.minus(lotStep), ZERO)
  }
  return rounded
}

/** The constraint ladder, tightest first: what binds, what would bind next, and what would relax each. */
export function buildLadder(sizing: Sizing, evaluated: readonly Evaluated[], size: Dec, wanted: Dec): readonly Rung[] {
  const { lotStep, minQuantity } = sizing.instrument
  const asked: Asked = {
    size,
    next: larger(size.plus(lotStep), minQuantity),
    whole: floorTo(wanted, lotStep),
    currency: sizing.standing.currency,
  }
  const rungs = evaluated.map((one) => {
    const allows = one.capacity === null ? null : floorTo(one.capacity, lotStep)
    return { allows, rung: rungOf(one, allows ?? ZERO, asked) }
  })
  // Sorting is stable: limits that allow as much keep the order of the audit trail.
  rungs.sort((a, b) => {
    if (a.allows === null) return b.allows === null ? 0 : 1
    return b.allows === null ? -1 : a.allows.comparedTo(b.allows)
  })
  return rungs.map(({ rung }) => rung)
}

/** What the rungs are told against: the size, the next larger one, and the whole proposal on the lot grid. */
interface Asked {
  readonly size: Dec
  readonly next: Dec
  readonly whole: Dec
  readonly currency: string
}

function rungOf({ rule, ceiling, capacityText }: Evaluated, allows: Dec, asked: Asked): Rung {
  const { id, title, code } = rule
  switch (ceiling.kind) {
    case 'open':
      return {
        rule: id,
        title,
        code,
        ...UNKNOWN,
        allows: null,
        state: 'ok',
        whatWouldRelax: null,
        says: ceiling.says,
        facts: ceiling.facts,
      }
    case 'veto': {
      const { says } = ceiling.reason
      const whatWouldRelax = { oneMoreLot: null, fullProposal: null, says }
      return {
        rule: id,
        title,
        ...UNKNOWN,
        code: ceiling.reason.code,
        allows: '0',
        state: 'unknown',
        whatWouldRelax,
        says,
        facts: ceiling.facts,
      }
    }
    case 'cap': {
      const { before, limit } = ceiling
      const after = asked.size.isZero() ? before : ceiling.useOf(asked.size)
      const utilisationBefore = shareOf(before, limit)
      return {
        rule: id,
        title,
        code,
        allows: text(allows),
        unit: ceiling.unit,
        limit: rounded(limit),
        before: rounded(before),
        after: rounded(after),
        utilisationBefore,
        utilisation: after === before ? utilisationBefore : shareOf(after, limit),
        state: stateOf(after, limit),
        whatWouldRelax: relaxation(rule, ceiling, allows, asked),
        says: ceiling.says,
        facts: { ...ceiling.facts, capacity: capacityText ?? '0' },
      }
    }
  }
}

/** Use over limit; `null` where the limit is zero. */
export function shareOf(used: Dec, limit: Dec): string | null {
  return limit.isZero() ? null : ratio(used, limit)
}

/** Below 70 % of the limit ok, up to the limit near, beyond it over. */
export function stateOf(used: Dec, limit: Dec): LimitState {
  if (used.gt(limit)) return 'over'
  return limit.gt(0) && used.gte(limit.times(NEAR)) ? 'near' : 'ok'
}

function relaxation(rule: CeilingRule, ceiling: Cap, allows: Dec, { next, whole, currency }: Asked): Relaxation | null {
  const more = allows.lt(next) ? ceiling.useOf(next).minus(ceiling.limit) : null
  const full = allows.lt(whole) ? ceiling.useOf(whole).minus(ceiling.limit) : null
  if (more === null && full === null) return null
  const unit = ceiling.unit === 'money' ? ` ${currency}` : ''
  const amount = (value: Dec): string =>
    ceiling.unit === 'fraction' ? sayPercent(value) : ceiling.unit === 'money' ? say(value) : sayExact(value)
  const sentence =
    more !== null
      ? `${amount(more)}${unit} more for ${rule.title.toLowerCase()} allows ${sayExact(next)} units.`
      : `${amount(full ?? ZERO)}${unit} more for ${rule.title.toLowerCase()} allows the whole proposal.`
  return {
    oneMoreLot: more === null ? null : rounded(more),
    fullProposal: full === null ? null : rounded(full),
    says: sentence,
  }
}

/** The reasons of the ceilings that cut a proposal, tightest first. */
export function cuttingReasons(
  evaluated: readonly Evaluated[],
  braked: Dec,
): readonly { readonly rule: string; readonly capacity: Dec; readonly reason: Reason }[] {
  const cuts = []
  for (const { rule, ceiling, capacity } of evaluated) {
    if (capacity === null || capacity.gte(braked)) continue
    cuts.push({
      rule: rule.id,
      capacity,
      reason: ceiling.kind === 'veto' ? ceiling.reason : reason(rule.code, ceiling.says),
    })
  }
  return cuts.sort((a, b) => a.capacity.comparedTo(b.capacity))
}
