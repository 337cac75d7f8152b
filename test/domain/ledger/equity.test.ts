import { describe, expect, it } from 'vitest'
import { drawdown } from '../../../src/domain/ledger/drawdown.ts'
import { equityAt, type EquityFacts } from '../../../src/domain/ledger/equity.ts'
import type { CashFlow } from '../../../src/domain/ledger/records.ts'
import { roundTrips } from '../../../src/domain/ledger/round-trips.ts'
import { exampleFill } from './example-fill.ts'

const flow = (at: number, amount: string, changes: Partial<CashFlow> = {}): CashFlow => ({
  flowId: `flow-${at}`,
  accountId: 'main',
  at,
  kind: at === 0 ? 'opening' : 'deposit',
  amount,
  currency: 'EUR',
  accountAmount: amount,
  note: null,
  source: 'test',
  batchId: null,
  ...changes,
})

const fills = [
  exampleFill('1', { at: 1, quantity: '10', price: '100', fee: '2' }),
  exampleFill('2', { at: 2, side: 'sell', quantity: '4', price: '110', fee: '1', fxRate: '0.9' }),
]
const matched = roundTrips(fills, { accountCurrency: 'EUR', currency: 'USD', pointValue: '1', rate: () => undefined })

function facts(changes: Partial<EquityFacts> = {}): EquityFacts {
  return {
    at: 10,
    accountCurrency: 'EUR',
    cashFlows: [flow(0, '10000'), flow(5, '500')],
    ...matched,
    terms: () => ({ currency: 'USD', pointValue: '1' }),
    mark: (symbol) => ({ symbol, price: '120', at: 9, source: 'typed' }),
    rate: () => '0.8',
    ...changes,
  }
}

describe('equity at an instant', () => {
  it('is flows, realised profit and what is open at its mark, fees counted once', () => {
    // Realised (110 − 100)·4 − 0.8 − 1 = 38.2 dollars at 0.9; open (120 − 100)·6 − 1.2 = 118.8 dollars at 0.8.
    expect(equityAt(facts())).toEqual({
      ok: true,
      value: { equity: '10629.42', deposited: '10500', realised: '34.38', unrealised: '95.04', oldestMarkAt: 9 },
    })
  })

  it('is exact where the average price is a quotient that never ends', () => {
    const open = ['100', '100', '101'].map((price, i) => exampleFill(`${i}`, { at: 1, quantity: '7', price, fee: '0' }))
    const { holdings } = roundTrips(open, {
      accountCurrency: 'USD',
      currency: 'USD',
      pointValue: '1',
      rate: () => undefined,
    })
    expect(holdings[0]?.averagePrice).toBe('100.333333333333333333')
    const found = equityAt(facts({ accountCurrency: 'USD', trades: [], holdings }))
    // 21·120 − 7·(100 + 100 + 101) = 413.
    expect(found).toMatchObject({ ok: true, value: { unrealised: '413', equity: '10913' } })
  })

  it('leaves out what happened later', () => {
    expect(equityAt(facts({ at: 1, holdings: [] }))).toMatchObject({ ok: true, value: { equity: '10000' } })
  })

  it.each([
    ['no balance', { cashFlows: [] }, 'INPUT_MISSING', 'account.equity'],
    ['no mark', { mark: () => undefined }, 'INPUT_MISSING', 'marks.AAPL'],
    ['no specification', { terms: () => undefined }, 'INPUT_MISSING', 'instruments.AAPL'],
    ['no rate', { rate: () => undefined }, 'FX_PATH_MISSING', 'rates.USD'],
    [
      'a flow without a rate',
      { cashFlows: [flow(0, '5', { currency: 'CHF', accountAmount: null })] },
      'FX_PATH_MISSING',
      'cashFlows.flow-0',
    ],
    [
      'a trade without a rate',
      { trades: matched.trades.map((trade) => ({ ...trade, accountProfit: null })) },
      'FX_PATH_MISSING',
      'trades.1~2',
    ],
    [
      'an open fee without a rate',
      { holdings: matched.holdings.map((held) => ({ ...held, openFees: null })) },
      'FX_PATH_MISSING',
      'holdings.AAPL.openFees',
    ],
  ] as const)('is refused with the field named: %s', (_, changes, code, field) => {
    expect(equityAt(facts(changes))).toMatchObject({ ok: false, error: { code, field } })
  })
})

describe('drawdown', () => {
  const points = (list: [number, string, string][]) => list.map(([at, equity, flow]) => ({ at, equity, flow }))

  it('is measured from the highest equity so far', () => {
    expect(
      drawdown(
        points([
          [1, '100', '0'],
          [2, '120', '0'],
          [3, '90', '0'],
          [4, '108', '0'],
        ]),
      ),
    ).toEqual({
      peak: '120',
      peakAt: 2,
      equity: '108',
      drawdown: '0.1',
      deepest: '0.25',
    })
  })

  it('is not hidden by a deposit, and a withdrawal is none', () => {
    expect(
      drawdown(
        points([
          [1, '100', '0'],
          [2, '130', '50'],
        ]),
      )?.drawdown,
    ).toBe('0.133333333333')
    expect(
      drawdown(
        points([
          [1, '100', '0'],
          [2, '60', '-40'],
        ]),
      )?.drawdown,
    ).toBe('0')
  })

  it('is not known without points', () => {
    expect(drawdown([])).toBeUndefined()
  })
})
