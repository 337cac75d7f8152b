import { divideDown, larger, text, ZERO, type Dec, type Money } from '../kernel/money.ts'
import { capacityOf, lossOf, type LossAtStop } from '../costs.ts'
import type { Cap, Facts } from './rule.ts'

interface Stated {
  readonly limit: Dec
  readonly before: Dec
  readonly says: string
  readonly facts?: Facts
}

/** A limit in money used up by `perUnit` for each unit of the order; `perUnit` is positive. */
export function exposureCeiling({ limit, before, says, facts = {} }: Stated, perUnit: Money): Cap {
  return {
    kind: 'cap',
    unit: 'money',
    limit,
    before,
    useOf: remembered((quantity) => before.plus(perUnit.times(quantity))),
    capacity: divideDown(larger(limit.minus(before), ZERO), perUnit),
    says,
    facts: { perUnit: text(perUnit), ...facts },
  }
}

/** A limit in money used up by the all-in loss at the stop. */
export function riskCeiling({ limit, before, says, facts = {} }: Stated, loss: LossAtStop): Cap {
  return {
    kind: 'cap',
    unit: 'money',
    limit,
    before,
    useOf: remembered((quantity) => before.plus(lossOf(loss, quantity))),
    capacity: capacityOf(loss, limit.minus(before)),
    says,
    facts,
  }
}

/** The use of the last quantity asked for is kept: rounding and the ladder ask for the same. */
function remembered(use: (quantity: Dec) => Dec): (quantity: Dec) => Dec {
  let last: Dec | undefined
  let used: Dec | undefined
  return (quantity) => {
    if (used === undefined || quantity !== last) {
      used = use(quantity)
      last = quantity
    }
    return used
  }
}
