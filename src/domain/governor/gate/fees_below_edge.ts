import { commissionAt, commissionToTarget } from '../../costs.ts'
import { larger, say, type Dec } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { block, defineGate, pass } from '../rule.ts'

/** What the order gains at its target is more than what it costs; not checked without a target. */
export const feesBelowEdge = defineGate({
  id: 'fees_below_edge',
  title: 'Costs below the gain',
  code: 'FEE_EXCEEDS_EDGE',
  says: 'The gain at the target is more than commissions and spread.',
  settings: {},
  evaluate({ order, instrument, loss, rateAt, standing }, quantity) {
    if (order.target === null) return pass('Not checked: the order has no target.')
    const size = quantity.gt(0) ? quantity : larger<Dec>(instrument.lotStep, instrument.minQuantity)
    const gain = order.target
      .minus(order.entry)
      .abs()
      .times(instrument.pointValue)
      .times(rateAt(order.target))
      .times(size)
    const leaving = commissionAt(instrument, order.target, rateAt(order.target))
    const costs = commissionToTarget(loss, leaving, size).plus(loss.spread.times(2).times(size))
    if (costs.lt(gain))
      return pass(`Costs of ${say(costs)} stand against a gain of ${say(gain)} ${standing.currency} at the target.`)
    return block(
      reason(
        'FEE_EXCEEDS_EDGE',
        `Costs of ${say(costs)} ${standing.currency} eat the whole gain of ${say(gain)} at the target.`,
        'request.target',
      ),
    )
  },
})
