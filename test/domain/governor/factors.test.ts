import { describe, expect, it } from 'vitest'
import { codes, NOW, onlyRules, profileOf, rawProfile, reading, size } from '../../support/sizing-fixtures.ts'

const drawdown = (limit: string, factor: string) => onlyRules({ brakes: { drawdown: { limit, factor } } })
const peak = (value: string | null, at?: number) => ({
  account: { peakEquity: at === undefined ? reading(value) : reading(value, at) },
})

describe('the drawdown brake', () => {
  it.each([
    ['at the peak', '100000', '200', '1'],
    ['above the old peak', '90000', '200', '1'],
    ['half-way to the limit', '111111.111111111111', '150', '0.75'],
    ['at the limit', '125000', '100', '0.5'],
  ])('%s trades %s as peak: %s shares, factor %s', (_, at, quantity, factor) => {
    const decision = size(peak(at), {}, drawdown('0.2', '2'))
    expect([decision.quantity, decision.steps.find(({ rule }) => rule === 'drawdown')?.factor]).toEqual([
      quantity,
      factor,
    ])
  })

  it('stops beyond the limit, with its reason', () => {
    const decision = size(peak('125000.01'), {}, drawdown('0.2', '2'))
    expect([decision.quantity, decision.binding, codes(decision)[0]]).toEqual(['0', 'drawdown', 'DRAWDOWN'])
  })

  it.each([
    ['missing', peak(null), 'INPUT_MISSING account.peakEquity'],
    ['of the future', peak('100000', NOW + 60_000), 'CLOCK_ANOMALY account.peakEquity'],
    ['no number', peak('much'), 'INPUT_MALFORMED account.peakEquity'],
  ])('stops where the peak is %s and names it', (_, told, reason) => {
    const decision = size(told, {}, drawdown('0.2', '2'))
    expect([decision.quantity, codes(decision)[0]]).toEqual(['0', reason])
  })

  it('brakes a typed quantity too', () => {
    expect(size({ ...peak('125000'), request: { quantity: '90' } }, {}, drawdown('0.2', '2')).quantity).toBe('45')
  })
})

describe('the signal', () => {
  it.each([
    ['0.5', '100'],
    ['-0.5', '100'],
    ['1', '200'],
    ['0.1', '20'],
    ['0.099', '0'],
    ['0', '0'],
    [undefined, '200'],
  ])('of %s makes 200 shares %s', (signal, quantity) => {
    const decision = size({ request: { signal } }, {}, onlyRules({}))
    expect(decision.quantity).toBe(quantity)
    if (quantity === '0') expect(codes(decision)[0]).toBe('SIGNAL_TOO_WEAK')
  })

  it('leaves a typed quantity alone: that is the trader’s own intent', () => {
    expect(size({ request: { signal: '0.5', quantity: '90' } }, {}, onlyRules({})).quantity).toBe('90')
  })

  it('is not cut by a ceiling before it scales: ceilings see the scaled proposal, and hold for it', () => {
    const profile = onlyRules({ ceilings: { risk_per_trade: { max: '0.004' } } })
    expect(size({ request: { signal: '0.5' } }, {}, profile).quantity).toBe('80')
    expect(size({ request: { signal: '0.2' } }, {}, profile).quantity).toBe('40')
  })
})

describe('conviction', () => {
  const profileWith = (allowBoosts: boolean) => {
    const raw = rawProfile()
    const off = Object.fromEntries(Object.keys(raw.ceilings).map((id) => [id, 'off']))
    return profileOf({
      ...raw,
      general: { ...raw.general, allowBoosts },
      scalers: { ...raw.scalers, conviction: { low: '0.5', medium: '1', high: '1.5' } },
      ceilings: { ...off, order_qty: { max: '250' } },
    })
  }

  it('boosts only where the profile allows it, and the ceilings still hold', () => {
    const ask = (conviction: string, boosts: boolean): string =>
      size({ request: { conviction } }, {}, profileWith(boosts)).quantity
    expect([ask('LOW', false), ask('MEDIUM', false), ask('HIGH', false)]).toEqual(['100', '200', '200'])
    expect(ask('HIGH', true)).toBe('250')
  })
})
