import { describe, expect, it } from 'vitest'
import type { Step } from '../../../src/domain/governor/decision.ts'
import { codes, size } from '../../support/sizing-fixtures.ts'
import { only, stepOf } from './one-rule.ts'

const S3 = { low: '0.5', medium: '1', high: '1.5' }
const sure = (conviction: string | undefined, allowBoosts: boolean, equity = '100000'): Step =>
  stepOf(
    size({ equity, request: { conviction } }, {}, only({ general: { allowBoosts }, scalers: { conviction: S3 } })),
    'conviction',
  )

describe('conviction', () => {
  it('multiplies by its own figure, and says which', () => {
    expect(sure('LOW', true)).toEqual({
      stage: 'adjust',
      rule: 'conviction',
      title: 'Conviction',
      before: '200',
      after: '100',
      factor: '0.5',
      ceiling: null,
      passed: false,
      code: 'BRAKED',
      facts: { conviction: 'LOW', tier: 'STRATEGIST', multiplier: '0.5' },
      says: 'LOW conviction: × 0.5.',
    })
    expect(sure('MEDIUM', true)).toMatchObject({ after: '200', passed: true, facts: { multiplier: '1' } })
    expect(sure('HIGH', true)).toMatchObject({
      after: '300',
      factor: '1.5',
      code: null,
      says: 'HIGH conviction: × 1.5.',
    })
  })

  it('boosts from 10,000 of equity on, and says below it what the tier lacks', () => {
    expect(sure('HIGH', true, '10000')).toMatchObject({ factor: '1.5', facts: { tier: 'STRATEGIST' } })
    expect(sure('HIGH', true, '9999.99')).toMatchObject({
      factor: '1',
      facts: { conviction: 'HIGH', tier: 'HUNTER', multiplier: '1.5' },
      says: 'HIGH conviction asks for × 1.5, which needs the tier STRATEGIST; this account is HUNTER, so × 1.',
    })
    expect(sure('HIGH', true, '5000').facts).toMatchObject({ tier: 'HUNTER' })
    expect(sure('HIGH', true, '4999.99')).toMatchObject({ factor: '1', facts: { tier: 'SNIPER' } })
    expect(sure('LOW', true, '4999.99')).toMatchObject({ factor: '0.5', facts: { tier: 'SNIPER' } })
    expect(sure('MEDIUM', true, '4999.99').says).toBe('MEDIUM conviction: × 1.')
  })

  it('boosts nothing where the profile forbids boosts', () => {
    expect(sure('HIGH', false)).toMatchObject({
      factor: '1',
      after: '200',
      says: 'HIGH conviction: × 1.5. A boost of × 1.50 is not allowed by the profile.',
    })
  })

  it('not named leaves the size alone', () => {
    expect(sure(undefined, true)).toMatchObject({ factor: '1', facts: {}, says: 'The order names no conviction.' })
  })
})

describe('the signal', () => {
  const scaled = (signal: string | undefined, least = '0.1') =>
    size({ request: { signal } }, {}, only({ scalers: { signal: { least } } }))

  it('multiplies by its strength, whatever its sign', () => {
    expect(stepOf(scaled('-0.25'), 'signal')).toEqual({
      stage: 'adjust',
      rule: 'signal',
      title: 'Signal strength',
      before: '200',
      after: '50',
      factor: '0.25',
      ceiling: null,
      passed: false,
      code: 'SIGNAL_TOO_WEAK',
      facts: { signal: '-0.25' },
      says: 'The signal -0.25 scales the proposal.',
    })
    expect(codes(scaled('-0.25'))).toEqual([])
  })

  it('counts from the least strength on, and is refused below it', () => {
    expect(stepOf(scaled('0.1'), 'signal')).toMatchObject({ factor: '0.1', after: '20' })
    const weak = scaled('-0.0999')
    expect(stepOf(weak, 'signal')).toMatchObject({
      factor: '0',
      after: '0',
      facts: { signal: '-0.0999' },
      says: 'The signal -0.10 is weaker than 0.10, so the size is zero.',
    })
    expect([weak.quantity, codes(weak)[0]]).toEqual(['0', 'SIGNAL_TOO_WEAK'])
  })

  it('of nothing is no size even where no strength is required', () => {
    expect(stepOf(scaled('0', '0'), 'signal')).toMatchObject({
      factor: '0',
      says: 'The signal 0.00 scales the proposal.',
    })
  })

  it('not given leaves the size alone', () => {
    expect(stepOf(scaled(undefined), 'signal')).toMatchObject({
      factor: '1',
      passed: true,
      code: null,
      facts: {},
      says: 'The order carries no signal.',
    })
  })
})

describe('scalers together', () => {
  const both = only({ scalers: { signal: { least: '0.1' }, conviction: S3 } })

  it('multiply each other, each from what the one before left', () => {
    const decision = size({ request: { signal: '0.4', conviction: 'LOW' } }, {}, both)
    expect([stepOf(decision, 'signal').after, stepOf(decision, 'conviction').before]).toEqual(['80', '80'])
    expect([decision.quantity, decision.outcome]).toEqual(['40', 'approved'])
  })

  it('leave a typed quantity alone, without a step', () => {
    const decision = size({ request: { quantity: '90', signal: '0.4', conviction: 'LOW' } }, {}, both)
    expect(decision.quantity).toBe('90')
    expect(decision.steps.filter(({ stage }) => stage === 'adjust')).toEqual([])
  })
})
