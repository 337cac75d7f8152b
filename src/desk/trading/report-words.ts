import type { OrderReport } from '../../domain/broker/order-report.ts'

/** What a broker's report says of its order, in a sentence. */
export function saidOf(fact: Exclude<OrderReport, { kind: 'fill' | 'replaced' }>): string {
  switch (fact.kind) {
    case 'accepted':
      return `Taken by the broker as ${fact.brokerId}.`
    case 'refused':
      return fact.reason.says
    case 'cancelled':
      return fact.says
    case 'expired':
      return 'Expired at the end of its day.'
    case 'bust':
      return `Execution ${fact.executionId} is void.`
    case 'correction':
      return `Execution ${fact.executionId} was corrected.`
  }
}
