import type { DecidePlanInput, RecordedPlan } from '../../contract/portfolio/plan.ts'
import type { RecordedDecision } from '../ports.ts'
import { keepForReplay } from '../profile-in-force.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { makePlan } from './plan.ts'
import { plannedDecision } from './planned-decision.ts'

interface KeptPlan {
  readonly decisionIds: readonly string[]
  readonly planId: string
  readonly says: string
}

const keyOf = (groupId: string): string => `plan:${groupId}`

/**
 * Records every order of a plan that was shown as one group: the group first, which names its decisions, then each of them.
 * Refused where the plan would come out differently now, or the group is another plan’s. The same group again is finished
 * where it was not, and answered.
 */
export async function decidePlan(
  workspace: Workspace,
  { plan, planId, groupId = workspace.options.ambient.newId() }: DecidePlanInput,
): Promise<RecordedPlan> {
  const before = keptPlan(workspace, groupId)
  if (before !== undefined && before.planId !== planId)
    throw new DeskRefusal(
      'CONFLICT',
      `${groupId} names another plan, which is recorded already: give this one a groupId of its own, or none.`,
      'groupId',
    )
  if (before !== undefined && before.decisionIds.every((id) => workspace.book.decision(id) !== undefined))
    return recordedPlan(workspace, groupId)
  const { view, decided } = await makePlan(workspace, plan)
  if (view.planId !== planId)
    throw new DeskRefusal(
      'PLAN_CHANGED',
      'Prices, positions or limits have changed since this plan was shown, and it would come out differently now: look at it again, then record it.',
      'planId',
    )
  if (decided.orders.length === 0)
    throw new DeskRefusal('INPUT_MISSING', 'The plan has no orders: there is nothing to record.', 'plan')
  const { book, options } = workspace
  const ids = decided.orders.map((_, i) => `${groupId}-${String(i + 1).padStart(3, '0')}`)
  for (const { active } of decided.orders) keepForReplay(workspace, active)
  if (before === undefined)
    book.saveSetting(
      {
        key: keyOf(groupId),
        value: { decisionIds: ids, says: view.says, planId },
        kind: 'state',
        says: `Rebalance plan ${groupId}: ${ids.length} orders decided together, ${ids[0] ?? ''} to ${ids.at(-1) ?? ''}. ${view.says}`,
      },
      book.info.clock ?? options.ambient.now(),
    )
  decided.orders.forEach(({ inputs, body, book: input }, i) => {
    const decisionId = ids[i] ?? options.ambient.newId()
    const recordedAt = options.ambient.now()
    book.recordDecision({ decisionId, recordedAt, inputs, book: input, bookHash: inputs.bookHash, body })
  })
  workspace.changed('decision')
  return recordedPlan(workspace, groupId)
}

function keptPlan(workspace: Workspace, groupId: string): KeptPlan | undefined {
  return workspace.book.setting(keyOf(groupId))?.value as KeptPlan | undefined
}

function recordedPlan(workspace: Workspace, groupId: string): RecordedPlan {
  const kept = keptPlan(workspace, groupId)
  const decisions = (kept?.decisionIds ?? []).flatMap((id): RecordedDecision[] => {
    const found = workspace.book.decision(id)
    return found === undefined ? [] : [found]
  })
  return {
    groupId,
    at: decisions[0]?.recordedAt ?? workspace.now(),
    decisions: decisions.map(({ decisionId, seq, body }) => ({
      ...plannedDecision(body),
      decisionId,
      seq,
      symbol: body.symbol,
      side: body.side ?? 'buy',
    })),
    says: `${decisions.length} decisions are recorded as ${groupId}. ${kept?.says ?? ''}`.trim(),
  }
}
