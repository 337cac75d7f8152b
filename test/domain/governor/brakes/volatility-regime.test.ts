import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../../src/domain/inputs.ts'
import { DAY, NOW, reading } from '../../../support/sizing-fixtures.ts'
import { braked, market, studies } from '../one-rule.ts'

const S3 = { thresholds: 'absolute', low: '0.15', high: '0.3', reduction: '0.5', lowBoost: '1' }
const OWN = { ...S3, thresholds: 'relative' }
const at = (volatility: string, settings = S3, more: Record<string, Reading> = {}) =>
  braked('volatility_regime', settings, market({ volatility: reading(volatility), ...more }))

describe('the volatility brake with fixed levels of 15 and 30 %', () => {
  it('cuts by half the excess over the high level: at 45 % by a quarter', () => {
    expect(at('0.45')).toEqual({
      stage: 'adjust',
      rule: 'volatility_regime',
      title: 'Volatility regime',
      before: '200',
      after: '150',
      factor: '0.75',
      ceiling: null,
      passed: false,
      code: 'BRAKED',
      facts: { volatility: '0.45', high: '0.3', regime: 'high' },
      says: 'Volatility of 45.00 % is high (above 30.00 %).',
    })
  })

  it.each([
    ['0.9', '0.5', 'high'],
    ['0.6', '0.5', 'high'],
    ['0.3003', '0.9995', 'high'],
    ['0.3', '1', 'normal'],
    ['0.15', '1', 'normal'],
    ['0.1499', '1', 'low'],
  ])('of %s multiplies by %s: %s', (volatility, factor, regime) => {
    expect(at(volatility)).toMatchObject({ factor, facts: { volatility, high: '0.3', regime } })
  })

  it('boosts low volatility only where boosts are allowed', () => {
    expect(at('0.1', { ...S3, lowBoost: '1.1' })).toMatchObject({
      factor: '1',
      says: 'Volatility of 10.00 % is low. A boost of × 1.10 is not allowed by the profile.',
    })
    expect(at('0.2', { ...S3, lowBoost: '1.1' }).says).toBe('Volatility of 20.00 % is normal.')
  })
})

describe('the volatility brake by the instrument’s own year', () => {
  const year = { volatilityLow: reading('0.5'), volatilityHigh: reading('0.8') }

  it('takes its levels from there, not from the profile', () => {
    expect(at('0.7', OWN, year)).toMatchObject({ factor: '1', facts: { high: '0.8', regime: 'normal' } })
    expect(at('0.4', OWN, year)).toMatchObject({ factor: '1', facts: { regime: 'low' } })
    expect(at('1', OWN, year)).toMatchObject({ factor: '0.875', facts: { volatility: '1', high: '0.8' } })
  })

  it.each([
    ['nothing was studied', {}],
    ['the market was not', { studies: studies() }],
    ['the volatility is missing', market({ volatilityLow: reading('0.5'), volatilityHigh: reading('0.8') })],
    ['the volatility is old', market({ ...year, volatility: reading('0.1', NOW - 9 * DAY) })],
    ['the volatility is of the future', market({ ...year, volatility: reading('0.1', NOW + 60_000) })],
    ['the volatility is nothing', market({ ...year, volatility: reading('0') })],
    ['the lower level is missing', market({ volatility: reading('0.1'), volatilityHigh: reading('0.8') })],
    ['the higher level is missing', market({ volatility: reading('0.1'), volatilityLow: reading('0.5') })],
  ])('cuts by the most where %s', (_, told) => {
    const step = braked('volatility_regime', OWN, told)
    expect(step).toMatchObject({ factor: '0.5', after: '100', code: 'BRAKED', facts: {} })
    expect(step.says).toMatch(/Unknown volatility counts as high\.$/)
  })
})
