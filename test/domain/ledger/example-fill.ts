import type { Fill } from '../../../src/domain/ledger/records.ts'

/** A fill of AAPL in dollars without fees; `changes` say what matters. */
export function exampleFill(fillId: string, changes: Partial<Fill> = {}): Fill {
  return {
    fillId,
    accountId: 'main',
    symbol: 'AAPL',
    at: Date.UTC(2026, 0, 5),
    side: 'buy',
    quantity: '100',
    price: '50',
    fee: '0',
    feeCurrency: 'USD',
    fxRate: null,
    strategy: null,
    stop: null,
    tag: null,
    executionId: null,
    statedProfit: null,
    source: 'test',
    batchId: null,
    ...changes,
  }
}
