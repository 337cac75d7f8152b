import { kellyBinary } from '../../edge/kelly-binary.ts'
import { divide, fromFloat, ONE, readDecimal, sayPercent, smaller, text, ZERO } from '../../kernel/money.ts'
import { pointEstimate } from '../../sizing/kelly-edge.ts'
import { defineFactor } from '../rule.ts'

/** × the lower bound of the Kelly fraction over its point estimate, not below 0: what the evidence supports of the edge. */
export const uncertainty = defineFactor({
  id: 'uncertainty',
  title: 'Edge uncertainty',
  code: 'EDGE_UNCERTAIN',
  says: 'Trades smaller the less sure the edge is.',
  settings: {},
  evaluate({ inputs }) {
    const { edge } = inputs
    if (edge === null)
      return { value: ZERO, says: 'No closed trades are known, so the edge has no lower bound.', facts: {} }
    const point = pointEstimate(edge)
    if (!point.ok) return { value: ZERO, says: point.error.says, facts: {} }
    const low = readDecimal(edge.kellyLow, 'edge.kellyLow')
    if (!low.ok) return { value: ZERO, says: low.error.says, facts: {} }
    const kelly = fromFloat(
      kellyBinary(point.value.winRate, point.value.payoff.gt(0) ? point.value.payoff.toNumber() : 1),
    )
    if (kelly.lte(0) || low.value.lte(0))
      return {
        value: ZERO,
        says: `The lower bound of the edge is ${sayPercent(low.value)}: there may be none.`,
        facts: { kellyLow: text(low.value) },
      }
    const value = smaller(divide(low.value, kelly), ONE)
    return {
      value,
      says: `The lower bound of Kelly is ${sayPercent(low.value)} of ${sayPercent(kelly)}.`,
      facts: { kelly: text(kelly), kellyLow: text(low.value) },
    }
  },
})
