import { capacityOf } from '../costs.ts'
import { brief, divideDown, near, sayExact, sayPercent, ZERO, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import type { Method } from '../sizing/method.ts'
import type { Proposal, Sizing } from '../sizing/order.ts'
import type { Step } from './decision.ts'

/** What was asked for in units, before brakes and ceilings; `quantity` is `null` where nothing was, with the reason. */
export interface Proposed {
  readonly quantity: Dec | null
  readonly steps: readonly Step[]
  readonly reasons: readonly Reason[]
}

/** The trader's own quantity, else what the method asks for, turned into units of this instrument. */
export function propose(sizing: Sizing, method: Method, profile: Profile): Proposed {
  const { order } = sizing
  if (order.quantity !== null) {
    const says = `The trader asks for ${sayExact(order.quantity)} units.`
    return {
      quantity: order.quantity,
      steps: [step('request.quantity', 'Typed quantity', order.quantity, true, null, says, {})],
      reasons: [],
    }
  }
  const answer = method.propose(sizing, profile.methods.get(method.id))
  if (!answer.ok) {
    return {
      quantity: null,
      steps: [step(method.id, method.title, ZERO, false, answer.error.code, answer.error.says, {})],
      reasons: [answer.error],
    }
  }
  const proposal = answer.value
  const notes = proposal.notes ?? []
  const units = unitsOf(proposal, sizing)
  if (!(units instanceof Object && 'code' in units)) {
    const says = `${proposal.says} That is ${sayExact(units, 4)} units.`
    return {
      quantity: units,
      steps: [step(method.id, method.title, units, true, notes[0]?.code ?? null, says, proposal.facts)],
      reasons: notes,
    }
  }
  return {
    quantity: null,
    steps: [step(method.id, method.title, ZERO, false, units.code, units.says, proposal.facts)],
    reasons: [units],
  }
}

function unitsOf(proposal: Proposal, sizing: Sizing): Dec | Reason {
  const { standing, notionalPerUnit, order, loss } = sizing
  switch (proposal.kind) {
    case 'quantity':
      return proposal.quantity
    case 'risk':
      return capacityOf(proposal.loss ?? loss, standing.equity.times(proposal.fraction))
    case 'weight': {
      const along = proposal.weight.times(order.direction)
      if (along.gt(0)) return divideDown(standing.equity.times(along), notionalPerUnit)
      return reason(
        'NO_EDGE',
        `The method asks for ${sayPercent(proposal.weight)} of equity, not for a ${order.side}: the size is zero.`,
      )
    }
  }
}

function step(
  rule: string,
  title: string,
  quantity: Dec,
  passed: boolean,
  code: string | null,
  says: string,
  facts: Readonly<Record<string, string>>,
): Step {
  return {
    stage: 'propose',
    rule,
    title,
    before: '0',
    after: brief(quantity),
    factor: null,
    ceiling: null,
    passed,
    code,
    facts: { ...facts, units: near(quantity) },
    says,
  }
}
