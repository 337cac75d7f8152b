import { sayExact } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The target, where there is one, is on the winning side of the entry. */
export const targetSide = defineGate({
  id: 'target_side',
  title: 'Target',
  code: 'TARGET_WRONG_SIDE',
  says: 'The target lies on the winning side of the entry.',
  settings: {},
  evaluate({ order }) {
    if (order.target === null) return pass('The order has no target.')
    if (order.target.minus(order.entry).times(order.direction).gt(0))
      return pass(`The target is ${sayExact(order.target)}.`)
    const needs = order.side === 'buy' ? 'A buy needs it above' : 'A sell needs it below'
    return block(
      reason(
        'TARGET_WRONG_SIDE',
        `The target ${sayExact(order.target)} is on the wrong side of the entry ${sayExact(order.entry)}. ${needs}.`,
        'request.target',
      ),
    )
  },
})
