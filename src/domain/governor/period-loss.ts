import { readDated } from '../freshness.ts'
import { larger, readDecimal, say, sayPercent, ZERO, type Dec } from '../kernel/money.ts'
import { reason } from '../kernel/reason.ts'
import { openRisk } from './open-risk.ts'
import { riskCeiling } from './linear-ceiling.ts'
import { veto, type Ceiling } from './rule.ts'
import type { Sizing } from '../sizing/order.ts'

const HOUR_MS = 3_600_000
// Clocks going back make a period up to two hours longer.
const LONGEST_MS = { day: 26 * HOUR_MS, week: (7 * 24 + 2) * HOUR_MS, month: (31 * 24 + 2) * HOUR_MS } as const

/** Ceiling of one period: loss so far (opening equity + flows − equity), open risk and the order's risk together. */
export function periodLoss(sizing: Sizing, period: 'day' | 'week' | 'month', max: Dec): Ceiling {
  const { inputs, standing, loss, now } = sizing
  const field = `account.openingEquity.${period}`
  const reading = inputs.account.openingEquity[period]
  const opening = readDated(reading, field, now)
  if (!opening.ok) return veto(opening.error)
  if (now - (reading.at ?? 0) > LONGEST_MS[period]) {
    return veto(
      reason(
        'QUOTE_STALE',
        `${field} is that of an earlier ${period}: the loss of this ${period} is not known.`,
        field,
      ),
    )
  }
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
