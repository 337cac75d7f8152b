import { brief, sayExact, text, type Dec } from '../kernel/money.ts'
import type { Reason } from '../kernel/reason.ts'
import type { Stage, Step } from './decision.ts'
import type { Evaluated } from './ladder.ts'

/** What each ceiling left of the proposal. */
export function ceilingSteps(evaluated: readonly Evaluated[], braked: Dec): readonly Step[] {
  const before = brief(braked)
  return evaluated.map(({ rule, ceiling, capacity, capacityText }): Step => {
    const cuts = capacity !== null && capacity.lt(braked)
    return {
      stage: 'ceiling',
      rule: rule.id,
      title: rule.title,
      before,
      after: cuts && capacityText !== null ? capacityText : before,
      factor: null,
      ceiling: capacityText,
      passed: !cuts,
      code: cuts ? (ceiling.kind === 'veto' ? ceiling.reason.code : rule.code) : null,
      facts: ceiling.facts,
      says: ceiling.kind === 'veto' ? ceiling.reason.says : ceiling.says,
    }
  })
}

/** What rounding to the lot left, and the minimum that made it nothing. */
export function roundStep(capped: Dec, size: Dec, lotStep: Dec, least: Reason | null, rounding: Reason | null): Step {
  const because = least ?? rounding
  return {
    stage: 'round',
    rule: 'lot',
    title: 'Lot',
    before: brief(capped),
    after: text(size),
    factor: null,
    ceiling: null,
    passed: because === null,
    code: because?.code ?? null,
    facts: { lotStep: text(lotStep) },
    says: because?.says ?? `${sayExact(size)} units lie on the lot of ${sayExact(lotStep)}.`,
  }
}

/** A step that touches no size. */
export function note(stage: Stage, rule: string, title: string, passed: boolean, says: string): Step {
  return {
    stage,
    rule,
    title,
    before: '0',
    after: '0',
    factor: null,
    ceiling: null,
    passed,
    code: null,
    facts: {},
    says,
  }
}
