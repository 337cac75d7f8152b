import type { DecisionInputs } from '../inputs.ts'
import type { Costs, DecisionBody, ExposureChange } from './decision.ts'

/** No costs. */
export const NO_COSTS: Costs = { commission: '0', spread: '0', slippage: '0', total: '0' }

const NO_CHANGE: ExposureChange = {
  grossBefore: '0',
  grossAfter: '0',
  netBefore: '0',
  netAfter: '0',
  leverageBefore: null,
  leverageAfter: null,
  symbolBefore: '0',
  symbolAfter: '0',
}

/** A decision of size zero about which nothing more is known. */
export function emptyBody(inputs: DecisionInputs, symbol: string): DecisionBody {
  return {
    schema: 1,
    engine: inputs.engine,
    at: inputs.at,
    accountId: inputs.account.accountId,
    bookKind: inputs.bookKind,
    kind: 'entry',
    symbol,
    side: null,
    strategy: null,
    method: null,
    outcome: 'rejected',
    quantity: '0',
    proposed: null,
    entry: null,
    stop: null,
    target: null,
    currency: inputs.account.currency,
    notional: '0',
    riskAmount: '0',
    riskFraction: null,
    weight: null,
    r: null,
    lossPerUnit: null,
    rewardAmount: null,
    costs: NO_COSTS,
    exposure: NO_CHANGE,
    binding: null,
    ladder: [],
    steps: [],
    reasons: [],
    says: '',
  }
}
