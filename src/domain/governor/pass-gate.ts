import { text, type Dec } from '../kernel/money.ts'
import type { Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import type { Sizing } from '../sizing/order.ts'
import type { Step } from './decision.ts'
import { GATE } from './registry.ts'

/** Passes the rounded size through every gate check of the profile; none is skipped after the first that blocks. */
export function passGate(
  sizing: Sizing,
  size: Dec,
  profile: Profile,
): { readonly steps: readonly Step[]; readonly reasons: readonly Reason[]; readonly binding: string | null } {
  const steps: Step[] = []
  const before = text(size)
  const reasons: Reason[] = []
  let binding: string | null = null
  for (const rule of GATE) {
    if (!profile.gate.has(rule.id)) continue
    const verdict = rule.evaluate(sizing, size, profile.gate.get(rule.id))
    const says = verdict.passed ? verdict.says : verdict.reason.says
    const code = verdict.passed ? null : verdict.reason.code
    steps.push({
      stage: 'gate',
      rule: rule.id,
      title: rule.title,
      before,
      after: verdict.passed ? before : '0',
      factor: null,
      ceiling: null,
      passed: verdict.passed,
      code,
      facts: verdict.facts,
      says,
    })
    if (verdict.passed) continue
    reasons.push(verdict.reason)
    binding ??= rule.id
  }
  return { steps, reasons, binding }
}
