import type { RecordedDecision } from '../../contract/sizing.ts'
import { moneyText, multipleText, numberText, percentText } from '../format/number-text.ts'
import { momentText } from '../format/time-text.ts'

/** What was decided, as lines of a fact list; what a decision does not have is left out. */
export function decisionFacts(decision: RecordedDecision): { name: string; value: string }[] {
  const { currency } = decision
  const money = (value: string): string => `${moneyText(value, currency)} ${currency}`
  const some = (
    name: string,
    value: string | null,
    text: (value: string) => string,
  ): { name: string; value: string }[] => (value === null ? [] : [{ name, value: text(value) }])
  const plain = (value: string): string => numberText(value)
  return [
    { name: 'Size', value: numberText(decision.quantity) },
    ...some('Asked', decision.proposed, plain),
    ...some('Entry', decision.entry, plain),
    ...some('Stop', decision.stop, plain),
    ...some('Target', decision.target, plain),
    { name: 'Value', value: money(decision.notional) },
    { name: 'Loss at the stop', value: money(decision.riskAmount) },
    ...some('Of equity', decision.riskFraction, (value) => percentText(value, 3)),
    ...some('R', decision.r, (value) => multipleText(value)),
    { name: 'Costs', value: money(decision.costs.total) },
    ...some('Method', decision.method, (value) => value),
    ...some('Strategy', decision.strategy, (value) => value),
  ]
}

/** Where the decision stands in the log, and what it was decided with. */
export function recordFacts(decision: RecordedDecision, zone: string): { name: string; value: string }[] {
  return [
    { name: 'Row of the log', value: numberText(String(decision.seq)) },
    { name: 'Recorded', value: momentText(decision.recordedAt, zone) },
    { name: 'Decided for', value: momentText(decision.at, zone) },
    { name: 'Account', value: `${decision.accountId}, ${decision.bookKind}` },
    { name: 'Profile', value: `${decision.profile.name} ${decision.profile.version}` },
    { name: 'Engine', value: decision.engine },
  ]
}
