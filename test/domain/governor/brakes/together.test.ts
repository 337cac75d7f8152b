import { describe, expect, it } from 'vitest'
import { codes, reading, size, type Told } from '../../../support/sizing-fixtures.ts'
import { market, only, stepOf } from '../one-rule.ts'

/** Two brakes: liquidity as told, and half by the drawdown at its limit. */
const BRAKES = { liquidity: { unknown: '1' }, drawdown: { limit: '0.2', factor: '2' } }
const told = (liquidity: string, more: Told = {}): Told => ({
  ...market({ liquidity: reading(liquidity) }),
  account: { peakEquity: reading('125000') },
  ...more,
})
const weakest = only({ brakes: BRAKES })
const product = only({ general: { aggregate: 'product' }, brakes: BRAKES })

describe('brakes together', () => {
  it('count as the weakest link, which is named', () => {
    const decision = size(told('0.4'), {}, weakest)
    expect(stepOf(decision, 'weakest_link')).toEqual({
      stage: 'adjust',
      rule: 'weakest_link',
      title: 'Weakest link',
      before: '200',
      after: '80',
      factor: '0.4',
      ceiling: null,
      passed: false,
      code: 'BRAKED',
      facts: { brake: 'liquidity' },
      says: 'Liquidity brakes the proposal to × 0.4000, 80 units.',
    })
    expect(decision).toMatchObject({ quantity: '80', outcome: 'reduced', binding: 'liquidity' })
    expect(codes(decision)).toEqual(['LIQUIDITY'])
  })

  it('leave the smallest so far at each step', () => {
    const decision = size(told('0.8'), {}, weakest)
    expect([stepOf(decision, 'drawdown').after, stepOf(decision, 'liquidity').after]).toEqual(['100', '100'])
    expect([decision.quantity, decision.binding, codes(decision)]).toEqual(['100', 'drawdown', ['DRAWDOWN']])
  })

  it('give the first the name where two are as weak', () => {
    expect(size(told('0.5'), {}, weakest).binding).toBe('drawdown')
  })

  it('multiply where the profile says so, with a reason for each', () => {
    const decision = size(told('0.4'), {}, product)
    expect([stepOf(decision, 'drawdown').after, stepOf(decision, 'liquidity').after]).toEqual(['100', '40'])
    expect(stepOf(decision, 'product')).toMatchObject({
      title: 'Brakes multiplied',
      before: '200',
      after: '40',
      factor: '0.2',
      facts: { brake: 'liquidity' },
    })
    expect([decision.quantity, codes(decision)]).toEqual(['40', ['DRAWDOWN', 'LIQUIDITY']])
  })

  it('multiplied, give the reason of a missing input instead of the brake’s own', () => {
    const decision = size(told('1', { account: { peakEquity: reading(null) } }), {}, product)
    expect(codes(decision)[0]).toBe('INPUT_MISSING account.peakEquity')
    expect(codes(decision)).not.toContain('LIQUIDITY')
  })

  it('that none cut leave no step of their own and no reason', () => {
    for (const profile of [weakest, product]) {
      const decision = size(told('1', { account: {} }), {}, profile)
      expect(decision.steps.filter(({ stage }) => stage === 'adjust').map(({ rule }) => rule)).toEqual([
        'drawdown',
        'liquidity',
      ])
      expect([decision.outcome, decision.reasons, decision.binding]).toEqual(['approved', [], null])
    }
  })

  it('come after the scalers: they brake what those left', () => {
    const profile = only({ scalers: { signal: { least: '0' } }, brakes: BRAKES })
    const decision = size(told('1', { request: { signal: '0.5' } }), {}, profile)
    expect([stepOf(decision, 'drawdown').before, decision.quantity]).toEqual(['100', '50'])
  })

  it('may not boost even where scalers may', () => {
    const boost = { thresholds: 'absolute', low: '0.15', high: '0.3', reduction: '0.5', lowBoost: '1.1' }
    for (const aggregate of ['weakest_link', 'product']) {
      const profile = only({ general: { aggregate, allowBoosts: true }, brakes: { volatility_regime: boost } })
      const decision = size(market({ volatility: reading('0.1') }), {}, profile)
      expect([decision.quantity, stepOf(decision, 'volatility_regime').factor]).toEqual(['200', '1'])
    }
  })
})
