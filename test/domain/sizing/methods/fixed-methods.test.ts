import { describe, expect, it } from 'vitest'
import { pair, reading, share } from '../../../support/sizing-fixtures.ts'
import { figures, sentence, sizingOf, stale } from '../asking.ts'
import { methodById } from '../../../../src/domain/sizing/registry.ts'

const alpha = { code: 'alpha', budget: null, fixedQuantity: '75.50', method: null, enabled: true }

describe('fixed_qty', () => {
  it('asks for the default, in units', () => {
    expect(figures('fixed_qty', {}, { quantity: '0.30' })).toEqual({ quantity: '0.3', facts: { default: '0.3' } })
    expect(sentence('fixed_qty', {}, { quantity: '0.30' })).toBe("The profile's default quantity is 0.3.")
  })

  it('asks for what the strategy trades, where it says so', () => {
    const told = { strategy: alpha, request: { strategy: 'alpha' } }
    expect(figures('fixed_qty', told)).toEqual({ quantity: '75.5', facts: { strategyQuantity: '75.5' } })
    expect(sentence('fixed_qty', told)).toBe('Strategy alpha trades 75.5 units an order.')
    expect(figures('fixed_qty', { ...told, strategy: { ...alpha, fixedQuantity: null } })).toEqual({
      quantity: '1',
      facts: { default: '1' },
    })
  })

  it.each([
    ['0', 'INPUT_OUT_OF_RANGE'],
    ['-1', 'INPUT_OUT_OF_RANGE'],
    ['NaN', 'INPUT_NOT_FINITE'],
    ['Infinity', 'INPUT_NOT_FINITE'],
    ['1,000', 'INPUT_MALFORMED'],
    ['', 'INPUT_MISSING'],
  ])('refuses a strategy’s quantity of "%s"', (fixedQuantity, code) => {
    const told = { strategy: { ...alpha, fixedQuantity }, request: { strategy: 'alpha' } }
    expect(figures('fixed_qty', told)).toEqual({ refused: `${code} strategy.fixedQuantity` })
  })
})

describe('fixed_fraction', () => {
  it('asks for a share of equity as position value, signed by the side', () => {
    expect(figures('fixed_fraction', {}, { fraction: '0.35' })).toEqual({ weight: '0.35', facts: { fraction: '0.35' } })
    const short = { request: { side: 'sell', stop: '105' } }
    expect(figures('fixed_fraction', short, { fraction: '0.35' })).toEqual({
      weight: '-0.35',
      facts: { fraction: '0.35' },
    })
    expect(sentence('fixed_fraction', short, { fraction: '0.35' })).toContain('35.00 %')
  })

  it('goes from just above nothing to four times equity', () => {
    expect(figures('fixed_fraction', {}, { fraction: '0.0001' })).toMatchObject({ weight: '0.0001' })
    expect(figures('fixed_fraction', {}, { fraction: '4' })).toMatchObject({ weight: '4' })
    for (const fraction of ['0', '4.01', '-0.1'])
      expect(() => figures('fixed_fraction', {}, { fraction })).toThrow('fraction')
  })
})

describe('fixed_risk', () => {
  it('asks for the share of equity that the stop may cost', () => {
    expect(figures('fixed_risk', {}, { risk: '0.0125' })).toEqual({ risk: '0.0125', facts: { risk: '0.0125' } })
    expect(sentence('fixed_risk', {}, { risk: '0.0125' })).toBe('1.25 % of equity may be lost at the stop.')
  })

  it('asks for the risk typed on the order instead, and says so', () => {
    const told = { request: { risk: '0.004' } }
    expect(figures('fixed_risk', told, { risk: '0.0125' })).toEqual({ risk: '0.004', facts: { risk: '0.004' } })
    expect(sentence('fixed_risk', told)).toBe('0.40 % of equity may be lost at the stop, as typed on the order.')
  })

  it('refuses an order without a stop', () => {
    expect(figures('fixed_risk', { request: { stop: undefined } })).toEqual({ refused: 'INPUT_MISSING request.stop' })
  })
})

