import { describe, expect, it } from 'vitest'
import { position, rawProfile, reading, share, size } from '../support/sizing-fixtures.ts'
import { EDGE } from './governor/asking.ts'
import { capped, correlations, market, only, rungOf, stepOf } from './governor/one-rule.ts'

/** What published systems get wrong about sizes, by the number of the trap; more of them beside this file. */
describe('traps of sizes', () => {
  const kelly = only({ methods: { kelly_continuous: { fraction: '1', riskFree: '0.03' } } })
  const forecast = (symbol: string, expectedReturn: string, volatility: string, method: string) => ({
    instrument: share({ symbol }),
    request: { method, stop: undefined, expectedReturn, volatility },
  })

  it('trap 2: Kelly weights are not brought to a sum of 1: two of 2 and 1.5 times equity stay that', () => {
    const weights = [
      size(forecast('ACME', '0.11', '0.2', 'kelly_continuous'), {}, kelly).weight,
      size(forecast('BOLT', '0.165', '0.3', 'kelly_continuous'), {}, kelly).weight,
    ]
    expect(weights).toEqual(['2', '1.5'])
    expect(weights.map(Number).reduce((sum, weight) => sum + weight)).toBe(3.5)
  })

  it('trap 3: fractional Kelly and the volatility target: the smaller of the two, never their product', () => {
    const profile = only({ methods: { kelly_vol: { fraction: '0.25', riskFree: '0.03', target: '0.15' } } })
    const at = (volatility: string) => size(forecast('ACME', '0.11', volatility, 'kelly_vol'), {}, profile).weight
    // A quarter of 0.08 ÷ 0.4² is 0.125, the target gives 0.375; their product would be 0.047.
    expect(at('0.4')).toBe('0.125')
    // A quarter of 0.08 ÷ 0.1² is 2, the target gives 1.5; their product would be 3.
    expect(at('0.1')).toBe('1.5')
  })

  const record = { ...EDGE, wins: 60, losses: 40, meanWin: '200' }
  const inBars = (atr: string) => ({
    ...market({ atrMean: reading('2') }),
    atr: reading(atr),
    edge: record,
    request: { method: 'enhanced_kelly' },
  })
  const layers = {
    fraction: '0.5',
    cap: '0.02',
    highRatio: '1.3',
    lowRatio: '0.7',
    lowBoost: '1.2',
    unknownQuality: '1',
    minimumTrades: 30,
    windowDays: 365,
    fallbackRisk: '0.005',
  }

  it('trap 10: bars twice as wide halve the size once, not twice, and no volatility brake stands beside it', () => {
    const profile = only({ methods: { enhanced_kelly: layers } })
    const risk = (atr: string) => size(inBars(atr), {}, profile).riskFraction
    expect([risk('2'), risk('4'), risk('8')]).toEqual(['0.02', '0.01', '0.005'])
    expect(rawProfile('prop-governor').brakes['volatility_regime']).toBe('off')
  })

  it('trap 12: between free and paid leverage the optimum is exactly 1, because leverage costs', () => {
    const profile = only({ methods: { growth_optimal: { fraction: '1', cost: '0.065' } } })
    const weight = (expectedReturn: string) =>
      size(forecast('ACME', expectedReturn, '0.2', 'growth_optimal'), {}, profile).weight
    // Without its cost 1.25 and 2.5 times equity would be best; with it 0.105 ÷ 0.04 − 1.625 = 1.
    expect([weight('0.03'), weight('0.05'), weight('0.1'), weight('0.125')]).toEqual(['0.75', '1', '1', '1.5'])
  })

  it('trap 17: a volatility target per asset is none for the portfolio: five of them are 49.7 %, which its ceiling does not allow', () => {
    const symbols = ['ACME', 'BOLT', 'CORD', 'DUNE', 'EAST']
    const pairs = Object.fromEntries(symbols.flatMap((a) => symbols.map((b) => [`${a}/${b}`, 0.3])))
    const study = correlations(Object.fromEntries(symbols.map((symbol) => [symbol, 0.6])), pairs)
    const holding = (weight: number, others = symbols.slice(1)) => ({
      positions: others.map((symbol) =>
        position({
          spec: share({ symbol, lotStep: '0.0001', minQuantity: '0.0001' }),
          quantity: (weight * 2000).toFixed(4),
        }),
      ),
    })
    const ask = (weight: number, others?: string[]) =>
      capped('portfolio_vol', { max: '0.15' }, study, holding(weight, others)).rung
    const byAsset = 0.15 / 0.6
    expect(Number(ask(byAsset, symbols).before)).toBeCloseTo(0.497, 3)
    expect(ask(byAsset)).toMatchObject({ allows: '0', state: 'over' })
    // Scaled by √(w′Σw) to 15 % for the whole, the fifth has just room for its own share.
    const scaled = (byAsset * 0.15) / (byAsset * 0.6 * Math.sqrt(5 + 20 * 0.3))
    expect(Number(ask(scaled).facts['capacity'])).toBeCloseTo(scaled * 1000, 1)
  })

  it('trap 20: HIGH conviction multiplies before the caps, which cut what it asks for', () => {
    const high = only({
      general: { allowBoosts: true },
      scalers: { conviction: { low: '0.5', medium: '1', high: '1.5' } },
      ceilings: { risk_per_trade: { max: '0.012' } },
    })
    const decision = size({ request: { conviction: 'HIGH' } }, {}, high)
    expect(stepOf(decision, 'conviction').after).toBe('300')
    expect([decision.quantity, decision.riskFraction]).toEqual(['240', '0.012'])
    expect(rungOf(decision, 'risk_per_trade').allows).toBe('240')
  })
})
