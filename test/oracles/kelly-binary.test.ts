import { describe, expect, it } from 'vitest'
import { kellyBinary } from '../../src/domain/edge/kelly-binary.ts'
import { onlyRules, size } from '../support/sizing-fixtures.ts'
import oracle from './kelly-binary.json' with { type: 'json' }

describe('the Kelly fraction of a bet', () => {
  it.each(oracle.cases)('with p $p at odds $b is $kelly', ({ p, b, kelly }) => {
    expect(Math.abs(kellyBinary(p, b) - kelly)).toBeLessThanOrEqual(oracle.tolerance)
  })

  it.each(oracle.meanWinAndLoss)(
    'of mean win $win and mean loss $loss is the share at risk, not the share exposed',
    ({ p, win, loss, atRisk, exposed }) => {
      expect(Math.abs(kellyBinary(p, win / loss) - atRisk)).toBeLessThanOrEqual(oracle.tolerance)
      // The share of capital exposed is the share at risk over the mean loss: another unit.
      expect(Math.abs(kellyBinary(p, win / loss) / loss - exposed)).toBeLessThanOrEqual(1e-9)
    },
  )

  it.each(oracle.cases)('with p $p at odds $b is risked at the stop by kelly_trades', ({ p, b, kelly }) => {
    const trades = 10_000
    const edge = {
      scope: 'all trades',
      window: '365 days',
      from: 0,
      to: 1,
      wins: Math.round(p * trades),
      losses: Math.round((1 - p) * trades),
      scratches: 0,
      meanWin: String(b),
      meanLoss: '1',
      source: 'test',
    }
    const profile = onlyRules({
      method: 'kelly_trades',
      methods: {
        kelly_trades: { readAs: 'risk', fraction: 1, cap: 1, minimumTrades: 1, windowDays: 365, fallbackRisk: 0 },
      },
    })
    // A share at 1 with a stop at 0.5 loses half of its value: the risk fraction is half the weight.
    const decision = size({ edge, request: { entry: '1', stop: '0.5' } }, {}, profile)
    if (kelly <= 0) expect([decision.quantity, decision.reasons[0]?.code]).toEqual(['0', 'NO_EDGE'])
    else expect(Math.abs(Number(decision.riskFraction) - kelly)).toBeLessThanOrEqual(1e-5)
  })
})
