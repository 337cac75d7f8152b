import { describe, expect, it } from 'vitest'
import { METHODS } from '../../../src/domain/sizing/registry.ts'
import { codes, future, NOW, onlyRules, reading, share, size, type Told } from '../../support/sizing-fixtures.ts'

const FREE = onlyRules({})
const method = (id: string, told: Told = {}, profile = FREE) =>
  size({ ...told, request: { method: id, ...told.request } }, {}, profile)
const strategy = { code: 'alpha', budget: null, fixedQuantity: '75', method: null, enabled: true }
const edge = {
  scope: 'strategy alpha',
  window: '30 days',
  from: 1,
  to: 2,
  wins: 60,
  losses: 40,
  scratches: 3,
  meanWin: '100',
  meanLoss: '100',
  source: 'test',
}

describe('fixed_risk', () => {
  it('loses 1 % of equity at the stop, costs included', () => {
    const spec = share({ commissionPerUnit: '0.01', spread: '0.04', slippageTicks: '3' })
    // 5 to the stop, 0.02 half a spread, 0.03 slippage, 0.02 commissions: 5.07 a share.
    const decision = method('fixed_risk', { instrument: spec })
    expect([decision.quantity, decision.lossPerUnit, decision.riskAmount]).toEqual(['197', '5.07', '998.79'])
    expect(decision).toMatchObject({
      riskFraction: '0.0099879',
      weight: '0.197',
      r: '0.99879',
      costs: { commission: '3.94', spread: '3.94', slippage: '5.91', total: '13.79' },
    })
  })

  it('takes the risk typed on the order', () => {
    expect(method('fixed_risk', { request: { risk: '0.005' } }).quantity).toBe('100')
  })

  it('refuses a risk typed in per cent', () => {
    expect(codes(method('fixed_risk', { request: { risk: '2' } }))).toEqual(['UNIT_MISMATCH request.risk'])
  })

  it('needs a stop', () => {
    expect(codes(method('fixed_risk', { request: { stop: undefined } }))).toEqual(['INPUT_MISSING request.stop'])
  })

  it('sells what it buys: the same size short', () => {
    const decision = method('fixed_risk', { request: { side: 'sell', stop: '105' } })
    expect([decision.quantity, decision.weight]).toEqual(['200', '-0.2'])
  })
})

describe('fixed_risk_atr', () => {
  const ranged = { atr: reading('2.5'), request: { stop: undefined } }

  it('sizes by two ranges and sets the stop there', () => {
    const decision = method('fixed_risk_atr', ranged)
    expect([decision.quantity, decision.stop]).toEqual(['200', '95'])
    expect(method('fixed_risk_atr', { ...ranged, request: { stop: undefined, side: 'sell' } }).stop).toBe('105')
  })

  it('keeps a nearer stop of the order for the loss, and sizes by the ranges', () => {
    const decision = method('fixed_risk_atr', { ...ranged, request: { stop: '98' } })
    expect([decision.quantity, decision.stop, decision.riskAmount]).toEqual(['200', '98', '400'])
  })

  it('trades whole lots of a contract: floor(risk / (k · ATR · lot)) lots', () => {
    const contract = future('ACME', '0.01', '1', { lotStep: '75', minQuantity: '75' })
    expect(method('fixed_risk_atr', { ...ranged, instrument: contract }).quantity).toBe('150')
  })

  it.each([
    ['missing', reading(null), 'INPUT_MISSING atr'],
    ['stale', reading('2.5', NOW - 40 * 86_400_000), 'QUOTE_STALE atr'],
    ['zero', reading('0'), 'INPUT_OUT_OF_RANGE atr'],
    ['wider than the price', reading('60'), 'STOP_TOO_NEAR request.stop'],
  ])('refuses a range that is %s', (_, atr, reason) => {
    expect(codes(method('fixed_risk_atr', { ...ranged, atr }))).toEqual([reason])
  })
})

describe('fixed_fraction', () => {
  const half = onlyRules({ methods: { fixed_fraction: { fraction: '0.5' } } })

  it('puts a share of equity into the position, long or short, whatever the stop', () => {
    for (const request of [{}, { stop: '99' }, { stop: undefined }, { side: 'sell', stop: '130' }]) {
      expect(method('fixed_fraction', { request }, half).quantity).toBe('500')
    }
  })
})