describe('fixed_risk_atr', () => {
  const settings = { risk: '0.01', multiple: '2', period: 14 }
  const ranged = { atr: reading('2.5'), request: { stop: undefined } }

  it('asks for the share of equity lost over k ranges below a long entry', () => {
    expect(figures('fixed_risk_atr', ranged, settings)).toEqual({
      risk: '0.01',
      facts: { risk: '0.01', multiple: '2', atr: '2.5', stop: '95' },
      loss: '5',
    })
    expect(sentence('fixed_risk_atr', ranged, settings)).toBe(
      '1.00 % of equity may be lost over 2 × the average true range of 2.5, a stop at 95.',
    )
  })

  it('puts the stop above a short entry, at any distance', () => {
    const told = { atr: reading('60'), request: { stop: undefined, side: 'sell' } }
    expect(figures('fixed_risk_atr', told, settings)).toMatchObject({ facts: { stop: '220' }, loss: '120' })
  })

  it('counts spread, slippage and both commissions in the loss over its ranges', () => {
    const instrument = share({ commissionPerUnit: '0.01', spread: '0.04', slippageTicks: '3' })
    // 5 of range, 0.02 half a spread, 0.03 slippage, 0.02 commissions.
    expect(figures('fixed_risk_atr', { ...ranged, instrument }, settings)).toMatchObject({ loss: '5.07' })
  })

  it('loses by its ranges even where the order’s stop is nearer or wider', () => {
    for (const stop of ['98', '80'])
      expect(figures('fixed_risk_atr', { ...ranged, request: { stop } }, settings)).toMatchObject({
        loss: '5',
        facts: { stop: '95' },
      })
  })

  it('converts the loss of a pair that prices its own account at the stop, not at the entry', () => {
    const told = {
      instrument: pair('EURUSD'),
      atr: reading('0.0055'),
      account: { currency: 'EUR' },
      request: { symbol: 'EURUSD', entry: '1.1', stop: undefined },
    }
    const answer = figures('fixed_risk_atr', told, settings)
    // 0.011 · 100,000 USD at a stop of 1.089 USD a euro; at the entry it would be 1,000.
    expect(Number('loss' in answer ? answer.loss : Number.NaN)).toBeCloseTo(1_100 / 1.089, 9)
  })

  it('takes the risk typed on the order', () => {
    expect(
      figures('fixed_risk_atr', { ...ranged, request: { stop: undefined, risk: '0.003' } }, settings),
    ).toMatchObject({ risk: '0.003', facts: { risk: '0.003' } })
  })

  it('refuses ranges that reach a price of zero, and nothing nearer', () => {
    const at = (atr: string) => figures('fixed_risk_atr', { ...ranged, atr: reading(atr) }, settings)
    expect(at('50')).toEqual({ refused: 'STOP_TOO_NEAR request.stop' })
    expect(at('49.99')).toMatchObject({ facts: { stop: '0.02' } })
  })

  it.each([
    ['missing', reading(null), 'INPUT_MISSING atr'],
    ['stale', stale('2.5'), 'QUOTE_STALE atr'],
    ['not a number', reading('NaN'), 'INPUT_NOT_FINITE atr'],
    ['negative', reading('-2.5'), 'INPUT_OUT_OF_RANGE atr'],
  ])('refuses a range that is %s, with a stop or without', (_, atr, refused) => {
    expect(figures('fixed_risk_atr', { atr, request: { stop: undefined } }, settings)).toEqual({ refused })
    expect(figures('fixed_risk_atr', { atr }, settings)).toEqual({ refused })
  })

  it('gives an order without a stop its own', () => {
    const { stop, stopSource } = sizingOf('fixed_risk_atr', ranged)
    expect([stop?.toFixed(), stopSource]).toEqual(['95', 'method'])
    expect(sizingOf('fixed_risk_atr', { ...ranged, request: { stop: '97' } }).stopSource).toBe('order')
    expect(sizingOf('fixed_qty', { request: { stop: undefined } }).stopSource).toBe('gap')
  })
})

describe('a method', () => {
  it.each([
    ['fixed_risk', 'risk', true],
    ['fixed_risk_atr', 'risk', false],
    ['fixed_fraction', 'weight', false],
    ['fixed_qty', 'quantity', false],
    ['kelly_trades', 'risk', true],
    ['kelly_empirical', 'risk', true],
    ['kelly_conservative', 'risk', true],
    ['kelly_risk_constrained', 'risk', true],
    ['kelly_continuous', 'weight', false],
    ['kelly_vol', 'weight', false],
    ['vol_target', 'weight', false],
    ['leveraged_kelly', 'weight', false],
    ['growth_optimal', 'weight', false],
    ['enhanced_kelly', 'risk', true],
    ['physics_kelly', 'risk', true],
  ])('%s declares that it proposes a %s', (id, proposes, needsStop) => {
    expect(methodById(id)).toMatchObject({ id, proposes, needsStop })
  })

  it('has a stop of its own only where it says so, and needs one by its settings only where they say so', () => {
    const methods = ['fixed_risk_atr', 'kelly_trades', 'fixed_risk'].map((id) => methodById(id))
    expect(methods.map((method) => method !== undefined && 'ownStop' in method)).toEqual([true, false, false])
    expect(methods.map((method) => method !== undefined && 'needsStopWith' in method)).toEqual([false, true, false])
    expect(methodById('martingale')).toBeUndefined()
  })
})
