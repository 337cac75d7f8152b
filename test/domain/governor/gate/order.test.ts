import { describe, expect, it } from 'vitest'
import { reading, share, size, type Told } from '../../../support/sizing-fixtures.ts'
import { checked, only } from '../one-rule.ts'

const SELL = { side: 'sell', stop: '105' }

describe('spec_check', () => {
  const of = (changes: Parameters<typeof share>[0]) =>
    checked(
      'spec_check',
      { tolerance: '0.25' },
      { instrument: share({ tickSize: '0.05', pointValue: '20', ...changes }) },
    )

  it('compares tick size × point value with the broker’s tick value, up to the tolerance', () => {
    expect(of({ tickValue: '0.8' })).toMatchObject({
      passed: true,
      facts: { tickValue: '1' },
      says: 'One tick is 1 USD, as the broker states.',
    })
    expect(of({ tickValue: '0.79' })).toMatchObject({
      passed: false,
      code: 'SPEC_MISMATCH',
      facts: { tickValue: '1' },
      says: 'ACME: tickValue is 0.79 by the broker but 1 from tick size and point value, 26.58 % apart.',
    })
    expect(of({ tickValue: '1.4' })).toMatchObject({ passed: false })
    expect(of({ tickValue: '1.3' })).toMatchObject({ passed: true })
  })

  it('compares the point value with the contract size', () => {
    expect(of({ contractSize: '16' }).passed).toBe(true)
    expect(of({ tickValue: '1', contractSize: '15' })).toMatchObject({
      passed: false,
      says: 'ACME: contractSize is 15 by the broker but 20 from tick size and point value, 33.33 % apart.',
    })
  })

  it('says where the broker’s figure is not known', () => {
    expect(of({})).toMatchObject({
      passed: true,
      facts: { tickValue: '1' },
      says: "One tick is 1 USD; the broker's own figure is not known.",
    })
  })
})

describe('stop_side', () => {
  const of = (request: NonNullable<Told['request']>, leastTicks = 5) =>
    checked('stop_side', { leastTicks }, { request })

  it('wants the stop below a buy and above a sell, by some ticks at the least', () => {
    expect(of({ stop: '99.95' })).toMatchObject({
      passed: true,
      facts: { entry: '100', stop: '99.95' },
      says: 'The stop 99.95 is 0.05 away.',
    })
    expect(of({ stop: '99.96' })).toMatchObject({
      passed: false,
      code: 'STOP_TOO_NEAR',
      facts: { entry: '100', stop: '99.96' },
      says: 'The stop is 0.04 from the entry; at least 5 ticks (0.05) are needed.',
    })
    expect(of({ stop: '100.05' })).toMatchObject({
      passed: false,
      code: 'STOP_WRONG_SIDE',
      facts: { entry: '100', stop: '100.05' },
      says: 'The stop 100.05 is on the wrong side of the entry 100. A buy needs it below.',
    })
    expect(of({ side: 'sell', stop: '100.05' })).toMatchObject({ passed: true })
    expect(of({ side: 'sell', stop: '99.95' })).toMatchObject({
      code: 'STOP_WRONG_SIDE',
      says: 'The stop 99.95 is on the wrong side of the entry 100. A sell needs it above.',
    })
  })

  it('says that the method set the stop, or that there is none', () => {
    const own = checked(
      'stop_side',
      { leastTicks: 1 },
      { atr: reading('2'), request: { stop: undefined, method: 'fixed_risk_atr' } },
    )
    expect(own.says).toBe('The stop 96 is 4 away, set by the method.')
    expect(of({ stop: undefined, quantity: '10' })).toMatchObject({
      passed: true,
      facts: {},
      says: 'The order has no stop: the stated gap is the loss.',
    })
  })
})

describe('target_side', () => {
  const of = (request: NonNullable<Told['request']>) => checked('target_side', {}, { request })

  it('wants the target above a buy and below a sell', () => {
    expect(of({})).toMatchObject({ passed: true, says: 'The order has no target.' })
    expect(of({ target: '100.01' })).toMatchObject({ passed: true, says: 'The target is 100.01.' })
    expect(of({ target: '100' })).toMatchObject({
      passed: false,
      code: 'TARGET_WRONG_SIDE',
      says: 'The target 100 is on the wrong side of the entry 100. A buy needs it above.',
    })
    expect(of({ ...SELL, target: '99.99' })).toMatchObject({ passed: true })
    expect(of({ ...SELL, target: '101' })).toMatchObject({
      passed: false,
      says: 'The target 101 is on the wrong side of the entry 100. A sell needs it below.',
    })
  })
})

describe('reward_to_risk', () => {
  const of = (request: NonNullable<Told['request']>, least = '1.5') => checked('reward_to_risk', { least }, { request })

  it('divides the distance to the target by that to the stop, for buys and sells', () => {
    expect(of({ target: '107.5' })).toMatchObject({ passed: true, says: 'Reward to risk is 1.50.' })
    expect(of({ target: '107.49' })).toMatchObject({
      passed: false,
      code: 'REWARD_TO_RISK',
      says: 'Reward to risk is 1.50, at least 1.50 is required.',
    })
    expect(of({ ...SELL, target: '92.5' })).toMatchObject({ passed: true })
    expect(of({ ...SELL, target: '92.51' })).toMatchObject({ passed: false })
  })

  it('needs both distances where a minimum is set, and names the one that is missing', () => {
    const missing = {
      passed: false,
      code: 'INPUT_MISSING',
      says: 'A reward to risk of 1.50 is required: give a stop and a target.',
    }
    expect(of({})).toMatchObject(missing)
    expect(of({ target: '110', stop: undefined, quantity: '1' })).toMatchObject(missing)
    const fields = (request: NonNullable<Told['request']>) =>
      size({ request }, {}, only({ gate: { reward_to_risk: { least: '1.5' } } })).reasons.map(({ field }) => field)
    expect(fields({})).toEqual(['request.target'])
    expect(fields({ target: '110', stop: undefined, quantity: '1' })).toEqual(['request.stop'])
    expect(of({}, '0')).toMatchObject({ passed: true, says: 'No minimum is set.' })
  })
})
