import { larger, say, text, ZERO, type Dec } from '../kernel/money.ts'
import type { Sizing } from '../sizing/order.ts'
import { riskCeiling } from './linear-ceiling.ts'
import { openRisk } from './open-risk.ts'
import type { Cap } from './rule.ts'

/** Ceiling of an equity floor below a reference: what is lost from the reference, open risk and the order's risk together. */
export function floorCeiling(
  { book, gapLoss, standing, loss }: Sizing,
  reference: Dec,
  floor: Dec,
  named: string,
): Cap {
  const open = openRisk(book, gapLoss)
  const lost = larger(reference.minus(standing.equity), ZERO)
  const stops = open.unstopped === '' ? '' : ` (no stop: ${open.unstopped})`
  return riskCeiling(
    {
      limit: reference.minus(floor),
      before: lost.plus(open.amount),
      says: `Equity may fall to ${say(floor)} ${standing.currency}; ${say(lost)} below ${named} is lost and ${say(open.amount)} is at risk${stops}.`,
      facts: { floor: text(floor), reference: text(reference), lost: text(lost), openRisk: text(open.amount) },
    },
    loss,
  )
}
