import {
  brief,
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
import type { Ceiling, CeilingRule } from './rule.ts'

/** A ceiling with what it said of this order. */
export interface Evaluated {
  readonly rule: CeilingRule
  readonly ceiling: Ceiling
}

/** Evaluates every ceiling of the profile; none is skipped, none sees another. */
export function evaluateCeilings(sizing: Sizing, profile: Profile): readonly Evaluated[] {
  const evaluated: Evaluated[] = []
  for (const rule of CEILINGS) {
    if (!profile.ceilings.has(rule.id)) continue
    evaluated.push({ rule, ceiling: rule.evaluate(sizing, profile.ceilings.get(rule.id)) })
  }
  return evaluated
}

/** The capacity of a ceiling: nothing for a veto, `null` where it does not limit. */
export function capacityUnder({ ceiling }: Evaluated): Dec | null {
  return ceiling.kind === 'open' ? null : ceiling.kind === 'veto' ? ZERO : ceiling.capacity
}

/** Down to the lot step after all ceilings, and one step further wherever a division left a use above its limit. */
export function roundDown(quantity: Dec, lotStep: Dec, evaluated: readonly Evaluated[]): Dec {
  let rounded = floorTo(quantity, lotStep)
  for (const { ceiling } of evaluated) {
    if (ceiling.kind !== 'cap') continue
    while (rounded.gt(0) && ceiling.before.lte(ceiling.limit) && ceiling.useOf(rounded).gt(ceiling.limit))
      rounded = rounded.minus(lotStep)
  }
  return larger(rounded, ZERO)
}

/** The constraint ladder, tightest first: what binds, what would bind next, and what would relax each. */
export function buildLadder(
  sizing: Sizing,
  evaluated: readonly Evaluated[],
  size: Dec,
  proposed: Dec | null,
): readonly Rung[] {
  const { lotStep } = sizing.instrument
  const rungs = evaluated.map(({ rule, ceiling }, order) => ({
    order,
    allows:
      ceiling.kind === 'open'
        ? null
        : ceiling.kind === 'veto'
          ? ZERO
          : floorTo(larger(ceiling.capacity, ZERO), lotStep),
    rung: rungOf(rule, ceiling, sizing, size, proposed),
  }))
  rungs.sort((a, b) => {
    if (a.allows === null || b.allows === null)
      return a.allows === b.allows ? a.order - b.order : a.allows === null ? 1 : -1
    return a.allows.comparedTo(b.allows) || a.order - b.order
  })
  return rungs.map(({ rung }) => rung)
}

function rungOf(rule: CeilingRule, ceiling: Ceiling, sizing: Sizing, size: Dec, proposed: Dec | null): Rung {
  const named = { rule: rule.id, title: rule.title, code: rule.code }
  const unknown = {
    unit: 'money',
    limit: null,
    before: null,
    after: null,
    utilisationBefore: null,
    utilisation: null,
  } as const
  switch (ceiling.kind) {
    case 'open':
      return {
        ...named,
        ...unknown,
        allows: null,
        state: 'ok',
        whatWouldRelax: null,
        says: ceiling.says,
        facts: ceiling.facts,
      }
    case 'veto':
      return {
        ...named,
        ...unknown,
        code: ceiling.reason.code,
        allows: '0',
        state: 'unknown',
        whatWouldRelax: { oneMoreLot: null, fullProposal: null, says: ceiling.reason.says },
        says: ceiling.reason.says,
        facts: ceiling.facts,
      }
    case 'cap': {
      const allows = floorTo(larger(ceiling.capacity, ZERO), sizing.instrument.lotStep)
      const after = ceiling.useOf(size)
      return {
        ...named,
        allows: text(allows),
        unit: ceiling.unit,
        limit: rounded(ceiling.limit),
        before: rounded(ceiling.before),
        after: rounded(after),
        utilisationBefore: shareOf(ceiling.before, ceiling.limit),
        utilisation: shareOf(after, ceiling.limit),
        state: stateOf(after, ceiling.limit),
        whatWouldRelax: relaxation(rule, ceiling, allows, sizing, size, proposed),
        says: ceiling.says,
        facts: { ...ceiling.facts, capacity: brief(ceiling.capacity) },
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
  return used.gte(limit.times('0.7')) && limit.gt(0) ? 'near' : 'ok'
}

function relaxation(
  rule: CeilingRule,
  ceiling: Ceiling & { kind: 'cap' },
  allows: Dec,
  sizing: Sizing,
  size: Dec,
  proposed: Dec | null,
): Relaxation | null {
  const { instrument, standing } = sizing
  const next = larger(size.plus(instrument.lotStep), instrument.minQuantity)
  const whole = proposed === null ? null : floorTo(proposed, instrument.lotStep)
  const more = allows.lt(next) ? ceiling.useOf(next).minus(ceiling.limit) : null
  const full = whole !== null && allows.lt(whole) ? ceiling.useOf(whole).minus(ceiling.limit) : null
  if (more === null && full === null) return null
  const unit = ceiling.unit === 'money' ? ` ${standing.currency}` : ''
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
  return evaluated
    .flatMap((one) => {
      const capacity = capacityUnder(one)
      if (capacity === null || capacity.gte(braked)) return []
      const { rule, ceiling } = one
      const because = ceiling.kind === 'veto' ? ceiling.reason : reason(rule.code, ceiling.says)
      return [{ rule: rule.id, capacity, reason: because }]
    })
    .sort((a, b) => a.capacity.comparedTo(b.capacity))
}
