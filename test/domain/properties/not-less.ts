import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { must } from './cases.ts'

/** Fails the case where the one that must be no larger is; says how the two compare. */
export function notLess(smaller: DecisionBody, larger: DecisionBody): string {
  must(
    dec(smaller.quantity).lte(larger.quantity),
    () => `${smaller.quantity} (${smaller.says}) is more than ${larger.quantity} (${larger.says})`,
  )
  return larger.quantity === '0' ? 'both zero' : smaller.quantity === larger.quantity ? 'the same' : 'less'
}
