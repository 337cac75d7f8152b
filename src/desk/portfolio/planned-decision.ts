import type { PlannedDecision } from '../../contract/portfolio/plan.ts'
import type { DecisionBody } from '../../domain/governor/decision.ts'

/** What the governor said, in short. */
export function plannedDecision(body: DecisionBody): PlannedDecision {
  const { kind, outcome, quantity, proposed, binding, reasons, says } = body
  return { kind, outcome, quantity, proposed, binding, reasons: reasons.map((because) => ({ ...because })), says }
}
