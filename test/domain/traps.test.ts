import { describe, expect, it } from 'vitest'
import {
  codes,
  future,
  onlyRules,
  position,
  profileOf,
  rawProfile,
  reading,
  share,
  size,
} from '../support/sizing-fixtures.ts'

/** What published systems get wrong, by the number of the trap; more of them in the files beside this one. */
describe('traps', () => {
  const edge = {
    scope: 'all trades',
    window: '30 days',
    from: 1,
    to: 2,
    wins: 30,
    losses: 70,
    scratches: 0,
    meanWin: '100',
    meanLoss: '100',
    source: 'test',
  }
  const kelly = { edge, request: { method: 'kelly_trades' } }

  it('trap 1: a negative edge is zero: neither a fallback at full risk nor the size without its sign', () => {
    const profile = onlyRules({
      methods: {
        kelly_trades: {
          readAs: 'risk',
          fraction: '1',
          cap: '1',
          minimumTrades: 1,
          windowDays: 30,
          fallbackRisk: '0.05',
        },
      },
    })
    for (const told of [
      kelly,
      { ...kelly, edge: { ...edge, wins: 3, losses: 7 } },
      { ...kelly, request: { ...kelly.request, side: 'sell', stop: '105' } },
    ]) {
      const decision = size(told, {}, profile)
      expect([decision.quantity, codes(decision)[0]]).toEqual(['0', 'NO_EDGE edge'])
    }
  })

  it('trap 4: a minimum never raises: a minimum quantity, notional or weight makes a smaller size zero', () => {
    const raw = rawProfile()
    const least = (minimumWeight: string) => profileOf({ ...raw, general: { ...raw.general, minimumWeight } })
    const small = { risk: '0.00002' }
    // 2 USD of risk at 5 a share is less than one share, 20 USD are four.
    expect(codes(size({ request: small }, {}, least('0')))[0]).toBe('BELOW_MIN_LOT')
    const four = { risk: '0.0002' }
    expect(size({ request: four }, {}, least('0')).quantity).toBe('4')
    for (const [instrument, weight, code] of [
      [share({ minQuantity: '5' }), '0', 'BELOW_MIN_LOT'],
      [share({ minNotional: '401' }), '0', 'BELOW_MIN_SIZE'],
      [share(), '0.005', 'BELOW_MIN_SIZE'],
    ] as const) {
      const decision = size({ instrument, request: four }, {}, least(weight))
      expect([decision.quantity, decision.binding]).toEqual(['0', 'minimum'])
      expect(codes(decision)).toContain(code)
    }
  })

  it('trap 9: exposure of a strategy is counted, so that its budget binds', () => {
    const strategy = { code: 'alpha', budget: '0.1', fixedQuantity: null, method: null, enabled: true }
    const told = { strategy, request: { strategy: 'alpha', quantity: '500' } }
    const held = (code: string | null) => ({ positions: [position({ strategy: code, quantity: '120' })] })
    const profile = onlyRules({ ceilings: { strategy_budget: { fallback: '0.2' } } })
    expect([size(told, held('beta'), profile).quantity, size(told, held('alpha'), profile).quantity]).toEqual([
      '100',
      '40',
    ])
  })

  it('trap 9: equity that is not known is no 100,000', () => {
    const decision = size({ account: { equity: reading(null) } })
    expect([decision.quantity, codes(decision)]).toEqual(['0', ['INPUT_MISSING account.equity']])
  })

  it('trap 11: a risk fraction is no weight: 2 % at risk with a stop 1 % away is twice the equity', () => {
    const decision = size({ request: { stop: '99', risk: '0.02' } }, {}, onlyRules({}))
    expect([decision.riskFraction, decision.weight]).toEqual(['0.02', '2'])
  })

  it('trap 11: a weight is no risk fraction: 2 % of equity with a stop 1 % away risks 0.02 %', () => {
    const decision = size({ request: { stop: '99', method: 'fixed_fraction' } }, {}, onlyRules({}))
    expect([decision.weight, decision.riskFraction]).toEqual(['0.02', '0.0002'])
  })

  it('trap 13: scratches are no wins and no losses, a perfect record divides by nothing, no loss is no invented loss of 1', () => {
    const profile = onlyRules({
      methods: {
        kelly_trades: {
          readAs: 'risk',
          fraction: '1',
          cap: '0.5',
          minimumTrades: 10,
          windowDays: 30,
          fallbackRisk: '0.004',
        },
      },
    })
    const ask = (changes: Partial<typeof edge>) => size({ ...kelly, edge: { ...edge, ...changes } }, {}, profile)
    expect(ask({ wins: 60, losses: 40, scratches: 1_000 }).riskFraction).toBe('0.2')
    const perfect = ask({ wins: 50, losses: 0, meanLoss: null as never })
    expect([perfect.riskFraction, codes(perfect)[0]]).toEqual(['0.004', 'FALLBACK edge'])
    expect(codes(ask({ wins: 0, losses: 50, meanWin: null as never }))[0]).toBe('NO_EDGE edge')
  })

  it('trap 14: the daily loss is measured from the opening balance, not from the peak of the day', () => {
    const profile = onlyRules({ ceilings: { daily_loss: { max: '0.03' } } })
    const opening = { day: reading('100000'), week: reading('1'), month: reading('1') }
    // Up 2 % since the opening, down 1 % from the peak: nothing is lost.
    const decision = size(
      {
        equity: '102000',
        account: { equity: reading('102000'), peakEquity: reading('103000'), openingEquity: opening },
        request: { quantity: '5000' },
      },
      {},
      profile,
    )
    expect([decision.quantity, decision.ladder[0]?.before]).toEqual(['600', '0'])
  })

  it('trap 18: a fallback never sizes up: it is at most what it replaces', () => {
    const fallback = (share: string) =>
      onlyRules({
        methods: {
          kelly_trades: {
            readAs: 'risk',
            fraction: '0.1',
            cap: '0.5',
            minimumTrades: 1_000,
            windowDays: 30,
            fallbackRisk: share,
          },
        },
      })
    const proven = { ...edge, wins: 55, losses: 45 }
    // f* = 0.1, a tenth of it 1 %: the fallback of 5 % is cut to that; one of 0.3 % stays.
    expect(size({ ...kelly, edge: proven }, {}, fallback('0.05')).riskFraction).toBe('0.01')
    expect(size({ ...kelly, edge: proven }, {}, fallback('0.003')).riskFraction).toBe('0.003')
  })

  it('trap 19: lots and units: equity 500,000, risk 1 %, ATR 50, k 2, lot 25 is 50 units, two lots', () => {
    const contract = future('INDEX', '0.05', '1', { lotStep: '25', minQuantity: '25' })
    const decision = size(
      {
        equity: '500000',
        instrument: contract,
        atr: reading('50'),
        request: { entry: '9000', stop: undefined, method: 'fixed_risk_atr' },
      },
      {},
      onlyRules({}),
    )
    expect([decision.quantity, decision.lossPerUnit, decision.riskAmount]).toEqual(['50', '100', '5000'])
  })
})
