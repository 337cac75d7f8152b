import { describe, expect, it } from 'vitest'
import type { Regime } from '../../../../src/domain/studies.ts'
import { NOW, reading } from '../../../support/sizing-fixtures.ts'
import { braked, market, studies } from '../one-rule.ts'

const S2 = { trend: '1', mean_reversion: '0.8', chop: '0.5', high_volatility: '0.3', crisis: '0.1', unknown: '0.4' }
const byHand = (regime: Regime | null) =>
  studies({ regime: { regime, quality: reading('1'), source: 'set by hand', at: NOW } })

describe('the market regime', () => {
  it.each([
    ['trend', '1', '200', 'trend'],
    ['mean_reversion', '0.8', '160', 'mean reversion'],
    ['chop', '0.5', '100', 'chop'],
    ['high_volatility', '0.3', '60', 'high volatility'],
    ['crisis', '0.1', '20', 'crisis'],
  ] as const)('set to %s multiplies by %s', (regime, factor, after, words) => {
    expect(braked('regime_throttle', S2, { studies: byHand(regime) })).toMatchObject({
      factor,
      after,
      code: factor === '1' ? null : 'BRAKED',
      facts: { regime },
      says: `The regime is ${words} (set by hand): × ${factor}.`,
    })
  })

  const year = { volatilityLow: reading('0.2'), volatilityHigh: reading('0.4') }
  it.each([
    ['0.5', '0.3', 'high_volatility', 'high'],
    ['0.4', '1', 'trend', 'normal'],
    ['0.1', '1', 'trend', 'low'],
  ])('not set, a volatility of %s in a year from 0.2 to 0.4 multiplies by %s', (volatility, factor, regime, word) => {
    const told = market({ ...year, volatility: reading(volatility) })
    const expected = {
      factor,
      facts: { regime },
      says: `No regime is set; volatility is ${word}: × ${factor}.`,
    }
    expect(braked('regime_throttle', S2, told)).toMatchObject(expected)
    const unset = { ...told.studies, regime: byHand(null).regime }
    expect(braked('regime_throttle', S2, { studies: unset })).toMatchObject(expected)
  })

  it('set by hand stands against what volatility says', () => {
    const told = { ...market({ ...year, volatility: reading('0.5') }).studies, regime: byHand('trend').regime }
    expect(braked('regime_throttle', S2, { studies: told })).toMatchObject({ factor: '1', facts: { regime: 'trend' } })
  })

  it('neither set nor seen has a multiplier of its own', () => {
    const expected = {
      factor: '0.4',
      code: 'BRAKED',
      facts: { regime: 'unknown' },
      says: 'No regime is set and volatility is not known: × 0.4.',
    }
    expect(braked('regime_throttle', S2)).toMatchObject(expected)
    expect(braked('regime_throttle', S2, market({ ...year }))).toMatchObject(expected)
  })
})
