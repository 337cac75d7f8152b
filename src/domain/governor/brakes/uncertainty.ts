import { dec, divide, ONE, readDecimal, sayPercent, smaller, text, ZERO } from '../../kernel/money.ts'
import { reason, type Reason } from '../../kernel/reason.ts'
import { pointEstimate } from '../../sizing/kelly-edge.ts'
import { defineFactor, type Factor } from '../rule.ts'

/** A Kelly fraction up to this is what rounding leaves of none: 0.4 − 0.6 ÷ 1.5 comes out at 5·10⁻¹⁷. */
const ROUNDING = dec('0.000000000001')

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
      return unknown(reason('INPUT_MISSING', 'No closed trades are known, so the edge has no lower bound.', 'edge'))
    const point = pointEstimate(edge)
    if (!point.ok) return unknown(point.error)
    const low = readDecimal(edge.kellyLow, 'edge.kellyLow')
    if (!low.ok) return unknown(low.error)
    const { kelly } = point.value
    if (kelly.lte(ROUNDING) || low.value.lte(0))
      return {
        value: ZERO,
        says: kelly.lte(ROUNDING)
          ? `The trades show no edge (Kelly ${sayPercent(kelly)}), so there is none to be sure of.`
          : `The lower bound of the edge is ${sayPercent(low.value)}: there may be none.`,
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

// What is not known of the edge allows nothing, and its own reason names the field.
function unknown(fault: Reason): Factor {
  return { value: ZERO, says: fault.says, facts: {}, fault }
}