describe('fixed_qty', () => {
  it('trades the request’s own quantity, else the strategy’s, else the default', () => {
    const told = { strategy, request: { strategy: 'alpha' } }
    expect(method('fixed_qty', { ...told, request: { ...told.request, quantity: '40' } }).quantity).toBe('40')
    expect(method('fixed_qty', told).quantity).toBe('75')
    expect(method('fixed_qty', { ...told, strategy: { ...strategy, fixedQuantity: null } }).quantity).toBe('1')
    expect(method('fixed_qty').quantity).toBe('1')
  })

  it('refuses a strategy quantity that is none', () => {
    const broken = { strategy: { ...strategy, fixedQuantity: '-3' }, request: { strategy: 'alpha' } }
    expect(codes(method('fixed_qty', broken))).toEqual(['INPUT_OUT_OF_RANGE strategy.fixedQuantity', 'BELOW_MIN_LOT'])
  })
})

describe('kelly_trades', () => {
  const kelly = (changes: Partial<typeof edge> = {}) => method('kelly_trades', { edge: { ...edge, ...changes } })

  it('stakes the Kelly fraction of f* at the stop: 60 % even wins are 20 %, a quarter of it 5 %', () => {
    expect([kelly().riskFraction, kelly().quantity]).toEqual(['0.05', '1000'])
  })

  it('cuts full Kelly to the cap before the fraction', () => {
    expect(kelly({ wins: 90, losses: 10 }).riskFraction).toBe('0.125')
  })

  it('is zero without an edge, however many trades there are', () => {
    for (const [wins, losses] of [
      [50, 50],
      [40, 60],
      [4, 6],
      [0, 30],
    ] as const) {
      const decision = kelly({ wins, losses, meanWin: wins === 0 ? (null as never) : '100' })
      expect([decision.quantity, codes(decision)[0]]).toEqual(['0', 'NO_EDGE edge'])
    }
  })

  it('falls back to a fixed risk with too few trades, and says how many', () => {
    const decision = kelly({ wins: 12, losses: 7 })
    expect([decision.riskFraction, codes(decision)[0]]).toEqual(['0.005', 'FALLBACK edge'])
    expect(decision.reasons[0]?.says).toContain('19')
  })

  it('never falls back to more than the method itself would give', () => {
    // f* = 0.02/2: 0.51 against 0.49 at even odds; a quarter of it is 0.5 %, below the fallback of 5 %.
    const profile = onlyRules({
      methods: {
        kelly_trades: {
          readAs: 'risk',
          fraction: '0.25',
          cap: '0.5',
          minimumTrades: 1_000,
          windowDays: 30,
          fallbackRisk: '0.05',
        },
      },
    })
    const decision = size({ edge: { ...edge, wins: 51, losses: 49 }, request: { method: 'kelly_trades' } }, {}, profile)
    expect([decision.riskFraction, decision.quantity]).toEqual(['0.005', '100'])
  })

  it('answers all wins by the fallback, not by a division by zero', () => {
    const decision = kelly({ wins: 40, losses: 0, meanLoss: null as never })
    expect([decision.riskFraction, codes(decision)[0]]).toEqual(['0.005', 'FALLBACK edge'])
  })

  it('leaves scratches out of the win rate', () => {
    expect(kelly({ scratches: 500 }).riskFraction).toBe(kelly({ scratches: 0 }).riskFraction)
  })

  it('reads as a weight where the profile says so', () => {
    const profile = onlyRules({
      methods: {
        kelly_trades: {
          readAs: 'weight',
          fraction: '0.25',
          cap: '0.5',
          minimumTrades: 20,
          windowDays: 30,
          fallbackRisk: '0.005',
        },
      },
    })
    const decision = size({ edge, request: { method: 'kelly_trades' } }, {}, profile)
    expect([decision.weight, decision.quantity]).toEqual(['0.05', '50'])
  })
})

describe('the method', () => {
  it('is the order’s, else the strategy’s, else the profile’s', () => {
    const told = { atr: reading('2.5'), strategy: { ...strategy, method: 'fixed_qty' }, request: { strategy: 'alpha' } }
    expect(size({ ...told, request: { ...told.request, method: 'fixed_fraction' } }).method).toBe('fixed_fraction')
    expect(size(told).method).toBe('fixed_qty')
    expect(size().method).toBe('fixed_risk')
  })

  it('that is not known is refused by the name of who asked for it', () => {
    expect(codes(size({ request: { method: 'gut_feeling' } }))).toEqual(['INPUT_OUT_OF_RANGE request.method'])
    const told = { strategy: { ...strategy, method: 'gut_feeling' }, request: { strategy: 'alpha' } }
    expect(codes(size(told))).toEqual(['INPUT_OUT_OF_RANGE strategy.method'])
  })

  it('has an id, a title, a sentence on when to use it and settings that explain themselves', () => {
    for (const { id, title, says, settings } of METHODS) {
      expect([/^[a-z_]+$/.test(id), title.length > 3, says.endsWith('.')]).toEqual([true, true, true])
      for (const setting of Object.values(settings)) expect(setting.help).toMatch(/[.…]$/)
    }
  })
})
