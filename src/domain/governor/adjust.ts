import { brief, ONE, rounded, say, sayExact, smaller, ZERO, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import type { Sizing } from '../sizing/order.ts'
import type { Step } from './decision.ts'
import { BRAKES, SCALERS } from './registry.ts'
import type { Factor, FactorRule } from './rule.ts'

/** The proposal after scalers and after brakes, with a step for each and the reasons of those that cut. */
export interface Adjusted {
  readonly scaled: Dec
  readonly braked: Dec
  readonly steps: readonly Step[]
  readonly reasons: readonly Reason[]
  /** The brake that set the factor, where one cut. */
  readonly binding: string | null
}

/**
 * Scalers multiply; brakes are at most 1 and only the smallest counts, unless the profile multiplies them. A factor
 * above 1 counts as 1 unless the profile allows boosts. A quantity typed by the trader is its own intent: scalers leave it.
 */
export function adjust(sizing: Sizing, profile: Profile, proposed: Dec): Adjusted {
  const steps: Step[] = []
  const reasons: Reason[] = []
  const { allowBoosts, aggregate } = profile.general
  let scaled = proposed
  for (const rule of SCALERS) {
    if (!profile.scalers.has(rule.id)) continue
    if (sizing.order.quantity !== null) continue
    const factor = bounded(rule.evaluate(sizing, profile.scalers.get(rule.id), proposed), allowBoosts)
    const after = scaled.times(factor.value)
    steps.push(stepOf(rule, factor, scaled, after))
    if (factor.value.isZero()) reasons.push(reason(rule.code, factor.says))
    scaled = after
  }
  let combined = ONE
  let weakest: { readonly rule: FactorRule; readonly factor: Factor } | undefined
  for (const rule of BRAKES) {
    if (!profile.brakes.has(rule.id)) continue
    const factor = bounded(rule.evaluate(sizing, profile.brakes.get(rule.id), scaled), false)
    combined = aggregate === 'product' ? combined.times(factor.value) : smaller(combined, factor.value)
    if (factor.value.lt(1) && (weakest === undefined || factor.value.lt(weakest.factor.value)))
      weakest = { rule, factor }
    steps.push(stepOf(rule, factor, scaled, scaled.times(combined)))
    if (aggregate === 'product' && factor.value.lt(1)) reasons.push(factor.fault ?? reason(rule.code, factor.says))
  }
  const braked = combined.eq(ONE) ? scaled : scaled.times(combined)
  if (weakest !== undefined) {
    if (aggregate !== 'product') reasons.push(weakest.factor.fault ?? reason(weakest.rule.code, weakest.factor.says))
    steps.push({
      stage: 'adjust',
      rule: aggregate,
      title: aggregate === 'product' ? 'Brakes multiplied' : 'Weakest link',
      before: brief(scaled),
      after: brief(braked),
      factor: rounded(combined),
      ceiling: null,
      passed: false,
      code: 'BRAKED',
      facts: { brake: weakest.rule.id },
      says: `${weakest.rule.title} brakes the proposal to × ${say(combined, 4)}, ${sayExact(braked, 4)} units.`,
    })
  }
  return { scaled, braked, steps, reasons, binding: weakest?.rule.id ?? null }
}

function bounded(factor: Factor, boosts: boolean): Factor {
  if (factor.value.lt(0)) return { ...factor, value: ZERO }
  if (factor.value.lte(1) || boosts) return factor
  return {
    ...factor,
    value: ONE,
    says: `${factor.says} A boost of × ${say(factor.value)} is not allowed by the profile.`,
  }
}

function stepOf(rule: FactorRule, factor: Factor, before: Dec, after: Dec): Step {
  return {
    stage: 'adjust',
    rule: rule.id,
    title: rule.title,
    before: brief(before),
    after: brief(after),
    factor: rounded(factor.value),
    ceiling: null,
    passed: factor.value.gte(1),
    code: factor.fault?.code ?? (factor.value.lt(1) ? rule.code : null),
    facts: factor.facts,
    says: factor.says,
  }
}
