import { larger, readDecimal, readPositive, say, sayPercent, ZERO, type Dec } from '../kernel/money.ts'
import { openRisk } from './open-risk.ts'
import { riskCeiling } from './linear-ceiling.ts'
import { veto, type Ceiling } from './rule.ts'
import type { Sizing } from '../sizing/order.ts'

/** Ceiling of one period: loss so far (opening equity + flows − equity), open risk and the order's risk together. */
export function periodLoss(sizing: Sizing, period: 'day' | 'week' | 'month', max: Dec): Ceiling {
  const { inputs, standing, loss } = sizing
  const field = `account.openingEquity.${period}`
  const opening = readPositive(inputs.account.openingEquity[period].value, field)
  if (!opening.ok) return veto(opening.error)
  const flows = readDecimal(inputs.account.flows[period], `account.flows.${period}`)
  if (!flows.ok) return veto(flows.error)
  const limit = opening.value.times(max)
  const lost = larger(opening.value.plus(flows.value).minus(standing.equity), ZERO)
  const open = openRisk(sizing.book, sizing.gapLoss)
  const before = lost.plus(open.amount)
  const named = open.unstopped === '' ? '' : ` (no stop: ${open.unstopped})`
  return riskCeiling(
    {
      limit,
      before,
      says: `The ${period} may lose ${say(limit)} ${standing.currency} (${sayPercent(max)} of ${say(opening.value)}); ${say(lost)} is lost and ${say(open.amount)} is at risk${named}.`,
      facts: { opening: opening.value.toFixed(), lost: lost.toFixed(), openRisk: open.amount.toFixed() },
    },
    loss,
  )
}
